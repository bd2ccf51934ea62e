"""What is missing, on top of the form, in the same words as under the fields; each line jumps there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.widgets import Banner, KeyButton

if TYPE_CHECKING:
    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.parts.fields import Field
    from oirs_desktop.ui.parts.section import Problem
    from oirs_desktop.ui.texts.messages import Message


TAKEN = frozenset("adijlmnqrtvx")
"""Letters that the keys of the form hold with Alt."""


class Summary(Banner):
    """Hidden while there is nothing to say."""

    jumped = Signal(object)
    """The editor to go to."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "danger")
        self._theme = theme
        self.problems: list[Problem] = []
        self._links: list[KeyButton] = []
        self.hide()

    def show_problems(self, problems: list[Problem]) -> None:
        """List what is missing; nothing hides the summary."""
        self.problems = problems
        for link in self._links:
            link.deleteLater()
        words = with_letters([text for _, text in problems])
        self._links = [self._link(field, text) for (field, _), text in zip(problems, words, strict=True)]
        for field, _ in problems:
            field.mended.connect(self.drop, Qt.ConnectionType.UniqueConnection)
        title = tr("Aún no se registra. Revise esto:")
        self.set("danger", title)
        self.setVisible(bool(problems))

    def drop(self, field: Field) -> None:
        """Take out the lines of a field that was mended."""
        for link, (other, _) in zip(self._links, self.problems, strict=True):
            link.setVisible(link.isVisibleTo(self) and other is not field)
        self.setVisible(any(link.isVisibleTo(self) for link in self._links))

    def show_message(self, message: Message) -> None:
        """Say why the desk did not take it."""
        self.show_problems([])
        self.set(message.severity, message.title, message.advice)
        self.show()

    def _link(self, field: Field, text: str) -> KeyButton:
        link = KeyButton(self._theme, text, icon="arrow-right", kind="line")
        link.clicked.connect(lambda: self.jumped.emit(field.editor))
        self.column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        return link


def with_letters(texts: list[str]) -> list[str]:
    """Mark in each line the letter that leads to it with Alt, where one is free; short lines choose first."""
    marked = [text.replace("&", "&&") for text in texts]
    free = [[sign for sign in text.lower() if "a" <= sign <= "z" and sign not in TAKEN] for text in marked]
    taken: set[str] = set()
    for place in sorted(range(len(texts)), key=lambda place: len(set(free[place]))):
        sign = next((sign for sign in free[place] if sign not in taken), "")
        if sign:
            taken.add(sign)
            at = marked[place].lower().index(sign)
            marked[place] = f"{marked[place][:at]}&{marked[place][at:]}"
    return marked
