"""What stands in a control, to bring it back exactly: text, cursor and selection, or what was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def is_text(widget: QWidget) -> bool:
    """Whether letters typed there can be taken out again."""
    return isinstance(widget, QLineEdit | QPlainTextEdit)


class Snapshot:
    """A control as it was before a key reached it."""

    def __init__(self, widget: QWidget) -> None:
        self.widget = widget
        self._restore = _plan(widget)

    def restore(self) -> None:
        """Bring it back, unless it is gone or nothing changed."""
        if shiboken6.isValid(self.widget):
            self._restore()


def _plan(widget: QWidget) -> Callable[[], None]:
    if isinstance(widget, QLineEdit):
        return _line(widget)
    if isinstance(widget, QPlainTextEdit):
        return _box(widget)
    if isinstance(widget, QComboBox):
        index = widget.currentIndex()
        return lambda: widget.setCurrentIndex(index)
    if isinstance(widget, QAbstractButton) and widget.group() is not None:
        chosen = widget.group().checkedButton()
        return lambda: _choose(widget, chosen)
    return lambda: None


def _choose(widget: QAbstractButton, chosen: QAbstractButton | None) -> None:
    if chosen is not None and not chosen.isChecked():
        chosen.setChecked(True)
        widget.setFocus()


def _line(line: QLineEdit) -> Callable[[], None]:
    text, cursor = line.text(), line.cursorPosition()
    start, selected = line.selectionStart(), line.selectedText()
    length = line.selectionLength()

    def restore() -> None:
        if line.text() != text:
            begin = start if start >= 0 else cursor
            line.setSelection(begin, line.cursorPosition() - begin)
            line.insert(selected)  # not setText: listeners must hear of it, and earlier steps can be undone
            if line.text() != text:
                line.setText(text)
        if start < 0:
            line.setCursorPosition(cursor)
        elif cursor == start:
            line.setSelection(start + length, -length)
        else:
            line.setSelection(start, length)

    return restore


def _box(box: QPlainTextEdit) -> Callable[[], None]:
    before = box.textCursor()
    text = box.document().toRawText()
    anchor, place, selected = before.anchor(), before.position(), before.selectedText()

    def restore() -> None:
        if box.document().toRawText() != text:
            cursor = box.textCursor()
            end = cursor.position()
            cursor.setPosition(min(anchor, place))
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(selected)
            if box.document().toRawText() != text:
                box.setPlainText(text)
        cursor = box.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(place, QTextCursor.MoveMode.KeepAnchor)
        box.setTextCursor(cursor)

    return restore
