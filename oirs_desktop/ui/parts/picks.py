"""What is used often, as a row of buttons with a key each: Alt+1, Alt+2 and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.buttons import KeyButton
from oirs_desktop.ui.parts.choices import Flow
from oirs_desktop.ui.parts.widgets import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oirs_desktop.ui.look.theme import Theme

LONGEST = 52
"""Letters on a button; the whole words are its name for who listens."""
TAIL = 22
"""Letters kept at the end of longer words: names of services differ in their region."""


class Picks(QWidget):
    """Hidden when there is nothing to pick. ``rows``: words and value."""

    picked = Signal(object)

    def __init__(self, theme: Theme, label: str, rows: Sequence[tuple[str, object]]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(PlainLabel(label, Text.STRONG))
        line = QWidget()
        flow = Flow(line, theme.px(8))
        for place, (words, value) in enumerate(rows, 1):
            button = KeyButton(theme, short(words), f"Alt+{place}", kind="key")
            button.setAccessibleName(f"{label}: {words}")
            button.clicked.connect(lambda _=False, value=value: self.picked.emit(value))
            flow.addWidget(button)
        column.addWidget(line)
        if not rows:
            self.hide()  # never shown here: without a parent yet, it would flash as a window of its own


def short(words: str) -> str:
    """Leave out the middle of long words."""
    if len(words) <= LONGEST:
        return words
    return f"{words[: LONGEST - TAIL - 1].rstrip()}…{words[-TAIL:].lstrip()}"
