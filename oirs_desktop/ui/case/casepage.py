"""The lower part of a case: rail at the left, panel and history in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from oirs_desktop.ui.case.rail import Rail
from oirs_desktop.ui.lists.timeline import Timeline
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.widgets import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.paper.viewer import Viewer

RAIL = 216
NARROW = 812
"""Below this width (100 % design) the rail lies above the history."""


class CasePage(QWidget):
    """``top``: where a panel goes, over the history."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rail, self.timeline = Rail(theme), Timeline(theme)
        self.top = QVBoxLayout()
        self._side, self._story = QVBoxLayout(), QVBoxLayout()
        self._side.addWidget(self.rail)
        self._side.addStretch(1)
        self._story.setSpacing(theme.px(16))
        self._story.addLayout(self.top)
        self._story.addWidget(PlainLabel(tr("Historia del caso"), Text.SECTION))
        self._story.addWidget(self.timeline)
        self._story.addStretch(1)
        self._cells = QGridLayout(self)
        self._cells.setContentsMargins(0, 0, 0, 0)
        self._cells.setHorizontalSpacing(theme.px(24))
        self._cells.setVerticalSpacing(theme.px(16))
        self._wide: bool | None = None
        self._place(wide=True)

    def add_viewer(self, viewer: Viewer) -> Viewer:
        """Let documents be looked at right over the history."""
        viewer.hide()
        self._story.insertWidget(1, viewer)
        return viewer

    def _place(self, *, wide: bool) -> None:
        """Put the rail beside the history, or above it when there is no room."""
        if wide is self._wide:
            return
        self._wide = wide
        for layout in (self._side, self._story):
            self._cells.removeItem(layout)
        self._cells.addLayout(self._side, 0, 0)
        self._cells.addLayout(self._story, *((0, 1) if wide else (1, 0)))
        self._cells.setColumnMinimumWidth(0, self._theme.px(RAIL) if wide else 0)
        self._cells.setColumnStretch(0, 0 if wide else 1)
        self._cells.setColumnStretch(1, 1 if wide else 0)
        self.rail.arrange(1 if wide else 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the page when it gets too narrow."""
        super().resizeEvent(event)
        self._place(wide=event.size().width() >= self._theme.px(NARROW))
