"""Reading the one file format of journal and stick: every seal is opened before anything is trusted.

One segment is in memory at a time. `docs/protocol.md`, Files.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from oirs_core.chain import unb64
from oirs_core.domain.errors import EventRefused
from oirs_core.signature import SIGNATURE_SIZE, verify
from oirs_core.wire.bundle import (
    FAMILY,
    FOOTER,
    FOOTER_SIZE,
    HEAD_SIZE,
    ID_SIZE,
    MAX_HEADER,
    MAX_SEALED,
    SEGMENT,
    VERSION,
    BundleRefused,
    Facts,
    Header,
    Seal,
    header_message,
)
from oirs_core.wire.parts import Part, unpack
from oirs_core.wire.seal import KEY_SIZE, NONCE_SIZE, TAG_SIZE, Wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oirs_core.wire.seal import SealKey

CHUNK = 64 * 1024


class Ending(StrEnum):
    """How a file ends. OPEN: after a whole segment; TORN: in the middle of one; CHANGED: bytes differ."""

    WHOLE = "whole"
    OPEN = "open"
    TORN = "torn"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment as it lies in the file. ``end``: offset of what follows."""

    number: int
    nonce: bytes
    sealed: bytes
    end: int


class Reader:
    """Reads a file from its beginning; the file must be able to seek."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the header. BundleRefused: shape, newer."""
        self.file = file
        magic = file.read(8)
        if magic[:7] != FAMILY or len(magic) < len(FAMILY + VERSION):
            raise BundleRefused(reason="shape")
        if magic[7:] != VERSION:
            raise BundleRefused(reason="newer")
        length = file.read(4)
        size = int.from_bytes(length, "big")
        raw, self._signed = file.read(size) if size <= MAX_HEADER else b"", file.read(SIGNATURE_SIZE)
        if len(raw) != size or len(self._signed) != SIGNATURE_SIZE:
            raise BundleRefused(reason="shape")
        self._message = header_message(raw)
        self._head = magic + length + raw + self._signed
        self.facts, self._wrapped = _read_header(raw)
        self.start = len(self._head)
        self.seal: Seal | None = None
        self.ending = Ending.OPEN
        self.good = self.start
        """Offset after the last segment that held when the file was last walked."""
        self.count = 0
        """Number of that segment."""
        self.digest = sha256(self._head)
        """Hash of all bytes up to there."""

    def is_by(self, public: bytes) -> bool:
        """Whether the key ``public`` (32 bytes) has signed the header."""
        return verify(public, self._signed, self._message)

    def unlock(self, key: SealKey) -> bool:
        """Find the content key; whether the file is for this reader."""
        content = key.unwrap(self._wrapped)
        self.seal = None if content is None else Seal(content, sha256(self._head).digest())
        return content is not None

    def check(self) -> Ending:
        """Walk over the whole file and open every seal, before anything of it is taken."""
        for _ in self.walk():
            pass
        return self.ending

    def parts(self, *, salvage: bool = False) -> Iterator[Part | None]:
        """Give what stands in the segments, in order, as far as the seals hold; None for later kinds.

        ``salvage``: pass over damaged places instead of ending there.
        """
        for _, packed in self.walk(salvage=salvage):
            try:
                yield unpack(packed)
            except EventRefused as why:
                if not salvage:
                    raise BundleRefused(reason="shape") from why

    def walk(self, *, salvage: bool = False) -> Iterator[tuple[Segment, bytes]]:
        """Give each segment with what was sealed in it; ``ending`` and ``good`` tell where it ended."""
        self.good, self.count, self.ending = self.start, 0, Ending.OPEN
        self.digest, place = sha256(self._head), self.start
        while True:
            self.file.seek(place)
            head = self.file.read(HEAD_SIZE)
            if not head or head[:4] == FOOTER:
                self.ending = self._footer(head) if head else self.ending
                return
            segment = self._segment(head, place)
            packed = self._opened(segment) if segment and self._follows(segment, salvage) else None
            if segment is None or packed is None:
                self.ending = self._damage(place)
                later = self._next(place) if salvage else None
                if later is None:
                    return
                place = later
                continue
            self.digest.update(head)
            self.digest.update(segment.sealed)
            self.count, place = segment.number, segment.end
            self.good = place
            yield segment, packed

    def _follows(self, segment: Segment, salvage: bool) -> bool:  # noqa: FBT001 - passed on
        return segment.number == self.count + 1 or (salvage and segment.number > self.count)

    def _next(self, place: int) -> int | None:
        """Find the next place that looks like a segment."""
        self.file.seek(place + 1)
        before, start = b"", place + 1
        while chunk := self.file.read(CHUNK):
            found = (before + chunk).find(SEGMENT)
            if found >= 0:
                return start - len(before) + found
            start += len(chunk)
            before = chunk[-len(SEGMENT) + 1 :]
        return None

    def _segment(self, head: bytes, place: int) -> Segment | None:
        number, size = int.from_bytes(head[4:8], "big"), int.from_bytes(head[8:12], "big")
        if len(head) != HEAD_SIZE or head[:4] != SEGMENT or not TAG_SIZE <= size <= MAX_SEALED:
            return None
        sealed = self.file.read(size)
        return Segment(number, head[12:], sealed, place + HEAD_SIZE + size) if len(sealed) == size else None

    def _opened(self, segment: Segment) -> bytes | None:
        if self.seal is None:
            raise BundleRefused(reason="key")
        return self.seal.open(SEGMENT, segment.number, segment.nonce, segment.sealed)

    def _footer(self, head: bytes) -> Ending:
        number, digest = self.count, self.digest.digest()
        raw = head + self.file.read(FOOTER_SIZE + 1 - len(head))
        if len(raw) < FOOTER_SIZE:
            return Ending.TORN
        bound = raw[4:8] == number.to_bytes(4, "big") and raw[8:40] == digest
        nonce, tag = raw[40 : 40 + NONCE_SIZE], raw[-TAG_SIZE:]
        if self.seal is None or not bound or len(raw) > FOOTER_SIZE:
            return Ending.CHANGED
        return Ending.WHOLE if self.seal.open(FOOTER, number, nonce, tag, digest) == b"" else Ending.CHANGED

    def _damage(self, place: int) -> Ending:
        """Tell a file that ends too early (cut, or its end never written and so zeros) from a changed one."""
        size = self.file.seek(0, 2)
        if size - FOOTER_SIZE >= place and self._at(size - FOOTER_SIZE, 4) == FOOTER:
            return Ending.CHANGED  # its end is there
        head = self._at(place, HEAD_SIZE)
        end = place + HEAD_SIZE + int.from_bytes(head[8:12], "big")
        if len(head) < HEAD_SIZE or (head[:4] == SEGMENT and end > size):
            return Ending.TORN
        self.file.seek(end - TAG_SIZE if head[:4] == SEGMENT else place)
        while chunk := self.file.read(CHUNK):
            if chunk.strip(b"\0"):
                return Ending.CHANGED
        return Ending.TORN

    def _at(self, place: int, size: int) -> bytes:
        self.file.seek(place)
        return self.file.read(size)


def _read_header(raw: bytes) -> tuple[Facts, Wrapped]:
    try:
        header = msgspec.json.decode(raw, type=Header)
        boxes = tuple((unb64(name), unb64(box)) for name, box in header.keys)
        wrapped = Wrapped(unb64(header.ephemeral, KEY_SIZE), boxes, unb64(header.commitment))
        for text, size in (
            (header.device, 8),
            (header.log, 8),
            (header.id, ID_SIZE),
            (header.seal, KEY_SIZE),
        ):
            unb64(text, size)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, EventRefused) as why:
        raise BundleRefused(reason="shape") from why
    return header, wrapped
