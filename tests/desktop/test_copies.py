"""A store that was copied, or put back from a backup, is noticed at its start (R-17, R-18)."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from oirs_desktop.sync.copies import Guard
from oirs_desktop.witness import Witness
from tests.support.centre import chance
from tests.support.office import open_office

if TYPE_CHECKING:
    from pathlib import Path

    from oirs_desktop.store.state import Head

HERE, THERE = "a" * 32, "b" * 32


@dataclass
class Place:
    """A counter's folder, and what this user of this machine remembers of it."""

    folder: Path
    witnesses: Path
    machine: str = HERE

    def start(self, *, cases: int = 0) -> tuple[bool, Head]:
        """Open, look, register, close; whether a new log was begun, and where the log ends."""
        office = open_office(self.folder)
        try:
            mark = Witness.of(self.folder, self.witnesses).path
            guard = Guard(
                office.store, Witness(mark, self.machine), office.made.key.public, chance(str(self.folder))
            )
            began = guard.look()
            for _ in range(cases):
                office.file()
            guard.note()
            return began, office.store.head()
        finally:
            office.store.close()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path / "meson", tmp_path / "witnesses")
    assert made.start(cases=2)[0] is False
    return made


def test_an_ordinary_start_goes_on_with_its_log(place: Place) -> None:
    _, before = place.start(cases=1)
    began, after = place.start()
    assert began is False
    assert after == before


def test_r18_a_copy_on_another_machine_begins_a_log_of_its_own_before_its_first_folio(
    place: Place, tmp_path: Path
) -> None:
    copy = Place(tmp_path / "copy", tmp_path / "other", THERE)
    shutil.copytree(place.folder, copy.folder)
    began, head = copy.start(cases=1)
    assert began is True
    _, ours = place.start(cases=1)
    assert head.log != ours.log
    assert head.label != ours.label
    assert copy.start()[0] is False  # once, not at each start


def test_r18_a_cloned_disk_with_its_witness_is_told_by_its_machine(place: Place) -> None:
    place.machine = THERE
    assert place.start()[0] is True
    assert place.start()[0] is False


def test_r18_a_copy_for_another_user_of_the_same_machine_is_noticed(place: Place, tmp_path: Path) -> None:
    other = Place(tmp_path / "other", tmp_path / "of the other user")
    shutil.copytree(place.folder, other.folder)
    assert other.start()[0] is True


def test_r17_an_old_backup_put_back_is_noticed(place: Place, tmp_path: Path) -> None:
    shutil.copytree(place.folder, tmp_path / "backup")
    place.start(cases=1)
    shutil.rmtree(place.folder)
    shutil.copytree(tmp_path / "backup", place.folder)
    began, head = place.start(cases=1)
    assert began is True
    assert head.label[0].isalpha()  # drawn, not assigned: it cannot be the label of the lost tail


def test_a_copy_that_comes_home_after_it_wrote_elsewhere_is_noticed(place: Place, tmp_path: Path) -> None:
    away = Place(tmp_path / "away", tmp_path / "other", THERE)
    shutil.copytree(place.folder, away.folder)
    away.start(cases=1)
    shutil.rmtree(place.folder)
    shutil.copytree(away.folder, place.folder)
    assert place.start()[0] is True


def test_a_witness_that_lags_behind_raises_no_doubt(place: Place) -> None:
    mark = Witness.of(place.folder, place.witnesses).path
    before = mark.read_bytes()
    place.start(cases=2)
    mark.write_bytes(before)  # the power went before it was written
    assert place.start()[0] is False


@pytest.mark.parametrize("rest", [b"", b"{", b'{"install":"x"}', b"\xff"])
def test_a_witness_that_cannot_be_read_is_a_doubt(place: Place, rest: bytes) -> None:
    Witness.of(place.folder, place.witnesses).path.write_bytes(rest)
    assert place.start()[0] is True


def test_a_witness_that_cannot_be_written_stops_nobody(place: Place) -> None:
    shutil.rmtree(place.witnesses)
    place.witnesses.write_text("a file where the folder should be")
    assert place.start(cases=1)[0] is True


def test_r17_what_was_pending_before_the_new_log_still_reaches_the_centre(tmp_path: Path) -> None:
    office = open_office(tmp_path / "office")
    office.file()
    witness = Witness(tmp_path / "witness.json", HERE)
    Guard(office.store, witness, office.made.key.public, chance("a")).look()
    witness.path.unlink()
    assert Guard(office.store, witness, office.made.key.public, chance("b")).look() is True
    office.file()
    office.deliver()
    assert office.store.queue().pending == 0
    assert office.store.dump().count(b"\n") == 1  # two cases, joined by one line feed
    office.store.close()
