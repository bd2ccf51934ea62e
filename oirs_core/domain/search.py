"""Finds rows as one types: every word typed must begin a word of the row."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Named(Protocol):
    """Anything with a name to search by."""

    @property
    def nombre(self) -> str: ...  # noqa: D102


class Entry(NamedTuple):
    """What a search looks at. All texts folded; ``words`` and ``more`` have a space before each word."""

    name: str
    sigla: str
    words: str
    more: str


N = TypeVar("N", bound=Named)
Index = list[tuple[Entry, N]]


def fold_text(text: str) -> str:
    """Fold for comparing: no accents, lower case, single spaces. ñ becomes n, as people type it."""
    # Decomposed on both sides of the lower case: ℠ is SM only after the first, ẞ is ss after the second.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _words(folded: str) -> str:
    """Words with a space before each, so that a prefix of any can be looked up as a substring."""
    return " " + " ".join("".join(c if c.isalnum() else " " for c in folded).split())


def entry_of(name: str, more: str = "", sigla: str = "") -> Entry:
    """Fold once what will be searched many times."""
    folded = fold_text(name)
    return Entry(folded, fold_text(sigla), _words(folded), _words(fold_text(more)))


def search(
    index: Iterable[tuple[Entry, N]], text: str, limit: int, near: Callable[[N], int] | None = None
) -> list[N]:
    """Rows in which every typed word begins a word; nothing typed finds nothing.

    ``near``: among rows that fit equally well, the lower number comes first.
    """
    typed = _words(fold_text(text)).strip()
    wanted = [f" {word}" for word in typed.split()]
    if not wanted:
        return []
    found = [
        (_rank(entry, typed, wanted), near(row) if near else 0, entry.name, row)
        for entry, row in index
        if all(word in entry.words or word in entry.more for word in wanted)
    ]
    found.sort(key=lambda hit: hit[:3])
    return [hit[3] for hit in found[:limit]]


def _rank(entry: Entry, typed: str, wanted: list[str]) -> int:
    """Whole name or sigla first, then names that begin so, then words of the name, then the rest."""
    if typed in {entry.words.strip(), entry.sigla}:
        return 0
    if entry.words.startswith(f" {typed}"):
        return 1
    return 2 if all(word in entry.words for word in wanted) else 3
