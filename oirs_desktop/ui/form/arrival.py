"""F2 over a form half done: Enter goes on with it, whatever is typed begins somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from oirs_desktop.ui.kit.scanner import COMMAND
from oirs_desktop.ui.parts.fields import ENTER, plain

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

ALONE = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}


class Arrival(QObject):
    """What is typed is the document of another person; Enter goes on where one wrote."""

    another = Signal(object)
    """The key of the first sign."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._at: QWidget | None = None
        self._place: QWidget | None = None

    @property
    def waits(self) -> bool:
        """Whether no key was pressed yet."""
        return self._at is not None

    def watch(self, at: QWidget, place: QWidget) -> None:
        """Put the focus ``at`` the number; ``place`` is where one wrote before."""
        self.leave()
        at.setFocus(Qt.FocusReason.OtherFocusReason)
        self._at, self._place = QApplication.focusWidget() or at, place
        self._at.installEventFilter(self)

    def leave(self) -> None:
        """Let every key mean what it means elsewhere."""
        if self._at is not None:
            self._at.removeEventFilter(self)
        self._at = None

    def go_on(self) -> None:
        """Go back to where one wrote."""
        self.leave()
        if self._place is not None:
            self._place.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at the first key; the mouse or Tab ends the waiting."""
        if event.type() is QEvent.Type.FocusOut:
            self.leave()
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in ALONE or event.modifiers() & COMMAND:
            return False
        text = event.text()
        if event.key() in ENTER and plain(event):
            self.go_on()
        elif text.isprintable() and text:
            self.leave()
            self.another.emit(event.clone())
        else:
            self.leave()
            return False
        return True
