"""Scrolls a page so that a part of it is seen whole, and no line is cut."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

EDGE = 4
"""Pixels of air over the first line in sight."""
LINES = (QAbstractButton, QComboBox, QLabel, QLineEdit)
"""What is one line: of a long text, a part may well be seen."""


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
