"""The process that knows the dictionary: lines of JSON in, lines of JSON out, until its input ends.

``{"words": [...]}`` is answered by ``{"unknown": [...]}``, ``{"suggest": word}`` by ``{"word", "list"}``.
Loading takes 60 ms and a suggestion 100 ms, during which Hunspell lets no other thread of Python run: the
window could not wait for it. A fault in the library ends this process and not the counter.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from oirs_core.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 5
"""How many suggestions are worth reading."""


class Dictionary:
    """Spanish of Chile, with the words of the counter."""

    def __init__(self) -> None:
        import hunspell  # noqa: PLC0415 - here and nowhere else is the library loaded

        folder = resource("dictionaries")
        self._speller = hunspell.Hunspell("es_CL", hunspell_data_dir=str(folder))
        for word in (folder / "oficina.txt").read_text(encoding="utf-8").split():
            self._speller.add(word)

    def unknown(self, words: Iterable[str]) -> list[str]:
        """Give the words that it does not know."""
        return [word for word in words if not self._speller.spell(word)]

    def suggest(self, word: str) -> list[str]:
        """Give words that may have been meant."""
        return list(self._speller.suggest(word))[:MOST]


def answer(dictionary: Dictionary, question: dict[str, Any]) -> dict[str, Any]:
    """Answer one line."""
    if "words" in question:
        return {"unknown": dictionary.unknown(question["words"])}
    word = question["suggest"]
    return {"word": word, "list": dictionary.suggest(word)}


def main() -> None:
    """Answer until nobody asks any more."""
    dictionary = Dictionary()
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(json.dumps(answer(dictionary, json.loads(line))).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
