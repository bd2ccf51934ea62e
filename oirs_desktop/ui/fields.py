"""Labelled editors: the label over them, the hint or the message under them, Enter moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from oirs_core.domain.text import LONG_BYTES, LONG_CHARS
from oirs_desktop.ui.i18n import number, tr
from oirs_desktop.ui.icons import pixmap
from oirs_desktop.ui.theme import ICON_SIZE, Text, Theme
from oirs_desktop.ui.widgets import PlainLabel, restyle

if TYPE_CHECKING:
    from collections.abc import Sequence

ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


def plain(event: QKeyEvent) -> bool:
    """Whether a key was pressed alone (the keypad does not count)."""
    return event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}


class TextLine(QLineEdit):
    """One line of text. Enter says ``entered`` and moves on to the next field."""

    entered = Signal()

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on; everything else is typing."""
        if event.key() in ENTER and plain(event):
            if not event.isAutoRepeat():
                self.enter_pressed()
            return
        super().keyPressEvent(event)

    def enter_pressed(self) -> None:
        """Tell who listens, then move on unless the listener moved the focus already."""
        self.entered.emit()
        if self.hasFocus():
            self.focusNextChild()


class TextBox(QPlainTextEdit):
    """Several lines of text, kept as typed; Tab moves on."""

    def __init__(self, theme: Theme, lines: int = 4) -> None:
        super().__init__()
        self._theme, self._lines = theme, lines
        self.setTabChangesFocus(True)
        self.setFixedHeight(self._height(lines))
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def _height(self, lines: float) -> int:
        return round(self.fontMetrics().lineSpacing() * 1.15 * lines) + self._theme.px(20)

    def _grow(self) -> None:
        wanted = min(max(self.document().size().height() + 1, self._lines), self._lines * 3)
        self.setFixedHeight(self._height(wanted))

    def text(self) -> str:
        """Everything, unchanged: ``toPlainText`` would turn hard spaces into soft ones."""
        return self.document().toRawText().replace("\u2029", "\n")

    def set_text(self, text: str) -> None:
        """Put other text in."""
        self.setPlainText(text)


class Choice(QComboBox):
    """One of a short closed list. ``options``: (value, words)."""

    def __init__(self, theme: Theme, options: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self._theme = theme
        for value, words in options:
            self.addItem(words, value)
        self.setMaxVisibleItems(12)
        self.view().setTextElideMode(Qt.TextElideMode.ElideNone)

    def value(self) -> object:
        """The value chosen."""
        return self.currentData()

    def choose(self, value: object) -> None:
        """Choose another value."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on, as in every other field; Space and Alt+Down open the list."""
        if event.key() in ENTER and plain(event):
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page: it must not change what was chosen."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the arrow in the colour of the theme."""
        super().paintEvent(event)
        size = self._theme.px(ICON_SIZE)
        spot = QPoint(self.width() - size - self._theme.px(10), (self.height() - size) // 2)
        QPainter(self).drawPixmap(spot, pixmap("chevron-down", self._theme.tokens.muted, size))


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

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override] # Qt asks for a null past the end
        """Part by place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override] # same
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
        """The widest part alone."""
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

    def __init__(self, theme: Theme, label: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self.setAccessibleName(label)
        self.values = [value for value, _ in options]
        self._group = QButtonGroup(self)
        line = Flow(self, theme.px(8))
        for place, (_, words) in enumerate(options):
            pill = _Pill(words, self)
            pill.setAccessibleDescription(label)
            self._group.addButton(pill, place)
            line.addWidget(pill)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._toggled)
        self.setFocusProxy(self._group.button(0))

    def _toggled(self, place: int, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on:
            self.setFocusProxy(self._group.button(place))
            self.changed.emit(self.values[place])

    def value(self) -> object:
        """The value chosen."""
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
        elif event.text().isalnum() and plain(event):
            letter = event.text().casefold()
            after = [*range(place + 1, len(pills)), *range(place + 1)]
            hits = [n for n in after if self._group.button(n).text().casefold().startswith(letter)]
            if not hits:
                return False
            place = hits[0]
        else:
            return False
        self._group.button(place).setChecked(True)
        self._group.button(place).setFocus(Qt.FocusReason.OtherFocusReason)
        return True


class _Pill(QRadioButton):
    def __init__(self, words: str, row: ChoiceRow) -> None:
        super().__init__(words)
        self._row = row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and plain(event):
            self.focusNextChild()
        elif not self._row.key(event):
            super().keyPressEvent(event)


class Field(QWidget):
    """Label, editor, and under it a hint or, in its place, what is wrong."""

    def __init__(
        self, theme: Theme, label: str, editor: QWidget, *, hint: str = "", optional: bool = False
    ) -> None:
        super().__init__()
        self._theme, self._hint = theme, hint
        self.label_text, self.editor = label, editor
        self.label = PlainLabel(
            tr("{label} (opcional)").format(label=label) if optional else label, Text.STRONG
        )
        self.label.setBuddy(editor)
        self.sign, self.note = PlainLabel(), PlainLabel(hint, Text.SMALL, wrap=True)
        self.aside = PlainLabel("", Text.SMALL)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(4))
        self.column.addWidget(self.label)
        self.column.addWidget(editor)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(6))
        foot.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.aside, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(foot)
        self.column.addStretch(1)
        editor.setAccessibleName(label)
        self.problem = ""
        self._show()

    def set_label(self, label: str) -> None:
        """Call the field otherwise (the razón social stands where a first name stood)."""
        self.label_text = label
        self.label.setText(label)
        self.editor.setAccessibleName(label)

    def set_problem(self, text: str) -> None:
        """Say what is wrong, with icon and edge; empty: all is well."""
        self.problem = text
        self._show()

    def set_hint(self, text: str, icon: str = "", token: str = "muted") -> None:
        """Say something helpful. ``token``: colour of the icon."""
        self._hint = text
        self._show(icon, token)

    def _show(self, icon: str = "", token: str = "muted") -> None:
        text = self.problem or self._hint
        if self.problem:
            icon, token = "octagon-alert", "danger"
        restyle(self.editor, "problem", bool(self.problem))
        self.note.setText(text)
        self.note.set_tone(token if self.problem or token != "muted" else "")
        self.note.setVisible(bool(text))
        self.sign.setVisible(bool(icon))
        if icon:
            size = self._theme.px(ICON_SIZE * 0.9)
            self.sign.setPixmap(pixmap(icon, getattr(self._theme.tokens, token), size))
        self.editor.setAccessibleDescription(text)


class TextArea(Field):
    """A text box with its counter: characters, and bytes when they run out first."""

    def __init__(
        self, theme: Theme, label: str, *, lines: int = 4, hint: str = "", optional: bool = False
    ) -> None:
        self.box = TextBox(theme, lines)
        super().__init__(theme, label, self.box, hint=hint, optional=optional)
        self.aside.setAccessibleName(tr("Largo"))
        self.box.textChanged.connect(self._count)
        self._count()

    def text(self) -> str:
        """Everything as typed."""
        return self.box.text()

    def _count(self) -> None:
        text = self.text()
        length, size = len(text), len(text.encode("utf-8", "surrogatepass"))
        shown = f"{number(length)} / {number(LONG_CHARS)}"
        if size * LONG_CHARS > length * LONG_BYTES or size > LONG_BYTES:
            shown += f"  ·  {number(size)} / {number(LONG_BYTES)} bytes"
        self.aside.setText(shown)
        self.aside.set_tone("danger" if length > LONG_CHARS or size > LONG_BYTES else "")
