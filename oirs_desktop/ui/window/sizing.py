"""The keys that make everything larger or smaller from anywhere, and where the focus was meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from oirs_desktop.ui.kit.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_desktop.ui.window.frame import Window

LARGER = ("Ctrl++", "Ctrl+=")
SMALLER = ("Ctrl+-",)
NORMAL = ("Ctrl+0",)
PREFERENCES = ("Ctrl+,",)


def add_size_keys(window: Window) -> None:
    """Ctrl with plus, minus and zero: larger, smaller, normal. Ctrl and comma: the preferences."""

    def size(steps: int) -> None:
        kit = window.kit
        if kit is not None:
            kit.tastes.set(kit.tasks, window.trouble, "text_size", kit.tastes.step(steps))

    for keys, action in (
        (LARGER, lambda: size(1)),
        (SMALLER, lambda: size(-1)),
        (NORMAL, lambda: size(0)),
        (PREFERENCES, lambda: window.go("preferencias")),
    ):
        for key in keys:
            _shortcut(window, key, action)


def _shortcut(window: Window, key: str, action: Callable[[], None]) -> None:
    shortcut = QShortcut(QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText), window)
    shortcut.activated.connect(action)


@dataclass(frozen=True)
class Spot:
    """Which control had the focus, and where its cursor stood; found again by class, name and place."""

    kind: type[QWidget] = QWidget
    name: str = ""
    label: str = ""
    cursor: int = 0
    place: int = 0
    """Of those that are alike, the how manieth it was."""

    @classmethod
    def of(cls, window: QWidget) -> Spot:
        """Look where the focus is now."""
        focus = QApplication.focusWidget()
        if focus is None or focus.window() is not window:
            return cls()
        spot = cls(type(focus), focus.accessibleName(), _label(focus), _cursor(focus))
        screen = _screen_of(focus) or window
        alike = spot._alike(screen)
        return replace(spot, place=alike.index(focus) if focus in alike else 0)

    def find(self, screen: QWidget) -> None:
        """Give the focus to the control that stands in the same place of a screen now."""
        if self.kind is QWidget:
            return
        alike = self._alike(screen)
        part = alike[min(self.place, len(alike) - 1)] if alike else None
        if isinstance(screen, self.kind):
            part = screen
        if part is not None:
            part.setFocus()
            _put_cursor(part, self.cursor)

    def _alike(self, screen: QWidget) -> list[QWidget]:
        found = screen.findChildren(self.kind)
        return [one for one in found if (one.accessibleName(), _label(one)) == (self.name, self.label)]


def _label(part: QWidget) -> str:
    return part.text() if isinstance(part, QAbstractButton) else ""


def _screen_of(part: QWidget | None) -> QWidget | None:
    while part is not None and not isinstance(part, Screen):
        part = part.parentWidget()
    return part


def _cursor(part: QWidget) -> int:
    if isinstance(part, QLineEdit):
        return part.cursorPosition()
    return part.textCursor().position() if isinstance(part, QPlainTextEdit) else 0


def _put_cursor(part: QWidget, place: int) -> None:
    if isinstance(part, QLineEdit):
        part.setCursorPosition(place)
    elif isinstance(part, QPlainTextEdit):
        cursor = part.textCursor()
        cursor.setPosition(place)
        part.setTextCursor(cursor)
