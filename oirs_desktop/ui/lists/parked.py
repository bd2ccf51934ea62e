"""The attentions that wait: on the first screen as a list, and above the form as one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oirs_desktop.ui.look.i18n import moment, tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.options import Option, OptionList
from oirs_desktop.ui.parts.state import about, number_of, topic
from oirs_desktop.ui.parts.toast import Toast
from oirs_desktop.ui.parts.widgets import Banner, Card, KeyButton, PlainLabel

if TYPE_CHECKING:
    from oirs_desktop.store import DraftRow
    from oirs_desktop.ui.kit.screen import Kit


def draft_option(row: DraftRow, kit: Kit) -> Option:
    """Show a form that waits: whose it is, what about, since when and, if another's, who typed it."""
    when = tr("guardada {when}").format(when=moment(row.saved_at, kit.zone, kit.clock.now()))
    session = kit.counter.desk.session
    names = {user.id: user.nombre for user in session.office.funcionarios}
    parts = [topic(row.form) or tr("sin materia todavía")]
    if row.user != session.user.id:
        parts.append(names.get(row.user, row.user))
    return Option(about(row.form) or tr("Sin nombre"), " · ".join(parts), when, "hourglass", row)


def discard(kit: Kit, row: DraftRow) -> Toast:
    """Let a form go; the toast takes that back."""
    kit.shelf.drop(row.slot)
    whose = about(row.form).rstrip(".") or tr("alguien sin nombre")  # Ltda. has its point already
    text = tr("Se descartó la atención de {about}.").format(about=whose)
    return Toast(text, lambda: kit.shelf.put_back(row.form), kind="draft")


class ParkedCard(QWidget):
    """The list on the first screen; hidden while nobody waits. Arrows choose, F5 goes on."""

    resumed = Signal(object)
    """The ``DraftRow`` to go on with."""

    said = Signal(object)
    """A ``Toast``."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        theme = kit.theme
        self._kit = kit
        self.title = PlainLabel("", Text.STRONG, wrap=True)
        self.list = OptionList(theme, tr("Atenciones en espera"))
        self.list.picked.connect(lambda option: self.resumed.emit(option.value))
        self.go_on = KeyButton(theme, tr("Seguir"), "F5", icon="arrow-right")
        self.go_on.clicked.connect(self.resume)
        self.let_go = KeyButton(theme, tr("Descartar"), "Alt+X", icon="trash-2", kind="link")
        self.let_go.clicked.connect(self._discard)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(16), 0, 0)
        column.setSpacing(theme.px(8))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.let_go)
        head.addWidget(self.go_on)
        column.addLayout(head)
        card = Card(theme)
        card.column.setContentsMargins(*[theme.px(8)] * 4)
        card.column.addWidget(self.list)
        column.addWidget(card)
        kit.shelf.changed.connect(self.load)
        self.load()

    def load(self) -> None:
        """Show what waits now."""
        rows = self._kit.shelf.rows
        left = [row for row in rows if row.slot in self._kit.shelf.left_over]
        self.title.setText(tr("En espera desde antes") if left else tr("En espera"))
        self.list.fill([draft_option(row, self._kit) for row in rows])
        # Without a parent it would be shown as a window of its own for a moment, and take the focus.
        if self.parentWidget() is not None or not rows:
            self.setVisible(bool(rows))

    def resume(self) -> None:
        """Go on with the chosen one."""
        if self.list.chosen is not None:
            self.resumed.emit(self.list.chosen.value)

    def _discard(self) -> None:
        chosen = self.list.chosen
        if chosen is not None:
            row: DraftRow = chosen.value  # type: ignore[assignment] # rows of this list hold nothing else
            self.said.emit(discard(self._kit, row))


class ParkedLine(Banner):
    """Above the form: another attention waits; one key goes on with it, another lets it go."""

    resumed = Signal(object)
    said = Signal(object)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self.add_action(tr("Seguir"), self.resume, "Alt+R")
        self.add_action(tr("Descartar"), self._discard, "Alt+X")
        self._number = ""
        kit.shelf.changed.connect(self.load)
        self.load()

    def put_first(self, number: str) -> None:
        """Offer the attention of whoever has this RUN or RUT before the others."""
        self._number = number
        self.load()

    @property
    def _waiting(self) -> list[DraftRow]:
        return sorted(
            self._kit.shelf.waiting, key=lambda row: not self._number or number_of(row.form) != self._number
        )

    def load(self) -> None:
        """Name the one of the person on screen, else the latest that waits."""
        waiting = self._waiting
        if self.parentWidget() is not None or not waiting:
            self.setVisible(bool(waiting))
        if waiting:
            old = waiting[0].slot in self._kit.shelf.left_over
            text = tr("En espera desde antes: {about}.") if old else tr("Otra en espera: {about}.")
            more = len(waiting) - 1
            advice = tr("Y {n} más en Inicio.").format(n=more) if more else ""
            whose = about(waiting[0].form).rstrip(".") or tr("sin nombre")
            self.set("info", text.format(about=whose), advice)

    def resume(self) -> None:
        """Go on with it."""
        if waiting := self._waiting:
            self.resumed.emit(waiting[0])

    def _discard(self) -> None:
        if waiting := self._waiting:
            self.said.emit(discard(self._kit, waiting[0]))
