"""Hands on a keyboard: every key goes to whatever has the focus, and is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

Key = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Keyboard:
    """``count``: keys pressed so far; text of one's own (``write``) is not counted, digits are (``type``)."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.count = 0

    @property
    def focus(self) -> QWidget:
        """Where keys go."""
        return QApplication.focusWidget() or self.window

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN, *, times: int = 1) -> None:
        """Press a key that may be a shortcut."""
        for _ in range(times):
            QTest.keyClick(self.focus, key, modifiers)
            self.count += 1

    def type(self, text: str) -> None:
        """Type symbols that count: digits of a RUN, letters that narrow a list."""
        self.write(text)
        self.count += len(text)

    def write(self, text: str) -> None:
        """Type free text. ``QTest.keyClicks`` would end the process at an ``é``."""
        for symbol in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.focus, QKeyEvent(kind, 0, PLAIN, symbol))

    def paste(self, text: str) -> None:
        """Put text on the clipboard and press Ctrl+V."""
        QApplication.clipboard().setText(text)
        self.press(Key.Key_V, CTRL)
