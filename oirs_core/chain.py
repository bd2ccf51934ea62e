"""What makes history tamper-evident and forks visible: the bytes of `docs/event.md`.

Everything here is frozen: changing a byte would orphan every history already written.
"""

from __future__ import annotations

from binascii import a2b_base64, b2a_base64
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

import msgspec

from oirs_core.domain.errors import EventRefused

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")

MAX_BODY = 128 * 1024
MAX_HEADER = 1024
MAX_INTEGER = 2**53
GENESIS = bytes(32)
ENTITY_SIZE = 10
HASH_SIZE = 32

_TEXT = frozenset({str})
_PLAIN = frozenset({str, bool, type(None)})
_encoder = msgspec.json.Encoder(order="sorted")
_TO_URL, _FROM_URL = bytes.maketrans(b"+/", b"-_"), bytes.maketrans(b"-_", b"+/")


def b64(data: bytes) -> str:
    """Write bytes as base64url without padding: the form of every hash and key in JSON."""
    return b2a_base64(data, newline=False).rstrip(b"=\n").translate(_TO_URL).decode("ascii")


def unb64(text: str, size: int | None = None) -> bytes:
    """Read base64url without padding; EventRefused when it is not, or not ``size`` bytes."""
    try:
        data = a2b_base64(text.encode("ascii").translate(_FROM_URL) + b"=" * (-len(text) % 4))
    except (ValueError, AttributeError) as why:
        raise EventRefused(reason="shape") from why
    if b64(data) != text or (size is not None and len(data) != size):
        raise EventRefused(reason="shape")
    return data


def canonical(value: object) -> bytes:
    """Write JSON in the one form that is hashed: UTF-8, sorted keys, no spaces, no floats.

    Raises EventRefused for floats, integers of 2^53 or more and halves of surrogate pairs.
    """
    _refuse_others(value)
    try:
        return _encoder.encode(value)
    except (UnicodeEncodeError, TypeError, ValueError) as why:
        raise EventRefused(reason="canonical") from why


def _refuse_others(value: object) -> None:
    """Refuse what has no one form in JSON. The encoder alone would take more: dates and bytes, say."""
    if isinstance(value, dict):
        if not _TEXT.issuperset(map(type, value)):
            raise EventRefused(reason="canonical")
        _refuse_parts(value.values())
    elif isinstance(value, list | tuple):
        _refuse_parts(value)
    elif isinstance(value, int | float):
        if isinstance(value, float) or abs(value) >= MAX_INTEGER:
            raise EventRefused(reason="number")
    elif value is not None and not isinstance(value, str):
        raise EventRefused(reason="canonical")


def _refuse_parts(parts: Iterable[object]) -> None:
    for part in parts:
        if type(part) not in _PLAIN:
            _refuse_others(part)


_header = msgspec.json.Decoder(tuple[str, int, int, bool, str, str, str | None, str | None])


@dataclass(frozen=True, slots=True)
class Header:
    """What every reader may know of an event, personal data aside.

    ``at``: device wall clock, ms UTC. ``sure``: its offset was known from the centre within the
    last 24 h. ``user``: stable id of the official. ``entity``: 10 bytes, empty for the event that
    creates one. ``base``: hash of the event whose value the author saw. ``declared``: ISO local
    date and time with offset, given by the official where it differs from ``at``, or empty.
    """

    kind: str
    v: int
    at: int
    sure: bool
    user: str
    entity: bytes = b""
    base: bytes | None = None
    declared: str = ""

    def encode(self) -> bytes:
        """Write the frozen bytes: a JSON array of eight."""
        base = None if self.base is None else b64(self.base)
        return canonical(
            [
                self.kind,
                self.v,
                self.at,
                self.sure,
                self.user,
                b64(self.entity),
                base,
                self.declared or None,
            ]
        )

    @classmethod
    def decode(cls, data: bytes) -> Header:
        """Read header bytes; EventRefused unless they are exactly the canonical ones."""
        try:
            parts = _header.decode(data)
            kind, v, at, sure, user, entity, base, declared = parts
            header = cls(
                kind,
                v,
                at,
                sure,
                user,
                unb64(entity),
                None if base is None else unb64(base, HASH_SIZE),
                declared or "",
            )
        except (msgspec.MsgspecError, ValueError, RecursionError) as why:
            raise EventRefused(reason="shape") from why
        # Only the one canonical writing is read: what it would be written as is what stands here.
        exact = abs(v) < MAX_INTEGER and abs(at) < MAX_INTEGER and _encoder.encode(parts) == data
        if not exact or declared == "" or len(header.entity) not in {0, ENTITY_SIZE}:
            raise EventRefused(reason="canonical")
        return header


@dataclass(frozen=True, slots=True)
class Event:
    """One event as it lies on disk and travels. ``salt`` and ``body`` are None once erased.

    ``log``: 8 bytes, a label that the hash does not cover. ``digest``: SHA-256 of salt and body,
    which stays when they are erased. ``h``: the identity.
    """

    log: bytes
    seq: int
    prev: bytes
    header: bytes
    salt: bytes | None
    body: bytes | None
    digest: bytes
    h: bytes

    @property
    def creates(self) -> bytes:
        """The id of the entity that this event would create."""
        return self.h[:ENTITY_SIZE]


def log_root(log: bytes, device_key: bytes) -> bytes:
    """``prev`` of the first event of a log. ``log`` 8 bytes, ``device_key`` 32."""
    return sha256(b"oirs-log-1" + log + device_key).digest()


def body_digest(salt: bytes, body: bytes) -> bytes:
    """Digest that survives the erasure of what it covers. ``salt`` 16 bytes."""
    return sha256(salt + body).digest()


def event_hash(prev: bytes, seq: int, header: bytes, digest: bytes) -> bytes:
    """Identity of an event, chained to the one before in its log."""
    head = sha256(header).digest()
    return sha256(b"oirs-event-1" + prev + seq.to_bytes(8, "big") + head + digest).digest()


def seal(log: bytes, seq: int, prev: bytes, header: bytes, salt: bytes, body: bytes) -> Event:
    """Chain a new event to its log. EventRefused when header or body are too large."""
    if len(body) > MAX_BODY or len(header) > MAX_HEADER:
        raise EventRefused(reason="size")
    digest = body_digest(salt, body)
    return Event(log, seq, prev, header, salt, body, digest, event_hash(prev, seq, header, digest))


def group_message(seq: int, h: bytes) -> bytes:
    """Bytes that a device signs for a group of consecutive events: the last one vouches for all."""
    return b"oirs-group-1" + seq.to_bytes(8, "big") + h


def feed_step(chain: bytes, h: bytes, t_recv: int) -> bytes:
    """Chain of a feed after one more entry. ``t_recv``: ms UTC of the centre; starts at GENESIS."""
    return sha256(b"oirs-feed-1" + chain + h + t_recv.to_bytes(8, "big")).digest()


def check8(head: bytes, chains: Iterable[bytes]) -> str:
    """Agreement in 8 bytes: own head and the chain of each feed at its cursor, sorted by feed."""
    return b64(sha256(b"oirs-check-1" + head + b"".join(chains)).digest()[:8])


def branch_label(log: bytes, h: bytes) -> bytes:
    """Log label under which the centre files a forked tail that begins with ``h``."""
    return sha256(b"oirs-branch-1" + log + h).digest()[:8]
