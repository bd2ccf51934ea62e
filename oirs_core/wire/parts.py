"""What stands in a segment of a file: a JSON array under zstd that begins with what it is."""

from __future__ import annotations

import msgspec
import zstandard

from oirs_core.domain.errors import EventRefused
from oirs_core.wire.messages import Answer, Count, Group, Request

LEVEL, LEVEL_BYTES = 9, 1
"""Of text, and of bytes that are compressed already."""
MAX_PART = 1 << 20
"""Bytes of a segment's content under zstd."""
MAX_CONTENT = 8 << 20
CHUNK = 256 * 1024
"""Bytes of a document or a snapshot in a segment at most."""

Head = tuple[str, str, str, int]
"""Of an own log: id and hash of the last event (base64url), label of its folios, seq of that event."""


class Events(msgspec.Struct, array_like=True, frozen=True, tag="g"):
    """Groups, each after the hash of the event before its first one; empty where that is not known.

    ``heads``: in a journal, where each own log stands after this segment.
    """

    groups: tuple[tuple[str, Group], ...]
    heads: tuple[Head, ...] = ()


class Marks(msgspec.Struct, array_like=True, frozen=True, tag="m"):
    """First in a day's journal: what a new store of the same counter needs.

    ``enrolment``: what the centre granted, as JSON; ``log``: the one it writes to; ``heads``: where each
    own log stood when the file was begun; ``office``: the centre's latest word about the office.
    """

    enrolment: msgspec.Raw
    log: str
    heads: tuple[Head, ...]
    office: tuple[tuple[str, Group], ...] = ()


class Ask(msgspec.Struct, array_like=True, frozen=True, tag="r"):
    """First in a bundle that goes up: where the counter stands, in ``cursors`` and ``vectors``."""

    request: Request


class Told(msgspec.Struct, array_like=True, frozen=True, tag="a"):
    """In a bundle that comes down: a part of the answer.

    ``to``: in the first, the ids of the files of this counter that the centre had read by then.
    """

    answer: Answer
    to: tuple[str, ...] = ()


class Chunk(msgspec.Struct, array_like=True, frozen=True, tag="b"):
    """Bytes of what is named by its SHA-256 (b64), from ``offset`` on; ``data`` in base64url.

    Up: of a document. Down: of the snapshot that the answer before it names, or of a document asked for.
    """

    sha: str
    offset: Count
    data: str


class Stood(msgspec.Struct, array_like=True, frozen=True, tag="d"):
    """In a bundle that comes down: where documents stand at ``server_ms``, by the clock of the centre.

    ``stands``: first 8 bytes of the SHA-256 (b64), and offset, state and reason as in the answer to a PUT.
    """

    server_ms: Count
    stands: tuple[tuple[str, Count, str, str], ...]


class Wish(msgspec.Struct, array_like=True, frozen=True, tag="w"):
    """In a bundle that goes up: documents that somebody wants to see; their SHA-256 (b64)."""

    documents: tuple[str, ...]


Part = Events | Marks | Ask | Told | Chunk | Stood | Wish

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Part] = msgspec.json.Decoder(Part)
_tag = msgspec.json.Decoder(list[msgspec.Raw])
_KNOWN = frozenset((b'"g"', b'"m"', b'"r"', b'"a"', b'"b"', b'"d"', b'"w"'))


def pack(part: Part) -> bytes:
    """Write a part. EventRefused when it is too large for a segment."""
    level = LEVEL_BYTES if isinstance(part, Chunk) else LEVEL
    packed = zstandard.ZstdCompressor(level=level).compress(_encoder.encode(part))
    if len(packed) > MAX_PART:
        raise EventRefused(reason="size")
    return packed


def unpack(packed: bytes) -> Part | None:
    """Read a part; None for one of a kind that a later program writes. EventRefused."""
    try:
        size = zstandard.get_frame_parameters(packed).content_size
        if not 0 < size <= MAX_CONTENT:
            raise EventRefused(reason="size")
        content = zstandard.ZstdDecompressor().decompress(packed, max_output_size=MAX_CONTENT)
    except zstandard.ZstdError as why:
        raise EventRefused(reason="shape") from why
    try:
        return _decoder.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as why:
        if _is_later(content):
            return None
        raise EventRefused(reason="shape") from why


def _is_later(content: bytes) -> bool:
    try:
        parts = _tag.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
    return bool(parts) and bytes(parts[0]) not in _KNOWN
