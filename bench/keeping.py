"""Beginning with a snapshot against beginning with pages; what putting old cases away frees and holds up.

Information only. Centre and counters are in one process, so times are of the two programs without a line
between them; bytes are of frames and files.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from bench.attentions import Attentions
from bench.counter_store import OFFICE
from bench.figure import Figure, timed
from oirs_central.app import Central, build
from oirs_central.settings import Settings
from oirs_core.chain import b64
from oirs_core.domain.kinds import Salida
from oirs_core.signature import SigningKey
from oirs_desktop.desk import Desk
from oirs_desktop.session import Session
from oirs_desktop.store import Store
from oirs_desktop.store.engine import FILE_NAME, connect
from oirs_desktop.sync.client import EnrolAnswer
from oirs_desktop.sync.cycle import Cycle
from oirs_desktop.sync.snapshots import Beginning

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES, TINY_CASES = 10_000, 30
START = 1_767_600_000_000
YEAR_MS = 365 * 24 * 3600 * 1000
MONTHS = 24
KB = 1000


@dataclass(slots=True)
class HandClock:
    """Moves by the year."""

    ms: int = START

    def now(self) -> int:
        self.ms += 1
        return self.ms


@dataclass(slots=True)
class Line:
    """Counts what it carries."""

    central: Central
    requests: int = 0
    up: int = 0
    down: int = 0

    def exchange(self, frame: bytes) -> bytes:
        answer = self.central.sync(frame)
        self._count(len(frame), len(answer))
        return answer

    def get_snapshot(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        data, _ = self.central.api.snapshots.get(sha, f"bytes={first}-{last}", authorization)
        self._count(len(authorization), len(data))
        return data

    def _count(self, up: int, down: int) -> None:
        self.requests, self.up, self.down = self.requests + 1, self.up + up, self.down + down


@dataclass(slots=True)
class Counter:
    """A store with its key and line."""

    folder: Path
    database: bytes
    store: Store
    key: SigningKey
    line: Line
    clock: HandClock

    def sync(self, *, snapshots: bool = False) -> float:
        cycle = Cycle(self.store, self.line, self.key, self.clock, os.urandom)
        if snapshots:
            cycle.beginning = Beginning(self.store, self.line, self.key, self.folder)
        return timed(cycle.run)

    def desk(self) -> Desk:
        office, enrolment = self.store.office(), self.store.enrolment()
        if office is None or enrolment is None:
            raise RuntimeError
        return Desk(self.store, Session(office.funcionarios[0], office, enrolment), self.clock, os.urandom)


def run(*, tiny: bool) -> Iterator[Figure]:
    cases = TINY_CASES if tiny else CASES
    with TemporaryDirectory(prefix="oirs-bench-") as name:
        folder, clock = Path(name), HandClock()
        central = build(Settings(folder / "central"), clock.now, os.urandom)
        central.ledger.office(OFFICE)
        one = _enrolled(central, folder / "one", clock)
        one.sync()
        desk, attentions = one.desk(), Attentions()
        for i in range(cases):
            if i == cases // 2:  # a log has room for 9,999 folios a year
                one.store.rotate(os.urandom(8), "Z2R4", one.key.public)
            desk.open(attentions.draft(i, Salida.RESPONDIDA))
        one.sync()
        yield from _beginnings(central, folder, clock, cases)
        yield from _archive(central, folder, one, cases)
        one.store.close()
        central.close()


def _beginnings(central: Central, folder: Path, clock: HandClock, cases: int) -> Iterator[Figure]:
    feed = central.ledger.office_feed(OFFICE.codigo)
    pages = _enrolled(central, folder / "pages", clock)
    ms = pages.sync()
    note = f"{pages.line.requests} requests, {pages.line.down} B down"
    yield Figure(bench="keeping", figure="begin_by_pages", value=ms / 1000, unit="s", n=cases, note=note)
    files = _enrolled(central, folder / "files", clock)
    made = []
    ms = timed(lambda: made.append(central.shelf.build(feed, clock.now())))
    note = f"{made[0].size} B, level 19, done once for the office"
    yield Figure(bench="keeping", figure="build_snapshot", value=ms / 1000, unit="s", n=cases, note=note)
    ms = files.sync(snapshots=True)
    note = f"{files.line.requests} requests, {files.line.down} B down"
    yield Figure(
        bench="keeping",
        figure="begin_by_snapshot",
        value=ms / 1000,
        unit="s",
        n=cases,
        note=note,
    )
    less = files.line.down / pages.line.down
    yield Figure(bench="keeping", figure="snapshot_bytes", value=less, unit="of the pages", n=cases)
    for counter in (pages, files):
        counter.store.close()


def _archive(central: Central, folder: Path, one: Counter, cases: int) -> Iterator[Figure]:
    ms = timed(lambda: central.backup(folder / "backup.sqlite"))
    size = (folder / "backup.sqlite").stat().st_size
    note = f"{size} B copied and verified"
    yield Figure(bench="keeping", figure="backup", value=ms / 1000, unit="s", n=cases, note=note)
    one.clock.ms += 3 * YEAR_MS
    one.sync()
    one.desk().open(Attentions().draft(cases))
    one.sync()
    slices: list[float] = []
    after, gone, more = 0, 0, True
    while more:
        done = []
        slices.append(timed(lambda: done.append(one.store.put_away(MONTHS, after))))  # noqa: B023 - run at once
        after, gone, more = done[0].last, gone + done[0].cases, done[0].more
    note = f"{gone} cases away; all slices {sum(slices) / 1000:.1f} s"
    yield Figure(
        bench="keeping", figure="longest_slice", value=max(slices), unit="ms", n=len(slices), note=note
    )
    merges: list[float] = []
    more = True
    while more:
        tidied = []
        merges.append(timed(lambda: tidied.append(one.store.tidy())))  # noqa: B023 - run at once
        more = tidied[0]
    yield Figure(bench="keeping", figure="longest_merge", value=max(merges), unit="ms", n=len(merges))
    yield _freed(one, cases)


def _freed(one: Counter, cases: int) -> Figure:
    native = connect(one.folder / FILE_NAME, one.database)
    pages, free, size = (
        int(native.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    native.close()
    note = f"of {pages * size // KB} kB; what is left is headers, hashes and chains"
    return Figure(bench="keeping", figure="freed", value=free * size / KB, unit="kB", n=cases, note=note)


def _enrolled(central: Central, folder: Path, clock: HandClock) -> Counter:
    key, log, database = SigningKey(os.urandom(32)), os.urandom(8), os.urandom(32)
    feed = central.ledger.office_feed(OFFICE.codigo)
    asked = {
        "code": central.auth.new_code(feed),
        "public_key": b64(key.public),
        "log": b64(log),
        "name": folder.name,
    }
    grant = EnrolAnswer.read(central.enrol(msgspec.json.encode(asked)))
    enrolment = grant.enrolment("http://127.0.0.1", folder.name)
    store = Store.create(folder, database)
    store.enrol(enrolment, log, key.public)
    return Counter(folder, database, store, key, Line(central), clock)
