"""A small morning; ``make rush`` plays the one of 64 counters (R-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.rush import Size, play

if TYPE_CHECKING:
    from pathlib import Path


def test_r21_counters_that_come_at_once_are_all_served_and_agree(tmp_path: Path) -> None:
    morning = play(tmp_path, Size(offices=2, counters=4, pending=6, behind=60))
    assert morning.failures == []
    assert len(morning.seconds) == 8
    assert morning.whole
