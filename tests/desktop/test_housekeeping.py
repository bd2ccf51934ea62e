"""What a counter does when the exchange is over: little at a time, and never what is not due."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from oirs_desktop.store import QueueState
from oirs_desktop.store.purge import PutAway
from oirs_desktop.sync.housekeeping import COPY_DAYS_MS, LOOK_MS, SLICES, Housekeeping

if TYPE_CHECKING:
    from pathlib import Path

NOW = 1_790_000_000_000


@dataclass
class Kept:
    """Stands for the store: says what it is told to, and notes what was asked."""

    old: int = 0
    documents: tuple[str, ...] | None = None
    pending: int = 0
    merges: int = 0
    asked: list[int] = field(default_factory=list)

    def put_away(self, months: int, after: int) -> PutAway:
        assert months == 24
        self.asked.append(after)
        self.old -= 1
        return PutAway(1, after + 1, self.old > 0)

    def tidy(self) -> bool:
        self.merges -= 1
        return self.merges > 0

    def erased_documents(self) -> tuple[str, ...] | None:
        return self.documents

    def documents_gone(self) -> None:
        self.documents = None

    def queue(self) -> QueueState:
        return QueueState(self.pending, None, None, "", None, None)


@dataclass
class Clock:
    ms: int = NOW

    def now(self) -> int:
        return self.ms


@dataclass
class Papers:
    """Refuses once, as Windows does while a viewer has the file open."""

    refusals: int = 0
    gone: list[str] = field(default_factory=list)

    def forget(self, sha: str) -> None:
        if self.refusals:
            self.refusals -= 1
            raise PermissionError
        self.gone.append(sha)


def made(
    folder: Path, store: Kept, clock: Clock, papers: Papers | None = None, months: int = 24
) -> Housekeeping:
    return Housekeeping(store, folder, papers or Papers(), clock, months, sleep=lambda _: None)  # type: ignore[arg-type]


def test_many_old_cases_are_put_away_in_turns_that_go_on_where_they_ended(tmp_path: Path) -> None:
    store, clock = Kept(old=SLICES + 3), Clock()
    house = made(tmp_path, store, clock)
    house.run()
    assert store.asked == list(range(SLICES))
    house.run()
    assert store.asked[SLICES:] == [SLICES, SLICES + 1, SLICES + 2]


def test_once_all_was_looked_at_nothing_is_asked_for_an_hour_whatever_the_clock_does(tmp_path: Path) -> None:
    store, clock = Kept(old=1), Clock()
    house = made(tmp_path, store, clock)
    house.run()
    clock.ms += LOOK_MS - 1
    house.run()
    assert len(store.asked) == 1
    clock.ms -= 10 * LOOK_MS
    house.run()
    assert len(store.asked) == 2


def test_a_counter_that_keeps_for_ever_asks_for_nothing(tmp_path: Path) -> None:
    store = Kept(old=5)
    made(tmp_path, store, Clock(), months=0).run()
    assert store.asked == []


def test_a_document_that_somebody_holds_open_goes_the_next_time(tmp_path: Path) -> None:
    store, papers = Kept(documents=("aa", "bb")), Papers(refusals=1)
    house = made(tmp_path, store, Clock(), papers)
    house.run()
    assert store.documents == ("aa", "bb")
    house.run()
    assert papers.gone == ["aa", "bb"]
    house.run()
    assert papers.gone == ["aa", "bb"]


def copy_in(folder: Path, age_ms: int) -> Path:
    path = folder / "oirs.db.before-4"
    path.write_bytes(b"copy")
    os.utime(path, ns=((NOW - age_ms) * 1_000_000,) * 2)
    return path


def test_the_copy_made_before_an_upgrade_goes_when_all_is_delivered_and_a_week_is_over(
    tmp_path: Path,
) -> None:
    path, store = copy_in(tmp_path, COPY_DAYS_MS + 1), Kept(pending=1)
    house = made(tmp_path, store, Clock())
    house.run()
    assert path.exists()
    store.pending = 0
    house.run()
    assert not path.exists()
    fresh = copy_in(tmp_path, COPY_DAYS_MS - 1)
    house.run()
    assert fresh.exists()


def test_an_erasure_takes_that_copy_at_once(tmp_path: Path) -> None:
    path = copy_in(tmp_path, 0)
    made(tmp_path, Kept(documents=(), pending=1), Clock()).run()
    assert not path.exists()
