"""Registering a case at the desk, against plain SQLite that keeps the same record and its words.

Ours does what the counter does: rules, plazo, folio, seal, encrypted pages, line and search row, one
durable transaction. The floor writes the same body, unencrypted, without any of that.
"""

from __future__ import annotations

import os
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING

from bench.attentions import Attentions
from bench.counter_store import make_desk, make_store
from bench.figure import Figure, Goal, alternating, at_least, at_most, median, percentile, timed
from bench.flushes import flushes_of_each
from bench.raw_sqlite import RawSqlite
from oirs_core.domain.kinds import Salida
from oirs_core.wire.codec import encode_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from oirs_core.domain.events import Ingreso
    from oirs_desktop.desk import Desk, Draft

TAIL, QUIET = 0.99, 0.1
REPEATS = 100
Record = tuple[str, str, str, str, str, str]


def record_of(ingreso: Ingreso, n: int) -> Record:
    """Give what the floor keeps of a case: the whole body as it stands in our event."""
    persona = ingreso.persona
    body = encode_body(ingreso).decode()
    folio = f"8K6{n:09d}"
    return (f"{n:020x}", folio, persona.doc_numero, persona.full_name, body, ingreso.relato)


class Race:
    """Blocks of registrations, ours and the floor's, each over data of its own."""

    def __init__(self, desk: Desk, raw: RawSqlite, salida: Salida, block: int) -> None:
        self._desk = desk
        self._raw = raw
        self._salida = salida
        self._block = block
        self._attentions = Attentions()
        self._number = count(1)
        example = desk.open(self._draft()).case.ingreso
        self._records = (record_of(self._like(example), n) for n in count(1))
        self.single: dict[str, list[float]] = {"ours": [], "floor": []}
        self.work: dict[str, list[float]] = {"ours": [], "floor": []}

    def _draft(self) -> Draft:
        return self._attentions.draft(next(self._number), self._salida)

    def _like(self, example: Ingreso) -> Ingreso:
        draft = self._draft()
        return type(example)(
            **{
                **{name: getattr(example, name) for name in type(example).__slots__},
                "persona": draft.persona,
                "relato": draft.relato,
                "materia": draft.materia,
            }
        )

    def ours(self) -> float:
        """Registrations in a second."""
        drafts = [self._draft() for _ in range(self._block)]
        times = self._block_of([partial(self._desk.open, draft) for draft in drafts], "ours")
        return 1000 * len(times) / sum(times)

    def floor(self) -> float:
        records = [next(self._records) for _ in range(self._block)]
        times = self._block_of([partial(self._raw.put, record) for record in records], "floor")
        return 1000 * len(times) / sum(times)

    def _block_of(self, acts: Sequence[Callable[[], object]], whose: str) -> list[float]:
        begun = process_time()
        times = [timed(act) for act in acts]
        self.single[whose] += times
        self.work[whose].append((process_time() - begun) * 1000 / len(acts))
        return times


def run(*, tiny: bool) -> Iterator[Figure]:
    blocks, block = (2, 3) if tiny else (20, 50)
    for salida, goal in ((Salida.PENDIENTE, at_least(0.5)), (Salida.RESPONDIDA, None)):
        with TemporaryDirectory(prefix="oirs-bench-") as name:
            folder = Path(name)
            store = make_store(folder / "store")
            raw = RawSqlite(folder / "raw.db", prefixes=False)
            try:
                race = Race(make_desk(store, os.urandom), raw, salida, block)
                ours, floors = alternating(blocks, race.ours, race.floor)
            finally:
                raw.close()
                store.close()
        yield from figures(race, (ours, floors), salida.value, goal)
    if not tiny:
        yield from flushes()


def figures(
    race: Race, rates: tuple[list[float], list[float]], sort: str, goal: Goal | None
) -> Iterator[Figure]:
    ours, floor = race.single["ours"], race.single["floor"]
    figure = partial(Figure, bench="register", n=len(ours))
    yield figure(
        figure=f"rate_{sort}",
        value=median(rates[0]),
        unit="cases/s",
        floor=median(rates[1]),
        note=f"one case {median(ours):.2f} ms, p99 {percentile(ours, TAIL):.2f} ms",
    )
    # The goal is asked of the quiet tenth: on a busy machine each flush waits for a slice of the
    # processor, the same for both, and the ratio looks far better than it is.
    yield figure(
        figure=f"quiet_rate_{sort}",
        value=1000 / percentile(ours, QUIET),
        unit="cases/s",
        floor=1000 / percentile(floor, QUIET),
        goal=goal,
        note="the quickest tenth of both",
    )
    yield figure(
        figure=f"processor_{sort}",
        value=median(race.work["ours"]),
        unit="ms/case",
        floor=median(race.work["floor"]),
        note="time of the processor alone, whatever the disk does",
    )


def flushes() -> Iterator[Figure]:
    """Count what goes down to the disk for each registration; nothing where it cannot be counted."""
    counted = flushes_of_each(REPEATS)
    if counted is None:
        return
    yield Figure(
        bench="register",
        figure="fsync",
        value=median(counted),
        unit="calls/case",
        goal=at_most(1, of="value"),
        n=len(counted),
        note=f"mean {sum(counted) / len(counted):.2f} with the checkpoints of the log",
    )
