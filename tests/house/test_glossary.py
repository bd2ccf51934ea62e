"""Every Spanish word that reaches disk or wire stands in the glossary, with its meaning and source."""

from __future__ import annotations

import ast
import inspect
import re
from enum import StrEnum

import pytest

from oirs_core.domain import events, kinds, persona
from tests.support.tree import ROOT

ROW = re.compile(r"^\| (?P<word>\S+) \| (?P<meaning>[^|]+) \| (?P<source>[^|]+) \|$", re.MULTILINE)
GLOSSARY = {row["word"]: row for row in ROW.finditer((ROOT / "docs/glossary.md").read_text(encoding="utf-8"))}

EVENT_CLASSES = sorted(
    node.name for node in ast.parse(inspect.getsource(events)).body if isinstance(node, ast.ClassDef)
)
LIST_VALUES = sorted(
    {
        str(value)
        for enum in vars(kinds).values()
        if isinstance(enum, type) and issubclass(enum, StrEnum) and enum is not StrEnum
        for value in enum
    }
)
ENGLISH = {"base", "csv", "id", "n", "sha256"}
FIELDS = sorted(
    {
        item.target.id
        for module in (events, persona)
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.ClassDef)
        for item in node.body
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
    }
    - ENGLISH
)


@pytest.mark.parametrize("word", FIELDS)
def test_a_field_of_an_act_stands_in_the_glossary(word: str) -> None:
    assert word in {known.lower() for known in GLOSSARY}


@pytest.mark.parametrize("word", [*EVENT_CLASSES, *LIST_VALUES])
def test_a_legal_noun_stands_in_the_glossary(word: str) -> None:
    assert word in GLOSSARY


@pytest.mark.parametrize("word", sorted(GLOSSARY))
def test_a_word_of_the_glossary_is_plain_ascii_with_meaning_and_source(word: str) -> None:
    assert word.isascii()
    assert len(GLOSSARY[word]["meaning"].strip()) > len("a")
    assert GLOSSARY[word]["source"].strip()


def test_an_act_that_nobody_explained_would_be_noticed() -> None:
    assert "Prorrogacion" not in GLOSSARY
