"""A real exchange over loopback: 1,000 cases up from one counter, down to another of its office.

Information only in this release. The centre is a process of its own with its SQLite; times are of the
counter, its store open and its connection kept; bytes are of HTTP bodies, without headers.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.attentions import Attentions
from bench.counter_store import OFFICE, WallClock
from bench.figure import Figure, median, timed
from oirs_central.app import build
from oirs_central.settings import Settings
from oirs_desktop.commands.centre import Centre
from oirs_desktop.commands.machine import Invitation, World, enrol_machine
from oirs_desktop.keystore import FileKeystore
from oirs_desktop.printing.printers import system_printers
from oirs_desktop.sync.cycle import Cycle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oirs_desktop.commands.machine import Machine
    from oirs_desktop.sync.client import Client

CASES, TINY_CASES = 1_000, 3
REPEATS, TINY_REPEATS = 20, 1


@dataclass(slots=True)
class Counted:
    """The real client; ``up``, ``down`` in bytes of bodies."""

    client: Client
    requests: int = 0
    up: int = 0
    down: int = 0

    def exchange(self, frame: bytes) -> bytes:
        answer = self.client.exchange(frame)
        self.requests += 1
        self.up += len(frame)
        self.down += len(answer)
        return answer


@dataclass(frozen=True, slots=True)
class Took:
    """One conversation: milliseconds, requests, bytes up and down."""

    ms: float
    requests: int
    up: int
    down: int

    def __str__(self) -> str:
        return f"{self.requests} requests, {self.up} B up, {self.down} B down"


def converse(machine: Machine) -> Took:
    counted = Counted(machine.client)
    cycle = Cycle(machine.store, counted, machine.key, WallClock(), os.urandom)
    ms = timed(cycle.run)
    return Took(ms, counted.requests, counted.up, counted.down)


def run(*, tiny: bool) -> Iterator[Figure]:
    cases, repeats = (TINY_CASES, TINY_REPEATS) if tiny else (CASES, REPEATS)
    with TemporaryDirectory(prefix="oirs-bench-") as name:
        folder = Path(name)
        world = World(WallClock(), os.urandom, system_printers(), folder / "witnesses")
        codes = _open_office(folder / "central")
        with Centre(folder / "central") as centre:
            invitations = [Invitation(centre.url, code, f"meson-{n}") for n, code in enumerate(codes)]
            one, two = (_enrolled(folder, invitation, world) for invitation in invitations)
            yield from _exchange(one, two, cases, repeats)


def _open_office(folder: Path) -> list[str]:
    """Create the office at the centre before it serves; codes for two counters."""
    central = build(Settings(folder), WallClock().now, os.urandom)
    try:
        central.ledger.office(OFFICE)
        feed = central.ledger.office_feed(OFFICE.codigo)
        return [central.auth.new_code(feed) for _ in range(2)]
    finally:
        central.close()


def _exchange(one: Machine, two: Machine, cases: int, repeats: int) -> Iterator[Figure]:
    attentions = Attentions()
    try:
        for i in range(cases):
            one.counter.desk.open(attentions.draft(i))
        for figure, machine in (("push", one), ("pull", two)):
            took = converse(machine)
            yield _figure(figure, 1000 * cases / took.ms, "cases/s", cases, took)
        yield from _small(one, two, cases, repeats)
    finally:
        one.close()
        two.close()


def _small(one: Machine, two: Machine, cases: int, repeats: int) -> Iterator[Figure]:
    """Exchanges of nothing and of one case, over a store that is in step."""
    converse(one)
    idle = [converse(one) for _ in range(repeats)]
    up, down = [], []
    attentions = Attentions()
    for i in range(cases, cases + repeats):
        one.counter.desk.open(attentions.draft(i))
        up.append(converse(one))
        down.append(converse(two))
    for figure, taken in (("idle", idle), ("one_up", up), ("one_down", down)):
        middle = sorted(taken, key=lambda took: took.ms)[len(taken) // 2]
        yield _figure(figure, median(took.ms for took in taken), "ms", repeats, middle)


def _enrolled(folder: Path, invitation: Invitation, world: World) -> Machine:
    place = folder / invitation.name
    place.mkdir()
    return enrol_machine(place, FileKeystore(place / "keys.json"), world, invitation)


def _figure(figure: str, value: float, unit: str, n: int, took: Took) -> Figure:
    return Figure(bench="sync", figure=figure, value=value, unit=unit, n=n, note=str(took))
