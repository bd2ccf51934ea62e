"""The one file format: golden bytes made by a stranger; files that are torn, changed or shuffled."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from oirs_core.chain import b64
from oirs_core.signature import SigningKey
from oirs_core.wire.bundle import BundleRefused, Facts, Kind, Writer
from oirs_core.wire.messages import Group
from oirs_core.wire.parts import Ask, Chunk, Events, Part, Stood, Wish, pack, unpack
from oirs_core.wire.seal import SealKey
from oirs_core.wire.unbundle import Ending, Reader

GOLDEN: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "golden" / "bundle-v1.json").read_text(encoding="utf-8")
)
COUNTER, CENTRE = bytes.fromhex(GOLDEN["counter"]), bytes.fromhex(GOLDEN["centre"])
FILE = bytes.fromhex(GOLDEN["file"])
SIZE = 6
"""Segments of the sample."""


def opened(data: bytes, seed: bytes = CENTRE) -> Reader:
    reader = Reader(BytesIO(data))
    assert reader.unlock(SealKey(seed))
    return reader


def is_ours(data: bytes) -> bool:
    """Whether a counter's file begins there."""
    try:
        return Reader(BytesIO(data)).is_by(SigningKey(COUNTER).public)
    except BundleRefused:
        return False


@cache
def sample() -> tuple[bytes, tuple[Part, ...], tuple[int, ...]]:
    """A file of a few segments, what stands in them, and where each ends."""
    numbers = count(1)
    key = SigningKey(COUNTER)
    group = Group(b64(bytes(8)), 1, ((msgspec.Raw(b"[]"), None, msgspec.Raw(b'"x"')),), 1, "")
    parts = tuple(Events((("", msgspec.structs.replace(group, first_seq=n)),)) for n in range(1, SIZE + 1))
    facts = Facts(
        Kind.UP, "SGI", "104", b64(key.id), b64(bytes(8)), 1, SIZE, SIZE, 0, b64(bytes(16)), b64(bytes(32))
    )
    file = BytesIO()
    readers = (SealKey(CENTRE).public, SealKey(COUNTER).public)
    writer = Writer.begin(file, facts, key.sign, readers, lambda size: bytes([next(numbers)]) * size)
    ends = [writer.size]
    for part in parts:
        writer.append(part)
        ends.append(writer.size)
    writer.close()
    return file.getvalue(), parts, tuple(ends)


@pytest.mark.parametrize("seed", [COUNTER, CENTRE])
def test_each_reader_opens_what_a_stranger_wrote_from_the_document(seed: bytes) -> None:
    reader = opened(FILE, seed)
    assert reader.is_by(SigningKey(COUNTER).public)
    assert not reader.is_by(SigningKey(CENTRE).public)
    assert [(msgspec.json.encode(part)).decode() for part in reader.parts()][1] == GOLDEN["parts"][1]
    assert reader.ending is Ending.WHOLE
    assert reader.facts.count == 5


def test_we_write_the_bytes_that_a_stranger_wrote() -> None:
    reader = opened(FILE)
    parts = [part for part in reader.parts() if part is not None]
    assert isinstance(parts[0], Ask)
    drawn = iter([b"\x11" * 32, b"\x22" * 32, b"\x01" * 12, b"\x02" * 12, b"\xff" * 12])
    facts = Facts(**{name: getattr(reader.facts, name) for name in Facts.__struct_fields__})
    file, keys = BytesIO(), (SealKey(CENTRE).public, SealKey(COUNTER).public)
    writer = Writer.begin(file, facts, SigningKey(COUNTER).sign, keys, lambda _: next(drawn))
    assert file.getvalue() == FILE[: writer.size]
    writer.append(parts[1])  # what the line adds to a request later may stand at its end
    assert opened(file.getvalue()).check() is Ending.OPEN


@pytest.mark.parametrize(
    ("told", "part"),
    [
        (b'["b","c2hh",7,"AP8"]', Chunk("c2hh", 7, b64(b"\x00\xff"))),
        (b'["d",9,[["c2hh",7,"partial",""]]]', Stood(9, (("c2hh", 7, "partial", ""),))),
        (b'["w",["c2hh"]]', Wish(("c2hh",))),
        (b'["z",{"later":[]}]', None),
    ],
)
def test_a_segment_is_the_array_that_the_document_says(told: bytes, part: Part | None) -> None:
    assert unpack(zstandard.ZstdCompressor().compress(told)) == part
    if part is not None:
        assert zstandard.ZstdDecompressor().decompress(pack(part)) == told


