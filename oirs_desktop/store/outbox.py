"""What is still to be sent. Pending is a query: own events that the office's feed has not shown yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from oirs_core.chain import Event, Header, b64, group_message, log_root
from oirs_core.wire.messages import Group, item_of
from oirs_desktop.store import relay, state
from oirs_desktop.store.engine import raw
from oirs_desktop.store.facts import EVENT_COLUMNS, event_of
from oirs_desktop.store.records import Push
from oirs_desktop.store.tables import event, log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    Sign = Callable[[bytes], bytes]

OVERHEAD = 64
"""Bytes that an event takes in a frame besides header and body: its salt and punctuation."""

# A log reaches the feed in its own order: what is pending is its tail, found by a search for its start.
_ENDS = "SELECT min(seq), max(seq) FROM event WHERE log = ?"
_FIRST = "SELECT nro FROM event WHERE log = ? AND seq > ? ORDER BY seq LIMIT 1"
_IS_SEEN = """SELECT 1 FROM event e JOIN feed_entry f ON f.h = e.h WHERE e.log = ? AND e.seq = ?"""
_TAIL = (
    select(*EVENT_COLUMNS)
    .where(event.c.log == bindparam("log"), event.c.seq > bindparam("after"))
    .order_by(event.c.seq)
)
_OWN = select(log.c.id, log.c.durable_seq, log.c.public_key).where(log.c.own)
_AT = select(*EVENT_COLUMNS).where(event.c.log == bindparam("log"), event.c.seq == bindparam("seq"))


def _ends(connection: Connection, log_id: bytes) -> tuple[int, int]:
    """Give the first and the last seq under a label; (1, 0) when there is none."""
    first, last = raw(connection).execute(_ENDS, (log_id,)).fetchone()
    return (1, 0) if first is None else (first, last)


def seen(connection: Connection, log_id: bytes) -> int:
    """Give the last event of a log that stands in a feed; 0 for none."""
    first, last = _ends(connection, log_id)

    def stands(seq: int) -> bool:
        return raw(connection).execute(_IS_SEEN, (log_id, seq)).fetchone() is not None

    # In growing steps from the end, where the border mostly lies, then by halves.
    step, high = 1, last + 1
    while high > first and not stands(high - step):
        high -= step
        step = min(step * 2, max(high - first, 1))
    if high <= first:
        return 0
    low = high - step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if stands(middle) else (low, middle)
    return low


def pending(connection: Connection) -> tuple[int, int | None]:
    """Count pending events, and tell the time of the oldest: ms UTC."""
    count, oldest = 0, None
    for log_id, _, _ in connection.execute(_OWN).all():
        first, last = _ends(connection, log_id)
        start = max(seen(connection, log_id) + 1, first)
        if start <= last:
            count += last - start + 1
            row = connection.execute(_AT, {"log": log_id, "seq": start}).one()
            at = Header.decode(row.header).at
            oldest = at if oldest is None else min(oldest, at)
    return count, oldest


@dataclass(slots=True)
class _Batch:
    room: int
    size: int = 0
    more: bool = False
    groups: list[Group] = field(default_factory=list)

    def take(self, connection: Connection, events: Iterator[Event], sign: Sign) -> Event | None:
        """Take as many as there is room for, one at least; returns the last taken."""
        run: list[Event] = []
        for made in events:
            size = len(made.header) + len(made.body or b"") + OVERHEAD
            if self.size and self.size + size > self.room:
                self.more = True
                break
            self.size += size
            if run and made.prev != run[-1].h:
                self._close(connection, run, sign)
                run = []
            run.append(made)
        if not run:
            return None
        self._close(connection, run, sign)
        return run[-1]

    def _close(self, connection: Connection, run: list[Event], sign: Sign) -> None:
        first, last = run[0], run[-1]
        sig = b64(sign(group_message(last.seq, last.h)))
        items = tuple(item_of(made) for made in run)
        self.groups.append(Group(b64(relay.label(connection, first)), first.seq, items, last.seq, sig))

    def pass_on(self, groups: Iterator[tuple[Group, int]]) -> None:
        """Take groups that others signed, whole."""
        for group, size in groups:
            if self.size and self.size + size > self.room:
                self.more = True
                return
            self.size += size
            self.groups.append(group)


def push(
    connection: Connection, max_bytes: int, sign: Callable[[bytes], bytes], from_seq: int | None
) -> Push:
    """Gather what to send next. ``from_seq``: send the current log from there, not what is pending."""
    head = state.head(connection)
    batch = _Batch(max_bytes)
    end, h = 0, head.h
    batch.pass_on(relay.groups(connection))
    for log_id, key, start in _starts(connection, head, from_seq):
        last = None
        if not batch.more:
            rows = connection.execute(_TAIL, {"log": log_id, "after": start})
            last = batch.take(connection, (event_of(row) for row in rows), sign)
            rows.close()
        if log_id == head.log:
            end, root = (last.seq if last else start), log_root(log_id, key)
            h = last.h if last else _hash_at(connection, log_id, end, root)
            batch.more = batch.more or end < head.seq
    return Push(head.log, end, h, tuple(batch.groups), batch.size, batch.more)


def _starts(connection: Connection, head: state.Head, from_seq: int | None) -> list[tuple[bytes, bytes, int]]:
    """Give own logs, their key and the seq after which to send: in the order in which they were written."""
    found = []
    for log_id, durable, key in connection.execute(_OWN).all():
        start = seen(connection, log_id)
        if log_id == head.log:
            start = max(start, min(durable, head.seq)) if from_seq is None else from_seq - 1
        row = raw(connection).execute(_FIRST, (log_id, start)).fetchone()
        if row or log_id == head.log:
            found.append((row[0] if row else head.nro + 1, log_id, key, start))
    return [(log_id, key, start) for _, log_id, key, start in sorted(found)]


def _hash_at(connection: Connection, log_id: bytes, seq: int, root: bytes) -> bytes:
    row = connection.execute(_AT, {"log": log_id, "seq": seq}).one_or_none()
    return root if row is None else bytes(row.h)
