"""Many documents, a line that cuts, a centre that stops and loses files: in the end all is there."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from oirs_core.wire.blob import LARGEST_CHUNK
from tests.support.blobs import Sending, is_whole, scan
from tests.support.sticks import usb
from tests.support.world import Fate, World

STEPS = 60
SMALL = 30_000


class Run:
    """One world, one seed. Chunks are of 8 KiB, so that documents of a few of them are cut often."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = Random(seed)
        self.world = World(folder, seed=seed)
        self.sendings = [Sending.of(self.world.enrol("104")) for _ in range(2)]
        self.documents: list[bytes] = []
        self.faults: Counter[str] = Counter()
        self.folder, self.by_hand = folder, bool(seed % 2)
        self.up: list[Path] = []
        self.down: list[Path] = []
        for sending in self.sendings:
            sending.sender.timer = iter(range(0, 10**9, 4)).__next__  # type: ignore[assignment]
            assert sending.talk()

    def step(self) -> None:
        line = ["file", "file", "talk", "talk", "talk", "cut", "cut", "stop", "lose", "pause"]
        name = self.chance.choice([*line, "take_out", "take_in", "take_back"])
        getattr(self, name)(self.chance.choice(self.sendings))

    def file(self, sending: Sending) -> None:
        again = self.chance.random() < 0.2 and self.documents
        data = self.chance.choice(self.documents) if again else scan(len(self.documents), self.size())
        sending.file(data)
        self.documents.append(data)

    def size(self) -> int:
        return self.chance.choice([1 + 7, 100, 8191, 8192, 8193, SMALL])

    def talk(self, sending: Sending) -> None:
        sending.talk()

    def cut(self, sending: Sending) -> None:
        """Cut text or a chunk, before or after the centre."""
        if self.chance.random() < 0.3:
            sending.counter.sync(self.chance.choice([Fate.REQUEST_LOST, Fate.ANSWER_LOST]))
        sending.line.fates = [""] * self.chance.randrange(3) + [self.chance.choice(["lost", "answer"])]
        self.faults["cut"] += 1
        sending.talk()
        sending.line.fates = []

    def stop(self, _sending: Sending) -> None:
        self.world.restart_centre()
        self.faults["stop"] += 1

    def lose(self, _sending: Sending) -> None:
        """The folder of the centre comes back from a backup: a file is missing, shorter or damaged."""
        folder = self.world.settings.data / "documents"
        files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".bad")
        if files:
            path = self.chance.choice(files)
            kept = path.read_bytes()
            path.unlink()
            if self.chance.random() < 0.5:
                path.write_bytes(kept[: len(kept) // 2])
            self.faults["lose"] += 1
        self.world.central.blobs.verify()

    def pause(self, sending: Sending) -> None:
        sending.sender.pause(on=not sending.sender.documents_waiting().paused)

    def take_out(self, sending: Sending) -> None:
        """Somebody fills a stick, or half of it, or it is torn out."""
        place = self.folder / f"up-{len(self.up)}"
        place.mkdir()
        sending.counter.clock.ms += 1000
        path = Path(
            usb(sending.counter, sending.vault).export(place, documents_mb=self.chance.choice([None, 0])).path
        )
        if self.chance.random() < 0.3:
            path.write_bytes(path.read_bytes()[: -self.chance.randrange(1, 30_000)])
        self.up.append(path)

    def take_in(self, _sending: Sending) -> None:
        """The centre takes some sticks in, old and new."""
        if self.up:
            out = self.folder / f"down-{len(self.down)}"
            self.world.clock.ms += 1000
            self.world.central.post.take(self.chance.choices(self.up, k=2), out, lambda _: None)
            self.down.append(out)

    def take_back(self, sending: Sending) -> None:
        """A counter reads some answers, old and new, its own and others'."""
        if self.down:
            usb(sending.counter).read(self.chance.choices(self.down, k=2))
            self.faults["read"] += 1

    def end(self) -> None:
        """Leave everybody in peace until nothing changes, with no line at all in every second run."""
        for sending in self.sendings:
            sending.sender.pause(on=False)
        for n in range(6):
            for sending in self.sendings:
                self.carry(sending, n) if self.by_hand else sending.talk()

    def carry(self, sending: Sending, n: int) -> None:
        """Out, to the centre, and back."""
        place = self.folder / f"end-{len(self.down)}-{n}-{sending.counter.name}"
        place.mkdir(exist_ok=True)
        sending.counter.clock.ms += 1000
        self.world.clock.ms += 60_000
        usb(sending.counter, sending.vault).export(place)
        self.world.central.post.take([place], place, lambda _: None)
        usb(sending.counter).read(place)

    def close(self) -> None:
        self.world.close()


@pytest.mark.parametrize("seed", range(2))
def test_i1_every_document_arrives_whatever_happens(tmp_path: Path, seed: int) -> None:
    run = Run(tmp_path, seed)
    try:
        for _ in range(STEPS):
            run.step()
        run.end()
        missing = [data for data in run.documents if not is_whole(run.world.central, data)]
        waiting = [sending.sender.documents_waiting() for sending in run.sendings]
        # A half file that the disk gave back counts as a wrong whole: twice, and a person is asked.
        stuck = {one.sha for state in waiting for one in state.blocked}
        assert {sha256(data).digest() for data in missing} <= stuck
        assert sum(state.count for state in waiting) == 0
        assert all(one.reason == "hash" for state in waiting for one in state.blocked)
        sent = sum(sending.sent() for sending in run.sendings)
        once = sum(len(data) for data in run.documents)
        assert sent <= once + run.faults["cut"] * 8192 + run.faults["lose"] * 2 * SMALL  # I8
        assert max(n for s in run.sendings for _, _, n in s.line.carried) <= LARGEST_CHUNK
        for sending in run.sendings:
            for sha in {one.sha for state in waiting for one in state.blocked}:
                sending.sender.retry(sha)
        run.end()
        assert [data for data in run.documents if not is_whole(run.world.central, data)] == []  # I18
    finally:
        run.close()