def test_a_stranger_opens_nothing_and_the_header_names_nobody() -> None:
    data, _, _ = sample()
    reader = Reader(BytesIO(data))
    assert not reader.unlock(SealKey(b"s" * 32))
    with pytest.raises(BundleRefused):
        reader.check()
    assert set(Facts.__struct_fields__) == {
        "kind", "institution", "office", "device", "log", "first", "last", "count", "made", "id", "seal",
    }  # fmt: skip


@given(st.integers(0, len(sample()[0]) - 1), st.sampled_from([0, 1, 40, 5000]))
@settings(max_examples=150, deadline=None)
def test_i8_a_file_cut_at_any_byte_gives_all_that_was_whole(cut: int, zeros: int) -> None:
    data, parts, ends = sample()
    torn = data[:cut] + bytes(zeros)
    if cut < ends[0]:
        assert not is_ours(torn)
        return
    reader = opened(torn)
    whole = sum(end <= cut for end in ends[1:])
    found = list(reader.parts())
    assert found == list(parts[:whole])
    # Zeros in the place of some last bytes may look like a change: then nothing is taken, and nothing lost.
    assert reader.ending in ({Ending.TORN, Ending.OPEN} if not zeros else {*Ending} - {Ending.WHOLE})
    assert reader.good == ends[whole]


@given(st.integers(0, len(sample()[0]) - 1), st.integers(1, 255))
@settings(max_examples=200, deadline=None)
def test_i16_a_changed_byte_is_noticed_wherever_it_is(place: int, flip: int) -> None:
    data, _, ends = sample()
    changed = bytearray(data)
    changed[place] ^= flip
    try:
        reader = Reader(BytesIO(bytes(changed)))
    except BundleRefused:
        assert place < ends[0]
        return
    if place < ends[0]:
        assert not (reader.is_by(SigningKey(COUNTER).public) and reader.unlock(SealKey(CENTRE)))
        return
    assert reader.unlock(SealKey(CENTRE))
    # A footer whose very marker is changed is no footer: the file is torn there, and all of it was read.
    last = place >= len(data) - 68
    assert reader.check() in ({Ending.CHANGED, Ending.TORN} if last else {Ending.CHANGED})


@given(st.permutations(range(SIZE)))
@settings(max_examples=40, deadline=None)
def test_segments_in_another_order_are_not_the_file(order: list[int]) -> None:
    data, parts, ends = sample()
    pieces = [data[start:end] for start, end in pairwise(ends)]
    shuffled = data[: ends[0]] + b"".join(pieces[n] for n in order) + data[ends[-1] :]
    reader = opened(shuffled)
    same = order == sorted(order)
    assert (reader.check() is Ending.WHOLE) is same
    assert list(reader.parts())[:1] == (list(parts[:1]) if order[0] == 0 else [])


@given(st.integers(0, SIZE - 1), st.integers(0, 10**6), st.integers(1, 255))
@settings(max_examples=80, deadline=None)
def test_i1_a_damaged_journal_gives_every_segment_that_still_opens(hit: int, at: int, flip: int) -> None:
    data, parts, ends = sample()
    changed = bytearray(data[: ends[-1]])
    changed[ends[hit] + at % (ends[hit + 1] - ends[hit])] ^= flip
    found = list(opened(bytes(changed)).parts(salvage=True))
    assert found == [part for n, part in enumerate(parts) if n != hit]


def test_a_segment_of_a_later_program_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    data, parts, _ = sample()
    monkeypatch.setattr("oirs_core.wire.parts._KNOWN", frozenset())
    monkeypatch.setattr("oirs_core.wire.parts._decoder", msgspec.json.Decoder(Ask))
    assert list(opened(data).parts()) == [None] * len(parts)


def test_a_later_version_is_told_from_another_file() -> None:
    data, _, _ = sample()
    for changed, reason in (
        (data[:7] + b"2" + data[8:], "newer"),
        (b"PK\3\4" + data, "shape"),
        (b"", "shape"),
    ):
        with pytest.raises(BundleRefused) as why:
            Reader(BytesIO(changed))
        assert why.value.data["reason"] == reason
