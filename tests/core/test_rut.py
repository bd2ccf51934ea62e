"""RUN and RUT."""

from __future__ import annotations

import csv
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oirs_core.domain.errors import RutRefused
from oirs_core.domain.rut import MAX_NUMBER, Rut, check_digit
from tests.support.tree import ROOT

with (ROOT / "tests/data/run_validos.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))
VALID = [row for row in ROWS if row["valido"] == "si"]
REFUSED = [row["entrada"] for row in ROWS if row["valido"] == "no"]


def reason(text: str) -> str:
    with pytest.raises(RutRefused) as why:
        Rut.parse(text)
    assert set(why.value.data) == {"reason"}
    return str(why.value.data["reason"])


def test_the_table_holds_sixty_good_and_thirty_bad_entries() -> None:
    assert (len(VALID), len(REFUSED)) == (60, 30)


@pytest.mark.parametrize("row", VALID, ids=lambda row: row["entrada"])
def test_a_good_entry_is_read_however_it_is_written(row: dict[str, str]) -> None:
    text, body, dv = row["entrada"], row["cuerpo"], row["dv"]
    expected = Rut(int(body), dv)
    for way in (
        text,
        f" {text}\t",
        text.lower(),
        text.replace("-", ""),
        body + dv,
        f"{body} - {dv}",
        f"0{body}-{dv}",
    ):
        assert Rut.parse(way) == expected
    assert (str(expected), expected.pretty) == (f"{body}-{dv}", text)


@pytest.mark.parametrize("text", REFUSED)
def test_a_bad_entry_is_refused(text: str) -> None:
    reason(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("  ", "empty"),
        ("12.345.678-4", "check"),
        ("0-0", "range"),
        ("00.000.000-0", "range"),
        ("123.456.789-2", "range"),
        ("1234567890-3", "range"),
        ("12.345.678", "shape"),
        ("12.345.678–5", "shape"),
        ("1.2345.678-5", "shape"),
        ("12345.678-5", "shape"),
        ("12.345678-5", "shape"),
        ("-12.345.678-5", "shape"),
        ("12.345.678-５", "shape"),
        ("12.345.678-5\n6", "shape"),
        ("12.345.678-5\0", "shape"),
        ("٣-8", "shape"),
        ("María", "shape"),
    ],
)
def test_the_refusal_says_what_is_wrong(text: str, why: str) -> None:
    assert reason(text) == why


def test_spaces_stand_for_dots() -> None:
    assert Rut.parse("12 345 678-5") == Rut(12345678, "5")


@pytest.mark.parametrize(
    ("text", "masked"), [("12345678-5", "••.•••.678-5"), ("7.654.321-6", "•.•••.321-6"), ("1-9", "1-9")]
)
def test_a_masked_run_shows_its_last_three_digits(text: str, masked: str) -> None:
    assert Rut.parse(text).masked == masked


@pytest.mark.parametrize(("number", "dv"), [(0, "0"), (MAX_NUMBER + 1, "1"), (12345678, "k"), (12345678, "")])
def test_none_can_be_built_that_does_not_fit(number: int, dv: str) -> None:
    with pytest.raises(RutRefused):
        Rut(number, dv)


def test_a_wrong_digit_and_two_swapped_digits_are_caught() -> None:
    for number in random.Random(11).sample(range(1_000_000, MAX_NUMBER), 20):
        text = f"{number}"
        dv = check_digit(number)
        for at, symbol in enumerate(text):
            for other in set("0123456789") - {symbol}:
                with pytest.raises(RutRefused):
                    Rut.parse(f"{text[:at]}{other}{text[at + 1 :]}-{dv}")
        for at in range(len(text) - 1):
            swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
            if swapped != text:
                with pytest.raises(RutRefused):
                    Rut.parse(f"{swapped}-{dv}")


@given(st.integers(1, MAX_NUMBER))
def test_what_is_printed_is_read_back(number: int) -> None:
    rut = Rut(number, check_digit(number))
    assert Rut.parse(str(rut)) == Rut.parse(rut.pretty) == rut


@given(st.text(max_size=16))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        rut = Rut.parse(text)
    except RutRefused:
        return
    assert 1 <= rut.number <= MAX_NUMBER
