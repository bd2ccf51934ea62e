"""The focus ring: three pixels wide, two away from the control, drawn in one place for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from oirs_desktop.ui.look.theme import RING_GAP, RING_WIDTH

if TYPE_CHECKING:
    from oirs_desktop.ui.look.theme import Theme

_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}


class FocusRing(QWidget):
    """Follows the focused control of one window.

    It is a child of the nearest ancestor with the property ``ringHost``, so it scrolls with the page
    and never paints over the header.
    """

    def __init__(self, theme: Theme, window: QMainWindow) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self._target: QWidget | None = None
        self._chain: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def wear(self, theme: Theme) -> None:
        """Come back to the window before its parts are built anew in another theme."""
        self._theme = theme
        self._follow(None, None)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._window):  # Qt tells of the focus once more while the window is taken down
            return
        for part in self._chain:
            if isValid(part):  # a panel may have been taken down with the focus in it
                part.removeEventFilter(self)
        self._chain = []
        self._target = now if now is not None and now.window() is self._window else None
        if self._target is None or self._target.property("noRing"):
            self._target = None
            self.setParent(self._window)
            self.hide()
            return
        host = self._target.parentWidget()
        self._chain = [self._target]
        while host is not None and host is not self._window and not host.property("ringHost"):
            self._chain.append(host)
            host = host.parentWidget()
        for part in self._chain:
            part.installEventFilter(self)
        self.setParent(host or self._window)
        self._place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay around the control when something above it moves."""
        if event.type() in _MOVES:
            self._place()
        return False

    def _place(self) -> None:
        target, host = self._target, self.parentWidget()
        if target is None or host is None or not target.isVisible():
            self.hide()
            return
        out = self._theme.px(RING_GAP) + self._theme.px(RING_WIDTH)
        box = QRect(target.mapTo(host, QPoint(0, 0)), target.size())
        self.setGeometry(box.adjusted(-out, -out, out, out))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        width = self._theme.px(RING_WIDTH)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("focus"), width))
        half = width / 2
        radius = self._theme.px(7)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)
        painter.end()
        event.accept()
