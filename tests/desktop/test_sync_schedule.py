"""When the counter tries again: soon after a save, never in a storm, never giving up."""

from __future__ import annotations

import threading
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oirs_desktop.sync.cycle import Report
from oirs_desktop.sync.errors import Offline, SyncBroken
from oirs_desktop.sync.schedule import CALM_AFTER, CALM_S, CAP_S, Outcome, Schedule, delay_s

PATIENCE_S = 10.0


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_the_wait_is_bounded_and_calm_after_three_failures(failures: int, chance: float) -> None:
    wait = delay_s(failures, chance)
    assert 1.0 <= wait <= CAP_S
    if failures >= CALM_AFTER:
        assert wait >= CALM_S


class Line:
    """A conversation whose line is up or down as the test says."""

    def __init__(self) -> None:
        self.fault: Exception | None = None
        self.tries = 0
        self.outcomes: list[Outcome] = []
        self.happened = threading.Condition()

    def run(self) -> Report:
        if self.fault is not None:
            raise self.fault
        return Report(hint_s=3600)

    def tell(self, outcome: Outcome) -> None:
        with self.happened:
            self.outcomes.append(outcome)
            self.happened.notify_all()

    def wait_for(self, tries: int) -> bool:
        with self.happened:
            return self.happened.wait_for(lambda: len(self.outcomes) >= tries, PATIENCE_S)


@pytest.fixture
def line() -> Line:
    return Line()


def test_it_tries_at_once_and_again_when_something_is_saved(line: Line) -> None:
    schedule = Schedule(line, line.tell, lambda: 0.5)
    schedule.start()
    assert line.wait_for(1)
    schedule.wake()
    assert line.wait_for(2)
    schedule.stop()
    assert schedule.connected


def test_a_fault_of_the_program_does_not_end_the_tries(line: Line) -> None:
    line.fault = KeyError("x")
    schedule = Schedule(line, line.tell, lambda: 0.0)
    schedule.start()
    assert line.wait_for(1)
    assert isinstance(line.outcomes[0].error, SyncBroken)
    line.fault = None
    schedule.wake(force=True)
    assert line.wait_for(2)
    schedule.stop()
    assert line.outcomes[-1].report is not None


def test_saves_do_not_become_a_storm_while_the_line_is_down(line: Line) -> None:
    line.fault = Offline()
    schedule = Schedule(line, line.tell, lambda: 1.0)
    schedule.start()
    for tries in count(1):
        assert line.wait_for(tries)
        if tries == CALM_AFTER:
            break
        schedule.wake()
    for _ in range(50):
        schedule.wake()
    with line.happened:
        assert not line.happened.wait_for(lambda: len(line.outcomes) > CALM_AFTER, 0.2)
    schedule.wake(force=True)
    assert line.wait_for(CALM_AFTER + 1)
    schedule.stop()
    assert not schedule.connected
