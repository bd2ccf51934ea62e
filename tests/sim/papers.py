"""Documents and beginnings: steps that announce, send, lose and check what travels beside the text."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from oirs_central.auth import AuthError
from oirs_central.blobs import BlobAway, BlobUnknown
from oirs_core.chain import Header
from oirs_core.domain.errors import DomainError, EventRefused, OirsError
from oirs_core.domain.events import Adjunto
from oirs_core.wire import blob as wire
from oirs_core.wire.codec import decode_body
from oirs_desktop.store import NewAct
from oirs_desktop.sync.blobs import Sender
from oirs_desktop.sync.errors import DeviceRefused, DocumentAway, NotOurServer, Offline, ServerBusy
from oirs_desktop.sync.snapshots import Beginning
from tests.sim.parts import CentreDown, Violation

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_central.app import Central
    from oirs_desktop.sync.cycle import Cycle
    from tests.sim.parts import Line, Machine
    from tests.sim.plan import Plan, Step
    from tests.sim.world import World

PDF = "application/pdf"
SIZES = (900, 8_192, 9_000, 20_000, 33_000)
FATES = ("whole", "whole", "whole", "lost", "answer_lost")
ROUNDS = 8
ROWS = "SELECT hex(sha), hex(device), state, reason FROM blob WHERE feed = ?"
NAMED = """SELECT e.header, e.body FROM event e JOIN feed_entry f ON f.h = e.h
    WHERE f.feed = ? AND e.kind = 'Adjunto' AND e.body IS NOT NULL AND e.quarantine IS NULL"""


def scan(n: int, size: int) -> bytes:
    return b"%PDF-1.7\n" + Random(n).randbytes(size - 9)


@dataclass
class PaperLine:
    """Carries chunks. ``fates``: of the next ones."""

    world: World
    fates: list[str] = field(default_factory=list)

    def put_blob(self, sha: str, offset: int, authorization: str, body: bytes) -> bytes:
        fate = self.fates.pop(0) if self.fates else "whole"
        if fate == "lost":
            raise Offline
        answer = told(lambda: self.world.central.put_blob(sha, offset, authorization, body))
        if fate == "answer_lost":
            raise Offline
        return answer

    def get_blob(self, *_: object) -> bytes:
        raise Offline  # nobody asks here


def told(work: Callable[[], bytes]) -> bytes:
    """As `sync/client.py` tells refusals."""
    try:
        return work()
    except CentreDown as why:
        raise ServerBusy(status=500) from why
    except (BlobUnknown, BlobAway) as why:
        raise DocumentAway from why
    except AuthError as why:
        raise DeviceRefused(status=401) from why
    except OirsError as why:
        raise NotOurServer from why


@dataclass
class Shelves:
    """Carries pieces of snapshots; every third time the line is cut."""

    world: World
    line: Line

    def get_snapshot(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        self.world.asked += 1
        self.world.count("snapshot fetched")
        if self.world.asked % 3 == 0 and not self.world.quiet:
            self.world.count("snapshot cut")
            raise Offline
        return told(
            lambda: self.world.central.api.snapshots.get(sha, f"bytes={first}-{last}", authorization)[0]
        )


class Papers:
    """A part of the world."""

    asked: int = 0
    quiet: bool = False
    """Whether the line is whole from here on."""

    if TYPE_CHECKING:
        central: Central
        plan: Plan
        machines: list[Machine]

        def count(self, what: str) -> None: ...
        def record(self, machine: Machine, acts: list[NewAct], entity: bytes | None) -> None: ...
        def cycle(
            self, machine: Machine, fates: list[str], step: Step | None = None
        ) -> tuple[Cycle, Line]: ...
        def talk(self, machine: Machine, cycle: Cycle, *expected: type[Exception]) -> bool: ...

    def begin_with_files(self: World, machine: Machine, cycle: Cycle, line: Line) -> None:  # type: ignore[misc]
        """Let a counter take the snapshots that it is offered, where this run has any."""
        if any(step.op == "centre_snapshot" for step in self.plan.steps):
            cycle.beginning = Beginning(machine.store, Shelves(self, line), machine.key, machine.folder)

    def do_centre_snapshot(self, _machine: Machine, _step: Step) -> None:
        with suppress(CentreDown):
            self.count(f"snapshots made {min(1, len(self.central.snapshots()))}")

    def do_paper(self, machine: Machine, step: Step) -> None:
        """Announce a document of a case; some are the same at several counters."""
        known = machine.store.recent(9)
        if not known:
            return
        data = scan(step.b % 5, SIZES[step.b % len(SIZES)])
        sha = machine.papers.take(data)
        act = Adjunto(sha, PDF, len(data), f"hoja {step.b}.pdf")
        with suppress(DomainError):
            self.record(machine, [NewAct(act)], known[step.a % len(known)].id)
            self.count("announced")

    def do_send(self, machine: Machine, step: Step) -> None:
        """Hold a conversation, then send documents over a bad line; the power may go at a commit."""
        rng = Random(step.a * 1000 + step.b)
        if not self.talk(machine, self.cycle(machine, [], step)[0]):
            return
        machine.fuse.left = step.b % 5 if step.a % 4 == 0 else -1
        try:
            self.send(machine, [rng.choice(FATES) for _ in range(6)])
        finally:
            machine.fuse.left = -1

    def send(self: World, machine: Machine, fates: list[str]) -> None:  # type: ignore[misc]
        line = PaperLine(self, fates)
        sender = Sender(machine.store, machine.papers, line, machine.key, machine.clock)
        sender.timer = lambda: 0.0
        sender.chunk = wire.SMALLEST_CHUNK
        sender.run()

    def do_centre_loses(self, _machine: Machine, step: Step) -> None:
        """A file of the centre's documents is gone, and it notices."""
        files = sorted(path for path in self.central.settings.data.glob("documents/*/*") if path.is_file())
        if files:
            files[step.a % len(files)].unlink()
            self.count("document lost")
        with suppress(CentreDown):
            self.central.blobs.verify()


