"""Hands at the keyboard of the real window: key events only, nothing is set by program."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from oirs_core.domain.errors import OirsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from oirs_desktop.ui.window.running import Running

PATIENCE_S = 30.0
PAUSE_S = 0.005
MOST_STEPS = 60


class HandsLost(OirsError):
    """The window did not do what a key should have done. ``step``."""

    code = "hands_lost"


class Hands:
    """Types, presses, waits, takes pictures. ``keys``: how many keys were pressed so far."""

    def __init__(self, running: Running) -> None:
        """Sit down before ``running``, the program with its window."""
        self._running = running
        self.keys = 0

    @property
    def screen(self) -> str:
        """Name of the screen in sight; empty while the counter is being opened."""
        current = self._running.window.current
        return current.name if current is not None else ""

    def type(self, text: str) -> None:
        """Type into whatever has the focus, a key press and a release for each character."""
        for char in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                # QTest.keyClicks aborts the process on accented letters.
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, char)
                QApplication.sendEvent(self._focus(), event)
            self.keys += 1
        self.settle()

    def press(self, keys: str) -> None:
        """Press a key by its portable name: ``Tab``, ``F2``, ``Ctrl+Return``."""
        QTest.keySequence(self._focus(), QKeySequence(keys, QKeySequence.SequenceFormat.PortableText))
        self.keys += 1
        self.settle()

    def to(self, name: str) -> None:
        """Press Tab until the control of that name has the focus."""
        for _ in range(MOST_STEPS):
            focus = self._focus()
            if name in {focus.accessibleName(), focus.accessibleDescription()}:
                return
            self.press("Tab")
        raise HandsLost(step=f"tab {name}"[:60])

    def choose(self, words: str) -> None:
        """Press arrows until the list or the row of options under the focus says ``words``."""
        for _ in range(MOST_STEPS):
            focus = self._focus()
            if isinstance(focus, QComboBox):
                if focus.currentText() == words:
                    return
                self.press("Down")
            elif isinstance(focus, QAbstractButton):
                if focus.text() == words:
                    return
                self.press("Right")
            else:
                break
        raise HandsLost(step=f"elegir {words}"[:60])

    def settle(self) -> None:
        """Let everything that was set in motion come to its end."""
        self.wait(lambda: self._running.tasks.idle, "trabajo")

    def wait(self, done: Callable[[], bool], step: str) -> None:
        """Let the window work until ``done``. HandsLost after half a minute."""
        end = time.monotonic() + PATIENCE_S
        QApplication.processEvents()
        while not done():
            if time.monotonic() > end:
                raise HandsLost(step=step[:60])
            time.sleep(PAUSE_S)
            QApplication.processEvents()

    def shot(self, path: Path) -> None:
        """Take a picture of the window."""
        self.settle()
        QApplication.processEvents()
        self._running.window.grab().save(str(path))

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self._running.window
