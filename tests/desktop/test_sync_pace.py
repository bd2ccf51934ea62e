"""Batches follow the line: small where it is slow or cut, large where it is quick and much waits."""

from __future__ import annotations

from oirs_desktop.sync import pace
from oirs_desktop.sync.pace import Pace

FAST, SLOW = 50, 8_000
"""ms that a batch of 32 kB takes at 5 Mbit/s and at 32 kbit/s."""


def went(line: Pace, ms: int, times: int = 1) -> None:
    for _ in range(times):
        up = line.up.limit
        line.went(ms, (up, up * 4), (150, 200))


def test_a_batch_grows_by_half_to_256_kib_on_a_quick_line() -> None:
    line = Pace()
    went(line, FAST)
    assert line.up.limit == pace.FIRST * 3 // 2
    went(line, FAST, 12)
    assert line.up.limit == pace.LARGEST
    assert line.down.limit == pace.FIRST  # nothing large came down


def test_a_batch_takes_four_seconds_at_most_on_64_kbit() -> None:
    line = Pace()
    went(line, FAST, 12)
    went(line, 60_000)
    assert line.slow
    assert line.up.limit * 8 / 64_000 <= 4
    assert line.too_large(33_000, 140_000) < 140_000 * 32 / 33


def test_small_talk_says_nothing_about_the_line() -> None:
    line = Pace()
    line.went(9_000, (300, 400), (180, 200))
    assert not line.slow
    assert line.up.ratio == pace.USUAL_RATIO


def test_i8_each_cut_halves_what_is_sent_down_to_4_kib() -> None:
    line = Pace()
    line.cut()
    assert line.up.limit == line.down.limit == pace.FIRST // 2
    for _ in range(9):
        line.cut()
    assert line.up.limit == pace.SMALLEST


def test_i8_a_batch_is_at_most_a_twentieth_of_what_waits_on_a_quick_line() -> None:
    line = Pace()
    went(line, FAST, 12)
    waits = 2_700_000
    assert line.waiting(waits) <= waits / 20
    line.begin()
    assert line.push_room() > waits / 20


def test_a_hundred_records_go_in_the_first_batch() -> None:
    assert Pace().push_room() >= 100 * 1_340
    assert Pace().pull_room() >= 100 * 1_340
