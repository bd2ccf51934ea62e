"""Finding one case among 100,000: by folio, by RUN, by words; against plain SQLite with FTS5.

Both hold the same attentions. Words are asked without accents and in lower case, as people type, and
the newest 50 come back as the lines that the window shows. Each question is asked once to warm up.
"""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.archive import fill
from bench.attentions import Attentions
from bench.counter_store import DATABASE_KEY
from bench.figure import Figure, Goal, alternating, at_most, median, percentile, timed
from bench.raw_sqlite import BY_FOLIO, BY_RUN, NEWEST, RawSqlite
from oirs_desktop.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.archive import Known

CASES, TINY_CASES = 100_000, 60
QUESTIONS, TINY_QUESTIONS = 100, 4
TAIL = 0.95
AGAIN = 9
FREQUENT = 40
LETTERS = 4


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, and what the floor is asked for instead."""

    text: str
    query: str
    value: str


def run(*, tiny: bool) -> Iterator[Figure]:
    cases, questions = (TINY_CASES, TINY_QUESTIONS) if tiny else (CASES, QUESTIONS)
    dice = random.Random(7)
    with TemporaryDirectory(prefix="oirs-bench-") as name:
        folder = Path(name)
        raw = RawSqlite(folder / "raw.db", prefixes=True)
        known = fill(folder / "store", raw, cases, dice)
        store = Store.open(folder / "store", DATABASE_KEY)
        try:
            yield from exact(store, raw, dice.choices(known, k=questions))
            for figure, asked in texts(known, dice, questions).items():
                yield asked_for(f"text_{figure}", asked, store.search, raw, at_most(5.0, of="value"))
        finally:
            store.close()
            raw.close()


def exact(store: Store, raw: RawSqlite, sample: list[Known]) -> Iterator[Figure]:
    goal = at_most(1.0, of="value")
    folios = [Question(one.folio, BY_FOLIO, one.folio) for one in sample]
    yield asked_for("folio", folios, store.by_folio, raw, goal, tail=False)
    tails = [Question(one.folio[-5:], BY_FOLIO, one.folio) for one in sample]
    yield asked_for("folio_last_five", tails, store.by_folio, raw, goal, tail=False)
    runs = [Question(one.run, BY_RUN, one.run) for one in sample]
    yield asked_for("run", runs, store.by_document, raw, goal, tail=False)


def texts(known: list[Known], dice: random.Random, n: int) -> dict[str, list[Question]]:
    """Give the questions of each sort, from words that do stand in the archive."""
    heard = Counter(plain(word) for word in Attentions().words if len(plain(word)) > LETTERS)
    frequent = [word for word, _ in heard.most_common(FREQUENT)]
    rare = sorted(word for word, times in heard.items() if times == 1)
    surnames = [" ".join(plain(part) for part in one.surnames) for one in dice.choices(known, k=n)]
    return {
        "frequent": [whole(word) for word in dice.choices(frequent, k=n)],
        "rare": [whole(word) for word in dice.choices(rare, k=n)],
        "two_surnames": [whole(words) for words in surnames],
        "prefix_3": [whole(words[:3]) for words in surnames],
        "prefix_5": [whole(word[:5]) for word in dice.choices(rare, k=n)],
    }


def asked_for(
    figure: str,
    questions: list[Question],
    ask: Callable[[str], object],
    raw: RawSqlite,
    goal: Goal,
    *,
    tail: bool = True,
) -> Figure:
    """Ask each question of both in turn. ``tail``: the figure is the 95th of 100, not the middle one."""
    ours: list[float] = []
    floors: list[float] = []
    found = 0
    for question in questions:
        found += bool(ask(question.text))
        raw.ask(question.query, question.value)
        mine = partial(timed, partial(ask, question.text))
        bare = partial(timed, partial(raw.ask, question.query, question.value))
        one, two = alternating(AGAIN, mine, bare)
        ours.append(median(one))
        floors.append(median(two))
    share = TAIL if tail else 0.5
    spread = f"median {median(ours):.2f}, p95 {percentile(ours, TAIL):.2f}, worst {max(ours):.2f} ms"
    return Figure(
        bench="search",
        figure=f"{figure}_{'p95' if tail else 'median'}",
        value=percentile(ours, share),
        unit="ms",
        floor=percentile(floors, share),
        goal=goal,
        n=len(questions),
        note=f"{found} of {len(questions)} found something; {spread}",
    )


def plain(text: str) -> str:
    """As people type: no accents, no capitals, a space for any other sign."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def whole(words: str) -> Question:
    """Words typed to their end; the floor looks for the same beginnings, as ours does."""
    return Question(words, NEWEST, " ".join(f'"{word}"*' for word in words.split()))


beginning = whole
