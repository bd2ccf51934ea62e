"""The dictionaries that both sides hold: a short message is half as long with one (`docs/protocol.md`)."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

import zstandard

from oirs_core.domain.errors import EventRefused
from oirs_core.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

HASHES = {1: "d4add39c8f2232b60c18c1e25d03c6d8c8e41895a53a38d40afc06e10d4e46de"}
"""SHA-256 by number of those that are still understood: the newest three. None of them ever changes."""
KEPT = 3
NEWEST = max(HASHES)
FIRST_ID = 50_000
"""zstd leaves the ids from 32,768 on to private use; up to 65,535 they take two bytes of a frame."""
LEVEL, LEVEL_OF_MUCH = 9, 6
MUCH = 192 * 1024
"""From here on a message holds enough prose to learn from: a dictionary adds nothing, and time counts."""


def id_of(number: int) -> int:
    """Id that stands in the header of zstd frames made with dictionary ``number``."""
    return FIRST_ID + number


def path_of(number: int) -> Path:
    """Where its bytes lie."""
    return resource("wire") / f"oirs-{number}.zdict"


def common(theirs: int) -> int:
    """Give the newest dictionary that we and a peer hold, whose newest is ``theirs``; 0: none."""
    number = min(theirs, NEWEST)
    return number if number in HASHES and number > theirs - KEPT else 0


@cache
def load(number: int) -> zstandard.ZstdCompressionDict:
    """Read dictionary ``number``; EventRefused when it is none of ours. Bytes that changed are a fault."""
    if number not in HASHES:
        raise EventRefused(reason="dictionary")
    data = path_of(number).read_bytes()
    if sha256(data).hexdigest() != HASHES[number]:
        raise ValueError("dictionary")
    made = zstandard.ZstdCompressionDict(data)
    made.precompute_compress(level=LEVEL)
    return made


def compress(content: bytes, number: int) -> bytes:
    """Make one zstd frame that states its size. ``number``: of the dictionary; 0: none."""
    if not number or len(content) >= MUCH:
        level = LEVEL if len(content) < MUCH else LEVEL_OF_MUCH
        return zstandard.ZstdCompressor(level=level).compress(content)
    return zstandard.ZstdCompressor(level=LEVEL, dict_data=load(number)).compress(content)


def decompress(payload: bytes, most: int) -> bytes:
    """Open one zstd frame of at most ``most`` bytes of content; EventRefused when it is not one."""
    try:
        frame = zstandard.get_frame_parameters(payload)
        if not 0 < frame.content_size <= most:
            raise EventRefused(reason="size")
        words = load(frame.dict_id - FIRST_ID) if frame.dict_id else None
        return zstandard.ZstdDecompressor(dict_data=words).decompress(payload, max_output_size=most)
    except zstandard.ZstdError as why:
        raise EventRefused(reason="shape") from why


def content_size(payload: bytes) -> int:
    """Give the bytes that a frame states to hold."""
    return int(zstandard.get_frame_parameters(payload).content_size)
