"""The simulator is worth something: faults planted into the shipped code are caught within a few seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sim.planting import FAULTS, PatchStale, apply, plant, search

if TYPE_CHECKING:
    from pathlib import Path

WITHIN = {
    "position_from_a_sequence": 30,
    "answer_taken_for_delivery": 30,
    "cursor_before_rows": 30,
    "bare_counter": 30,
    "refused_instead_of_quarantined": 10,
    "label_believed": 60,
}


@pytest.mark.parametrize("name", WITHIN)
def test_a_planted_fault_is_caught(tmp_path: Path, name: str) -> None:
    plant(tmp_path, name)
    caught = search(tmp_path, WITHIN[name])
    assert caught, f"{WITHIN[name]} seeds did not find {name}"


def test_every_fault_is_planted() -> None:
    assert {path.stem for path in FAULTS.glob("*.patch")} == set(WITHIN)


def test_a_fault_that_no_longer_applies_is_no_pass(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    with pytest.raises(PatchStale):
        apply(tmp_path, "--- a/a.py\n+++ b/a.py\n@@ here\n-x = 2\n+x = 3\n")
