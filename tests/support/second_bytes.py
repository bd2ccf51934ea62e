"""Events, hashes and frames of the second client, from docs/event.md and docs/protocol.md alone."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

import zstandard

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTWXYZ"
DECODER = json.JSONDecoder()


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sha(*parts: bytes) -> bytes:
    return sha256(b"".join(parts)).digest()


def u64(number: int) -> bytes:
    return number.to_bytes(8, "big")


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def split(array: str) -> list[str]:
    """Give the elements of a JSON array as they stand: what was hashed is never written anew."""
    found, at = [], 1
    while array[at:].lstrip()[0] != "]":
        at += len(array[at:]) - len(array[at:].lstrip(" ,\n\r\t"))
        end = DECODER.raw_decode(array, at)[1]
        found.append(array[at:end])
        at = end
    return found


def folio(office: str, year: int, label: str, number: int) -> str:
    text, check = f"{office}{SYMBOLS[year % 31]}{label}{number:04d}", 0
    for symbol in text:
        check = (2 * check + SYMBOLS.index(symbol)) % 31
    return text + SYMBOLS[(1 - 2 * check) % 31]


@dataclass(eq=False)
class Event:
    """One event: header, salt and body as JSON text."""

    log: bytes
    seq: int
    prev: bytes
    header: str
    salt: str
    body: str
    h: bytes = b""

    def __post_init__(self) -> None:
        salt, body = json.loads(self.salt), self.body.encode()
        digest = unb64(json.loads(body)) if salt is None else sha(unb64(salt), body)
        self.h = sha(b"oirs-event-1", self.prev, u64(self.seq), sha(self.header.encode()), digest)

    def erase(self) -> None:
        """Keep header and digest only; the hash stays what it was."""
        if self.salt != "null":
            digest = sha(unb64(json.loads(self.salt)), self.body.encode())
            self.salt, self.body = "null", canonical(b64(digest))

    @property
    def kind(self) -> str:
        return str(json.loads(self.header)[0])


def root(log: bytes, key: bytes) -> bytes:
    return sha(b"oirs-log-1", log, key)


def branch(log: bytes, h: bytes) -> bytes:
    return sha(b"oirs-branch-1", log, h)[:8]


def group_message(seq: int, h: bytes) -> bytes:
    return b"oirs-group-1" + u64(seq) + h


def feed_step(chain: bytes, h: bytes, t_recv: int) -> bytes:
    return sha(b"oirs-feed-1", chain, h, u64(t_recv))


def pack(payload: str, dictionary: bytes | None = None) -> bytes:
    """Make one zstd frame, which says its content size; ``dictionary`` made smaller."""
    with_it = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    return zstandard.ZstdCompressor(dict_data=with_it).compress(payload.encode())


def unpack(payload: bytes, dictionaries: dict[int, bytes]) -> str:
    """Open one zstd frame, with the dictionary that its header names."""
    told = zstandard.get_frame_parameters(payload)
    assert 0 < told.content_size <= 8 << 20
    held = zstandard.ZstdCompressionDict(dictionaries[told.dict_id - 50_000]) if told.dict_id else None
    return zstandard.ZstdDecompressor(dict_data=held).decompress(payload).decode()
