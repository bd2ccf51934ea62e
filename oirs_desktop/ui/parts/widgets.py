"""The small parts that every screen is made of; all take their looks from the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from oirs_desktop.ui.look.icons import pixmap
from oirs_desktop.ui.look.theme import ICON_SIZE, Text, Theme
from oirs_desktop.ui.parts.buttons import KeyButton, PrimaryButton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = [
    "Banner",
    "Card",
    "Columns",
    "ElidedLabel",
    "EmptyState",
    "Heading",
    "IconLabel",
    "KeyButton",
    "PlainLabel",
    "PrimaryButton",
    "centred",
    "restyle",
]

TONE_ICONS = {
    "info": "info",
    "good": "circle-check",
    "warning": "triangle-alert",
    "danger": "octagon-alert",
}
TONE_TOKENS = {"info": "accent", "good": "good", "warning": "warning", "danger": "danger"}


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and let the sheet look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # the sheet has not looked yet
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class PlainLabel(QLabel):
    """A label that shows any text as it is: what people typed is never taken for markup."""

    def __init__(self, text: str = "", role: Text = Text.BODY, *, wrap: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", str(role))
        self.setWordWrap(wrap)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Colour by meaning: good, warning, danger, accent or nothing."""
        restyle(self, "tone", tone)


class ElidedLabel(PlainLabel):
    """One line that gives way: what does not fit ends in dots, the whole stands in the tool tip.

    ``short``: other words to show when the whole does not fit. With word wrap it breaks its line instead.
    """

    def __init__(self, text: str = "", role: Text = Text.BODY) -> None:
        super().__init__(text, role)
        self.short = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Shrink to nothing if need be."""
        least = super().minimumSizeHint()
        return least if self.wordWrap() else QSize(0, least.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as fits."""
        if self.wordWrap():
            super().paintEvent(event)
            return
        metrics, words, box = self.fontMetrics(), self.text(), self.contentsRect()
        if self.short and metrics.horizontalAdvance(words) > box.width():
            words = self.short
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        self.style().drawItemText(
            painter, box, int(self.alignment()), self.palette(), True, shown, self.foregroundRole()
        )
        painter.end()
        event.accept()


class Heading(PlainLabel):
    """A title of a page or of a section."""

    def __init__(self, text: str, role: Text = Text.TITLE) -> None:
        super().__init__(text, role, wrap=True)


class IconLabel(QWidget):
    """Icon and words beside it, never one without the other."""

    def __init__(
        self, theme: Theme, icon: str = "", text: str = "", role: Text = Text.BODY, *, wrap: bool = False
    ) -> None:
        super().__init__()
        self._theme = theme
        self.sign = PlainLabel()
        self.words = ElidedLabel(text, role)
        self.words.setWordWrap(wrap)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.sign)
        row.addWidget(self.words, 1)
        if icon:
            self.set(icon, text)

    def set(self, icon: str, text: str, ink: str = "muted", short: str = "") -> None:
        """Show other words. ``ink``: name of the colour of the icon; ``short``: for want of room."""
        self.words.short = short
        self.sign.setVisible(bool(icon))
        if icon:
            color = getattr(self._theme.tokens, ink)
            self.sign.setPixmap(pixmap(icon, color, self._theme.px(ICON_SIZE)))
        self.words.setText(text)
        self.setAccessibleName(text)


class Card(QFrame):
    """A white sheet on the page with an optional title; contents go into ``column``."""

    def __init__(self, theme: Theme, title: str = "", number: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        self.setProperty("ringHost", True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*[theme.px(24)] * 4)
        self.column.setSpacing(theme.px(16))
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.px(12))
        if title:
            if number:
                mark = PlainLabel(number, Text.SECTION)
                mark.set_tone("accent")
                self.head.addWidget(mark)
            self.head.addWidget(Heading(title, Text.SECTION), 1)
            self.column.addLayout(self.head)
            self.setAccessibleName(title)


class Banner(QFrame):
    """A message that stands on the page: icon, title, advice and perhaps one button.

    ``tone``: info, good, warning or danger.
    """

    def __init__(self, theme: Theme, tone: str = "info", title: str = "", advice: str = "") -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("ringHost", True)
        self._theme = theme
        self.sign, self.title = PlainLabel(), PlainLabel(role=Text.STRONG, wrap=True)
        self.advice = PlainLabel(wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        row.setSpacing(theme.px(12))
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.px(4))
        self.column.addWidget(self.title)
        self.column.addWidget(self.advice)
        row.addLayout(self.column, 1)
        self.row = row
        self.set(tone, title, advice)

    def set(self, tone: str, title: str, advice: str = "") -> None:
        """Say something else."""
        restyle(self, "tone", tone)
        color = getattr(self._theme.tokens, TONE_TOKENS[tone])
        self.sign.setPixmap(pixmap(TONE_ICONS[tone], color, self._theme.px(ICON_SIZE)))
        self.title.setText(title)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
        self.setAccessibleName(f"{title} {advice}".strip())

    def add_action(self, text: str, action: Callable[[], None], keys: str | Iterable[str] = ()) -> KeyButton:
        """Put a button at the right."""
        button = KeyButton(self._theme, text, keys)
        button.clicked.connect(action)
        self.row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.row.setAlignment(self.sign, Qt.AlignmentFlag.AlignVCenter)
        return button


class EmptyState(QWidget):
    """What a list says when there is nothing in it: an icon, what it means, what to do."""

    def __init__(self, theme: Theme, icon: str, title: str, advice: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.setSpacing(theme.px(8))
        self.sign, self.title = PlainLabel(), PlainLabel(title, Text.STRONG, wrap=True)
        self.advice = PlainLabel(advice, Text.MUTED, wrap=True)
        self.sign.setPixmap(pixmap(icon, theme.tokens.muted, theme.px(40)))
        for part in (self.sign, self.title, self.advice):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)


class Columns(QWidget):
    """Parts side by side while there is room (``min_width``, 100 % design), otherwise one under the other."""

    def __init__(self, theme: Theme, min_width: int = 640, spacing: int = 16) -> None:
        super().__init__()
        self._limit = theme.px(min_width)
        self.line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(theme.px(spacing))

    def add(self, part: QWidget, stretch: int = 1) -> None:
        """Add a part at the right."""
        self.line.addWidget(part, stretch)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than one part needs: side by side is a gift, and else it would never turn."""
        return QSize(max(self._widths(), default=0), super().minimumSizeHint().height())

    def _widths(self) -> list[int]:
        items = (self.line.itemAt(place) for place in range(self.line.count()))
        return [item.minimumSize().width() + self.line.spacing() for item in items if item is not None]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the line when it gets too narrow."""
        self._turn()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Turn the line also when a part gets longer words: no resize tells of that."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._turn()
        return done

    def _turn(self) -> None:
        wide = self.width() >= max(self._limit, sum(self._widths()))
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self.line.direction() is not way:
            self.line.setDirection(way)


def centred(part: QWidget) -> QWidget:
    """Give a page with one part in its middle, a little above."""
    page = QWidget()
    page.setObjectName("page")
    column = QVBoxLayout(page)
    column.addStretch(2)
    column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addStretch(3)
    return page
