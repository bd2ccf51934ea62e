"""The second copy: appended after each commit, torn at any byte, and read back into a new store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from oirs_core.wire.bundle import Writer
from oirs_core.wire.seal import SealKey
from oirs_desktop.sync.errors import StickFull
from oirs_desktop.sync.journal import Journal
from oirs_desktop.sync.journalfiles import Keys, Place
from tests.support.sticks import file
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.world import Counter


@dataclass
class Kept:
    """A counter and its journal."""

    world: World
    counter: Counter
    place: Place
    day: str = "2026-11-26"

    def journal(self) -> Journal:
        """As a program that was just started sees it."""
        return Journal(self.counter.store, self.keys, self.place, self.counter.clock, lambda: self.day)

    @property
    def keys(self) -> Keys:
        return Keys(self.counter.key, SealKey(self.counter.seed), self.world.random)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    world = World(tmp_path)
    counter = world.enrol("104")
    counter.sync()
    yield Kept(world, counter, Place(tmp_path / "journal"))
    world.close()


def test_what_is_committed_is_appended_once(kept: Kept) -> None:
    journal = kept.journal()
    file(kept.counter)
    assert (journal.lag(), journal.write(), journal.lag()) == (1, 1, 0)
    size = kept.place.files()[0].stat().st_size
    assert (journal.write(), kept.journal().write()) == (0, 0)
    assert kept.place.files()[0].stat().st_size == size
    file(kept.counter)
    assert (kept.journal().lag(), kept.journal().write()) == (1, 1)


def test_a_torn_tail_is_cut_and_written_again(kept: Kept) -> None:
    file(kept.counter)
    kept.journal().write()
    path = kept.place.files()[0]
    before = path.read_bytes()
    file(kept.counter)
    kept.journal().write()
    whole = path.read_bytes()
    step = max(1, (len(whole) - len(before)) // 12)
    for cut in [*range(len(before), len(whole), step), len(whole) - 1]:
        for tail in (b"", bytes(40), bytes(len(whole) - cut)):
            path.write_bytes(whole[:cut] + tail)
            assert kept.journal().lag() == 1, (cut, len(tail))
            assert kept.journal().write() == 1
            assert kept.journal().lag() == 0
            # What looks like a changed byte rather than a cut is left as it is, and a new file begun.
            *more, _ = kept.place.files()
            assert not more or (tail and cut > len(whole) - 16)
            for later in kept.place.files()[1:]:
                later.unlink()


def test_a_file_that_was_only_begun_is_begun_again(kept: Kept) -> None:
    file(kept.counter)
    kept.journal().write()
    path = kept.place.files()[0]
    whole = path.read_bytes()
    for cut in (0, 5, 60, 700):
        path.write_bytes(whole[:cut])
        assert kept.journal().write() == 1
        assert [one.name for one in kept.place.files()] == [path.name]


def test_each_day_has_its_file_and_the_one_before_is_closed(kept: Kept) -> None:
    journal = kept.journal()
    file(kept.counter)
    journal.write()
    kept.day = "2026-11-25"  # the clock was set back: the number tells the order
    file(kept.counter)
    journal.write()
    assert [path.name[:17] for path in kept.place.files()] == ["000001-2026-11-26", "000002-2026-11-25"]
    assert kept.place.files()[0].read_bytes()[-68:-64] == b"OEND"
    assert kept.journal().lag() == 0


def failing(at: int) -> Callable[[Writer, bytes], None]:
    """Write half of the ``at``-th piece, as a disk that fills up does."""
    real, left = Writer._put, [at]

    def put(self: Writer, data: bytes) -> None:
        left[0] -= 1
        if left[0] == 0:
            self.file.write(data[: len(data) // 2])
            raise OSError(28, "No space left on device")
        real(self, data)

    return put


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_full_disk_tears_nothing_that_was_whole(
    kept: Kept, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = kept.journal()
    if at == 4:
        file(kept.counter)
        journal.write()
        at = 1
    file(kept.counter)
    with monkeypatch.context() as patch:
        patch.setattr(Writer, "_put", failing(at))
        with pytest.raises(StickFull):
            journal.write()
    assert journal.lag() == 1
    assert journal.write() == 1
    assert kept.journal().lag() == 0


def test_a_journal_that_somebody_deleted_is_written_anew(kept: Kept) -> None:
    journal = kept.journal()
    file(kept.counter)
    journal.write()
    kept.place.files()[0].unlink()
    file(kept.counter)
    assert journal.write() == 2


def test_old_files_go_once_the_centre_holds_what_is_in_them(kept: Kept) -> None:
    journal = kept.journal()
    for day in ("2026-10-01", "2026-10-02", "2026-10-03"):
        kept.day = day
        file(kept.counter)
        journal.write()
    assert journal.tidy() == 0
    kept.counter.clock.ms += 31 * 24 * 3600 * 1000
    assert journal.tidy() == 0  # old, and not delivered
    kept.counter.sync()
    assert journal.tidy() == 2
    assert [path.name[:6] for path in kept.place.files()] == ["000003"]
    assert kept.journal().lag() == 0
