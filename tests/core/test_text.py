"""What text the counter takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oirs_core.domain.errors import FieldMissing, TextTooLong, TextUnprintable
from oirs_core.domain.text import LONG_BYTES, LONG_CHARS, SHORT_CHARS, check_text, required, unprintable

KEPT = [
    "",
    "<b>negrita</b> & otros",
    "=SUMA(A1:A9)",
    "+56 9, -1, @yo",
    "línea uno\nlínea dos\tcon tabulador",
    "👩🏽‍🦽 llegó",
    "marca \u200fde derecha a izquierda\u202e",
    "cafe\u0301 descompuesto",
    "  espacios  ",
]


@pytest.mark.parametrize("text", KEPT)
def test_text_is_kept_as_typed(text: str) -> None:
    assert check_text("relato", text, LONG_CHARS) == text


@pytest.mark.parametrize("control", ["\0", "\x07", "\x1b", "\r", "\x7f", "\x85", "\ud800"])
def test_a_control_or_half_a_character_is_refused_with_its_place(control: str) -> None:
    with pytest.raises(TextUnprintable) as why:
        check_text("relato", f"ab{control}c{control}")
    assert why.value.data == {"field": "relato", "count": 2, "first": 3}


@pytest.mark.parametrize("limit", [SHORT_CHARS, LONG_CHARS])
def test_one_character_too_many_is_refused(limit: int) -> None:
    assert check_text("relato", "ñ" * limit, limit) == "ñ" * limit
    with pytest.raises(TextTooLong) as why:
        check_text("relato", "ñ" * (limit + 1), limit)
    assert why.value.data == {"field": "relato", "length": limit + 1, "limit": limit, "unit": "characters"}


def test_bytes_are_counted_too() -> None:
    fits = "😀" * (LONG_BYTES // 4)
    assert check_text("relato", fits, LONG_CHARS) == fits
    with pytest.raises(TextTooLong) as why:
        check_text("relato", fits + "a", LONG_CHARS)
    assert why.value.data == {"field": "relato", "length": 60_001, "limit": 60_000, "unit": "bytes"}


@pytest.mark.parametrize("text", ["", "   ", "\n\t "])
def test_a_required_text_is_more_than_spaces(text: str) -> None:
    with pytest.raises(FieldMissing) as why:
        required("materia", text)
    assert why.value.data == {"field": "materia"}


@given(st.text())
def test_what_is_taken_can_be_stored(text: str) -> None:
    if not unprintable(text):
        assert text.encode("utf-8").decode("utf-8") == text
        assert "\0" not in text
