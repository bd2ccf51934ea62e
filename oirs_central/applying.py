"""Enrolment on the wire: what a counter sends, and what it gets back. JSON both ways."""

from __future__ import annotations

import msgspec

from oirs_central.auth import Application
from oirs_central.comeback import Again
from oirs_core.chain import unb64
from oirs_core.domain.errors import DomainError


class AgainRequest(msgspec.Struct):
    """Added by a counter that was enrolled before; signature in base64url."""

    label: str
    feed: str
    signature: str


class EnrolRequest(msgspec.Struct):
    """What a counter sends to be enrolled; keys and log in base64url."""

    code: str
    public_key: str
    log: str
    name: str
    again: AgainRequest | None = None


class EnrolAnswer(msgspec.Struct):
    """What it gets back."""

    device: str
    institution: str
    office: str
    label: str
    feeds: tuple[str, ...]
    server_key: str
    server_ms: int
    seal_key: str


def read(body: bytes) -> Application:
    """Read an application. DomainError, EventRefused."""
    try:
        asked = msgspec.json.decode(body, type=EnrolRequest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as why:
        raise DomainError(reason="shape") from why
    before = asked.again
    again = None if before is None else Again(before.label, before.feed, unb64(before.signature))
    return Application(asked.code, unb64(asked.public_key), unb64(asked.log), asked.name, again)
