"""A real exchange over loopback: cases up from one counter, down to another of its office.

The centre is a process of its own with its SQLite; times are of the counter, its store open and its
connection kept; bytes are all that goes over the line, headers included. How it compares with other
systems on a common workload: ``bench/peers/ours.py``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.attentions import Attentions
from bench.counter_store import OFFICE, WallClock, make_desk
from bench.figure import Figure, Goal, at_most, median, timed
from bench.peers.our_client import enrolled, peak_mib
from oirs_central.app import build
from oirs_central.settings import Settings
from oirs_desktop.commands.centre import Centre
from oirs_desktop.sync.errors import SyncError
from tests.faults.proxy import Cut, Proxy, Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oirs_desktop.store import Store
    from oirs_desktop.sync.cycle import Cycle

CASES, TINY_CASES = 2_000, 3
REPEATS, TINY_REPEATS = 20, 1
PER_CASE = 330
"""Bytes on the line: 3.3 MB for ten thousand."""
CUT_AT = 0.6


@dataclass(slots=True)
class Counter:
    """One counter behind a line whose bytes are counted."""

    store: Store
    cycle: Cycle
    line: Proxy
    filed: int = 0

    def file(self, cases: int) -> None:
        """Register new attentions."""
        desk, attentions = make_desk(self.store, os.urandom), Attentions()
        for i in range(self.filed, self.filed + cases):
            desk.open(attentions.draft(i))
        self.filed += cases

    def converse(self) -> Took:
        """Exchange until nothing is left."""
        self.line.count()
        rounds = 0

        def run() -> None:
            nonlocal rounds
            rounds = self.cycle.run().rounds

        ms = timed(run)
        return Took(ms, rounds, *self.line.count())


@dataclass(frozen=True, slots=True)
class Took:
    """One conversation: milliseconds, requests, bytes up and down."""

    ms: float
    requests: int
    up: int
    down: int

    def __str__(self) -> str:
        return f"{self.requests} requests, {self.up} B up, {self.down} B down"


def run(*, tiny: bool) -> Iterator[Figure]:
    cases, repeats = (TINY_CASES, TINY_REPEATS) if tiny else (CASES, REPEATS)
    with TemporaryDirectory(prefix="oirs-bench-") as name:
        folder = Path(name)
        codes = _open_office(folder / "central")
        with Centre(folder / "central") as centre, Proxy(int(centre.url.rsplit(":", 1)[1])) as line:
            one, two = (
                Counter(*enrolled(folder / f"meson-{n}", line.url, code), line)
                for n, code in enumerate(codes)
            )
            try:
                yield from _exchange(one, two, cases, repeats)
                yield _cut(one, cases)
                if not tiny:
                    yield _figure("server_rss", peak_mib(centre.pid), "MiB", 1, "", at_most(80, of="value"))
            finally:
                one.store.close()
                two.store.close()


def _open_office(folder: Path) -> list[str]:
    """Create the office at the centre before it serves; codes for two counters."""
    central = build(Settings(folder), WallClock().now, os.urandom)
    try:
        central.ledger.office(OFFICE)
        feed = central.ledger.office_feed(OFFICE.codigo)
        return [central.auth.new_code(feed) for _ in range(2)]
    finally:
        central.close()


def _exchange(one: Counter, two: Counter, cases: int, repeats: int) -> Iterator[Figure]:
    one.file(cases)
    for figure, counter in (("push", one), ("pull", two)):
        took = counter.converse()
        yield _figure(figure, 1000 * cases / took.ms, "cases/s", cases, str(took))
        if figure == "push":
            size = (took.up + took.down) / cases
            yield _figure("push_bytes", size, "B/case", cases, "", at_most(PER_CASE, of="value"))
    one.converse()
    yield from _small("idle", [one.converse() for _ in range(repeats)], (300, 200))
    up, down = [], []
    for _ in range(repeats):
        one.file(1)
        up.append(one.converse())
        down.append(two.converse())
    yield from _small("one", up, (800, 250))
    yield _figure("one_pulled", median(took.ms for took in down), "ms", repeats, str(down[0]))
    one.file(min(cases, 100))
    yield from _small("hundred", [one.converse()], (34_000, 2_000))


def _small(name: str, taken: list[Took], most: tuple[int, int]) -> Iterator[Figure]:
    """What a small exchange costs: time for information, requests and bytes against their goals."""
    n, middle = len(taken), sorted(taken, key=lambda took: took.up)[len(taken) // 2]
    yield _figure(name, median(took.ms for took in taken), "ms", n, str(middle))
    requests = max(took.requests for took in taken)
    yield _figure(f"{name}_requests", requests, "n", n, "the most", at_most(1, of="value"))
    for way, bound in zip(("up", "down"), most, strict=True):
        values = [getattr(took, way) for took in taken]
        note = f"from {min(values)} to {max(values)}"
        yield _figure(f"{name}_{way}", median(values), "B", n, note, at_most(bound, of="value"))


def _cut(one: Counter, cases: int) -> Figure:
    """Send once undisturbed and once with the line cut on the way: how much is sent again."""
    one.file(cases)
    whole = one.converse().up
    one.file(cases)
    one.line.drop()
    one.line.count()
    one.line.cut = Cut(Side.UP, int(whole * CUT_AT))
    tries = 1
    while True:
        try:
            one.cycle.run()
            break
        except SyncError:
            tries += 1
    sent = one.line.count()[0]
    note = f"cut at {CUT_AT:.0%} of {whole} B up, {tries} tries"
    return _figure("cut_bytes", sent / whole, "x", cases, note, at_most(1.05, of="value"))


def _figure(figure: str, value: float, unit: str, n: int, note: str, goal: Goal | None = None) -> Figure:
    return Figure(bench="sync", figure=figure, value=value, unit=unit, n=n, note=note, goal=goal)
