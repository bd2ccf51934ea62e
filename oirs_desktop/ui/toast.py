"""A short notice above the strip, for six seconds, with its undo where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from oirs_desktop.ui.i18n import tr
from oirs_desktop.ui.icons import pixmap
from oirs_desktop.ui.theme import ICON_SIZE
from oirs_desktop.ui.widgets import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_desktop.ui.theme import Theme

SHOWN_MS = 6_000
ALARM_MS = 20_000
ICONS = {"info": "info", "good": "circle-check", "warning": "triangle-alert", "danger": "octagon-alert"}


@dataclass(frozen=True)
class Toast:
    """What to say; ``undo`` is called when the person takes it back. ``tone``: as ``Message.severity``."""

    text: str
    undo: Callable[[], None] | None = None
    tone: str = "info"


class ToastLine(QFrame):
    """One toast on screen."""

    left = Signal()

    def __init__(self, toast: Toast, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.toast = toast
        self.gone = False
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(8), theme.px(8))
        row.setSpacing(theme.px(12))
        sign = PlainLabel()
        sign.setPixmap(pixmap(ICONS.get(toast.tone, "info"), theme.tokens.bg, theme.px(ICON_SIZE)))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
        text = PlainLabel(toast.text, wrap=True)
        text.setMinimumHeight(theme.px(38))
        row.addWidget(text, 1)
        if toast.undo is not None:
            row.addWidget(self._undo_button(toast.undo))
        self.setAccessibleName(toast.text)

    def _undo_button(self, undo: Callable[[], None]) -> QPushButton:
        button = QPushButton(tr("Deshacer  Alt+Z"))
        button.clicked.connect(undo)
        button.clicked.connect(self.leave)
        key = QShortcut(QKeySequence(Qt.Modifier.ALT | Qt.Key.Key_Z), button)
        key.activated.connect(button.click)
        key.activatedAmbiguously.connect(button.click)
        return button

    def leave(self) -> None:
        """Make room; the toast stays in the history."""
        self.gone = True
        self.hide()
        self.left.emit()
        self.deleteLater()

    def tall(self, width: int) -> int:
        """Height that the words need at a width, in pixels."""
        for part in (self, *self.findChildren(QWidget)):
            part.ensurePolished()
        self._row.invalidate()
        return max(self._row.totalHeightForWidth(width), self._row.totalMinimumSize().height())


class ToastStack(QWidget):
    """The toasts of the window, newest lowest; it floats above the strip and takes no focus."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.history: list[Toast] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self.hide()

    def add(self, toast: Toast) -> None:
        """Show ``toast`` for six seconds and keep it in the history."""
        self.history.append(toast)
        line = ToastLine(toast, self.theme, self)
        self._column.addWidget(line)
        line.left.connect(self.place)
        QTimer.singleShot(ALARM_MS if toast.tone == "danger" else SHOWN_MS, line, line.leave)
        self.show()
        self.place()

    def place(self) -> None:
        """Stand above the foot of the parent, centred, at most as wide as the page."""
        parent = self.parentWidget()
        if parent is None:
            return
        if not any(not line.gone for line in self.findChildren(ToastLine)):
            self.hide()
            return
        margin = self.theme.px(16)
        width = min(self.theme.px(640), parent.width() - 2 * margin)
        heights = [line.tall(width) for line in self.findChildren(ToastLine) if not line.gone]
        height = sum(heights) + self._column.spacing() * (len(heights) - 1)
        self.setGeometry((parent.width() - width) // 2, parent.height() - height - margin, width, height)
        self.raise_()
