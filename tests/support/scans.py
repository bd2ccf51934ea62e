"""A scanner on the wrong keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from oirs_core.domain.layout import LATIN, SPANISH

KEYS = {"\r": Qt.Key.Key_Return, "\n": Qt.Key.Key_Enter, "\t": Qt.Key.Key_Tab, " ": Qt.Key.Key_Space}
LAYOUTS: dict[str, dict[int, int]] = {"us": {}, "es": str.maketrans(*SPANISH), "latam": str.maketrans(*LATIN)}


def garble(text: str, keyboard: str, *, caps: bool = False) -> str:
    """Give what the keys of ``text`` on a US keyboard are on another, with or without CapsLock."""
    typed = text.translate(LAYOUTS[keyboard])
    return typed.swapcase() if caps else typed


class Hand:
    """Presses keys at a pace of its own; ``ms``: the clock that the scanner looks at."""

    def __init__(self) -> None:
        self.ms = 0

    def time(self, _event: object) -> int:
        """Give the time of the key that is being pressed."""
        return self.ms

    def burst(self, text: str, gap: int = 5) -> None:
        """Press a key for each character, ``gap`` ms apart, after a rest; line feed and tab have theirs."""
        self.ms += 1_000
        self.more(text, gap)

    def more(self, text: str, gap: int = 5) -> None:
        """Go on without a rest."""
        for symbol in text:
            self.ms += gap
            key = KEYS.get(symbol, Qt.Key.Key_unknown)
            target = QApplication.focusWidget() or QApplication.activeWindow()
            if target is None:
                raise AssertionError(symbol)
            for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, symbol)
                QApplication.sendEvent(target, event)
