"""The meter before the line: speed from what was carried, a brake that lets a frame come to its end."""

# ruff: noqa: ARG002 - the played line takes what the real one takes
from __future__ import annotations

from dataclasses import dataclass

import pytest

from oirs_desktop.sync.errors import Offline, SyncStopped
from oirs_desktop.sync.meter import HOLD_S, Meter

FRAME = bytes(5_000)


@dataclass
class Slow:
    """A line of 2,500 bytes a second under a clock that only it moves."""

    now: float = 0.0
    carried: int = 0
    broken: bool = False

    def exchange(self, frame: bytes) -> bytes:
        if self.broken:
            raise Offline
        self.now += len(frame) / 2_500
        self.carried += 1
        return b"ok"

    def put_blob(self, sha: str, offset: int, authorization: str, body: bytes) -> bytes:
        return self.exchange(body)

    def get_blob(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        return self.exchange(bytes(last - first + 1))

    def get_snapshot(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        return self.exchange(bytes(last - first + 1))


def test_it_tells_what_went_and_how_fast() -> None:
    line = Slow()
    meter = Meter(line, lambda: line.now)
    assert meter.traffic().begun is None
    meter.begin()
    for _ in range(3):
        meter.exchange(FRAME)
    told = meter.traffic()
    assert (told.begun, told.up, told.down) == (6.0, 15_000, 6)
    assert told.speed == pytest.approx(2_500, rel=0.01)
    meter.end()
    meter.begin()
    again = meter.traffic()
    assert (again.begun, again.up) == (0.0, 0)
    assert again.speed == told.speed  # what was learned of the line stays


def test_a_small_exchange_says_nothing_of_the_speed() -> None:
    line = Slow()
    meter = Meter(line, lambda: line.now)
    meter.exchange(bytes(300))
    assert meter.traffic().speed == 0


def test_the_brake_holds_the_next_frame_for_a_while_or_until_somebody_asks() -> None:
    line = Slow()
    meter = Meter(line, lambda: line.now)
    meter.stop()
    for carry in (lambda: meter.exchange(FRAME), lambda: meter.get_snapshot("", 0, 9, "")):
        with pytest.raises(SyncStopped):
            carry()
    assert line.carried == 0
    assert meter.traffic().held == HOLD_S
    meter.release()
    meter.exchange(FRAME)
    meter.stop()
    line.now += HOLD_S
    meter.exchange(FRAME)
    assert line.carried == 2


def test_a_line_that_fails_leaves_nothing_on_its_way() -> None:
    meter = Meter(Slow(broken=True))
    with pytest.raises(Offline):
        meter.exchange(FRAME)
    assert meter.traffic().waiting == 0
