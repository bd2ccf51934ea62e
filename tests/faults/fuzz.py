"""Garbled requests to a real centre, garbled answers to a real counter. ``make fuzz N=100000``.

Half of the frames are spoilt on their way. The other half are spoilt inside and signed again, as a centre
or a counter with a fault would send them: then only what the reader checks for itself protects it.
"""

from __future__ import annotations

import random
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter as Tally
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import zstandard

from oirs_core.domain.errors import OirsError
from oirs_core.wire import messages
from oirs_desktop.desk import Draft
from oirs_desktop.store.store import Store
from oirs_desktop.sync.cycle import Cycle
from oirs_desktop.ui.texts.messages import explain
from tests.faults.garble import bombs, spoil_bytes, spoil_json
from tests.support.office import DRAFT, person
from tests.support.world import Counter, World

if TYPE_CHECKING:
    from collections.abc import Callable

SLOW_S = 2.0
MIB = 1024
HUGE = 0.002
"""How often something huge comes."""


@dataclass
class Found:
    """What a run of ``frames`` came to. ``slowest`` in seconds, ``grown`` in MiB."""

    frames: int = 0
    outcomes: Tally[str] = field(default_factory=Tally)
    slowest: float = 0.0
    grown: float = 0.0

    def note(self, outcome: str, seconds: float) -> None:
        self.frames += 1
        self.outcomes[outcome] += 1
        self.slowest = max(self.slowest, seconds)

    def __str__(self) -> str:
        shares = ", ".join(f"{name} {count}" for name, count in self.outcomes.most_common())
        return f"{self.frames} frames, slowest {self.slowest * 1000:.0f} ms, +{self.grown:.0f} MiB: {shares}"


