"""Counters and centre of neighbouring versions, through the faults of the random machine (I15, R-15)."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from oirs_central.ledger.errors import NothingToErase
from oirs_core.wire import messages
from tests.together.test_machine import ROUND, Offices

SHORT = settings(ROUND, max_examples=2, stateful_step_count=15)


@pytest.fixture
def schema(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Counters that know one kind less, as many, or say that they know one more."""
    schema: int = messages.SCHEMA + request.param
    monkeypatch.setattr(messages, "SCHEMA", schema)
    return int(request.param)


class Skewed(Offices):
    """As the machine, with erasures and with a centre that may ask for an update."""

    @rule(which=st.integers(0, 99))
    def erase(self, which: int) -> None:
        """A resolution takes the data of a case out."""
        if not self.opened:
            return
        folio = sorted(self.opened)[which % len(self.opened)]
        feed = self.world.central.ledger.office_feed(self.opened[folio])
        if f'"{folio}"'.encode() not in self.world.central.ledger.dump(feed):
            return
        try:
            self.world.central.ledger.erase(folio, "Resolución 1")
        except NothingToErase:
            return

    @rule(least=st.sampled_from((1, 1, messages.SCHEMA)))
    def ask_for_an_update(self, least: int) -> None:
        """The centre was upgraded."""
        self.world.central.ledger.min_schema = least


class Updated(Skewed):
    """In the end every counter is upgraded, and then all must agree."""

    def _compare(self) -> None:
        known = messages.SCHEMA
        messages.SCHEMA = known + 1
        try:
            for counter in self.world.counters:
                counter.restart()
            super()._compare()
        finally:
            messages.SCHEMA = known


@pytest.mark.parametrize("schema", [0, 1], indirect=True)
def test_i15_a_newer_counter_agrees_with_this_centre(schema: int) -> None:
    assert schema >= 0
    run_state_machine_as_test(Skewed, settings=SHORT)


@pytest.mark.parametrize("schema", [-1], indirect=True)
def test_i15_an_older_counter_delivers_all_and_agrees_after_its_upgrade(schema: int) -> None:
    assert schema < 0
    run_state_machine_as_test(Updated, settings=SHORT)
