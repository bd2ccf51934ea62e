"""A decision can be found by its number, fits one page and names the road not taken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGE_LINES = 60
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
PAGES = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md"))


def test_numbers_are_unique() -> None:
    numbers = [path.name[:3] for path in DECISIONS]
    assert sorted(set(numbers)) == numbers


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_one_page_with_the_road_not_taken(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.name[:3]} ")
    assert "**Problem.**" in text
    assert "**Decision.**" in text
    assert re.search(r"\*\*Roads? not taken\.\*\*", text)
    assert text.count("\n") <= PAGE_LINES


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_link_of_the_documents_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)[^):]*\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
