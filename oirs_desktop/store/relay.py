"""Giving back what the centre lost: others' events that we hold, under their writers' own signatures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, exists, select

from oirs_core.chain import b64, log_root
from oirs_core.wire.messages import Group, item_of
from oirs_desktop.store import state
from oirs_desktop.store.engine import raw
from oirs_desktop.store.facts import EVENT_COLUMNS, event_of
from oirs_desktop.store.tables import event, feed_entry, log, meta

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Select

    from oirs_core.chain import Event

WANTED = "relay"
STRANGERS = "strangers"
"""Name of the note of keys (hexadecimal) that the centre cannot know: from before it was made anew."""

# In the order of arrival, in which ancestors stand before descendants: in a log, and from log to log.
_LOST = (
    select(*EVENT_COLUMNS, event.c.sig, log.c.own)
    .join(log, log.c.id == event.c.log)
    .where(
        ~exists().where(feed_entry.c.h == event.c.h),
        log.c.own | log.c.public_key.not_in(bindparam("strangers", expanding=True)),
    )
    .order_by(event.c.nro)
)
_SAME = "SELECT id, public_key FROM log WHERE public_key = (SELECT public_key FROM log WHERE id = ?)"
_OTHERS = _LOST.where(~log.c.own)


def want(connection: Connection) -> None:
    """Note that the centre lost something: looking for it takes a walk over the history."""
    state.put(connection, WANTED, "1")


def settle(connection: Connection) -> None:
    """Forget the note once everything has its position again."""
    if wanted(connection) and connection.execute(_OTHERS.limit(1), _strangers(connection)).first() is None:
        connection.execute(delete(meta).where(meta.c.name == WANTED))


def _strangers(connection: Connection) -> dict[str, list[bytes]]:
    keys = json.loads(state.get(connection, STRANGERS) or "[]")
    return {"strangers": [bytes.fromhex(key) for key in keys]}


def meet(connection: Connection, key: bytes) -> None:
    """Note that the centre knows a counter now: what that one wrote can be given to it."""
    keys = _strangers(connection)["strangers"]
    if key in keys:
        state.put(connection, STRANGERS, json.dumps([one.hex() for one in keys if one != key]))
        want(connection)


def wanted(connection: Connection) -> bool:
    """Whether the centre has lost something that is not ours."""
    return state.get(connection, WANTED) is not None


def groups(connection: Connection) -> Iterator[tuple[Group, int]]:
    """Give others' groups to send again, each with its size: they end where their writer signed."""
    if wanted(connection):
        for events, sig in _signed(connection, _OTHERS):
            yield group_of(connection, events, sig or b"")


def everything(connection: Connection) -> Iterator[tuple[list[Event], bytes | None]]:
    """Give all that has no position, in the order in which it came here.

    Somebody else's group with its signature, or one event of our own without.
    """
    return _signed(connection, _LOST)


def _signed(connection: Connection, query: Select[Any]) -> Iterator[tuple[list[Event], bytes | None]]:
    open_groups: dict[bytes, list[Event]] = {}
    for *columns, sig, own in connection.execute(query, _strangers(connection)):
        made = event_of(columns)
        if own:
            yield [made], None
            continue
        events = open_groups.setdefault(made.log, [])
        if events and made.prev != events[-1].h:
            events.clear()  # what no signature ends cannot be passed on
        events.append(made)
        if sig is not None:
            yield open_groups.pop(made.log), sig


def group_of(connection: Connection, events: list[Event], sig: bytes) -> tuple[Group, int]:
    """Write out a signed group, and tell its size."""
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
    same = raw(connection).execute(_SAME, (first.log,)).fetchall()
    return next((one for one, key in same if log_root(one, key) == first.prev), first.log)
