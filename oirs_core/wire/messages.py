"""The exchange of `POST /v1/sync` and its frames (`docs/protocol.md`)."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, TypeVar

import msgspec

from oirs_core import chain
from oirs_core.domain.errors import EventRefused
from oirs_core.wire import dictionary

T = TypeVar("T")

MAGIC = b"OSY1"
PROTO = 1
SCHEMA = 2
"""Raised with each new kind of event: 2 brought Supresion (`domain/upcast.KIND_SCHEMA`)."""
MAX_FRAME = 1 << 20
MAX_CONTENT = 8 << 20
NUMBER = 4
DEVICE = slice(5, 13)
SIGNATURE = slice(13, 77)
ANSWER_SIGNATURE = slice(5, 69)

Item = tuple[msgspec.Raw, str | None, msgspec.Raw]
"""Header, salt, body; of an erased event the salt is null and the body its digest as text."""

Count = Annotated[int, msgspec.Meta(ge=0, lt=chain.MAX_INTEGER)]
"""Numbers of events, positions, times in ms and sizes: never negative, and exact in every language."""


class Group(msgspec.Struct, array_like=True, frozen=True):
    """Consecutive events of one log. ``sig`` vouches up to ``sig_seq``; 0 and empty: none known."""

    log: str
    first_seq: Count
    items: tuple[Item, ...]
    sig_seq: Count
    sig: str


class Own(msgspec.Struct, array_like=True, tag="o", frozen=True):
    """Entries whose bodies the asker has: ``n`` events of its declared log from ``seq`` on."""

    log: str
    seq: Count
    t_recv: tuple[Count, ...]


class Others(msgspec.Struct, array_like=True, tag="e", frozen=True):
    """Entries with their bytes: a group and the reception time of each event, ms UTC."""

    group: Group
    t_recv: tuple[Count, ...]


class Page(msgspec.Struct, array_like=True, frozen=True):
    """Entries ``start + 1`` to ``end`` of a feed; ``chain`` is its chain after ``end``."""

    feed: str
    start: Count
    end: Count
    chain: str
    items: tuple[Own | Others, ...]
    more: bool


class Request(msgspec.Struct, array_like=True, frozen=True):
    """Push, acknowledgement and pull in one.

    ``log`` and ``head_seq``: the own log and its last event that the centre should hold once it
    has taken ``groups``. ``cursors``: feed and position of each feed followed. ``check``: see
    ``chain.check8``. ``vectors``: feed, position and chain at some positions; empty but for the
    round after a disagreement. ``fetch``: hashes of events whose bodies the counter has put away and
    wants back. ``snapshots``: whether it can begin with a file (`snapshot`).
    """

    proto: Count
    schema: Count
    log: str
    head_seq: Count
    cursors: tuple[tuple[str, Count], ...]
    check: str
    max_bytes: Count
    groups: tuple[Group, ...] = ()
    vectors: tuple[tuple[str, Count, str], ...] = ()
    fetch: tuple[str, ...] = ()
    snapshots: bool = False


class Answer(msgspec.Struct, array_like=True, frozen=True):
    """What the centre says.

    ``state``: ``ok``; ``ancestors`` (send older events of the own log first, from
    ``durable_seq + 1``); ``differs`` (the check does not agree: ask again with vectors).
    ``durable_seq``: last event of the declared log that the centre holds. ``cont``: hash of a
    successor of the declared head that the asker did not send, or empty. ``relabel``: old log,
    first seq and new label of tails that the centre filed as branches. ``agreed``: feed and last
    position at which both agree, in answer to vectors. ``hint_s``: seconds to wait when idle.
    ``blobs``: documents announced by the asker of which bytes are missing: the first 8 bytes of their
    SHA-256, and how many bytes the centre holds. ``backed``: for each cursor asked, how far that feed lies in
    a verified backup. ``bodies``: hash, salt and body of events that were fetched. ``snapshot``: feed, last
    entry, SHA-256 and size of a file that takes the counter far ahead; that feed then has no page.
    """

    proto: Count
    server_ms: Count
    state: str
    durable_seq: Count
    cont: str
    pages: tuple[Page, ...]
    quarantined: tuple[str, ...] = ()
    relabel: tuple[tuple[str, Count, str], ...] = ()
    agreed: tuple[tuple[str, Count], ...] = ()
    min_schema: Count = 1
    hint_s: Count = 60
    blobs: tuple[tuple[str, Count], ...] = ()
    backed: tuple[Count, ...] = ()
    bodies: tuple[tuple[str, str, msgspec.Raw], ...] = ()
    snapshot: tuple[str, int, str, int] | None = None


_encoder = msgspec.json.Encoder()
_request = msgspec.json.Decoder(Request)
_answer = msgspec.json.Decoder(Answer)


def item_of(event: chain.Event) -> Item:
    """Put an event into the form in which it travels."""
    if event.salt is None or event.body is None:
        erased = msgspec.Raw(_encoder.encode(chain.b64(event.digest)))
        return (msgspec.Raw(event.header), None, erased)
    return (msgspec.Raw(event.header), chain.b64(event.salt), msgspec.Raw(event.body))


def event_of(item: Item, log: bytes, seq: int, prev: bytes) -> chain.Event:
    """Chain a travelled event to the one before; EventRefused when it is out of shape or size."""
    header, salt, body = bytes(item[0]), item[1], bytes(item[2])
    if salt is not None:
        return chain.seal(log, seq, prev, header, chain.unb64(salt, 16), body)
    digest = chain.unb64(msgspec.json.decode(body, type=str), chain.HASH_SIZE)
    h = chain.event_hash(prev, seq, header, digest)
    return chain.Event(log, seq, prev, header, None, None, digest, h)


def encode(content: Request | Answer) -> bytes:
    """Write a message as JSON. Fields at its end that say nothing but their default stay at home."""
    fields, defaults = content.__struct_fields__, content.__struct_defaults__
    values = [getattr(content, name) for name in fields]
    first = len(fields) - len(defaults)
    while len(values) > first and values[-1] == defaults[len(values) - 1 - first]:
        values.pop()
    return _encoder.encode(values)


def pack(content: Request | Answer, number: int = 0) -> bytes:
    """Compress a message; what a frame carries. ``number``: of the dictionary that both hold; 0: none."""
    return dictionary.compress(encode(content), number)


def _unpack(payload: bytes) -> bytes:
    if len(payload) > MAX_FRAME:
        raise EventRefused(reason="size")
    return dictionary.decompress(payload, MAX_CONTENT)


def newest_held(frame: bytes) -> int:
    """Give the number of the newest dictionary that the writer of a frame holds; 0: none."""
    return frame[NUMBER]


def raw_size(answer: bytes) -> int:
    """Give the bytes of content that an answer frame states to hold; it was read before."""
    return dictionary.content_size(answer[ANSWER_SIGNATURE.stop :])


@dataclass(frozen=True, slots=True)
class Frame:
    """A request as received: who says to have sent it, the signature, and what it covers.

    ``dictionary``: number of the newest one that the asker holds.
    """

    device: bytes
    signature: bytes
    signed: bytes
    request: Request
    digest: bytes
    dictionary: int = 0


def request_message(device: bytes, payload: bytes) -> bytes:
    """Bytes that a device signs for one request."""
    return b"oirs-request-1" + device + sha256(payload).digest()


def request_frame(device: bytes, signature: bytes, payload: bytes) -> bytes:
    """``OSY1``, number of our newest dictionary, device id (8), signature (64), payload."""
    return MAGIC + bytes([dictionary.NEWEST]) + device + signature + payload


def read_request(frame: bytes) -> Frame:
    """Open a request frame. Nothing is verified but its form: EventRefused."""
    if len(frame) < SIGNATURE.stop or frame[:NUMBER] != MAGIC:
        raise EventRefused(reason="shape")
    payload = frame[SIGNATURE.stop :]
    device = frame[DEVICE]
    request = _decode(_request, payload)
    signed = request_message(device, payload)
    return Frame(device, frame[SIGNATURE], signed, request, frame_digest(frame), newest_held(frame))


def frame_digest(frame: bytes) -> bytes:
    """Hash of a whole request frame, to which its answer is bound."""
    return sha256(frame).digest()


def answer_message(request_digest: bytes, payload: bytes) -> bytes:
    """Bytes that the centre signs: its answer, bound to the very request (no stale proxy copy)."""
    return b"oirs-answer-1" + request_digest + sha256(payload).digest()


def answer_frame(signature: bytes, payload: bytes) -> bytes:
    """``OSY1``, number of our newest dictionary, signature (64), payload."""
    return MAGIC + bytes([dictionary.NEWEST]) + signature + payload


def read_answer(frame: bytes) -> tuple[bytes, bytes, Answer]:
    """Signature, payload and content of an answer frame; EventRefused when it is not one."""
    if len(frame) < ANSWER_SIGNATURE.stop or frame[:NUMBER] != MAGIC:
        raise EventRefused(reason="shape")
    payload = frame[ANSWER_SIGNATURE.stop :]
    return frame[ANSWER_SIGNATURE], payload, _decode(_answer, payload)


def _decode(decoder: msgspec.json.Decoder[T], payload: bytes) -> T:
    content = _unpack(payload)
    try:
        return decoder.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as why:
        raise EventRefused(reason="shape") from why
