"""Letters typed where one chooses: the first one chooses, a word was meant for a text elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

TEXT_MS = 2_000
"""A letter that follows another sooner than this belongs to a word, not to a choice."""


class Letters:
    """Letters typed on a choice: the first one chooses; a word that goes on was meant for a text elsewhere.

    ``words``: what stands in each option. ``spelled``: whether an option may be spelled out.
    """

    def __init__(self, owner: QWidget, words: Sequence[str], *, spelled: bool) -> None:
        self.words, self._spelled = words, spelled
        self.typed, self.before = "", 0
        self._pause = QTimer(owner)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TEXT_MS)
        self._pause.timeout.connect(self.forget)

    def forget(self) -> None:
        """Let the next letter be a first one."""
        self._pause.stop()
        self.typed = ""

    def take(self, letter: str, place: int) -> tuple[int, bool]:
        """Give the place to choose, and whether this letter showed that a text is being typed.

        ``place``: of the option chosen now.
        """
        first = not self.typed
        if first:
            self.before = place
        self.typed += letter.casefold()
        self._pause.start()
        if len(set(self.typed)) == 1:  # the same letter again: the next option that begins with it
            return self._next(self.typed[0], place), False
        spelled = [n for n, words in enumerate(self.words) if words.casefold().startswith(self.typed)]
        if self._spelled and spelled:
            return spelled[0], False
        return self.before, len(self.typed) >= 2 and not self._was_text()  # noqa: PLR2004 - a word has two

    def _was_text(self) -> bool:
        known = self.typed[:-1]
        if len(set(known)) == 1:
            return False
        return not (self._spelled and any(words.casefold().startswith(known) for words in self.words))

    def _next(self, letter: str, place: int) -> int:
        after = [*range(place + 1, len(self.words)), *range(place + 1)]
        return next((n for n in after if self.words[n].casefold().startswith(letter)), place)


def is_letter(event: QKeyEvent, letters: Letters) -> bool:
    """Whether a key is a letter of a word; a space is one inside of it."""
    text = event.text()
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return bool(text) and not modifiers and (text.isalnum() or (bool(letters.typed) and text.isprintable()))
