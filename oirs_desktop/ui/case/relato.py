"""What the person asked, in sight while an official answers or derives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oirs_desktop.ui.lists.timeline import breakable
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.buttons import KeyButton
from oirs_desktop.ui.parts.widgets import PlainLabel

if TYPE_CHECKING:
    from oirs_desktop.ui.look.theme import Theme

FOLDED = 200
"""Letters shown of a longer text, about two lines; the field for the answer stays in sight under it."""


class Relato(QWidget):
    """The words of the person, short; all of them when asked for."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._full = breakable(text.strip())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(PlainLabel(tr("Lo que pidió la persona"), Text.STRONG))
        column.addLayout(head)
        self.words = PlainLabel(shortened(self._full), wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.words)
        self.more = KeyButton(theme, tr("Ver &todo"), icon="chevron-down", kind="line")
        # Not in the way of Tab: its key is on it.
        self.more.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.more.clicked.connect(self._unfold)
        head.addWidget(self.more)
        head.addStretch(1)
        if len(self._full) <= FOLDED:
            self.more.hide()  # never shown here: without a parent yet, it would flash as a window of its own

    def _unfold(self) -> None:
        self.words.setText(self._full)
        self.more.hide()


def shortened(text: str) -> str:
    """Leave out what comes after the first lines, at the end of a word."""
    if len(text) <= FOLDED:
        return text
    return f"{text[:FOLDED].rsplit(' ', 1)[0].rstrip()} …"
