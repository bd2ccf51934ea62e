"""Event bytes refuse what could not be reproduced elsewhere."""

from __future__ import annotations

import json
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oirs_core import chain
from oirs_core.domain.errors import EventRefused

texts = st.text(st.characters(codec="utf-8"))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(texts, part, max_size=3),
    max_leaves=8,
)


REFUSED = [
    1.5,
    float("nan"),
    2**53,
    -(2**53),
    "\ud800",
    {1: 2},
    {"a": b"x"},
    {"a": {"b": date(2026, 1, 2)}},
    {3},
]


def by_the_standard_library(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_canonical_json_writes_each_character_as_the_standard_library_does() -> None:
    every = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
    assert chain.canonical(every) == by_the_standard_library(every)
    keys = dict.fromkeys(every[::97])
    assert chain.canonical(keys) == by_the_standard_library(keys)


@given(values)
def test_canonical_json_reads_back_to_the_same_bytes(value: object) -> None:
    data = chain.canonical(value)
    assert json.loads(data) == value
    assert chain.canonical(json.loads(data)) == data
    assert data == by_the_standard_library(value)


@pytest.mark.parametrize("value", REFUSED)
def test_canonical_json_refuses_what_others_would_write_differently(value: object) -> None:
    with pytest.raises(EventRefused):
        chain.canonical({"deep": [value]})


headers = st.builds(
    chain.Header,
    kind=texts,
    v=st.integers(0, 99),
    at=st.integers(-(2**53) + 1, 2**53 - 1),
    sure=st.booleans(),
    user=texts,
    entity=st.sampled_from([b"", bytes(10), b"\xff" * 10]),
    base=st.none() | st.binary(min_size=32, max_size=32),
    declared=st.sampled_from(["", "2026-10-01T09:41:56-03:00"]),
)


@given(headers)
def test_a_header_reads_back(header: chain.Header) -> None:
    assert chain.Header.decode(header.encode()) == header


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b'["A",1,2,true,"u","",null,null,null]',
        b'["A",1,2,true,"u","",null, null]',
        b'["A",1,2,1,"u","",null,null]',
        b'["A",1.0,2,true,"u","",null,null]',
        b'["A",true,2,true,"u","",null,null]',
        b'["A",1,2,true,"u","AA",null,null]',
        b'["A",1,2,true,"u","",null,""]',
        b'["A",1,2,true,"u","","AAAA",null]',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_a_header_out_of_form_is_refused(data: bytes) -> None:
    with pytest.raises(EventRefused):
        chain.Header.decode(data)


@given(st.binary(max_size=40))
def test_base64url_reads_back_and_has_one_form_only(data: bytes) -> None:
    text = chain.b64(data)
    assert "=" not in text
    assert chain.unb64(text, len(data)) == data


@pytest.mark.parametrize("text", ["A", "AB", "A+==", "AA==", "á", "AAAA\n"])
def test_base64url_refuses_other_forms(text: str) -> None:
    with pytest.raises(EventRefused):
        chain.unb64(text)


def test_a_body_over_the_limit_is_refused_at_creation() -> None:
    with pytest.raises(EventRefused):
        chain.seal(bytes(8), 1, bytes(32), b"[]", bytes(16), bytes(chain.MAX_BODY + 1))
