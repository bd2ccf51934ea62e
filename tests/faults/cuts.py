"""Cuts the line at every byte of real exchanges over HTTP. ``make cuts`` does all of them."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from oirs_desktop.commands.centre import Centre
from oirs_desktop.commands.machine import Invitation, Machine, World, enrol_machine
from oirs_desktop.desk import Draft
from oirs_desktop.keystore import FileKeystore
from oirs_desktop.sync.client import Client
from oirs_desktop.sync.errors import SyncError
from tests.faults.proxy import Cut, How, Proxy, Side
from tests.support.office import DRAFT, OFFICE, HandClock, NoPrinter, person
from tests.support.world import chance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STALL_S = 0.15
"""How long the counter waits for a line that says nothing."""


@dataclass
class Place:
    """A real centre, two counters of one office, and the line of the first."""

    centre: Centre
    one: Machine
    two: Machine
    line: Proxy
    made: int = 0

    def file(self, machine: Machine) -> None:
        self.made += 1
        draft = {**DRAFT, "persona": person(f"Persona {self.made}")}
        machine.counter.desk.open(Draft(**draft))  # type: ignore[arg-type] # fields by name

    def tried(self, machine: Machine) -> bool:
        """Whether a try came to its end."""
        try:
            machine.sync()
        except SyncError:
            return False
        return True


@dataclass(frozen=True)
class Scene:
    """An exchange to be cut: what makes it, and how many cases it brings."""

    name: str
    prepare: Callable[[Place], None]


def _idle(_place: Place) -> None:
    """Nobody did anything."""


def _one_up(place: Place) -> None:
    place.file(place.one)


def _one_down(place: Place) -> None:
    place.file(place.two)
    place.two.sync()


def _both(place: Place) -> None:
    _one_down(place)
    _one_up(place)


def _many_up(place: Place) -> None:
    for _ in range(8):
        place.file(place.one)


def _many_down(place: Place) -> None:
    for _ in range(8):
        place.file(place.two)
    place.two.sync()


SCENES = tuple(
    Scene(work.__name__.strip("_"), work) for work in (_idle, _one_up, _one_down, _both, _many_up, _many_down)
)


def opened(folder: Path, database: str = "") -> Iterator[Place]:
    """Start a centre and enrol two counters, one of them behind the line."""
    made = Centre(folder / "central", database=database)
    made.office(OFFICE)
    with made, Proxy(int(made.url.rsplit(":", 1)[1])) as line:
        machines = []
        for n, url in enumerate((line.url, made.url)):
            place = folder / f"meson-{n}"
            place.mkdir()
            world = World(HandClock(), chance.Random(n).randbytes, NoPrinter(), folder / "witnesses")
            invitation = Invitation(url, made.code(OFFICE.codigo), f"Mesón {n}")
            machines.append(enrol_machine(place, FileKeystore(place / "keys.json"), world, invitation))
        try:
            yield Place(made, machines[0], machines[1], line)
        finally:
            for machine in machines:
                machine.close()


def connect(place: Place, read_s: float = 5.0) -> None:
    """Give the first counter a fresh connection."""
    client = Client(place.line.url, read_s)
    place.one.client.close()
    place.one.client = client
    place.one.cycle.carrier = client


def measure(place: Place, scene: Scene) -> tuple[int, int]:
    """Give the bytes up and down of the whole exchange on a fresh connection."""
    scene.prepare(place)
    connect(place)
    place.line.count()
    assert place.tried(place.one)
    return place.line.count()


def cut_at(place: Place, scene: Scene, cut: Cut) -> None:
    """Cut once, then let a try follow on a whole line: nothing lost, nothing doubled."""
    scene.prepare(place)
    connect(place, STALL_S if cut.how is How.STALL else 5.0)
    place.line.cut = cut
    place.tried(place.one)
    place.line.cut = None
    connect(place)
    assert place.tried(place.one), cut
    assert place.one.store.queue().pending == 0, cut


def agree(place: Place) -> None:
    """Both counters and the centre hold the same, byte for byte, and each case once."""
    place.two.sync()
    place.one.sync()
    dump = place.centre.dump(OFFICE.codigo)
    assert place.one.store.dump() == place.two.store.dump() == dump
    assert dump.count(b"\n") + 1 == place.made
    place.centre.check()


def cut_all(
    folder: Path,
    step: int,
    hows: tuple[How, ...] = (How.CLOSE, How.RESET),
    first: int = 0,
    database: str = "",
) -> int:
    """Cut every scene at each ``step``-th byte, from ``first``; gives how many cuts that were.

    ``database``: of the centre, else SQLite.
    """
    done = 0
    for place in opened(folder, database):
        for scene in SCENES:
            for side, size in zip(Side, measure(place, scene), strict=True):
                for after in range(first % step, size + 1, step):
                    cut_at(place, scene, Cut(side, after, hows[done % len(hows)]))
                    done += 1
        agree(place)
    return done


def main() -> None:
    """Cut at each byte, or at each n-th."""
    step = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    with tempfile.TemporaryDirectory(prefix="oirs-cuts-") as folder:
        print(f"{cut_all(Path(folder), step)} cuts, nothing lost, nothing doubled", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
