"""F9 from anywhere: another copy of the receipt of the case in sight, else of the last one filed here.

What is not in sight with its name is named first, and copied at the second press.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.paper.copies import CopyOf
from oirs_desktop.ui.parts.toast import Toast

if TYPE_CHECKING:
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.ui.window.frame import Window

ASKED_MS = 6_000
"""So long the same key says yes; the notice that names the case stands as long."""
OPEN_ON = {"caso", "comprobante"}
"""Where the case is in sight with its name. A line that is merely marked in a list may be a stranger's."""


class Copier(QObject):
    """Hands out copies; of a case that is only marked, after it has been named."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._named = b""
        self._asked: tuple[str, bytes | None] | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(ASKED_MS)
        self._wait.timeout.connect(self._forget)

    def press(self) -> None:
        """Go to the receipt with one more copy of it, or name whose it would be."""
        screen, kit = self._window.current, self._window.kit
        if kit is None or screen is None:
            return
        chosen = screen.paper_of()
        asked, desk = (screen.name, chosen), kit.counter.desk
        if chosen is not None and screen.name in OPEN_ON:
            self._show(chosen)
        elif asked == self._asked:
            self._show(self._named)
        else:
            kit.tasks.run(
                lambda: None if (entity := chosen or desk.own_last()) is None else desk.case(entity),
                lambda case: self._name(case, asked),
                screen.trouble,
            )

    def _name(self, case: Solicitud | None, asked: tuple[str, bytes | None]) -> None:
        if case is None:
            if asked[1] is None:
                self._window.say(Toast(tr("Todavía no hay comprobantes de este mesón.")))
            return
        self._named, self._asked = case.id, asked
        self._wait.start()
        self._window.say(Toast(question(case)))

    def _show(self, entity: bytes) -> None:
        self._forget()
        self._window.go("comprobante", CopyOf(entity))

    def _forget(self) -> None:
        self._asked = None


def question(case: Solicitud) -> str:
    """Say which copy the next F9 makes."""
    # Not at the top: their texts are translated when they are read, which is after the language is chosen.
    from oirs_desktop.ui.texts import words  # noqa: PLC0415
    from oirs_desktop.ui.texts.lines import NOBODY  # noqa: PLC0415

    return tr("F9 otra vez imprime la copia de {folio}, {name}.").format(
        folio=words.short_folio(case.ingreso.folio), name=case.ingreso.persona.shown_name or NOBODY
    )
