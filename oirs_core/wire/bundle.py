"""The one file format of journal and stick: a clear signed header, sealed segments, a footer.

`docs/protocol.md`, Files. Nothing here holds more than one segment in memory; `wire/unbundle` reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from oirs_core.chain import b64
from oirs_core.domain.errors import EventRefused, OirsError
from oirs_core.wire.parts import MAX_PART, Part, pack
from oirs_core.wire.seal import KEY_SIZE, NONCE_SIZE, TAG_SIZE, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SUFFIX = ".oirs"
FAMILY, VERSION = b"OIRSBND", b"1"
SEGMENT, FOOTER = b"OSEG", b"OEND"
HEAD_SIZE = 4 + 4 + 4 + NONCE_SIZE
"""Marker, number, size of what is sealed, nonce."""
FOOTER_SIZE = 4 + 4 + 32 + NONCE_SIZE + TAG_SIZE
"""Marker, count, hash of all before, nonce, tag."""
MAX_HEADER = 64 * 1024
MAX_SEALED = MAX_PART + TAG_SIZE
ID_SIZE = 16


class BundleRefused(OirsError):
    """A file that cannot be taken. ``reason``: shape, newer, signature, key or changed."""

    code = "bundle"


class Kind(StrEnum):
    """Which way a file goes: from a counter to the centre, back, or nowhere (a day's journal)."""

    UP = "up"
    DOWN = "down"
    JOURNAL = "journal"


class Facts(msgspec.Struct, frozen=True):
    """What anybody may read of a file; nobody's data. Bytes in base64url.

    ``device``: the counter that made it, or for which it was made. ``log``, ``first``, ``last``: the log that
    the counter writes to, and which of its events are here. ``count``: events here, 0 while a journal grows.
    ``made``: ms UTC of who made it. ``id``: 16 random bytes. ``seal``: X25519 key of who made it.
    """

    kind: str
    institution: str
    office: str
    device: str
    log: str
    first: int
    last: int
    count: int
    made: int
    id: str
    seal: str


class Header(Facts, frozen=True):
    """The facts, and the content key for each reader (`seal.Wrapped`)."""

    ephemeral: str
    keys: tuple[tuple[str, str], ...]
    commitment: str


def header_message(header: bytes) -> bytes:
    """Bytes that the maker of a file signs."""
    return b"oirs-bundle-1" + sha256(header).digest()


@dataclass(slots=True)
class Seal:
    """What seals the segments of one file: bound to its header and to the number of each."""

    key: bytes
    binding: bytes

    def close(self, marker: bytes, number: int, nonce: bytes, packed: bytes, more: bytes = b"") -> bytes:
        """Seal bytes; ``more``: what is bound but not hidden."""
        return ChaCha20Poly1305(self.key).encrypt(nonce, packed, self._bound(marker, number) + more)

    def open(
        self, marker: bytes, number: int, nonce: bytes, sealed: bytes, more: bytes = b""
    ) -> bytes | None:
        """Open what was sealed; None when a byte of it, of the header or the number is another."""
        try:
            return ChaCha20Poly1305(self.key).decrypt(nonce, sealed, self._bound(marker, number) + more)
        except InvalidTag:
            return None

    def _bound(self, marker: bytes, number: int) -> bytes:
        return self.binding + marker + number.to_bytes(4, "big")


@dataclass(slots=True)
class Writer:
    """Appends to one file. ``count`` segments and ``size`` bytes stand in it; ``digest`` is of these."""

    file: BinaryIO
    seal: Seal
    random: Callable[[int], bytes]
    digest: Any
    count: int = 0
    size: int = 0

    @classmethod
    def begin(
        cls,
        file: BinaryIO,
        facts: Facts,
        sign: Callable[[bytes], bytes],
        readers: Sequence[bytes],
        random: Callable[[int], bytes],
    ) -> Writer:
        """Write the header. ``readers``: X25519 public keys; ``random``: that many random bytes."""
        content = random(KEY_SIZE)
        wrapped = wrap(content, readers, random(KEY_SIZE))
        values = {name: getattr(facts, name) for name in facts.__struct_fields__}
        keys = tuple((b64(name), b64(box)) for name, box in wrapped.boxes)
        header = msgspec.json.encode(
            Header(**values, ephemeral=b64(wrapped.ephemeral), keys=keys, commitment=b64(wrapped.commitment))
        )
        if len(header) > MAX_HEADER:
            raise EventRefused(reason="size")
        signed = sign(header_message(header))
        head = FAMILY + VERSION + len(header).to_bytes(4, "big") + header + signed
        writer = cls(file, Seal(content, sha256(head).digest()), random, sha256())
        writer._put(head)
        return writer

    def append(self, part: Part) -> int:
        """Write one segment; gives its size in bytes."""
        number, nonce = self.count + 1, self.random(NONCE_SIZE)
        sealed = self.seal.close(SEGMENT, number, nonce, pack(part))
        head = SEGMENT + number.to_bytes(4, "big") + len(sealed).to_bytes(4, "big") + nonce
        self._put(head + sealed)
        self.count = number
        return len(head) + len(sealed)

    def close(self) -> None:
        """Write the footer: from now on a missing end is noticed. The file itself stays open."""
        nonce, digest = self.random(NONCE_SIZE), self.digest.digest()
        tag = self.seal.close(FOOTER, self.count, nonce, b"", digest)
        self._put(FOOTER + self.count.to_bytes(4, "big") + digest + nonce + tag)

    def _put(self, data: bytes) -> None:
        # One call for each segment, so that a full disk tears the last one only.
        self.file.write(data)
        self.digest.update(data)
        self.size += len(data)
