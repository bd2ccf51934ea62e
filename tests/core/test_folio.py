"""The folio."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oirs_core.domain.errors import FolioRefused
from oirs_core.domain.folio import ALPHABET, LAST_NUMBER, Folio, canonical

SAMPLES = [
    Folio.build("8K", 2022, "A2RT", 42),
    Folio.build("00", 2026, "0000", 1),
    Folio.build("ZZ", 2056, "9ZZZ", LAST_NUMBER),
    Folio.build("1Q", 2031, "7X0Y", 1010),
]
# Computed apart from the program: sum of index times 2 to the place, 1 modulo 31.
GOLDEN = ["8K7-A2RT-0042-D", "00B-0000-0001-9", "ZZA-9ZZZ-9999-5", "1QG-7X0Y-1010-Z"]

symbols = st.sampled_from(ALPHABET)
folios = st.builds(
    Folio.build,
    st.text(symbols, min_size=2, max_size=2),
    st.integers(2020, 2100),
    st.text(symbols, min_size=4, max_size=4),
    st.integers(1, LAST_NUMBER),
)


def reason(text: str) -> str:
    with pytest.raises(FolioRefused) as why:
        Folio.parse(text)
    return str(why.value.data["reason"])


def test_golden_folios_never_change() -> None:
    assert [folio.grouped for folio in SAMPLES] == GOLDEN


def test_the_alphabet_has_31_symbols_and_no_doubtful_letter() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert not set("ILOUV") & set(ALPHABET)
    assert sorted(ALPHABET) == list(ALPHABET)


@pytest.mark.parametrize("folio", SAMPLES, ids=str)
def test_every_wrong_symbol_is_caught(folio: Folio) -> None:
    for at, symbol in enumerate(folio.text):
        for other in set(ALPHABET) - {symbol}:
            assert reason(folio.text[:at] + other + folio.text[at + 1 :]) in {"check", "number"}


@pytest.mark.parametrize("folio", SAMPLES, ids=str)
def test_every_swap_of_two_neighbours_is_caught(folio: Folio) -> None:
    text = folio.text
    swaps = {text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1)} - {text}
    assert swaps
    for swapped in swaps:
        assert reason(swapped) in {"check", "number"}


@given(folios, st.integers(0, 11), symbols)
def test_a_wrong_symbol_is_caught_in_any_folio(folio: Folio, at: int, other: str) -> None:
    wrong = folio.text[:at] + other + folio.text[at + 1 :]
    if wrong != folio.text:
        reason(wrong)


@given(folios)
def test_what_is_printed_is_read_back(folio: Folio) -> None:
    assert (
        Folio.parse(folio.text) == Folio.parse(folio.grouped) == Folio.parse(folio.grouped.lower()) == folio
    )
    assert Folio.build(folio.office, ALPHABET.index(folio.text[2]), folio.label, folio.number) == folio


@pytest.mark.parametrize(
    "text", ["8k7a2rt0042d", " 8K7 A2RT 0042 D ", "8K7–A2RT—OO42-D", "8k7.a2rt.oo42.d", "8K7'A2RT'0042'D"]
)
def test_a_folio_is_read_in_any_case_and_with_any_separator(text: str) -> None:
    assert Folio.parse(text) == SAMPLES[0]


def test_doubtful_letters_are_read_as_the_digits_they_look_like() -> None:
    assert Folio.parse("lQG-7XoY-ioLO-Z") == SAMPLES[3]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        (" - - ", "empty"),
        ("8K7-A2RT-0042", "length"),
        ("8K7-A2RT-0042-D0", "length"),
        ("8K7-A2RV-0042-D", "symbol"),
        ("8K7-A2RT-0042-ñ", "symbol"),
        ("8K7-A2RT-0042-Ｄ", "symbol"),
        ("8K7-A2RT-0042-D\0", "symbol"),
        ("8K7-A2RT-004X-D", "number"),
        ("8K7-A2RT-0000-2", "number"),
        ("8K7-A2RT-0042-G", "check"),
    ],
)
def test_the_refusal_says_what_is_wrong(text: str, why: str) -> None:
    assert reason(text) == why


@pytest.mark.parametrize(
    ("office", "label", "number", "why"),
    [
        ("8", "A2RT", 1, "length"),
        ("8K", "A2R", 1, "length"),
        ("8U", "A2RT", 1, "symbol"),
        ("8k", "A2RT", 1, "symbol"),
        ("8K", "A2RT", 0, "number"),
        ("8K", "A2RT", LAST_NUMBER + 1, "number"),
    ],
)
def test_none_is_built_of_parts_that_do_not_fit(office: str, label: str, number: int, why: str) -> None:
    with pytest.raises(FolioRefused) as refusal:
        Folio.build(office, 2026, label, number)
    assert refusal.value.data["reason"] == why


def test_a_folio_tells_its_parts() -> None:
    folio = SAMPLES[0]
    assert (folio.office, folio.label, folio.number, str(folio)) == ("8K", "A2RT", 42, "8K7-A2RT-0042-D")


def test_a_folio_is_dictated_in_spanish() -> None:
    assert SAMPLES[0].spoken == "ocho ka siete, a dos erre te, cero cero cuatro dos, de"
    assert Folio.build("WY", 2026, "9JQH", 5).spoken.startswith("doble ve i griega be, nueve jota cu hache, ")


def test_a_part_of_a_folio_is_read_like_a_whole_one() -> None:
    assert canonical("oo42-d") == "0042D"


@given(st.text(max_size=16))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        folio = Folio.parse(text)
    except FolioRefused:
        return
    assert set(folio.text) <= set(ALPHABET)
