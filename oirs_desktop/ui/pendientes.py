"""The work of the office: open cases by how soon they are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from oirs_desktop.ui import words
from oirs_desktop.ui.caselist import CaseList
from oirs_desktop.ui.i18n import tr
from oirs_desktop.ui.lines import grouped
from oirs_desktop.ui.screen import Kit, Screen
from oirs_desktop.ui.theme import Text
from oirs_desktop.ui.widgets import Card, EmptyState, PlainLabel

if TYPE_CHECKING:
    from oirs_desktop.store import CaseRow

LIST_HEIGHT = 160


class Pendientes(Screen):
    """The screen of pending cases."""

    name = "pendientes"
    title = tr("Pendientes")

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        theme = kit.theme
        self.count = PlainLabel("", Text.SMALL)
        self.list = CaseList(theme, tr("Casos pendientes"))
        self.list.setMinimumHeight(theme.px(LIST_HEIGHT))
        self.empty = EmptyState(
            theme,
            "circle-check",
            tr("No tiene casos pendientes. ¡Al día!"),
            tr("Con F2 comienza una atención nueva; con F3 busca un caso ya cerrado."),
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(PlainLabel(""))
        self.pages.addWidget(self.list)
        self.blank = Card(theme)
        self.blank.column.addWidget(self.empty)
        self.blank.column.addStretch(1)
        self.pages.addWidget(self.blank)
        self.body.addWidget(PlainLabel(tr("Casos pendientes"), Text.TITLE))
        self.body.addWidget(self.count)
        self.body.addWidget(self.pages, 1)
        self.list.opened.connect(lambda entity: self.go.emit("caso", entity))

    def enter(self, argument: object) -> None:  # noqa: ARG002 - this screen shows one thing only
        """Read the list and take the focus."""
        self._load()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self, cases: frozenset[bytes]) -> None:  # noqa: ARG002 - a new case may belong here
        """Read the list again; the chosen case stays chosen."""
        self._load()

    def _load(self) -> None:
        self.kit.tasks.run(self.kit.counter.desk.open_cases, self._show, self.trouble)

    def _show(self, rows: list[CaseRow]) -> None:
        self.list.fill(grouped(rows, self.kit.clock.now(), self.kit.zone))
        self.pages.setCurrentWidget(self.list if rows else self.blank)
        self.count.setText(
            tr("{count}. Flechas para elegir, Enter para abrir.").format(
                count=words.count(len(rows), tr("caso abierto"), tr("casos abiertos"))
            )
            if rows
            else ""
        )
