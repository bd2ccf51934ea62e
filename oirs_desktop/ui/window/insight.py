"""What has the focus is in sight: one place that scrolls every page after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from oirs_desktop.ui.parts.reveal import reveal

if TYPE_CHECKING:
    from oirs_desktop.ui.window.frame import Window

SOON_MS = (0, 60, 300)
"""At once, when a page just built has found its heights, and when what it asked for is there."""
MARGIN = 16


class InSight(QObject):
    """Follows the focus of one window: by Tab, by a key of its own, or because a page was built anew."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not isValid(self._window) or now.window() is not self._window:
            return
        if self._behind(now):
            self._give_back(before, now)
            return
        for after in SOON_MS:
            QTimer.singleShot(after, now, lambda: self._bring(now))

    def _behind(self, part: QWidget) -> bool:
        """Tell whether a control belongs to a screen that is not the one in sight.

        Qt gives it the focus all the same when that screen is filled meanwhile, and keys would press
        what nobody sees.
        """
        stack = self._window.stack
        return stack.isAncestorOf(part) and not _within(stack.currentWidget(), part)

    def _give_back(self, before: QWidget | None, now: QWidget) -> None:
        """Leave the focus where the person put it; nobody had it: nobody gets it."""
        if before is not None and isValid(before) and before.isVisible() and not self._behind(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            now.clearFocus()

    def _bring(self, part: QWidget) -> None:
        """Scroll what lies around ``part``, from the inside out; what is whole in sight stays where it is."""
        if QApplication.focusWidget() is not part:
            return
        margin, above = self._window.theme.px(MARGIN), part.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                reveal(above, part, margin)
            above = above.parentWidget()


def _within(screen: QWidget | None, part: QWidget) -> bool:
    return screen is not None and (screen is part or screen.isAncestorOf(part))
