"""A feed: its row is the lock, its positions have no gaps, its chain covers order and time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update

from oirs_central import tables
from oirs_central.engine import insert_many
from oirs_central.ledger import documents
from oirs_core import chain
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import Notice
from oirs_core.wire.codec import decode_body

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

MAX_KIND = 40

_ROW = tables.feed.c.feed == bindparam("name")
_LOCK = select(tables.feed).where(_ROW).with_for_update()
_ADVANCE = update(tables.feed).where(_ROW)
_ADVANCE = _ADVANCE.values({name: bindparam(f"new_{name}") for name in ("head", "chain", "last_ms")})


@dataclass(frozen=True, slots=True)
class Marks:
    """What the centre reads in an event. ``quarantine``: why nobody folds it, or None."""

    kind: str
    entity: bytes
    quarantine: str | None


@dataclass(slots=True)
class Head:
    """The end of a feed, locked until the transaction ends."""

    feed: str
    pos: int
    link: bytes
    last_ms: int


def catalogue_feed(institution: str) -> str:
    """Name of the feed of an institution's tables."""
    return f"c/{institution}"


def office_feed(institution: str, office: str) -> str:
    """Name of the feed of an office; ``office``: its three digits."""
    return f"o/{institution}/{office}"


def ensure(connection: Connection, feed: str) -> None:
    """Begin a feed unless it stands already."""
    known = connection.execute(select(tables.feed.c.feed).where(tables.feed.c.feed == feed)).first()
    if known is None:
        row = {"feed": feed, "head": 0, "chain": chain.GENESIS, "last_ms": 0}
        connection.execute(insert(tables.feed).values(row))


def lock(connection: Connection, feed: str) -> Head:
    """Take the feed's row: until the end of the transaction nobody else gets a position in it.

    On SQLite the transaction itself is that lock.
    """
    row = connection.execute(_LOCK, {"name": feed}).one()
    return Head(feed, row.head, row.chain, row.last_ms)


def examine(event: chain.Event, *, central: bool) -> Marks:
    """Read an event as far as it can be read; what cannot is kept and set apart, never refused."""
    try:
        header = chain.Header.decode(event.header)
    except EventRefused:
        return Marks("", event.creates, "header")
    if not (header.kind.isascii() and header.kind.isalnum() and len(header.kind) <= MAX_KIND):
        return Marks("", event.creates, "kind")
    entity = header.entity or event.creates
    if event.body is None:
        return Marks(header.kind, entity, None)
    try:
        content = decode_body(header.kind, header.v, event.body)
    except EventRefused:
        return Marks(header.kind, entity, "body")
    # Offices, counters and tables are the centre's to announce.
    forged = isinstance(content, Notice) and not central
    return Marks(header.kind, entity, "writer" if forged else None)


def append(
    connection: Connection,
    head: Head,
    events: Sequence[chain.Event],
    sigs: Mapping[int, bytes],
    now: int,
    *,
    central: bool = False,
) -> list[Marks]:
    """Store events of one log and give them the next positions of the locked feed.

    ``sigs``: signature by the seq at which it was made. ``now``: ms UTC. Returns their marks.
    """
    marks = [examine(event, central=central) for event in events]
    rows: list[tuple[object, ...]] = []
    for event in events:
        head.pos += 1
        head.last_ms = max(now, head.last_ms + 1)
        head.link = chain.feed_step(head.link, event.h, head.last_ms)
        rows.append((head.feed, head.pos, event.h, head.last_ms, head.link))
    stored = [_row(event, mark, sigs.get(event.seq)) for event, mark in zip(events, marks, strict=True)]
    insert_many(connection, tables.event, stored)
    insert_many(connection, tables.feed_entry, rows)
    announced = [
        (event, mark.entity)
        for event, mark in zip(events, marks, strict=True)
        if mark.kind == documents.KIND and mark.quarantine is None
    ]
    documents.announce(connection, announced)
    end = {"new_head": head.pos, "new_chain": head.link, "new_last_ms": head.last_ms}
    connection.execute(_ADVANCE, {"name": head.feed} | end)
    return marks


def _row(event: chain.Event, marks: Marks, sig: bytes | None) -> tuple[object, ...]:
    """Give the values in the order of the columns of the table."""
    stored = (event.header, event.salt, event.body, event.digest, sig, marks.quarantine)
    return (event.h, event.log, event.seq, marks.kind, marks.entity, *stored)
