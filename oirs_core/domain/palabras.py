"""Everyday words for the topics of the catalogue: people say *luz*, the table says *suministro*."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from oirs_core.domain.search import fold_text
from oirs_core.domain.table import header, rows, several

if TYPE_CHECKING:
    from collections.abc import Iterable

TABLE = "palabras"
COLUMNS = ("palabra", "materias")
EMPTY = "palabra,materias\n"
"""A centre need not have the table."""
FAR = 99
HALF = 10
CLEAR = 4
"""So many letters of an everyday word are enough to put its topics first."""
LONG = 5
"""A plural of fewer letters is left as it is: too little would be left of it."""
_SMALL = """
a al como con de del el en es esta estan falta hay la las le les lo los me mi mis necesito no o para pide por
problema problemas que quiere quiero se sin sobre su sus tema tengo tiene un una unos y
"""
SMALL_WORDS = frozenset(_SMALL.split())
"""Folded words that say nothing about the topic."""


class Topic(Protocol):
    """A row of the topics."""

    @property
    def codigo(self) -> str: ...  # noqa: D102
    @property
    def padre(self) -> str: ...  # noqa: D102


def check_palabras(text: str) -> None:
    """Look at the header; ValueUnknown for a missing column."""
    header(TABLE, text, COLUMNS)


class Palabras:
    """The everyday words of each topic. A word given to a group belongs to its topics too."""

    def __init__(self, text: str, topics: Iterable[Topic]) -> None:
        """``text``: the table; the topics of a word stand in it from the likeliest on."""
        given: dict[str, list[tuple[str, int]]] = {}
        for word, codes in rows(TABLE, text, COLUMNS):
            for place, code in enumerate(several(codes)):
                given.setdefault(code, []).append((fold_text(word), place))
        self._own = given
        self._words = {row.codigo: given.get(row.codigo, []) + given.get(row.padre, []) for row in topics}

    def of(self, code: str) -> str:
        """Give all the words of a topic."""
        return " ".join(word for word, _ in self._words.get(code, ()))

    def place(self, code: str, typed: str) -> int:
        """Tell how likely a folded text, the beginning of a word, means a topic; 0: the likeliest."""
        return min((n for word, n in self._words.get(code, ()) if word.startswith(typed)), default=FAR)

    def first(self, code: str, typed: str) -> int:
        """Tell whether a topic goes before those that only have the word in their name; 0: very first.

        A word typed in full goes before the beginning of a longer one: *micro* is no *microbasural*.
        """
        if len(typed) < CLEAR:
            return FAR
        own = ((word, n) for word, n in self._own.get(code, ()) if word.startswith(typed))
        return min((n if word == typed else HALF + n for word, n in own), default=FAR)


def telling(folded: str) -> str:
    """Leave out small words and the *s* of plurals: ``no tengo remedios`` is about *remedio*."""
    words = (word for word in folded.split() if word not in SMALL_WORDS)
    return " ".join(word.removesuffix("s") if len(word) >= LONG else word for word in words)
