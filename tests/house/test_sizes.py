"""A file can be read in one sitting, a function without scrolling."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.support.tree import MODULES, TESTS, relative

if TYPE_CHECKING:
    from pathlib import Path

FILE_LINES = 300
TEST_FILE_LINES = 500
FUNCTION_LINES = 40

# Exceptions stand here, each with its reason.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


def long_functions(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                found.append(f"{node.name} ({lines} lines)")
    return found


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_has_at_most_300_lines(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= FILE_LINES or relative(path) in LONG_FILES


@pytest.mark.parametrize("path", TESTS, ids=relative)
def test_a_test_file_has_at_most_500_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= TEST_FILE_LINES


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_function_has_at_most_40_lines(path: Path) -> None:
    long = long_functions(path.read_text(encoding="utf-8"))
    assert [name for name in long if f"{relative(path)}:{name.split()[0]}" not in LONG_FUNCTIONS] == []


def test_a_planted_long_function_is_found() -> None:
    body = "\n".join("    x = 1" for _ in range(FUNCTION_LINES))
    assert long_functions(f"def planted():\n{body}\n") == ["planted (41 lines)"]
