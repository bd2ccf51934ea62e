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
    size, whole = path.stat().st_size - SIGNATURE, sha256()
    with path.open("rb") as file:
        if size < len(MAGIC) or file.read(len(MAGIC)) != MAGIC:
            raise EventRefused(reason="shape")
        file.seek(0)
        while (left := size - file.tell()) > 0:
            whole.update(file.read(min(PIECE, left)))
        if not verify(server_key, file.read(SIGNATURE), message(whole.digest())):
            raise EventRefused(reason="signature")


def pages(path: Path, feed: str) -> Iterator[Page]:
    """Give the pages of a file that was checked. EventRefused where it is not of this feed or shape."""
    lines = _lines(path)
    try:
        version, named = _head.decode(next(lines, b""))
        if version != VERSION or named != feed:
            raise EventRefused(reason="feed")
        for line in lines:
            yield _page.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, zstandard.ZstdError) as why:
        raise EventRefused(reason="shape") from why


def _lines(path: Path) -> Iterator[bytes]:
    left = path.stat().st_size - SIGNATURE - len(MAGIC)
    unpacker, rest = zstandard.ZstdDecompressor().decompressobj(), bytearray()
    with path.open("rb") as file:
        file.seek(len(MAGIC))
        while left > 0:
            piece = file.read(min(PIECE, left))
            left -= len(piece)
            rest += unpacker.decompress(piece)
            while (end := rest.find(b"\n")) >= 0:
                yield bytes(rest[:end])
                del rest[: end + 1]
            if len(rest) > MAX_CONTENT or not piece:
                raise EventRefused(reason="size")
