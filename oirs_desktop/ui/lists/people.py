"""Who it may be: people of the same name to choose from, and their open case about the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oirs_core.domain.folio import Folio
from oirs_desktop.ui.lists.finding import people_rows
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.fields import ENTER, plain
from oirs_desktop.ui.parts.options import OptionList
from oirs_desktop.ui.parts.widgets import Banner, PlainLabel
from oirs_desktop.ui.texts import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from oirs_desktop.store import CaseRow, PersonRow
    from oirs_desktop.ui.lists.finding import Tell
    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.parts.options import Option

DAY_MS = 86_400_000


class PickList(OptionList):
    """A list that Tab reaches: arrows choose, Enter takes."""

    def __init__(self, theme: Theme, label: str) -> None:
        super().__init__(theme, label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the choice, or take it."""
        if event.key() in ENTER and plain(event):
            if self.chosen is not None and not event.isAutoRepeat():
                self.picked.emit(self.chosen)
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.choose(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show what Enter would take."""
        super().focusInEvent(event)
        self.choose(0)


class SameName(QWidget):
    """People who came before under the name that is being typed: told apart by number and last visit."""

    picked = Signal(object)
    """The ``Persona`` it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.list = PickList(theme, tr("Personas de ese nombre"))
        self.list.picked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        question = tr("¿Es una de estas personas? Tab llega a la lista y Enter elige.")
        column.addWidget(PlainLabel(question, Text.SMALL, wrap=True))
        column.addWidget(self.list)
        self.hide()

    def show_rows(self, rows: Sequence[PersonRow], tell: Tell) -> None:
        """Show people with what tells them apart."""
        self.list.fill(people_rows(rows, tell))
        self.setVisible(bool(rows))

    def _take(self, option: Option) -> None:
        self.hide()
        self.picked.emit(option.value)


class SameMatter(Banner):
    """An open case of this person about the same thing: offered, never imposed."""

    opened = Signal(object)
    """Id of the case."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._cases: Sequence[CaseRow] = ()
        self._case: CaseRow | None = None
        self._declined: set[bytes] = set()
        self.open_button = self.add_action(tr("Abrirlo"), self._open, "Alt+A")
        self.other_button = self.add_action(tr("Crear otro"), self._decline, "Ctrl+N")
        self.hide()

    def know(self, cases: Sequence[CaseRow]) -> None:
        """Take the open cases of the person on the form; ``look`` compares them with the topic."""
        self._cases = cases
        self._declined.clear()

    def look(self, topic: str, now: int) -> None:
        """Show the newest of them that is about ``topic``. ``now``: ms UTC."""
        wanted = topic.strip().casefold()
        same = [row for row in self._cases if row.materia.casefold() == wanted]
        self._case = same[0] if wanted and same and same[0].id not in self._declined else None
        if self._case is not None:
            text = tr("Esta persona tiene un caso abierto por lo mismo (folio {folio}, {when}).")
            when = ago(self._case.opened_at, now)
            self.set("info", text.format(folio=Folio(self._case.folio).grouped, when=when))
        self.setVisible(self._case is not None)

    def _open(self) -> None:
        if self._case is not None:
            self.opened.emit(self._case.id)

    def _decline(self) -> None:
        if self._case is not None:
            self._declined.add(self._case.id)
        self.hide()


def ago(then: int, now: int) -> str:
    """``de hoy``, ``hace 1 día``, ``hace 3 días``; both in ms UTC."""
    days = (now - then) // DAY_MS
    return tr("de hoy") if days < 1 else tr("hace {n}").format(n=words.count(days, tr("día"), tr("días")))
