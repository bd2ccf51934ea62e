"""The simulator is worth something: faults planted into the shipped code are caught within a few seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sim.planting import FAULTS, PatchStale, apply, plant, search

if TYPE_CHECKING:
    from pathlib import Path

WITHIN = {
    "position_from_a_sequence": (0, 20),
    "answer_taken_for_delivery": (0, 30),
    "cursor_before_rows": (0, 30),
    "bare_counter": (0, 30),
    "refused_instead_of_quarantined": (0, 10),
    "label_believed": (36, 30),
}
"""First seed and how many; the last begins where it is found soon, the first 60 find it as well."""


@pytest.mark.parametrize("name", WITHIN)
def test_a_planted_fault_is_caught(tmp_path: Path, name: str) -> None:
    plant(tmp_path, name)
    first, seeds = WITHIN[name]
    assert search(tmp_path, first, seeds), f"{seeds} seeds did not find {name}"


def test_every_fault_is_planted() -> None:
    assert {path.stem for path in FAULTS.glob("*.patch")} == set(WITHIN)


def test_a_fault_that_no_longer_applies_is_no_pass(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    with pytest.raises(PatchStale):
        apply(tmp_path, "--- a/a.py\n+++ b/a.py\n@@ here\n-x = 2\n+x = 3\n")
