"""Every promise in docs/compliance.md names tests that stand where it says."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.support.tree import ROOT

TEXT = (ROOT / "docs/compliance.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([A-Z]-?\d+) \|.*$", TEXT, re.MULTILINE)
NAMED = re.findall(r"`(tests/[\w/]+\.py)::((?:test|Test)_?\w+)`", TEXT)
PROMISES = [f"I{n}" for n in range(1, 20)]
RELIABILITY = [*(f"R-{n}" for n in range(11, 19)), "R-24"]


@cache
def functions(path: str) -> frozenset[str]:
    """Give the names of the tests of a file; of a state machine, of its test case."""
    text = (ROOT / path).read_text(encoding="utf-8")
    found = re.findall(r"^\s*def (test_\w+)|^(test_\w+) =", text, re.MULTILINE)
    return frozenset(name for pair in found for name in pair)


@pytest.mark.parametrize("promise", [*PROMISES, *RELIABILITY])
def test_a_promise_has_its_row_and_a_test(promise: str) -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith(f"| {promise} |")]
    assert len(rows) == 1
    assert re.search(r"`tests/[\w/]+\.py::test_\w+`", rows[0]), rows[0]


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED)))
def test_a_test_that_is_named_exists(path: str, name: str) -> None:
    assert name in functions(path)


def test_no_row_stands_twice() -> None:
    assert len(ROWS) == len(set(ROWS))
