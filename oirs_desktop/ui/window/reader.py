"""What follows a scan: the person's attention, the receipt's case, or a sentence that says what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from oirs_core.domain.cedula import is_old
from oirs_core.domain.layout import is_address
from oirs_desktop.ui.kit.scanner import Scan, Scanner
from oirs_desktop.ui.lists.finding import card_in, sentence_of, verdict_of
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.toast import Toast

if TYPE_CHECKING:
    from oirs_core.domain.cedula import Cedula
    from oirs_core.domain.persona import Persona
    from oirs_desktop.desk import Found
    from oirs_desktop.ui.window.frame import Window

STRANGE, SHORT = "code_strange", "code_short"


class Reader(QObject):
    """Takes scans to where they belong. The address in a code is never opened."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._latest: Scan | None = None
        self.scanner = Scanner(window)
        self.scanner.read.connect(self._scanned)

    def _scanned(self, scan: Scan) -> None:
        kit, window = self._window.kit, self._window
        if kit is None:
            return
        self._latest = scan
        if not is_address(scan.text) and not is_old(scan.text):  # its beginning was lost
            window.say(Toast(sentence_of(SHORT), tone="warning"))
            return
        desk = kit.counter.desk
        kit.tasks.run(lambda: desk.find(scan.text), lambda found: self._show(scan, found), window.trouble)

    def _show(self, scan: Scan, found: Found) -> None:
        if scan is not self._latest:  # the next one was quicker
            return
        card = card_in(scan.text)
        if card is not None:
            self._meet(card, found)
        elif found.cases and found.paper is not None:
            tone, title, advice = verdict_of(found.paper)
            self._window.go("caso", found.cases[0].id)
            self._window.say(Toast(f"{title} {advice}".strip(), tone=tone))
        else:
            put = scan.put if found.hint == STRANGE else None
            self._window.say(Toast(sentence_of(found.hint), put, "warning"))

    def _meet(self, card: Cedula, found: Found) -> None:
        """Begin or go on with the attention of the person on the card."""
        persona = card.persona
        if found.people:
            known = found.people[0].persona
            persona = known if known.nombres else _named(known, persona)
        if card.partial:
            self._window.say(Toast(tr("Se leyó solo una parte de la cédula. Compare el RUN con la persona.")))
        from oirs_desktop.ui.form.nueva import Nueva  # noqa: PLC0415 - read when it is first shown

        current = self._window.current
        if isinstance(current, Nueva):
            current.meet(persona)
        else:
            self._window.go("nueva", persona)


def _named(known: Persona, card: Persona) -> Persona:
    return replace(
        known,
        nombres=card.nombres,
        apellido_paterno=card.apellido_paterno,
        apellido_materno=card.apellido_materno,
    )
