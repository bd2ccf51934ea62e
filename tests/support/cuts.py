"""What is cut off or lies over something else in a window."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QRadioButton, QWidget

from oirs_desktop.ui.look.ring import FocusRing
from oirs_desktop.ui.parts.buttons import KeyButton
from oirs_desktop.ui.parts.toast import ToastStack
from oirs_desktop.ui.parts.widgets import ElidedLabel

FLOATING = (FocusRing, ToastStack)


def visible(root: QWidget) -> list[QWidget]:
    """Give all parts in sight, also those that one has to scroll to."""
    return [part for part in root.findChildren(QWidget) if part.isVisible()]


def cut(root: QWidget) -> list[str]:
    """Name every text that has less room than it needs."""
    return [f"{_text(p)!r} {p.size().toTuple()}" for p in visible(root) if _text(p) and _narrow(p)]


def _text(part: QWidget) -> str:
    if isinstance(part, QComboBox):
        return part.currentText()
    return part.text() if isinstance(part, QLabel | QAbstractButton) else ""


def _narrow(part: QWidget) -> bool:
    if isinstance(part, ElidedLabel):
        return False  # gives way by its nature: dots, short words and a tool tip
    if isinstance(part, QLabel) and part.wordWrap():
        metrics, words = part.fontMetrics(), part.text().replace("\u200b", " ").split()
        widest = max(metrics.horizontalAdvance(word) for word in words)
        return part.height() < part.heightForWidth(part.width()) or widest > part.width()
    if isinstance(part, QComboBox):
        return part.fontMetrics().horizontalAdvance(part.currentText()) > part.width() - part.height()
    if isinstance(part, KeyButton | QLabel | QRadioButton):
        return part.width() < part.sizeHint().width() or part.height() < part.minimumSizeHint().height()
    return False


def overlapping(root: QWidget) -> list[str]:
    """Name neighbours that lie over each other."""
    found = []
    for host in [root, *visible(root)]:
        parts = [
            part
            for part in host.children()
            if isinstance(part, QWidget)
            and part.isVisible()
            and not part.isWindow()
            and not isinstance(part, FLOATING)
            and not isinstance(host, QLineEdit)
        ]
        for one, other in combinations(parts, 2):
            both = QRect(one.geometry()).intersected(other.geometry())
            if both.width() > 1 and both.height() > 1:
                found.append(f"{_name(one)} over {_name(other)} in {_name(host)}")
    return found


def _name(part: QWidget) -> str:
    return f"{type(part).__name__} {(_text(part) or part.accessibleName())[:30]!r}"
