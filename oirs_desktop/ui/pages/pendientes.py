"""The work of the office: open cases by how soon they are due, and what was not sent; letters filter."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from oirs_core.domain.kinds import Kind
from oirs_desktop.ui.kit.screen import Kit, Screen
from oirs_desktop.ui.lists.caselist import CaseList
from oirs_desktop.ui.look.i18n import later, tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.choices import Choice
from oirs_desktop.ui.parts.searchbox import SearchBox
from oirs_desktop.ui.parts.widgets import Card, EmptyState, KeyButton, PlainLabel
from oirs_desktop.ui.texts import words
from oirs_desktop.ui.texts.lines import Filter, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from oirs_desktop.store import CaseRow
    from oirs_desktop.ui.look.theme import Theme

LIST_HEIGHT = 160
NARROW = 920
"""Narrower than this (100 % design) there is room for little more than the list."""
NOTHING = (
    later("No tiene casos pendientes. ¡Al día!"),
    later("Con F2 comienza una atención nueva; con F3 busca un caso ya cerrado."),
)
NO_MATCH = (later("Ningún caso pendiente calza con el filtro."), later("Esc quita el filtro."))
Rows = tuple[list["CaseRow"], list["CaseRow"]]


class FilterBox(SearchBox):
    """Esc empties the filter before it means anything else."""

    emptied = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Filtrar: nombre, folio, materia"))
        self.setAccessibleName(tr("Filtrar los casos pendientes"))
        self.filtered = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Esc while there is a filter."""
        if event.key() == Qt.Key.Key_Escape and self.filtered:
            self.emptied.emit()
            return
        super().keyPressEvent(event)


class Pick(QWidget):
    """A closed list with its key over it."""

    def __init__(self, theme: Theme, label: str, key: str) -> None:
        super().__init__()
        self.choice = Choice(theme, ())
        self.choice.setAccessibleName(label)
        self.choice.setAccessibleDescription(key)
        self.choice.currentIndexChanged.connect(lambda _: self.choice.update())
        head = QHBoxLayout()
        head.addWidget(PlainLabel(label, Text.SMALL))
        head.addStretch(1)
        head.addWidget(PlainLabel(key, Text.SMALL))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addWidget(self.choice)
        shortcut = QShortcut(QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText), self)
        shortcut.activated.connect(self._begin)

    def _begin(self) -> None:
        self.choice.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def offer(self, options: Iterable[tuple[str, str]]) -> None:
        """Put other options in; the chosen one stays where it is still there."""
        wanted = list(options)
        if wanted == [(self.choice.itemData(n), self.choice.itemText(n)) for n in range(self.choice.count())]:
            return
        before = self.choice.value()
        self.choice.blockSignals(True)
        self.choice.clear()
        for value, text in wanted:
            self.choice.addItem(text, value)
        self.choice.choose(before)
        self.choice.blockSignals(False)


