"""The second copy: appended after each commit, torn at any byte, and read back into a new store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from oirs_central.bundles import Verdict
from oirs_core.wire.bundle import Writer
from oirs_core.wire.seal import SealKey
from oirs_desktop.commands.machine import World as Outside
from oirs_desktop.commands.stick import recover
from oirs_desktop.keystore import FileKeystore, Secrets
from oirs_desktop.store import Store
from oirs_desktop.sync.errors import StickFull
from oirs_desktop.sync.journal import Journal
from oirs_desktop.sync.journalfiles import Keys, Place
from tests.support.office import NoPrinter
from tests.support.sticks import failing, file, post
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
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


def test_a_full_disk_tears_nothing_that_was_whole(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = kept.journal()
    for at in (1, 2, 3, 1):  # header, marks, event; then an event that follows
        file(kept.counter)
        with monkeypatch.context() as patch:
            patch.setattr(Writer, "_put", failing(at))
            with pytest.raises(StickFull):
                journal.write()
        if at == 3:
            assert (journal.lag(), journal.write()) == (3, 3)
    assert (journal.lag(), journal.write()) == (1, 1)
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


# ------------------------------------------------------------------ salvage


def reopen(counter: Counter) -> None:
    counter.store = Store.open(counter.folder, counter.database)
    counter._desk = None


def keystore(kept: Kept) -> FileKeystore:
    path = kept.world.folder / "keys.json"
    FileKeystore(path).save(Secrets(kept.counter.database, kept.counter.seed))
    return FileKeystore(path)


def salvage(kept: Kept) -> list[str]:
    """What the command does, from the files of the journal alone."""
    counter, said = kept.counter, []
    outside = Outside(counter.clock, kept.world.random, NoPrinter())
    recover(counter.folder, keystore(kept), outside, said.append)
    counter.store = Store.open(counter.folder, counter.database)
    counter._desk = None
    return said


@pytest.mark.parametrize("damage", ["deleted", "overwritten", "half"])
def test_i1_a_lost_store_comes_back_from_the_journal_alone(kept: Kept, damage: str) -> None:
    counter = kept.counter
    kept.place = Place(counter.folder / "journal")
    delivered = file(counter)
    kept.journal().write()
    assert counter.sync()
    pending = [file(counter) for _ in range(3)]
    kept.journal().write()
    counter.store.close()
    path = counter.folder / "oirs.db"
    if damage == "deleted":
        path.unlink()
    elif damage == "overwritten":
        path.write_bytes(b"\x07" * path.stat().st_size)
    else:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    said = salvage(kept)
    assert "Recuperados 4 actos" in said[-1]
    assert len(list(counter.folder.glob("*.ilegible"))) == (damage != "deleted")
    assert {row.folio for row in counter.store.recent(9)} == {
        case.ingreso.folio for case in (delivered, *pending)
    }
    offline = file(counter)  # the office is known again, line or no line
    for _ in range(2):
        assert counter.sync()
    fresh = file(counter)
    assert offline.ingreso.folio != fresh.ingreso.folio
    assert fresh.ingreso.folio not in {case.ingreso.folio for case in (delivered, *pending)}
    assert counter.sync()
    central = kept.world.central.ledger.dump(kept.world.central.ledger.office_feed("104"))
    assert counter.store.dump() == central
    assert len(central.splitlines()) == 6
    assert counter.store.queue().pending == 0
    assert kept.world.central.ledger.verify() == []


def test_a_store_put_back_from_a_backup_is_completed_from_the_journal(kept: Kept) -> None:
    counter = kept.counter
    kept.place = Place(counter.folder / "journal")
    file(counter)
    counter.store.close()
    old = (counter.folder / "oirs.db").read_bytes()
    reopen(counter)
    lost = file(counter)
    kept.journal().write()
    counter.store.close()
    (counter.folder / "oirs.db").write_bytes(old)
    reopen(counter)
    assert counter.store.by_folio(lost.ingreso.folio) == []
    assert kept.journal().is_ahead()
    assert kept.journal().restore() == 1
    assert not kept.journal().is_ahead()
    assert [row.folio for row in counter.store.by_folio(lost.ingreso.folio)] == [lost.ingreso.folio]


def test_i13_the_centre_takes_the_journal_of_a_machine_that_is_gone(kept: Kept, tmp_path: Path) -> None:
    counter = kept.counter
    case = file(counter)
    kept.journal().write()
    result = post(kept.world, kept.place.folder, tmp_path / "out")[0]
    assert (result.verdict, result.new) == (Verdict.NEW, 1)
    assert not (tmp_path / "out").exists()
    assert case.ingreso.folio.encode() in kept.world.central.ledger.dump(
        kept.world.central.ledger.office_feed("104")
    )


def test_nothing_of_a_journal_is_readable_without_a_key(kept: Kept) -> None:
    file(kept.counter, "un secreto que nadie debe leer")
    kept.journal().write()
    raw = kept.place.files()[0].read_bytes()
    assert b"secreto" not in raw
    assert b"Horario" not in raw
