"""Documents on the wire: one signed chunk up, one signed word down (`docs/protocol.md`, Documents)."""

from __future__ import annotations

import zlib
from hashlib import sha256

import msgspec

from oirs_core import chain
from oirs_core.domain.errors import EventRefused

PATH = "/v1/blob/"
SCHEME = "OIRS"
CRC_SIZE = 4
SHORT = 8
"""How much of a SHA-256 names a document in the list of an answer, bytes."""
LISTED = 16
"""How many documents an answer lists at most."""
WISHES = 16
"""How many documents a counter asks for on a stick at most."""
SMALLEST_CHUNK, LARGEST_CHUNK = 8 * 1024, 512 * 1024
WANTED, PARTIAL, WHOLE, BLOCKED = "wanted", "partial", "whole", "blocked"
ERASED = "erased"
"""Reason of a document that was taken out by a resolution."""
DEVICE_SIZE, SIGNATURE_SIZE, SHA_SIZE = 8, 64, 32
MAGIC = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
MAGIC_SIZE = max(len(mark) for mark, _ in MAGIC)


class Stand(msgspec.Struct, array_like=True, frozen=True):
    """Where a document stands at the centre.

    ``offset``: bytes that lie on its disk. ``state``: wanted, partial, whole or blocked. ``reason`` of
    blocked: hash, kind, size or case.
    """

    offset: int
    state: str
    reason: str = ""


_encoder = msgspec.json.Encoder()
_stand = msgspec.json.Decoder(Stand)


def kind_of(head: bytes) -> str:
    """Give the MIME type by the first bytes, empty for any other kind."""
    return next((mime for mark, mime in MAGIC if head.startswith(mark)), "")


def with_crc(chunk: bytes) -> bytes:
    """Give the body of a PUT: the chunk and its CRC-32, big endian."""
    return chunk + zlib.crc32(chunk).to_bytes(CRC_SIZE, "big")


def without_crc(body: bytes) -> bytes | None:
    """Give the chunk of a body; None when its CRC does not fit."""
    chunk, crc = body[:-CRC_SIZE], body[-CRC_SIZE:]
    return chunk if len(body) >= CRC_SIZE and zlib.crc32(chunk).to_bytes(CRC_SIZE, "big") == crc else None


def put_message(device: bytes, sha: bytes, offset: int, body: bytes) -> bytes:
    """Bytes that a device signs to send ``body`` for the document ``sha`` (32 bytes) at ``offset``."""
    place = offset.to_bytes(8, "big")
    return b"oirs-blob-put-1" + device + sha + place + sha256(body).digest()


def get_message(device: bytes, sha: bytes, first: int, last: int) -> bytes:
    """Bytes that a device signs to fetch the bytes ``first`` to ``last`` of a document, both inclusive."""
    return b"oirs-blob-get-1" + device + sha + first.to_bytes(8, "big") + last.to_bytes(8, "big")


def stand_message(asked: bytes, payload: bytes) -> bytes:
    """Bytes that the centre signs: its word, bound to the very message that the device signed."""
    return b"oirs-blob-stand-1" + sha256(asked).digest() + payload


def authorization(device: bytes, signature: bytes) -> str:
    """Value of the header Authorization."""
    return f"{SCHEME} {chain.b64(device + signature)}"


def read_authorization(value: str) -> tuple[bytes, bytes]:
    """Device and signature of a header; EventRefused when it holds neither."""
    scheme, _, given = value.partition(" ")
    if scheme != SCHEME:
        raise EventRefused(reason="shape")
    raw = chain.unb64(given, DEVICE_SIZE + SIGNATURE_SIZE)
    return raw[:DEVICE_SIZE], raw[DEVICE_SIZE:]


def stand_frame(signature: bytes, payload: bytes) -> bytes:
    """Give the body of an answer to a PUT: signature (64), JSON."""
    return signature + payload


def stand_payload(stand: Stand) -> bytes:
    """JSON of a word."""
    return _encoder.encode(stand)


def read_stand(frame: bytes) -> tuple[bytes, bytes, Stand]:
    """Signature, payload and content of an answer to a PUT; EventRefused when it is not one."""
    payload = frame[SIGNATURE_SIZE:]
    try:
        return frame[:SIGNATURE_SIZE], payload, _stand.decode(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as why:
        raise EventRefused(reason="shape") from why


def read_sha(text: str) -> bytes:
    """Read the 64 hexadecimal digits of a SHA-256; EventRefused."""
    if len(text) != 2 * SHA_SIZE or any(symbol not in "0123456789abcdef" for symbol in text):
        raise EventRefused(reason="shape")
    return bytes.fromhex(text)
