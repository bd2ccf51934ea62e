"""Nine o'clock: many counters come at once, each with something to send and much to fetch. ``make rush``.

The centre is a process of its own; the counters are whole ones (store, keys, line), each on a thread.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench.peers.our_client import peak_mib
from oirs_central.app import build
from oirs_central.settings import Settings
from oirs_core.domain.events import Anotacion
from oirs_desktop.commands.centre import Centre
from oirs_desktop.commands.machine import Invitation, Machine, World, enrol_machine
from oirs_desktop.desk import Draft
from oirs_desktop.keystore import FileKeystore
from tests.support.office import DRAFT, OFFICE, HandClock, NoPrinter, person

PROVINCES = ("011", "014", "021", "022", "023", "031", "032", "033", "041", "042", "043", "051", "052", "053")
MORE = ("054", "055", "056", "057", "058", "061", "062", "063")
PATIENCE_S = 600


@dataclass(frozen=True)
class Size:
    """``offices`` with ``counters`` each; ``pending`` events to send and ``behind`` to fetch by each."""

    offices: int = 16
    counters: int = 4
    pending: int = 30
    behind: int = 2_000
    jitter_s: float = 0.0


@dataclass
class Morning:
    """What came of it. ``seconds``: of each counter, from its first try until all was sent and fetched."""

    size: Size
    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    peak_mib: float = 0.0
    whole: bool = False

    def __str__(self) -> str:
        ordered = sorted(self.seconds)
        p95 = ordered[int(len(ordered) * 0.95) - 1] if ordered else 0.0
        middle = statistics.median(ordered) if ordered else 0.0
        return (
            f"{len(self.seconds)} counters, jitter {self.size.jitter_s:.0f} s: "
            f"median {middle:.1f} s, p95 {p95:.1f} s, "
            f"centre at most {self.peak_mib:.0f} MiB, failures {len(self.failures)}, whole {self.whole}"
        )


class Office:
    """One office: its counters, and one more that has written what the others lack."""

    def __init__(self, folder: Path, centre: Centre, code: str, size: Size, codes: list[str]) -> None:
        """``codes``: of enrolment, one for each counter and one for the writer."""
        self.code, self.size = code, size
        *ours, last = (
            _enrol(folder / f"{code}-{n}", Invitation(centre.url, one, f"Mesón {n}"))
            for n, one in enumerate(codes)
        )
        self.counters, self.writer = ours, last

    def prepare(self) -> None:
        """Let the counters fall behind, and give each something to send."""
        _write(self.writer, self.size.behind)
        self.writer.sync()
        for counter in self.counters:
            _write(counter, self.size.pending)


def _enrol(folder: Path, invitation: Invitation) -> Machine:
    folder.mkdir(parents=True)
    world = World(HandClock(), random.Random(folder.name).randbytes, NoPrinter(), folder / "witnesses")
    return enrol_machine(folder, FileKeystore(folder / "keys.json"), world, invitation)


def _open_offices(folder: Path, size: Size) -> dict[str, list[str]]:
    """Make the offices before the centre serves: a process for each would take longer than the morning."""
    central = build(Settings(folder), lambda: time.time_ns() // 1_000_000, os.urandom)
    try:
        made = {}
        for code in (*PROVINCES, *MORE)[: size.offices]:
            central.ledger.office(replace(OFFICE, codigo=code, folio=""))
            feed = central.ledger.office_feed(code)
            made[code] = [central.auth.new_code(feed) for _ in range(size.counters + 1)]
        return made
    finally:
        central.close()


def _write(machine: Machine, events: int) -> None:
    """Write cases with a note each: two events."""
    for n in range(max(1, events // 2)):
        draft = {**DRAFT, "persona": person(f"Persona {n}")}
        case = machine.counter.desk.open(Draft(**draft)).case  # type: ignore[arg-type] # fields by name
        machine.counter.desk.add(case.id, Anotacion("Trajo los papeles que faltaban."))


def play(folder: Path, size: Size) -> Morning:
    """Prepare, let all come at once, and look whether everybody holds the same."""
    morning = Morning(size)
    codes = _open_offices(folder / "central", size)
    with Centre(folder / "central") as centre:
        offices = [Office(folder, centre, code, size, ours) for code, ours in codes.items()]
        try:
            for office in offices:
                office.prepare()
            _rush(morning, [counter for office in offices for counter in office.counters])
            morning.peak_mib = peak_mib(centre.pid)
            morning.whole = all(_agrees(office, centre) for office in offices)
            centre.check()
        finally:
            for office in offices:
                for counter in (*office.counters, office.writer):
                    counter.close()
    return morning


def _rush(morning: Morning, counters: list[Machine]) -> None:
    gate, chance = threading.Barrier(len(counters)), random.Random(9)

    def come(counter: Machine, late: float) -> None:
        gate.wait()
        time.sleep(late)
        began = time.monotonic()
        try:
            counter.sync()
        except Exception as why:  # noqa: BLE001 - whatever it is, it is the result
            morning.failures.append(f"{type(why).__name__}: {why}")
            return
        morning.seconds.append(time.monotonic() - began)

    lates = [chance.uniform(0, morning.size.jitter_s) for _ in counters]
    threads = [threading.Thread(target=come, args=pair) for pair in zip(counters, lates, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)


def _agrees(office: Office, centre: Centre) -> bool:
    machines = (*office.counters, office.writer)
    for machine in machines:
        machine.sync()
    dump = centre.dump(office.code)
    expected = (office.size.behind // 2 or 1) + len(office.counters) * max(1, office.size.pending // 2)
    return all(m.store.dump() == dump for m in machines) and dump.count(b"\n") + 1 == expected


def main() -> None:
    """Play a whole morning."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in (("offices", 16), ("counters", 4), ("pending", 30), ("behind", 2_000)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--jitter", type=float, default=0.0, help="seconds over which they come")
    asked = parser.parse_args()
    size = Size(asked.offices, asked.counters, asked.pending, asked.behind, asked.jitter)
    with tempfile.TemporaryDirectory(prefix="oirs-rush-", dir=os.environ.get("BENCH_DIR")) as folder:
        morning = play(Path(folder), size)
    print(morning, flush=True)  # noqa: T201 - a command
    for failure in morning.failures[:5]:
        print(failure, file=sys.stderr)  # noqa: T201 - same
    sys.exit(not morning.whole)


if __name__ == "__main__":
    main()
