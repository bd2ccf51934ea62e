"""A counter that comes back: it has its key and its history, and the centre may have forgotten it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from oirs_central import tables
from oirs_central.refusals import CodeUnknown, CodeUsed, DeviceKnown, DeviceRevoked, RequestUnsigned
from oirs_core import signature

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

_KNOWN = select(tables.device).where(tables.device.c.id == bindparam("device"))


@dataclass(frozen=True, slots=True)
class Again:
    """``label``: of its folios so far; ``feed``: of its office; ``signature``: over `again_message`."""

    label: str
    feed: str
    signature: bytes


def check(code: Row[*tuple[Any, ...]], again: Again, key: bytes, log: bytes, typed: str) -> None:
    """Refuse who has not the key, and a code for another office or another counter. AuthError.

    ``code``: its row; ``typed``: as it was sent.
    """
    device = signature.key_id(key)
    message = signature.again_message(device, log, again.label, again.feed, typed)
    if not signature.verify(key, again.signature, message):
        raise RequestUnsigned
    if code.feed != again.feed:
        raise CodeUnknown  # for this counter there is none such: it stays in its office
    if code.device not in {None, device}:
        raise CodeUsed


def known(connection: Connection, device: bytes, feed: str) -> Row[*tuple[Any, ...]] | None:
    """Give the counter if it is known after all. DeviceRevoked; DeviceKnown where it is of another office."""
    row = connection.execute(_KNOWN, {"device": device}).first()
    if row is not None and row.revoked_ms is not None:
        raise DeviceRevoked
    if row is not None and row.feed != feed:
        raise DeviceKnown
    return row
