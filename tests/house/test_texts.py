"""What the official reads: short, kind, and about the data first."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.support.tree import MODULES, relative

if TYPE_CHECKING:
    from pathlib import Path

WORDS = 20
FEWEST = 3  # shorter strings are keys, names of icons, format strings
# Words that a person at the counter should not have to read.
HARSH = re.compile(r"\b(error(es)?|inv[aá]lid[oa]s?|fatal|por favor)\b", re.IGNORECASE)
SHOWN = [p for p in MODULES if relative(p).startswith(("oirs_desktop/ui/", "oirs_desktop/reports/"))]


def docstrings(tree: ast.AST) -> set[int]:
    """Ids of the string nodes that only the reader of the code sees."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def prose(source: str) -> list[str]:
    """Every string of at least three words that a program may show; a field counts as one word."""
    tree = ast.parse(source)
    hidden = docstrings(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            hidden.update(id(part) for part in node.values)
            found.append("".join(p.value if isinstance(p, ast.Constant) else "x" for p in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in hidden:
            found.append(node.value)
    # A brace or a semicolon at the end of a line is a style sheet or SQL, not speech.
    return [t for t in found if len(t.split()) >= FEWEST and not re.search(r"[{};]\s*$", t, re.MULTILINE)]


def long_sentences(text: str) -> list[str]:
    return [s for s in re.split(r"[.!?:;\n]\s+|\n", text) if len(s.split()) > WORDS]


@pytest.mark.parametrize("path", SHOWN, ids=relative)
def test_the_window_and_the_paper_speak_kindly(path: Path) -> None:
    assert [text for text in prose(path.read_text(encoding="utf-8")) if HARSH.search(text)] == []


@pytest.mark.parametrize("path", [p for p in SHOWN if "/ui/" in relative(p)], ids=relative)
def test_a_sentence_of_the_window_has_at_most_20_words(path: Path) -> None:
    assert [s for text in prose(path.read_text(encoding="utf-8")) for s in long_sentences(text)] == []


def test_a_harsh_text_is_found_and_a_docstring_is_not() -> None:
    source = (
        '"""An error is told."""\nA = "El RUN es inválido."\nB = f"Hubo un error {1} aquí"\nC = "error"\n'
    )
    assert [text for text in prose(source) if HARSH.search(text)] == [
        "El RUN es inválido.",
        "Hubo un error x aquí",
    ]


def test_a_sentence_of_21_words_is_too_long() -> None:
    assert long_sentences(" ".join(["palabra"] * 21)) != []
    assert long_sentences("El caso quedó guardado. " * 20) == []
