"""The large fields with a lens; that of the search waits until the typing pauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPainter

from oirs_desktop.ui.look.icons import pixmap
from oirs_desktop.ui.look.theme import BOX_HEIGHT, ICON_SIZE
from oirs_desktop.ui.parts.fields import TextLine

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from oirs_desktop.ui.look.theme import Theme

PAUSE_MS = 120
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -7, Qt.Key.Key_PageDown: 7}


class LensLine(TextLine):
    """A large field with a lens, which keeps the focus when Enter opens what it found."""

    def __init__(self, theme: Theme, placeholder: str) -> None:
        super().__init__(placeholder)
        self._theme = theme
        self.setProperty("kind", "box")
        self.setMinimumHeight(theme.px(BOX_HEIGHT))

    def enter_pressed(self) -> None:
        """Enter opens; the focus stays."""
        self.entered.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the lens."""
        super().paintEvent(event)
        size = self._theme.px(ICON_SIZE)
        spot = QPoint(self._theme.px(16), (self.height() - size) // 2)
        painter = QPainter(self)
        painter.drawPixmap(spot, pixmap("search", self._theme.tokens.muted, size))
        painter.end()


class SearchBox(LensLine):
    """Keeps the focus while arrows move through the results."""

    paused = Signal(str)
    """The typing paused at this text."""

    stepped = Signal(int)
    """Arrows: so many results further down."""

    def __init__(self, theme: Theme, placeholder: str) -> None:
        super().__init__(theme, placeholder)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(lambda: self.paused.emit(self.text()))
        self.textChanged.connect(lambda _: self._pause.start())

    def hurry(self) -> None:
        """Do not wait for the pause."""
        if self._pause.isActive():
            self._pause.stop()
            self.paused.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows belong to the results."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)
