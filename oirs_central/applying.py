"""Reads what a counter sends to be enrolled."""

from __future__ import annotations

import msgspec

from oirs_central.auth import Application
from oirs_central.comeback import Again
from oirs_core.chain import unb64
from oirs_core.domain.errors import DomainError
from oirs_core.wire.enrolment import Asked


def read(body: bytes) -> Application:
    """Read an application. DomainError, EventRefused."""
    try:
        asked = msgspec.json.decode(body, type=Asked)
    except (msgspec.MsgspecError, UnicodeDecodeError) as why:
        raise DomainError(reason="shape") from why
    before = asked.again
    again = None if before is None else Again(before.label, before.feed, unb64(before.signature))
    return Application(asked.code, unb64(asked.public_key), unb64(asked.log), asked.name, again)