def peak() -> float:
    """Give the most memory that this process has had, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB


def opened(folder: Path) -> tuple[World, Counter, Counter]:
    """Open a centre and two counters of one office, with cases on both sides and one that waits."""
    world = World(folder)
    one, two = world.enrol("104"), world.enrol("104")
    world.settle()
    for counter in (one, two):
        for name in ("Rosa", "Luis", "Ana"):
            counter.desk.open(_draft(name))
    world.settle()
    return world, one, two


def _draft(name: str) -> Draft:
    return Draft(**{**DRAFT, "persona": person(name)})  # type: ignore[arg-type] # fields by name


BOMBS = bombs()


def spoil(frame: bytes, content: bytes, resign: Callable[[bytes], bytes], chance: random.Random) -> bytes:
    """Spoil a frame with that JSON in it; ``resign`` makes a frame of a payload."""
    if chance.random() < HUGE:
        return resign(chance.choice(BOMBS))
    if chance.random() < 0.5:
        return spoil_bytes(frame, chance)
    return resign(packed(spoil_json(content, chance)))


def packed(content: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=1).compress(content)


def fuzz_requests(folder: Path, count: int, seed: int = 1) -> Found:
    """Send garbled requests. The centre answers each or refuses it with a Problem, and stays whole."""
    world, one, _ = opened(folder)
    chance, found = random.Random(seed), Found()
    try:
        frames = [_recorded(one, chance) for _ in range(4)]
        before, memory = world.central.ledger.dump(_feed(one)), peak()
        key = one.key

        def resign(payload: bytes) -> bytes:
            signed = key.sign(messages.request_message(key.id, payload))
            return messages.request_frame(key.id, signed, payload)

        for _ in range(count):
            frame = chance.choice(frames)
            content = msgspec.json.encode(messages.read_request(frame).request)
            frame = spoil(frame, content, resign, chance)
            began = time.perf_counter()
            try:
                world.central.sync(frame)
                outcome = "answered"
            except OirsError as why:
                outcome = why.code
            found.note(outcome, time.perf_counter() - began)
        found.grown = peak() - memory
        after = world.central.ledger.dump(_feed(one))
        assert _lines(before) <= _lines(after), "a case of the centre has changed"
        assert world.central.ledger.verify() == []
        return found
    finally:
        world.close()


def _feed(counter: Counter) -> str:
    return counter.world.central.ledger.office_feed(counter.office)


def _lines(dump: bytes) -> set[bytes]:
    """Cases by id, folio: what may not be lost, though a garbled note may have come to them."""
    return {line.split(b'",', 2)[0] for line in dump.split(b"\n")}


def _recorded(counter: Counter, chance: random.Random) -> bytes:
    """Give a request that carries something: a case that waits, which the line then loses."""
    kept: list[bytes] = []

    class Listening:
        def exchange(self, frame: bytes) -> bytes:
            kept.append(frame)
            raise _Lost

    counter.desk.open(_draft(chance.choice(("Eva", "Juan", "Inés"))))
    cycle = Cycle(counter.store, Listening(), counter.key, counter.clock, counter.world.random)
    try:
        cycle.run()
    except _Lost:
        return kept[0]
    raise AssertionError("nothing was sent")


class _Lost(Exception):
    """The request is wanted, not the answer."""


@dataclass
class Garbling:
    """Carries to the real centre and spoils what comes back, signed again by the centre."""

    world: World
    chance: random.Random
    clean: bool = False

    def exchange(self, frame: bytes) -> bytes:
        answer = self.world.central.sync(frame)
        if self.clean:
            return answer
        key = self.world.central.ledger.writer.key

        def resign(payload: bytes) -> bytes:
            signed = key.sign(messages.answer_message(messages.frame_digest(frame), payload))
            return messages.answer_frame(signed, payload)

        content = msgspec.json.encode(messages.read_answer(answer)[2])
        return spoil(answer, content, resign, self.chance)


def fuzz_answers(folder: Path, count: int, seed: int = 1) -> Found:
    """Give a counter garbled answers. What it holds stays as it was, or becomes what the true answer says."""
    world, one, two = opened(folder)
    chance, found = random.Random(seed), Found()
    try:
        two.desk.open(_draft("Pedro"))
        two.sync()
        one.desk.open(_draft("Marta"))  # a push and a pull in one exchange
        before = one.store.dump()
        one.store.close()
        kept = folder / "kept"
        shutil.copytree(one.folder, kept)
        one.store = Store.open(one.folder, one.database)
        line, memory = Garbling(world, chance), peak()
        for _ in range(count):
            cycle = Cycle(one.store, line, one.key, one.clock, world.random)
            began = time.perf_counter()
            outcome = _one_answer(cycle)
            found.note(outcome, time.perf_counter() - began)
            if outcome == "taken" or one.store.dump() != before:
                _agrees(one, world, line)
                _put_back(one, kept)
        found.grown = peak() - memory
        _agrees(one, world, line)
        return found
    finally:
        world.close()


def _one_answer(cycle: Cycle) -> str:
    try:
        cycle.run()
    except OirsError as why:
        return why.code if explain(why).title else "without a sentence"
    return "taken"


def _agrees(one: Counter, world: World, line: Garbling) -> None:
    """Let a true conversation follow: both sides must come to the same, whatever was said in between."""
    line.clean = True
    for _ in range(3):
        Cycle(one.store, line, one.key, one.clock, world.random).run()
    line.clean = False
    assert one.store.queue().pending == 0
    assert one.store.dump() == world.central.ledger.dump(_feed(one))


def _put_back(one: Counter, kept: Path) -> None:
    one.store.close()
    shutil.rmtree(one.folder)
    shutil.copytree(kept, one.folder)
    one.store = Store.open(one.folder, one.database)


def main() -> None:
    """Run both with as many frames as asked for."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    for drive in (fuzz_requests, fuzz_answers):
        with tempfile.TemporaryDirectory(prefix="oirs-fuzz-") as folder:
            print(f"{drive.__name__}: {drive(Path(folder), count)}", flush=True)  # noqa: T201 - a command


if __name__ == "__main__":
    main()
