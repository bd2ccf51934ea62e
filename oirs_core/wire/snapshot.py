"""A file with the first entries of a feed: the pages of a pull under one compression (`docs/protocol.md`).

``"OSN1" | zstd stream | signature (64)``. The stream is one line of JSON for the file, then one line a page.
Read and written piece by piece: neither side ever holds a whole file.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO

import msgspec
import zstandard

from oirs_core.domain.errors import EventRefused
from oirs_core.signature import verify
from oirs_core.wire.messages import MAX_CONTENT, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from oirs_core.signature import SigningKey

PATH = "/v1/snapshot/"
MAGIC = b"OSN1"
LEVEL = 19
VERSION = 1
SIGNATURE = 64
PIECE = 64 * 1024

_encoder = msgspec.json.Encoder()
_head = msgspec.json.Decoder(tuple[int, str])
_page = msgspec.json.Decoder(Page)


def message(payload_digest: bytes) -> bytes:
    """Bytes that the centre signs. ``payload_digest``: SHA-256 of magic and stream."""
    return b"oirs-snapshot-1" + payload_digest


class _Hashing:
    """A file that remembers the hash of what went into it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.hash = sha256()

    def write(self, data: bytes) -> int:
        self.hash.update(data)
        return self._file.write(data)


def write(file: BinaryIO, feed: str, pages: Iterable[Page], key: SigningKey) -> int:
    """Write the pages of a feed, from its first entry on; gives the position of the last."""
    out, pos = _Hashing(file), 0
    out.write(MAGIC)
    packer = zstandard.ZstdCompressor(level=LEVEL).compressobj()
    out.write(packer.compress(_encoder.encode((VERSION, feed)) + b"\n"))
    for page in pages:
        out.write(packer.compress(_encoder.encode(page) + b"\n"))
        pos = page.end
    out.write(packer.flush())
    file.write(key.sign(message(out.hash.digest())))
    return pos


def digest(path: Path) -> bytes:
    """SHA-256 of a file: its name."""
    whole = sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            whole.update(piece)
    return whole.digest()


def check(path: Path, server_key: bytes) -> None:
    """Raise EventRefused unless the centre has signed this very file."""
    check_pieces(_pieces(path), path.stat().st_size, server_key)


def check_pieces(pieces: Iterable[bytes], size: int, server_key: bytes) -> bytes:
    """Give the SHA-256 of a file of ``size`` bytes. EventRefused unless the centre has signed it."""
    whole, signed, tail, first = sha256(), sha256(), b"", b""
    for piece in pieces:
        whole.update(piece)
        first = (first + piece)[: len(MAGIC)]
        tail += piece
        signed.update(tail[:-SIGNATURE])
        tail = tail[-SIGNATURE:]
    if size < len(MAGIC) + SIGNATURE or first != MAGIC:
        raise EventRefused(reason="shape")
    if not verify(server_key, tail, message(signed.digest())):
        raise EventRefused(reason="signature")
    return whole.digest()


def pages(path: Path, feed: str) -> Iterator[Page]:
    """Give the pages of a file that was checked. EventRefused where it is not of this feed or shape."""
    return pages_of(_pieces(path), path.stat().st_size, feed)


def pages_of(pieces: Iterable[bytes], size: int, feed: str) -> Iterator[Page]:
    """Give the pages of a file of ``size`` bytes that comes in pieces, as ``pages`` does."""
    lines = _lines(_between(pieces, size - SIGNATURE))
    try:
        version, named = _head.decode(next(lines, b""))
        if version != VERSION or named != feed:
            raise EventRefused(reason="feed")
        for line in lines:
            yield _page.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, zstandard.ZstdError) as why:
        raise EventRefused(reason="shape") from why


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _between(pieces: Iterable[bytes], end: int) -> Iterator[bytes]:
    """Give the stream alone: what stands after the magic and before ``end``."""
    at = 0
    for piece in pieces:
        yield piece[max(0, len(MAGIC) - at) : max(0, end - at)]
        at += len(piece)


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    unpacker, rest = zstandard.ZstdDecompressor().decompressobj(), bytearray()
    for piece in pieces:
        if piece and not unpacker.eof:
            rest += unpacker.decompress(piece)
        while (end := rest.find(b"\n")) >= 0:
            yield bytes(rest[:end])
            del rest[: end + 1]
        if len(rest) > MAX_CONTENT:
            raise EventRefused(reason="size")
