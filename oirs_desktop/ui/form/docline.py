"""The line of the document number: while the person is looked up, keys wait and are not lost."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from oirs_desktop.ui.parts.fields import TextLine


class DocLine(TextLine):
    """``asked``: a look-up is on its way. ``held``: Enter was pressed, keys wait for its answer."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = False
        self.held = False
        self._stay = False
        self._waiting: list[QKeyEvent] = []

    def stay(self) -> None:
        """Keep the focus though Enter was pressed."""
        self._stay = True

    def hold(self) -> None:
        """Let the keys wait: whoever types on means the next field."""
        self.held = True

    def release(self) -> None:
        """Give the waiting keys to whatever has the focus now."""
        self.held = False
        waiting, self._waiting = self._waiting, []
        for event in waiting:
            target = QApplication.focusWidget()
            if target is not None:
                QApplication.sendEvent(target, event)

    def enter_pressed(self) -> None:
        """Move on only when the listener neither moved the focus nor asked to stay."""
        self.entered.emit()
        if self.hasFocus() and not self._stay and not self.held:
            self.focusNextChild()
        self._stay = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, or wait."""
        if self.held:
            copy = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
            self._waiting.append(copy)
            return
        super().keyPressEvent(event)
