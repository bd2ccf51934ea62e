"""Labelled editors: the label over them, the hint or the message under them, Enter moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from oirs_core.domain.text import LONG_BYTES, LONG_CHARS
from oirs_desktop.ui.look.i18n import number, tr
from oirs_desktop.ui.look.icons import pixmap
from oirs_desktop.ui.look.theme import ICON_SIZE, Text, Theme
from oirs_desktop.ui.parts.widgets import PlainLabel, restyle

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

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
        """Put other text in; one goes on writing at its end."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)


class Field(QWidget):
    """Label, editor, and under it a hint or, in its place, what is wrong."""

    mended = Signal(object)
    """Itself, when what was wrong was typed over."""

    def __init__(
        self, theme: Theme, label: str, editor: QWidget, *, hint: str = "", optional: bool = False
    ) -> None:
        super().__init__()
        self._theme, self._hint = theme, hint
        self.label_text, self.editor = label, editor
        self.label = PlainLabel(
            tr("{label} (opcional)").format(label=label) if optional else label, Text.STRONG
        )
        self.label.setText(tr("{label} (opcional)").format(label=label) if optional else label)
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
        foot.addStretch()
        foot.addWidget(self.aside, 0, Qt.AlignmentFlag.AlignTop)
        self.aside.hide()
        self.column.addLayout(foot)
        self.column.addStretch(1)
        editor.setAccessibleName(label)
        self.problem = ""
        if isinstance(editor, TextLine | TextBox):
            editor.textChanged.connect(self.mend)
        self._show()

    def mend(self) -> None:
        """Take the message away: what was wrong is being typed over."""
        if self.problem:
            self.set_problem("")
            self.mended.emit(self)

    def set_label(self, label: str) -> None:
        """Call the field otherwise (the razón social stands where a first name stood)."""
        self.label_text = label
        self.label.setText(label)
        self.editor.setAccessibleName(label)

    def set_problem(self, text: str) -> None:
        """Say what is wrong, with icon and edge; empty: all is well."""
        self.problem = text
        self._show()

    def set_hint(self, text: str, icon: str = "", ink: str = "muted") -> None:
        """Say something helpful. ``ink``: colour of the icon."""
        self._hint = text
        self._show(icon, ink)

    def _show(self, icon: str = "", ink: str = "muted") -> None:
        text = self.problem or self._hint
        if self.problem:
            icon, ink = "octagon-alert", "danger"
        restyle(self.editor, "problem", bool(self.problem))
        self.note.setText(text)
        self.note.set_tone("" if ink == "muted" else ink)
        self.note.setVisible(bool(text))
        self.sign.setVisible(bool(icon))
        if icon:
            size = self._theme.px(ICON_SIZE * 0.9)
            self.sign.setPixmap(pixmap(icon, getattr(self._theme.tokens, ink), size))
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
        self.aside.show()
        self.aside.set_tone("danger" if length > LONG_CHARS or size > LONG_BYTES else "")
