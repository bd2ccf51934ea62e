"""A card of the form: its fields by name, what is wrong in them, and their state as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oirs_core.domain.errors import DomainError
from oirs_core.domain.text import SHORT_CHARS, check_text, required
from oirs_desktop.ui.parts.fields import Field, TextArea, TextLine
from oirs_desktop.ui.parts.state import read_editor, write_editor
from oirs_desktop.ui.parts.widgets import Card
from oirs_desktop.ui.texts.messages import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.parts.choices import ChoiceRow

Problem = tuple[Field, str]


class Section(Card):
    """Fields are named as in the event body, so that a refusal of the desk finds its field."""

    def __init__(self, theme: Theme, title: str, number: str) -> None:
        super().__init__(theme, title, number)
        self.theme = theme
        self.fields: dict[str, Field] = {}
        self.rows: dict[str, ChoiceRow] = {}
        """Choices that are no field: no message ever stands under them."""

    def add_line(self, name: str, label: str, *, optional: bool = False, hint: str = "") -> Field:
        """Make a field with one line of text."""
        self.fields[name] = Field(self.theme, label, TextLine(), optional=optional, hint=hint)
        return self.fields[name]

    def text(self, name: str) -> str:
        """Text of a field as typed; of a line without spaces at its ends; empty when out of sight."""
        return "" if self.fields[name].isHidden() else self.raw(name)

    def raw(self, name: str) -> str:
        """As ``text``, also when the field is out of sight."""
        field = self.fields[name]
        if isinstance(field, TextArea):
            return field.text()
        editor = field.editor
        return editor.text().strip() if isinstance(editor, TextLine) else ""

    @property
    def first(self) -> QWidget:
        """Where the work in this card begins."""
        return next(iter(self.fields.values())).editor

    def reveal(self, field: Field) -> None:
        """Unfold what hides a field of this card."""

    def state(self) -> dict[str, str]:
        """Give all texts and choices exactly as they stand, also of fields out of sight."""
        found: dict[str, str] = {}
        for name, editor in self._editors():
            found |= read_editor(name, editor)
        return found

    def restore(self, state: Mapping[str, str]) -> None:
        """Put in what ``state`` of this card gave, now or in an earlier version."""
        for name, editor in self._editors():
            write_editor(name, editor, state)

    def _editors(self) -> list[tuple[str, QWidget]]:
        """List the choices first: they say which fields are seen."""
        rows: list[tuple[str, QWidget]] = list(self.rows.items())
        return rows + [(name, field.editor) for name, field in self.fields.items()]

    def set_text(self, name: str, text: str) -> None:
        """Put text into a field."""
        field = self.fields[name]
        if isinstance(field, TextArea):
            field.box.set_text(text)
        elif isinstance(field.editor, TextLine):
            field.editor.setText(text)

    def clear_problems(self) -> None:
        """Take all messages away."""
        for field in self.fields.values():
            field.set_problem("")

    def judge(self, name: str, *, needed: bool = False, limit: int = SHORT_CHARS) -> list[Problem]:
        """Check one field as the desk will."""
        rule = required if needed else check_text
        return self.tried(name, lambda: rule(name, self.text(name), limit))

    def tried(self, name: str, rule: Callable[[], object]) -> list[Problem]:
        """Run a rule of the domain on a field: its message, or nothing."""
        try:
            rule()
        except DomainError as error:
            return [(self.fields[name], explain(error).title)]
        return []
