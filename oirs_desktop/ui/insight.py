"""What has the focus is in sight: one place that scrolls every page after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

if TYPE_CHECKING:
    from oirs_desktop.ui.frame import Window

SOON_MS = (0, 60, 300)
"""At once, when a page just built has found its heights, and when what it asked for is there."""
MARGIN = 16
EDGE = 4
"""Pixels of air over the first line in sight."""
LINES = (QAbstractButton, QComboBox, QLabel, QLineEdit)
"""What is one line: of a long text, a part may well be seen."""


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


def reveal(area: QScrollArea, part: QWidget, margin: int) -> None:
    """Scroll so that ``part`` is seen whole; of one that is higher than the page, its cursor or its head.

    Qt itself would be content with the cursor of a field whose lower half is cut.
    """
    page, view = area.widget(), area.viewport().rect()
    if page is None or not page.isAncestorOf(part):  # the page itself has the focus, so that arrows scroll it
        return
    box = QRect(part.mapTo(page, QPoint(0, 0)), part.size())
    room = (view.height() - box.height()) // 2
    cursor = part.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    if room < 0 and cursor.height() > view.height():  # one without a cursor: Qt would show its middle
        area.verticalScrollBar().setValue(max(0, box.top() - margin))
    elif room < 0:
        area.ensureWidgetVisible(part, 0, margin)
    elif not view.contains(box.translated(page.pos())):
        around = min(margin, room)
        low, high = box.bottom() + 1 + around - view.height(), box.top() - around
        nearest = low if area.verticalScrollBar().value() < low else high
        area.verticalScrollBar().setValue(_whole_line(page, max(0, low), max(0, high), max(0, nearest)))


def _whole_line(page: QWidget, low: int, high: int, nearest: int) -> int:
    """Give the place from ``low`` to ``high`` next to ``nearest`` at which no line of text is cut.

    From the very top, where that shows all that is asked for. In pixels from the top of the page.
    """
    if low == 0:
        return 0
    spans = []
    for part in page.findChildren(QWidget):
        if part.isVisible() and isinstance(part, LINES):
            top = part.mapTo(page, QPoint(0, 0)).y()
            spans.append((top, top + part.height()))
    free = {nearest, *(top - EDGE for top, _ in spans)}
    fit = [y for y in free if low <= y <= high and not any(top < y < foot for top, foot in spans)]
    return min(fit, key=lambda y: abs(y - nearest), default=nearest)
