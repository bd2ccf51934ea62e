"""Each bench runs and prints lines that a program can read; what they say is looked at by people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bench.__main__ import BENCHES, main
from bench.figure import Figure, at_least, at_most, table
from bench.flushes import between_marks

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = {"bench", "figure", "value", "unit", "floor", "ratio", "goal", "ok", "n", "note"}


@pytest.mark.parametrize("name", BENCHES)
def test_a_bench_prints_its_figures_as_lines_of_json(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert main([name, "--tiny", "--here"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines
    assert all(set(line) == FIELDS for line in lines)
    assert all(line["bench"] == name and line["value"] > 0 for line in lines)


def figure(value: float, **more: object) -> Figure:
    return Figure(bench="b", figure="f", value=value, unit="ms", n=1, **more)  # type: ignore[arg-type]


def test_a_goal_is_met_or_missed_by_the_ratio_to_the_floor_of_the_same_run() -> None:
    assert figure(20, floor=10, goal=at_most(2.0)).ok is True
    assert figure(21, floor=10, goal=at_most(2.0)).ok is False
    assert figure(4, floor=10, goal=at_least(0.5)).ok is False
    assert figure(4, goal=at_most(5, of="value")).ok is True
    assert figure(4).ok is None


def test_a_goal_about_a_ratio_without_a_floor_is_missed() -> None:
    assert figure(4, goal=at_most(5)).ok is False


def test_the_table_marks_what_was_missed() -> None:
    line = json.loads(figure(3, floor=1, goal=at_most(2)).line())
    assert "MISSED" in table([line])


def test_flushes_are_counted_between_the_marks() -> None:
    log = "7 fsync(3) = 0\n7 getpriority(PRIO_PROCESS, 0) = 20\n7 fdatasync(4) = 0\n7 fsync(4) = 0\n"
    log += "7 getpriority(PRIO_PROCESS, 0) = 20\n7 getpriority(PRIO_PROCESS, 0) = 20\n7 fsync(4) = 0\n"
    assert between_marks(log) == [2, 0]
