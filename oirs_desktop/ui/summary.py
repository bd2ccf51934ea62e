"""What is missing, on top of the form, in the same words as under the fields; each line jumps there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from oirs_desktop.ui.i18n import tr
from oirs_desktop.ui.widgets import Banner, KeyButton

if TYPE_CHECKING:
    from oirs_desktop.ui.fields import Field
    from oirs_desktop.ui.messages import Message
    from oirs_desktop.ui.section import Problem
    from oirs_desktop.ui.theme import Theme


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
        self._links = [self._link(problem) for problem in problems]
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

    def _link(self, problem: Problem) -> KeyButton:
        field, text = problem
        link = KeyButton(self._theme, text, icon="arrow-right", kind="line")
        link.clicked.connect(lambda: self.jumped.emit(field.editor))
        self.column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        return link
