"""Buttons that show their key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton

from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.icons import pixmap
from oirs_desktop.ui.look.theme import ICON_SIZE, Theme

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKED = re.compile(r"&(\w)")
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class KeyButton(QPushButton):
    """A button that shows its key, muted, at its right. ``keys``: portable names, the first is shown.

    Without one, a letter marked with ``&`` is its key, with Alt.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        keys: str | Iterable[str] = (),
        *,
        icon: str = "",
        kind: str = "",
    ) -> None:
        super().__init__(text)
        self._theme = theme
        self._names = [keys] if isinstance(keys, str) else list(keys)
        self._icon = icon
        if kind:
            self.setProperty("kind", kind)
        self._dim = False
        self._room_for = ""
        self.setAccessibleName(text.replace("&", ""))
        if self.shown_key:
            self.setAccessibleDescription(self.shown_key)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # Enter presses the button that has the focus; as a shortcut it would press this one from anywhere.
        self.shortcuts = [self._shortcut(name) for name in self._names if name not in {"Return", "Enter"}]

    def _shortcut(self, name: str) -> QShortcut:
        key = QKeySequence.fromString(name, QKeySequence.SequenceFormat.PortableText)
        shortcut = QShortcut(key, self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self.click)
        return shortcut

    def set_icon(self, icon: str) -> None:
        """Show another icon, or none."""
        self._icon = icon
        self.updateGeometry()

    def reserve(self, words: str) -> None:
        """Be as wide as with these words: what stands beside must not move when a number grows."""
        self._room_for = words
        self.updateGeometry()

    def set_dim(self, dim: bool) -> None:  # noqa: FBT001 - one yes or no
        """Look like what cannot be done now, by colour and edge; it still answers, with the reason."""
        if dim is not self._dim:
            self.setProperty("dim", dim)
            self.style().unpolish(self)
            self.style().polish(self)
        self._dim = dim
        self.setAccessibleDescription(
            tr("{key}. Ahora no se puede.").format(key=self.shown_key) if dim else self.shown_key
        )
        self.update()

    def show_key(self, name: str) -> None:
        """Show another key, or none; the shortcuts stay."""
        self._names = [name] if name else []
        self.setAccessibleDescription(name)
        self.updateGeometry()
        self.update()

    @property
    def shown_key(self) -> str:
        """How the key is called on the button; of a marked letter, with its Alt."""
        if self._names:
            return self._names[0].replace("Return", "Enter")
        letter = MARKED.search(self.text())
        return f"Alt+{letter[1].upper()}" if letter else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, like Space; holding it down presses once."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & _MODIFIERS:
            if not event.isAutoRepeat():
                self.click()
            return
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self.group() is None:
            event.ignore()  # they scroll the page; Tab goes to the next control
            return
        super().keyPressEvent(event)

    def _text_width(self) -> int:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text()).width()

    def _gap(self) -> int:
        return self._theme.px(12)

    def sizeHint(self) -> QSize:
        """Room for icon, words and key."""
        hint = super().sizeHint()
        metrics = self.fontMetrics()
        gap = self._gap() if self.text() else 0
        extra = metrics.horizontalAdvance(self.shown_key) + gap if self.shown_key else 0
        extra += self._theme.px(ICON_SIZE + (8 if self.text() or self.shown_key else 0)) if self._icon else 0
        # Qt keeps room for four letters on a button without words.
        bare = 2 * self._theme.px(10 if self.property("tight") else 14)
        own = hint.width() if self.text() else bare
        if self._room_for:
            own += max(0, metrics.horizontalAdvance(self._room_for) - metrics.horizontalAdvance(self.text()))
        return QSize(own + extra, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Nothing on a button may be cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box of the sheet, then icon and words from the left and the key at the right."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        painter = QPainter(self)
        style = self.style()
        style.drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        box = style.subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        primary = self.property("kind") == "primary"
        ink = self._theme.color("on_accent" if primary else "ink")
        if self.property("kind") in {"link", "line"}:
            ink = self._theme.color("accent")
        if self._dim:
            ink = self._theme.color("muted")
        left = box.left()
        if not self.shown_key and not self._icon:
            left = box.left() + max(0, (box.width() - self._text_width()) // 2)
        if self._icon:
            size = self._theme.px(ICON_SIZE)
            spot = QPoint(left, box.center().y() - size // 2 + 1)
            painter.drawPixmap(spot, pixmap(self._icon, ink.name(), size))
            left += size + self._theme.px(8)
        painter.setPen(ink)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic
        painter.drawText(QRect(left, box.top(), box.right() - left + 1, box.height()), flags, self.text())
        if self.shown_key:
            painter.setPen(ink if primary else self._theme.color("muted"))
            font = self.font()
            font.setBold(False)
            painter.setFont(font)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(box, right, self.shown_key)
        painter.end()
        event.accept()


class PrimaryButton(KeyButton):
    """The one next step of a page."""

    def __init__(self, theme: Theme, text: str, keys: str | Iterable[str] = (), *, icon: str = "") -> None:
        super().__init__(theme, text, keys, icon=icon, kind="primary")
