"""What an `Adjunto` promises: the bytes that the centre waits for from then on.

Every event comes through here as it gets its position, whatever way it took: pushed, relayed, filed as a
branch, read from a bundle. What is too large or of another kind is set apart, and stops nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, insert, or_, select, update

from oirs_central import tables
from oirs_central.ledger import logs
from oirs_core import chain
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import Adjunto
from oirs_core.domain.rules import MAX_CASE_FILES, MAX_FILE, MIME
from oirs_core.signature import key_id
from oirs_core.wire import blob as wire
from oirs_core.wire.codec import decode_body

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

KIND = Adjunto.__name__

_BLOB = tables.blob.c
_ROW = (_BLOB.feed == bindparam("of_feed")) & (_BLOB.sha == bindparam("of_sha"))
_STATE = select(_BLOB.state, _BLOB.reason).where(_ROW)
_CASE = select(func.coalesce(func.sum(_BLOB.size), 0)).where(
    _BLOB.feed == bindparam("of_feed"), _BLOB.entity == bindparam("of_entity"), _BLOB.state != wire.BLOCKED
)
_WAITING = (
    select(_BLOB.sha, _BLOB.held)
    .where(_BLOB.device == bindparam("of_device"), _BLOB.state.in_((wire.WANTED, wire.PARTIAL)))
    .order_by(_BLOB.size, _BLOB.sha)
    .limit(wire.LISTED)
)
_STANDING = (
    select(_BLOB.sha, _BLOB.held, _BLOB.state, _BLOB.reason)
    .where(
        _BLOB.device == bindparam("of_device"),
        or_(_BLOB.state != wire.WHOLE, _BLOB.at_ms >= bindparam("since")),
    )
    .order_by(_BLOB.sha)
)


def announce(connection: Connection, announced: Iterable[tuple[chain.Event, bytes]]) -> None:
    """Want the bytes that these events name. Pairs of an `Adjunto` event and its entity."""
    for event, entity in announced:
        log = logs.find(connection, event.log)
        paper = _paper(event)
        if paper is not None and log is not None:
            _want(connection, log.feed, paper, {"device": key_id(log.key), "entity": entity, "at_ms": 0})


def waiting(connection: Connection, device: bytes) -> tuple[tuple[str, int], ...]:
    """List what bytes are missing of documents that a counter announced, the smallest first."""
    rows = connection.execute(_WAITING, {"of_device": device})
    return tuple((chain.b64(row.sha[: wire.SHORT]), row.held) for row in rows)


def standing(connection: Connection, device: bytes, since: int) -> dict[bytes, wire.Stand]:
    """Tell how the documents stand that a counter announced.

    Of those that are whole, such as became so at ``since`` (ms UTC) or later.
    """
    rows = connection.execute(_STANDING, {"of_device": device, "since": since})
    return {bytes(row.sha): wire.Stand(row.held, row.state, row.reason) for row in rows}


def _paper(event: chain.Event) -> Adjunto | None:
    return None if event.body is None else _read(event.header, event.body)


def _read(header: bytes, body: bytes) -> Adjunto | None:
    """Read the act; None where it cannot be read or names no SHA-256 by which bytes could be asked for."""
    try:
        content = decode_body(KIND, chain.Header.decode(header).v, body)
        return content if isinstance(content, Adjunto) and wire.read_sha(content.sha256) else None
    except EventRefused:
        return None


def _want(connection: Connection, feed: str, paper: Adjunto, values: dict[str, object]) -> None:
    sha = bytes.fromhex(paper.sha256)
    row = {"of_feed": feed, "of_sha": sha}
    known = connection.execute(_STATE, row).first()
    if known is not None and (known.state != wire.BLOCKED or known.reason == wire.ERASED):
        return  # the office keeps the same document once
    room = MAX_CASE_FILES - connection.execute(_CASE, {**row, "of_entity": values["entity"]}).scalar_one()
    reason = _refusal(paper, room)
    values |= {"mime": paper.tipo, "size": min(max(paper.tamano, 0), MAX_FILE + 1), "reason": reason}
    values |= {"state": wire.BLOCKED if reason else wire.WANTED, "held": 0, "tries": 0}
    if known is None:
        connection.execute(insert(tables.blob), {"feed": feed, "sha": sha, **values})
    else:  # announced once more after it was set apart: perhaps rightly now
        connection.execute(update(tables.blob).where(_ROW).values(values), row)


def _refusal(paper: Adjunto, room: int) -> str:
    if paper.tipo not in MIME:
        return "kind"
    if not 0 < paper.tamano <= MAX_FILE:
        return "size"
    return "case" if paper.tamano > room else ""
