"""A short notice above the strip, for six seconds, with its undo where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
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

    def __init__(self, toast: Toast, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.toast = toast
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(8), theme.px(8))
        row.setSpacing(theme.px(12))
        sign = PlainLabel()
        sign.setPixmap(pixmap(ICONS.get(toast.tone, "info"), theme.tokens.bg, theme.px(ICON_SIZE)))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
        text = PlainLabel(toast.text, wrap=True)
        text.setMinimumHeight(theme.px(38))
        row.addWidget(text, 1)
        if toast.undo is not None:
            button = QPushButton(tr("Deshacer"))
            button.clicked.connect(toast.undo)
            button.clicked.connect(self.deleteLater)
            row.addWidget(button)
        self.setAccessibleName(toast.text)


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
        line.destroyed.connect(self.place)
        QTimer.singleShot(ALARM_MS if toast.tone == "danger" else SHOWN_MS, line, line.deleteLater)
        self.show()
        self.place()

    def place(self) -> None:
        """Stand above the foot of the parent, centred, at most as wide as the page."""
        parent = self.parentWidget()
        if parent is None:
            return
        if self._column.count() == 0:
            self.hide()
            return
        margin = self.theme.px(16)
        width = min(self.theme.px(640), parent.width() - 2 * margin)
        height = (
            self._column.heightForWidth(width)
            if self._column.hasHeightForWidth()
            else self.sizeHint().height()
        )
        self.setGeometry((parent.width() - width) // 2, parent.height() - height - margin, width, height)
        self.raise_()
