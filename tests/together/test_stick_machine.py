"""The random machine with sticks: files of any age, in any order, beside a line that loses things."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from oirs_core.wire.seal import SealKey
from oirs_desktop.sync.journal import Journal
from oirs_desktop.sync.journalfiles import Keys, Place
from tests.support.sticks import usb
from tests.together.test_machine import ROUND, Offices

if TYPE_CHECKING:
    from pathlib import Path


class Sticks(Offices):
    """What was exported and what was answered lies about, and may be used at any time, torn or whole."""

    def __init__(self) -> None:
        super().__init__()
        self.up: list[Path] = []
        self.down: list[list[Path]] = [[], [], []]
        self.made = 0

    @rule(who=st.integers(0, 2))
    def export(self, who: int) -> None:
        """Somebody saves what waits."""
        self.made += 1
        place = self.folder / f"up-{self.made}"
        place.mkdir()
        usb(self.world.counters[who]).export(place)
        self.up.extend(place.iterdir())

    @precondition(lambda self: self.up)
    @rule(picks=st.lists(st.integers(0, 99), min_size=1, max_size=4), cut=st.integers(0, 3))
    def take(self, picks: list[int], cut: int) -> None:
        """The centre takes some files, of which one may be torn, and answers."""
        files = [self.up[n % len(self.up)] for n in picks]
        if cut:
            torn = self.folder / f"torn-{self.made}.oirs"
            whole = files[0].read_bytes()
            torn.write_bytes(whole[: len(whole) * cut // 4])
            files[0] = torn
        self.made += 1
        self.world.clock.ms += 1000
        out = self.folder / f"down-{self.made}"
        self.world.central.post.take(files, out, lambda _: None)
        for path in out.iterdir() if out.is_dir() else ():
            for n, counter in enumerate(self.world.counters):
                if any(label in path.name for label in own_labels(counter.store.own_labels())):
                    self.down[n].append(path)

    @rule(who=st.integers(0, 2), picks=st.lists(st.integers(0, 99), min_size=1, max_size=3))
    def read(self, who: int, picks: list[int]) -> None:
        """A counter reads answers, its own or those of others, old and new."""
        answers = [path for paths in self.down for path in paths]
        own = self.down[who] or answers
        if own:
            usb(self.world.counters[who]).read([own[n % len(own)] for n in picks])

    @rule()
    def save_centre(self) -> None:
        """Somebody makes a backup of the centre."""
        self._without_centre(self.folder / "central", self.folder / "saved")

    @precondition(lambda self: (self.folder / "saved").is_dir())
    @rule()
    def put_back_centre(self) -> None:
        """The centre is put back from it."""
        self._without_centre(self.folder / "saved", self.folder / "central")

    def _without_centre(self, source: Path, target: Path) -> None:
        self.world.central.close()
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
        self.world.clock.ms += 60_000
        self.world.central = self.world._build()

    def _compare(self) -> None:
        self.world.settle()  # what the centre lost comes back first
        super()._compare()

    @rule(who=st.integers(0, 2))
    def keep(self, who: int) -> None:
        """The second copy is written, and holds what the store does."""
        counter = self.world.counters[who]
        keys = Keys(counter.key, SealKey(counter.seed), self.world.random)
        place = Place(counter.folder / "journal")
        journal = Journal(counter.store, keys, place, counter.clock, lambda: "2026-11-26")
        journal.write()
        assert (journal.lag(), journal.is_ahead()) == (0, False)


def own_labels(labels: frozenset[str]) -> list[str]:
    return [f"-{label.lower()}-" for label in labels]


TestSticks = Sticks.TestCase
TestSticks.settings = settings(ROUND, max_examples=6, stateful_step_count=40)
