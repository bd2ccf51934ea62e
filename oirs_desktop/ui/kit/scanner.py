"""A scanner is a fast keyboard: what it types is caught before any field keeps it, whatever has the focus.

Keys less than 35 ms apart that begin like one of our codes are taken for a scan; up to then they go where
they went, so that nobody's typing waits, and afterwards what they left there is taken out again.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit
from shiboken6 import isValid

from oirs_desktop.ui.kit.likeness import Likeness, likeness
from oirs_desktop.ui.parts.snapshot import Snapshot, is_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

GAP_MS = 35
"""Keys of a scanner follow each other faster than this, those of a hand hardly ever."""
TICK_MS = 45
"""A scan is over after two of these with no key; twice, because a busy window delivers keys late."""
STRAY = 2
"""So many keys of a hand may run into the beginning of a scan."""
ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
HELD = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_NumLock,
}
COMMAND = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


@dataclass(frozen=True, slots=True)
class Scan:
    """``text``: as typed, without what ended it. ``put``: types it after all; None where that may not be."""

    text: str
    put: Callable[[], None] | None = None


def key_time(event: QKeyEvent) -> int:
    """Ms at which the key was pressed, by the system's own stamp where there is one."""
    return event.timestamp() or time.monotonic_ns() // 1_000_000


class Scanner(QObject):
    """Watches the keys of ``window``. ``clock``: ms of a key event."""

    read = Signal(object)
    """A ``Scan``, when it has ended."""

    def __init__(self, window: QWidget, clock: Callable[[QKeyEvent], int] = key_time) -> None:
        super().__init__(window)
        self.clock = clock
        self._window = window
        self._focus: QWidget | None = None
        self._native: QWindow | None = None
        self._last = -GAP_MS
        self._run = 0
        self._text = ""
        self._taking = self._closing = self._putting = False
        self._quiet = 0
        self._before: list[Snapshot] = []
        self._held: list[tuple[QWidget, QKeyEvent]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            # Only the widget in focus is watched: every event of the program would be too many.
            app.focusChanged.connect(self._follow)
            # A menu takes the keys before any widget that has the focus: at the system's window they pass.
            app.focusWindowChanged.connect(self._follow_window)
            self._follow_window(app.focusWindow())
        window.installEventFilter(self)
        self._follow(None, QApplication.focusWidget())

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._focus is not None and self._focus is not self._window:
            self._focus.removeEventFilter(self)
        self._focus = new
        if new is not None and new is not self._window:
            new.installEventFilter(self)
            new.destroyed.connect(self._gone)

    def _follow_window(self, new: QWindow | None) -> None:
        if self._native is not None and isValid(self._native):
            self._native.removeEventFilter(self)
        self._native = new
        if new is not None:
            new.installEventFilter(self)

    def _gone(self) -> None:
        if self.sender() is self._focus:
            self._focus = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at keys before anybody else does."""
        kind = event.type()
        if kind is QEvent.Type.ShortcutOverride and self._taking:
            event.accept()  # so that no key of a code is taken for a command
            return True
        if kind is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self._native:
            menu = QApplication.activePopupWidget()
            return isinstance(menu, QMenu) and not self._putting and self._key(menu, event)
        target = self._focus or self._window
        if self._putting or watched is not target:  # a key that nobody wanted climbs up to the window
            return False
        return self._key(target, event)

    def _key(self, target: QWidget, event: QKeyEvent) -> bool:
        """Whether the key is taken from ``target``."""
        if event.key() in HELD:
            return False
        now = self.clock(event)
        fast, self._last = now - self._last < GAP_MS, now
        if self._taking:
            self._take(event)
            return True
        if event.key() in ENDS and fast and self._closing:
            return True  # carriage return and line feed
        self._closing = False
        if not fast:
            self._forget()
        text = event.text()
        if not text or event.key() in ENDS or event.isAutoRepeat() or event.modifiers() & COMMAND:
            self._forget()
            return False
        return self._typed(target, event, text)

    def _typed(self, target: QWidget, event: QKeyEvent, text: str) -> bool:
        self._run += 1
        like = likeness(self._text + text) if self._text or self._run == 1 else Likeness.NO
        if like is Likeness.NO:
            run = self._run
            self._forget()
            self._run = run
            like = likeness(text) if run <= STRAY + 1 else Likeness.NO
        if like is Likeness.NO:
            return False
        menu = isinstance(target, QMenu)
        if not menu and all(snapshot.widget is not target for snapshot in self._before):
            self._before.append(Snapshot(target))
        self._text += text
        if like is Likeness.YES:
            self._begin()
            return True
        if is_text(target) or (len(self._text) == 1 and not menu):
            return False
        # Nothing can be taken out of a button or a list again, and a menu acts on a letter: let it wait.
        self._held.append((target, _copy(event)))
        self._timer.start()
        return True

    def _begin(self) -> None:
        """Take back what the code has done so far, and keep the rest of it from everybody."""
        self._taking, self._quiet = True, 0
        self._held.clear()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        for snapshot in self._before:
            snapshot.restore()
        self._timer.start()

    def _take(self, event: QKeyEvent) -> None:
        self._quiet = 0
        if event.key() in ENDS and not self._text[:1].isdigit():
            self._closing = True
            self._finish()
            return
        # Behind the columns of an old card there are raw bytes, an Enter among them.
        self._text += event.text()
        self._timer.start()

    def _tick(self) -> None:
        self._quiet += 1
        if not self._taking:
            self._forget()
        elif self._quiet > 1:
            self._finish()
        else:
            self._timer.start()

    def _finish(self) -> None:
        scan = Scan(self._text, _putter(self._before[0].widget, self._text) if self._before else None)
        self._timer.stop()
        self._taking = False
        self._forget()
        self.read.emit(scan)

    def _forget(self) -> None:
        """Begin anew; keys that waited and are no code go where they were meant for."""
        self._text, self._run = "", 0
        self._before.clear()
        held, self._held = self._held, []
        self._putting = True
        for target, event in held:
            if isValid(target):
                QApplication.sendEvent(target, event)
        self._putting = False


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())


def _putter(widget: QWidget, text: str) -> Callable[[], None] | None:
    """Give what types ``text`` into a field after all: no code of ours, so perhaps it was wanted there."""
    if not isinstance(widget, QLineEdit | QPlainTextEdit) or widget.isReadOnly():
        return None
    if isinstance(widget, QLineEdit) and widget.echoMode() is not QLineEdit.EchoMode.Normal:
        return None
    shown = "".join(symbol for symbol in text if symbol.isprintable())

    def put() -> None:
        widget.setFocus()
        if isinstance(widget, QLineEdit):
            widget.insert(shown)
        else:
            widget.insertPlainText(shown)

    return put
