"""Garbled frames at their small size; ``make fuzz N=100000`` is the large one (R-14, I16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.fuzz import fuzz_answers, fuzz_requests

if TYPE_CHECKING:
    from pathlib import Path

MIB = 64


@pytest.mark.parametrize("seed", [1, 2])
def test_r14_garbled_requests_are_refused_and_the_centre_stays_whole(tmp_path: Path, seed: int) -> None:
    found = fuzz_requests(tmp_path, 300, seed)
    assert found.outcomes["answered"] < found.frames / 2
    assert found.grown < MIB


@pytest.mark.parametrize("seed", [1, 2])
def test_r14_garbled_answers_change_nothing_and_have_their_sentence(tmp_path: Path, seed: int) -> None:
    found = fuzz_answers(tmp_path, 250, seed)
    assert "without a sentence" not in found.outcomes
    assert {"not_our_server", "taken"} <= set(found.outcomes)
    assert found.grown < MIB
