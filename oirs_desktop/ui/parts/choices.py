"""Choices of a closed list: a folded list, or all options in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLayout, QLayoutItem, QRadioButton, QWidget

from oirs_desktop.ui.look.icons import pixmap
from oirs_desktop.ui.look.theme import ICON_SIZE, Theme
from oirs_desktop.ui.parts.fields import ENTER, plain
from oirs_desktop.ui.parts.letters import Letters, is_letter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Choice(QComboBox):
    """One of a short closed list. ``options``: (value, words)."""

    entered = Signal()
    """Enter was pressed; who listens may move the focus."""

    stray = Signal()
    """Text is being typed here that was meant for elsewhere; it goes nowhere and changes nothing."""

    def __init__(self, theme: Theme, options: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self._theme = theme
        self._letters = Letters(self, (), spelled=True)
        for value, words in options:
            self.addItem(words, value)
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.view().setTextElideMode(Qt.TextElideMode.ElideNone)

    @property
    def values(self) -> list[object]:
        """All values, in their order."""
        return [self.itemData(place) for place in range(self.count())]

    def value(self) -> object:
        """Give the value chosen."""
        return self.currentData()

    def choose(self, value: object) -> None:
        """Choose another value."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on, as in every other field; Space and Alt+Down open the list."""
        if event.key() in ENTER and plain(event):
            self.entered.emit()
            if self.hasFocus():
                self.focusNextChild()
        elif is_letter(event, self._letters):
            self._spell(event.text())
        else:
            self._letters.forget()
            super().keyPressEvent(event)

    def _spell(self, letter: str) -> None:
        self._letters.words = [self.itemText(place) for place in range(self.count())]
        place, stray = self._letters.take(letter, self.currentIndex())
        self.setCurrentIndex(place)
        if stray:
            self.stray.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Begin anew next time."""
        self._letters.forget()
        super().focusOutEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: it must not change what was chosen."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the arrow in the colour of the theme."""
        super().paintEvent(event)
        size = self._theme.px(ICON_SIZE)
        spot = QPoint(self.width() - size - self._theme.px(10), (self.height() - size) // 2)
        painter = QPainter(self)
        painter.drawPixmap(spot, pixmap("chevron-down", self._theme.tokens.muted, size))
        painter.end()


class Flow(QLayout):
    """Parts in lines, like words."""

    def __init__(self, parent: QWidget, spacing: int) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = spacing
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Add a part (Qt calls this)."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Part by place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take a part out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the parts."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._items]
        width = sum(size.width() + self._gap for size in sizes)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """Room for the widest part alone."""
        sizes = [item.minimumSize() for item in self._items]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            line = max(line, size.height())
        return y + line - rect.y()


class ChoiceRow(QWidget):
    """All options in sight; Tab reaches the chosen one, arrows and first letters choose."""

    changed = Signal(object)

    stray = Signal()
    """Text is being typed here that was meant for elsewhere; it goes nowhere and changes nothing."""

    def __init__(self, theme: Theme, label: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self.setAccessibleName(label)
        self.values = [value for value, _ in options]
        self._letters = Letters(self, [words for _, words in options], spelled=False)
        self.may_choose: Callable[[object], bool] = _always
        """Asked before hands choose another value, which is given; False keeps the one of before."""
        self._group = QButtonGroup(self)
        line = Flow(self, theme.px(8))
        for place, (_, words) in enumerate(options):
            pill = _Pill(words, place, self)
            pill.setAccessibleDescription(label)
            self._group.addButton(pill, place)
            line.addWidget(pill)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._toggled)
        self._lead(0)

    def _lead(self, place: int) -> None:
        """Let Tab reach the chosen one alone: to whoever listens, the row is one control."""
        self.setFocusProxy(self._group.button(place))
        for pill in self._group.buttons():
            chosen = pill is self._group.button(place)
            pill.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)

    def lead_chosen(self) -> None:
        """Let Tab reach the chosen one, wherever the focus was."""
        self._lead(self._group.checkedId())

    def _toggled(self, place: int, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on:
            self._lead(place)
            self.changed.emit(self.values[place])

    def value(self) -> object:
        """Give the value chosen."""
        return self.values[self._group.checkedId()]

    def choose(self, value: object) -> None:
        """Choose another value."""
        self._group.button(self.values.index(value)).setChecked(True)

    def key(self, event: QKeyEvent) -> bool:
        """Take a key that chooses; False when it means nothing here."""
        place, pills = self._group.checkedId(), self._group.buttons()
        if event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Down}:
            place = (place + 1) % len(pills)
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Up}:
            place = (place - 1) % len(pills)
        elif is_letter(event, self._letters):
            place, stray = self._letters.take(event.text(), place)
            self._pick(place)
            if stray:
                self.stray.emit()
            return True
        else:
            return False
        self._letters.forget()
        self._pick(place)
        return True

    def _pick(self, place: int) -> None:
        if place != self._group.checkedId():
            self._group.button(place).click()
        self._group.button(self._group.checkedId()).setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_letters(self) -> None:
        """Let the next letter choose."""
        self._letters.forget()


def _always(_value: object) -> bool:
    return True


class _Pill(QRadioButton):
    def __init__(self, words: str, place: int, row: ChoiceRow) -> None:
        super().__init__(words)
        self._row, self._place = row, place

    def nextCheckState(self) -> None:
        # Qt calls this on the one of before too, which must give way.
        if self.isChecked() or self._row.may_choose(self._row.values[self._place]):
            super().nextCheckState()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._row.lead_chosen()  # Qt lets Tab reach whichever had the focus last, chosen or not

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.OtherFocusReason:
            self._row.forget_letters()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and plain(event):
            self.focusNextChild()
        elif not self._row.key(event):
            super().keyPressEvent(event)
