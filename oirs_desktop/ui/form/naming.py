"""Names typed in small letters get their capitals when the line is left: they are printed on a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from oirs_desktop.ui.parts.fields import TextLine

SMALL = frozenset({"de", "del", "la", "las", "los", "y", "e"})
"""Stay small inside of a name (Juan de la Cruz)."""


def capitals(text: str) -> str:
    """Write a name in capitals where it is all in small letters; a mixed one stays as it is."""
    if text != text.lower() or text == text.upper():
        return text
    words = text.split(" ")
    return " ".join(word if place and word in SMALL else _capital(word) for place, word in enumerate(words))


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


class Capitals(QObject):
    """Watches one line; whoever writes it small once more is believed."""

    def __init__(self, line: TextLine) -> None:
        super().__init__(line)
        self._line = line
        self._mended = ""
        line.editingFinished.connect(self._left)

    def _left(self) -> None:
        text = self._line.text()
        mended = capitals(text)
        if mended not in {text, self._mended}:
            self._mended = mended
            self._line.setText(mended)