def check_papers(world: World) -> None:
    """I1 for documents: what was announced and still lies at a counter that announced it is whole."""
    if not any(machine.papers.held for machine in world.machines):
        return
    world.central.blobs.verify()
    for _ in range(ROUNDS):
        for machine in world.machines:
            world.talk(machine, world.cycle(machine, [])[0])
            world.send(machine, [])
        if not any(machine.store.blob_totals().count for machine in world.machines):
            break
    for office in {machine.office for machine in world.machines}:
        _whole(world, office)


def _whole(world: World, office: str) -> None:
    feed = world.central.ledger.office_feed(office)
    rows = {sha: (device, state, reason) for sha, device, state, reason in _ask(world, ROWS, feed)}
    named = {sha for header, body in _ask(world, NAMED, feed) if (sha := _sha(header, body))}
    for sha in named:
        if sha not in rows:
            raise Violation("I1 a document that was announced is not wanted")
    for sha, (device, state, reason) in rows.items():
        there = [
            machine
            for machine in world.machines
            if machine.key.id.hex().upper() == device and machine.papers.has(sha.lower())
        ]
        if there and state != wire.WHOLE and (state, reason) != (wire.BLOCKED, wire.ERASED):
            raise Violation(f"I1 a document is {state} {reason} while {there[0].name} has it")
        if there and state == wire.WHOLE:
            world.count("documents whole")


def _ask(world: World, query: str, feed: str) -> list[tuple[str, ...]]:
    return [tuple(row) for row in world.watching.execute(query, (feed,)).fetchall()]


def _sha(header: bytes, body: bytes) -> str:
    try:
        act = decode_body("Adjunto", Header.decode(header).v, body)
    except EventRefused:
        return ""
    return act.sha256.upper() if isinstance(act, Adjunto) else ""
