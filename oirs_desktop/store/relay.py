"""Giving back what the centre lost: others' events that we hold, under their writers' own signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, exists, func, select

from oirs_core.chain import b64, log_root
from oirs_core.wire.messages import Group, item_of
from oirs_desktop.store import state
from oirs_desktop.store.facts import EVENT_COLUMNS, event_of
from oirs_desktop.store.tables import event, feed_entry, log, meta

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from oirs_core.chain import Event

WANTED = "relay"

# In the order of arrival, in which ancestors stand before descendants.
_LOST = (
    select(event.c.log)
    .join(log, log.c.id == event.c.log)
    .where(~log.c.own, ~exists().where(feed_entry.c.h == event.c.h))
    .group_by(event.c.log)
    .order_by(func.min(event.c.nro))
)
_TAIL = (
    select(*EVENT_COLUMNS, event.c.sig)
    .where(event.c.log == bindparam("log"), ~exists().where(feed_entry.c.h == event.c.h))
    .order_by(event.c.seq)
)


def want(connection: Connection) -> None:
    """Note that the centre lost something: looking for it takes a walk over the history."""
    state.put(connection, WANTED, "1")


def settle(connection: Connection) -> None:
    """Forget the note once everything has its position again."""
    if state.get(connection, WANTED) and connection.execute(_LOST.limit(1)).first() is None:
        connection.execute(delete(meta).where(meta.c.name == WANTED))


def groups(connection: Connection) -> Iterator[tuple[Group, int]]:
    """Give groups to send again, each with its size: they end where their writer signed."""
    if not state.get(connection, WANTED):
        return
    for log_id in connection.execute(_LOST).scalars().all():
        events: list[Event] = []
        for *columns, sig in connection.execute(_TAIL, {"log": log_id}).all():
            made = event_of(columns)
            if events and made.prev != events[-1].h:
                events = []  # what no signature ends cannot be passed on
            events.append(made)
            if sig is not None:
                yield _group(connection, events, sig)
                events = []


def _group(connection: Connection, events: list[Event], sig: bytes) -> tuple[Group, int]:
    first, last = events[0], events[-1]
    size = sum(len(made.header) + len(made.body or b"") for made in events)
    items = tuple(item_of(made) for made in events)
    return Group(b64(label(connection, first)), first.seq, items, last.seq, b64(sig)), size


def label(connection: Connection, first: Event) -> bytes:
    """Give the label to send a tail under: the name of the root that its first event hangs on.

    A branch at the very first event is chained to the root of the log that it left; a centre which has
    lost both could not find that root by the branch's name.
    """
    if first.seq > 1:
        return first.log
    key = connection.execute(select(log.c.public_key).where(log.c.id == first.log)).scalar_one()
    same = connection.execute(select(log.c.id).where(log.c.public_key == key)).scalars()
    return next((bytes(one) for one in same if log_root(one, key) == first.prev), first.log)
