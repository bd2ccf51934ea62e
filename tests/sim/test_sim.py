"""300 random runs, and every run that was ever found to fail."""

from __future__ import annotations

import pytest

from tests.sim.regressions import FOUND
from tests.sim.runner import play, play_seed, shrink

SEEDS, CHUNKS = 300, 12


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_i1_to_i14_hold_in_random_runs(chunk: int) -> None:
    size = SEEDS // CHUNKS
    for seed in range(chunk * size, (chunk + 1) * size):
        outcome = play_seed(seed)
        if outcome.fault:
            least = shrink(outcome, 100)
            pytest.fail(f"seed {seed}: {least.fault}\n{least.plan.text()}\n{least.where}")


@pytest.mark.parametrize("plan", FOUND.values(), ids=FOUND)
def test_a_run_that_failed_once_holds(plan: object) -> None:
    outcome = play(plan)  # type: ignore[arg-type]
    assert outcome.fault == "", outcome.where
