"""The receipt: the folio at once, in large groups; the paper follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oirs_core.domain.folio import Folio, spell
from oirs_desktop.ui.kit.screen import LAID_OUT_MS, Kit, Screen
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.paper.copies import CopyOf
from oirs_desktop.ui.paper.kept import ASKED, KEPT, PAPERS, Kept
from oirs_desktop.ui.paper.preview import PaperView, with_picture
from oirs_desktop.ui.parts.widgets import (
    Banner,
    Card,
    Columns,
    IconLabel,
    KeyButton,
    PlainLabel,
    PrimaryButton,
)
from oirs_desktop.ui.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from oirs_core.domain.errors import OirsError
    from oirs_core.domain.plazo import Plazo
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.counter import Paper

BUSY_MS = 50
"""A copy asked for while a paper is being made is tried again after so long."""


class Comprobante(Screen):
    """What the person takes along."""

    name = "comprobante"
    title = tr("Comprobante")

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, width=1120)
        theme = kit.theme
        self._case: Solicitud | None = None
        self._busy = self._wanted = self._asked = False
        self._can_print = True
        self.paper: Paper | None = None
        self.folio, self.spoken = PlainLabel("", Text.FOLIO), PlainLabel("", Text.MUTED, wrap=True)
        self.folio.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.clave, self.clave_spoken = PlainLabel("", Text.STRONG), PlainLabel("", Text.MUTED, wrap=True)
        self.saved = IconLabel(theme)
        self.promise = PlainLabel("", wrap=True)
        self.unfold = KeyButton(theme, tr("Ver cómo se contó"), "Alt+D", icon="calendar-clock", kind="line")
        self.unfold.clicked.connect(self._unfold)
        self.unfold.shortcuts[0].setEnabled(False)  # it has an answer also where there is no term to count
        QShortcut(QKeySequence(Qt.Modifier.ALT | Qt.Key.Key_D), self).activated.connect(self._unfold)
        self.days = PlainLabel("", Text.SMALL, wrap=True)
        self.state, self.view = Banner(theme), PaperView(theme)
        columns = Columns(theme, 970, spacing=24)
        columns.add(self._left(), 6)
        columns.add(self.view, 5)
        self.body.addWidget(columns)
        self.body.addStretch(1)

    def _left(self) -> QWidget:
        theme = self.kit.theme
        self.print = PrimaryButton(theme, tr("Imprimir"), "Enter", icon="printer")
        self.copy = KeyButton(theme, tr("Otra copia"), "F9", icon="copy")
        self.next = KeyButton(theme, tr("Atender a otra persona"), "F2", icon="user-plus")
        self.see = KeyButton(theme, tr("Ver el caso"), "Alt+V", icon="file-text")
        for button in (self.next, self.copy):
            button.shortcuts[0].setEnabled(False)  # the keys of the header do it
        self.print.clicked.connect(self._print)
        self.copy.clicked.connect(self._copy)
        self.kept = Kept(self.kit)
        self.kept.told.connect(self.say)
        self.kept.found.connect(self._offer_print)
        self.next.clicked.connect(lambda: self.go.emit("nueva", None))
        self.see.clicked.connect(lambda: self.go.emit("caso", self._case.id if self._case else b""))
        part = QWidget()
        part.setProperty("ringHost", True)
        column = QVBoxLayout(part)
        column.setContentsMargins(*[theme.px(6)] * 4)
        column.setSpacing(theme.px(12))
        column.addWidget(self._folio_card())
        column.addWidget(self.state)
        for row in ((self.print, self.next), (self.kept.button, self.copy, self.see)):
            line = Columns(theme, 520, spacing=12)
            for button in row:
                line.add(button)
            column.addWidget(line)
        column.addWidget(self.kept)
        column.addStretch(1)
        return part

    def _folio_card(self) -> Card:
        card, px = Card(self.kit.theme), self.kit.theme.px
        card.column.setContentsMargins(px(24), px(16), px(24), px(12))
        card.column.setSpacing(px(6))
        card.column.addWidget(self.saved)
        clave = Columns(self.kit.theme, 420, spacing=16)
        clave.add(self.clave, 0)
        clave.add(self.clave_spoken, 1)
        for part in (self.folio, self.spoken, clave, self.promise):
            card.column.addWidget(part)
        card.column.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignLeft)
        card.column.addWidget(self.days)
        return card

    def keep(self) -> object:
        """Give the case in sight, so that its paper is not printed twice."""
        return self._case

    def take_back(self, kept: object) -> None:
        """Show the case again, without printing."""
        self._reopen(cast("Solicitud", kept))

    def enter(self, argument: object) -> None:
        """Show the case just recorded and make its paper; or a case of before, without printing."""
        if isinstance(argument, CopyOf):
            self._copy_of(argument.entity)
            return
        if isinstance(argument, bytes):
            desk = self.kit.counter.desk
            self.kit.tasks.run(lambda: desk.case(argument), self._reopen, self.trouble)
            return
        case: Solicitud | None = getattr(argument, "case", None)
        if case is None or (self._case is not None and self._case.id == case.id):
            self.print.setFocus()
            return
        self._show_case(case)
        self._make(send=True)

    def _reopen(self, case: Solicitud | None) -> None:
        if case is None:
            self.say(tr("Ese caso no está en este equipo."), "warning")
            return
        self._show_case(case)
        self._make(send=False)

    def _show_case(self, case: Solicitud) -> None:
        self._case, self.paper = case, None
        folio = Folio(case.ingreso.folio)
        self.folio.setText(folio.grouped)
        self.folio.setAccessibleName(tr("Folio: {spoken}").format(spoken=folio.spoken))
        self.spoken.setText(tr("Diga: {spoken}").format(spoken=folio.spoken))
        self.clave.setText(tr("Clave de seguimiento: {clave}").format(clave=case.ingreso.clave))
        self.clave_spoken.setText(
            tr("Diga: {spoken}").format(spoken=", ".join(map(spell, case.ingreso.clave)))
        )
        self.saved.set(
            "circle-check", words.saved(case.opened_at, self.kit.clock.now(), self.kit.zone), "good"
        )
        self.promise.setText(_promise(case))
        self.unfold.hide()
        self.days.hide()
        self.state.set("info", tr("Preparando el comprobante…"))
        self.view.wait()
        self._wanted = False
        self.kept.show_file(None)
        self.kept.look_for_printers()
        self.print.setFocus()

    def _make(self, *, send: bool) -> None:
        case, counter = self._case, self.kit.counter
        if case is not None:
            self._run(lambda: counter.paper(case, case.copies, send=False), send=send)

    def _run(self, make: Callable[[], Paper], *, send: bool = True) -> None:
        if self._busy:
            return
        self._busy = True
        width = self.view.wanted_width
        self.kit.tasks.run(
            lambda: with_picture(make(), width), lambda made: self._show_paper(made, send=send), self._failed
        )

    def _failed(self, error: OirsError) -> None:
        self._busy = False
        self.trouble(error)

    def _show_paper(self, made: tuple[Paper, QImage | None], *, send: bool) -> None:
        self._busy = False
        paper, picture = made
        if send:
            self._send(paper)
        if self._case is None or paper.case.id != self._case.id:
            self._make(send=True)  # another case came while this paper was made
            return
        self._case, self.paper = paper.case, paper if send else replace(paper, problem=paper.problem or KEPT)
        self.kept.show_file(paper.pdf)
        self._tell(self.paper)
        if send and paper.pdf:
            self.state.set("info", tr("Enviando a la impresora…"))
        self.view.show_picture(picture)
        self._explain(paper.plazo)

    def _send(self, paper: Paper) -> None:
        """Print beside the store: the next person need not wait for a printer that is off."""
        counter = self.kit.counter
        self.kit.tasks.aside(lambda: counter.send(paper), self._sent, self.trouble)

    def _sent(self, paper: Paper) -> None:
        if self.paper is not None and self.paper.pdf == paper.pdf:
            self.paper = replace(self.paper, problem=paper.problem)
            self._tell(paper)
            if self._wanted and paper.problem == "no_printer":
                self.state.set(*(tr(part) for part in ASKED))
        elif paper.problem:
            folio = Folio(paper.case.ingreso.folio).grouped
            self.say(tr("No salió en papel el folio {folio}.").format(folio=folio), "warning")

    def _tell(self, paper: Paper) -> None:
        kept = paper.problem == KEPT and not self._can_print  # where nothing can be printed, Enter does not
        tone, title, advice = PAPERS["no_printer" if kept else paper.problem]
        self.kept.where.setVisible(bool(paper.problem) and paper.pdf is not None)
        copy = tr("Copia {n}. ").format(n=paper.copy) if paper.copy else ""
        self.state.set(tone, copy + tr(title), tr(advice) if advice else "")
        # The button stays in sight, and of the folio what can be.
        QTimer.singleShot(LAID_OUT_MS, self, lambda: self.area.ensureWidgetVisible(self.print, 0, 8))

    def _explain(self, plazo: Plazo | None) -> None:
        open_term = plazo is not None and self._case is not None and self._case.answer is None
        self.unfold.setVisible(open_term)
        if plazo is not None and open_term:
            self.promise.setText(plazo.sentence)
            self.days.setText("\n".join(plazo.explanation))

    def _offer_print(self, there: bool) -> None:  # noqa: FBT001 - of a signal
        """Promise on the button only what can be done now."""
        self._can_print = there
        text = tr("Imprimir") if there else tr("Imprimir luego")
        self.print.setText(text)
        self.print.setAccessibleName(text)
        asked, self._asked = self._asked, False
        if asked and there:
            self._print()
        elif not asked and self.paper is not None and self.paper.problem == KEPT:
            self._tell(self.paper)

    def _unfold(self) -> None:
        if self.unfold.isHidden():
            self.say(tr("Este caso no tiene un plazo que contar."))
            return
        self.days.setVisible(self.days.isHidden())

    def _print(self) -> None:
        """Send the paper once more only when it did not come out; a further one is a copy."""
        if self.paper is not None and self.paper.problem == "":
            self.say(tr("Ya se envió. Para entregar otra, pulse F9: Otra copia."))
            return
        if not self._can_print:
            self.state.set(*(tr(part) for part in ASKED))
            self._asked = True  # one may have been plugged in since
            self.kept.look_for_printers()
            return
        self._wanted = True
        self._make(send=True)

    def _copy(self) -> None:
        if self._case is not None:
            self._copy_of(self._case.id)

    def paper_of(self) -> bytes | None:
        """F9 hands out a copy of the receipt in sight."""
        return self._case.id if self._case is not None else None

    def _copy_of(self, entity: bytes) -> None:
        """Write down that a copy is handed out, show its paper and print it."""
        if self._busy:
            QTimer.singleShot(BUSY_MS, self, lambda: self._copy_of(entity))
            return
        self._busy = True
        counter, width = self.kit.counter, self.view.wanted_width
        self.kit.tasks.run(
            lambda: with_picture(counter.reprint(entity, send=False), width), self._copied, self._failed
        )

    def _copied(self, made: tuple[Paper, QImage | None]) -> None:
        self._show_case(made[0].case)
        self._show_paper(made, send=True)
        self.kit.sync.wake()


def _promise(case: Solicitud) -> str:
    promesa = case.ingreso.promesa
    if case.answer is not None:
        return tr("Se respondió en el mesón.")
    if promesa is None:
        return tr("Sin fecha prometida.")
    return tr("Respuesta a más tardar el {date}.").format(date=promesa.vence)