class Pendientes(Screen):
    """The screen of pending cases."""

    name = "pendientes"
    title = tr("Pendientes")

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        theme = kit.theme
        self._rows: Rows = ([], [])
        self.count = PlainLabel("", Text.SMALL)
        self.list = CaseList(theme, tr("Casos pendientes"))
        self.list.setMinimumHeight(theme.px(LIST_HEIGHT))
        self.empty = EmptyState(theme, "circle-check", tr(NOTHING[0]), tr(NOTHING[1]))
        self.pages = QStackedWidget()
        self.pages.addWidget(PlainLabel(""))
        self.pages.addWidget(self.list)
        self.blank = Card(theme)
        self.blank.column.addWidget(self.empty)
        self.blank.column.addStretch(1)
        self.pages.addWidget(self.blank)
        self.body.addWidget(self._top(theme))
        self.body.addLayout(self._filters(theme))
        self.body.addWidget(self.count)
        self.body.addWidget(self.pages, 1)
        self._narrow = False
        self.list.opened.connect(lambda entity: self.go.emit("caso", entity))
        self.list.left.connect(self.box.setFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the list comes before the closed lists that filter it, and no title."""
        super().resizeEvent(event)
        narrow = self.width() < self.kit.theme.px(NARROW)
        if narrow is self._narrow:
            return
        self._narrow = narrow
        self.top.setVisible(not narrow)
        if narrow:
            self.body.addWidget(self.picks)
        else:
            self.line.addWidget(self.picks, 1, Qt.AlignmentFlag.AlignBottom)
        last = self.user.choice
        order = (
            (self.box, self.list, self.tipo.choice, last)
            if narrow
            else (self.box, self.tipo.choice, last, self.list)
        )
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _top(self, theme: Theme) -> QWidget:
        self.close_day = KeyButton(theme, tr("Cierre del día"), "F12", icon="file-check", kind="key")
        self.close_day.shortcuts[0].setEnabled(False)  # the key of the header does it
        self.close_day.clicked.connect(lambda: self.go.emit("cierre", None))
        self.top = QWidget()
        row = QHBoxLayout(self.top)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(PlainLabel(tr("Casos pendientes"), Text.TITLE))
        row.addStretch(1)
        row.addWidget(self.close_day)
        return self.top

    def _filters(self, theme: Theme) -> QHBoxLayout:
        self.box = FilterBox(theme)
        self.tipo, self.user = Pick(theme, tr("Tipo"), "Alt+T"), Pick(theme, tr("Atendió"), "Alt+A")
        self.box.textChanged.connect(lambda _: self._show(afresh=True))
        self.box.entered.connect(self.list.open_chosen)
        self.box.stepped.connect(self.list.step)
        self.box.emptied.connect(self._drop_filter)
        for pick in (self.tipo, self.user):
            pick.choice.currentIndexChanged.connect(lambda _: self._show(afresh=True))
        self.picks = QWidget()
        both = QHBoxLayout(self.picks)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(theme.px(16))
        both.addWidget(self.tipo)
        both.addWidget(self.user)
        self.line = QHBoxLayout()
        self.line.setSpacing(theme.px(16))
        self.line.addWidget(self.box, 1, Qt.AlignmentFlag.AlignBottom)
        self.line.addWidget(self.picks, 1, Qt.AlignmentFlag.AlignBottom)
        return self.line

    def enter(self, argument: object) -> None:  # noqa: ARG002 - this screen shows one thing only
        """Read the list; letters filter it, arrows choose."""
        self._load()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def keep(self) -> object:
        """Give the filter."""
        return self._filter()

    def take_back(self, kept: object) -> None:
        """Filter by the words as before; the lists are read anew."""
        if isinstance(kept, Filter):
            self.box.setText(kept.text)

    def refresh(self, cases: frozenset[bytes]) -> None:  # noqa: ARG002 - a new case may belong here
        """Read the list again; the chosen case stays chosen."""
        self._load()

    def paper_of(self) -> bytes | None:
        """F9 copies the receipt of the case chosen."""
        shown = self.pages.currentWidget() is self.list
        return self.list.chosen.id if shown and self.list.chosen else None

    def _load(self) -> None:
        desk = self.kit.counter.desk
        self.kit.tasks.run(lambda: (desk.open_cases(), desk.unsent()), self._loaded, self.trouble)

    def _loaded(self, rows: Rows) -> None:
        self._rows = rows
        whole = {row.id: row for part in rows for row in part}.values()
        kinds = sorted({row.tipo for row in whole}, key=list(Kind).index)  # type: ignore[arg-type]
        names = {one.id: one.nombre for one in self.kit.counter.desk.session.office.funcionarios}
        users = sorted({row.user for row in whole}, key=lambda user: names.get(user, user))
        self.tipo.offer([("", tr("Todos")), *((kind, words.KINDS[Kind(kind)]) for kind in kinds)])
        self.user.offer([("", tr("Todos")), *((user, names.get(user, user)) for user in users)])
        self._show()

    def _filter(self) -> Filter:
        tipo, user = self.tipo.choice.value(), self.user.choice.value()
        return Filter(self.box.text(), str(tipo or ""), str(user or ""))

    def _drop_filter(self) -> None:
        self.tipo.choice.choose("")
        self.user.choice.choose("")
        self.box.clear()

    def _show(self, *, afresh: bool = False) -> None:
        wanted = self._filter()
        self.box.filtered = not wanted.open
        opened, unsent = ([row for row in part if wanted.fits(row)] for part in self._rows)
        self.list.fill(grouped(opened, unsent, self.kit.clock.now(), self.kit.zone), afresh=afresh)
        some = bool(opened or unsent)
        self.pages.setCurrentWidget(self.list if some else self.blank)
        title, advice = NOTHING if wanted.open else NO_MATCH
        self.empty.title.setText(tr(title))
        self.empty.advice.setText(tr(advice))
        self.count.setText(self._counted(len(opened), wanted) if some else "")

    def _counted(self, amount: int, wanted: Filter) -> str:
        shown = words.count(amount, tr("caso abierto"), tr("casos abiertos"))
        if not wanted.open:
            whole = len(self._rows[0])
            return tr("{count} de {whole}. Esc quita el filtro.").format(count=shown, whole=whole)
        return tr("{count}. Letras para filtrar, flechas para elegir, Enter para abrir.").format(count=shown)
