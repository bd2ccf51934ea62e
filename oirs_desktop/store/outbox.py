"""What is still to be sent. Pending is a query: own events that the office's feed has not shown yet."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from oirs_core.chain import Event, Header, b64, group_message, log_root
from oirs_core.domain.errors import EventRefused
from oirs_core.wire.messages import Group, item_of
from oirs_desktop.store import relay, state
from oirs_desktop.store.engine import raw
from oirs_desktop.store.facts import EVENT_COLUMNS, event_of
from oirs_desktop.store.records import Push
from oirs_desktop.store.tables import event, log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    Sign = Callable[[bytes], bytes]

OVERHEAD = 64
"""Bytes that an event takes in a frame besides header and body: its salt and punctuation."""

GROUP_BYTES = 128 * 1024
"""A signature at least so often: the pages of the centre end at one, and others may have slower lines."""

# A log reaches the feed in its own order: what is pending is its tail, found by a search for its start.
_ENDS = "SELECT min(seq), max(seq) FROM event WHERE log = ?"
_MORE = "SELECT 1 FROM event WHERE log = ? AND seq > ? LIMIT 1"
_IS_SEEN = """SELECT 1 FROM event e JOIN feed_entry f ON f.h = e.h WHERE e.log = ? AND e.seq = ?"""
_TAIL = (
    select(*EVENT_COLUMNS, event.c.nro)
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
            oldest = min(filter(None, (oldest, _written(row.header))), default=None)
    return count, oldest


def _written(header: bytes) -> int | None:
    try:
        return Header.decode(header).at
    except EventRefused:
        return None  # nobody can read it: it is sent all the same


@dataclass(slots=True)
class _Batch:
    """Groups for one request. ``ends``: the last event taken of each own log."""

    connection: Connection
    sign: Sign
    room: int
    size: int = 0
    more: bool = False
    groups: list[Group] = field(default_factory=list)
    ends: dict[bytes, Event] = field(default_factory=dict)

    def _fits(self, size: int) -> bool:
        """Whether there is room, or nothing has been taken yet."""
        self.more = bool(self.size) and self.size + size > self.room
        self.size += 0 if self.more else size
        return not self.more

    def take(self, events: Iterable[Event]) -> None:
        """Take as many own events as there is room for."""
        run: list[Event] = []
        begun = self.size
        for made in events:
            if not self._fits(len(made.header) + len(made.body or b"") + OVERHEAD):
                break
            if run and (made.prev != run[-1].h or self.size - begun > GROUP_BYTES):
                self._close(run)
                run, begun = [], self.size
            run.append(made)
        self._close(run)

    def _close(self, run: list[Event]) -> None:
        if not run:
            return
        first, last = run[0], run[-1]
        sig = b64(self.sign(group_message(last.seq, last.h)))
        items = tuple(item_of(made) for made in run)
        self.groups.append(Group(b64(relay.label(self.connection, first)), first.seq, items, last.seq, sig))
        self.ends[last.log] = last

    def give_back(self) -> None:
        """Take what has no position, own and others', as it came: nobody gets an act before its case."""
        stretches = groupby(relay.everything(self.connection), key=lambda part: part[1] is None)
        for own, stretch in stretches:
            if own:
                self.take(made for events, _ in stretch for made in events)
            else:
                self.pass_on(relay.group_of(self.connection, events, sig or b"") for events, sig in stretch)
            if self.more:
                return

    def pass_on(self, groups: Iterable[tuple[Group, int]]) -> None:
        """Take groups that others signed, whole."""
        for group, size in groups:
            if not self._fits(size):
                return
            self.groups.append(group)


def push(connection: Connection, max_bytes: int, sign: Sign, from_seq: int | None) -> Push:
    """Gather what to send next. ``from_seq``: send the current log from there, not what is pending."""
    head = state.head(connection)
    batch = _Batch(connection, sign, max_bytes)
    starts = _starts(connection, head, from_seq)
    lost = relay.wanted(connection)
    if from_seq is None and lost:
        batch.give_back()
    else:
        batch.pass_on(relay.groups(connection))
        if not batch.more:
            with _tails(connection, starts) as events:
                batch.take(events)
    key, start = next((key, start) for log_id, key, start in starts if log_id == head.log)
    last = batch.ends.get(head.log)
    end = last.seq if last else start
    h = last.h if last else state.hash_at(connection, head.log, end) or log_root(head.log, key)
    own = not lost and set(batch.ends) <= {head.log}
    left = max(0, head.seq - end)
    return Push(head.log, end, h, tuple(batch.groups), batch.size, batch.more or left > 0, left, own)


def _starts(connection: Connection, head: state.Head, from_seq: int | None) -> list[tuple[bytes, bytes, int]]:
    """Give own logs that have something to send, their key and the seq after which to send."""
    found = []
    for log_id, durable, key in connection.execute(_OWN).all():
        start = seen(connection, log_id)
        if log_id == head.log:
            start = max(start, min(durable, head.seq)) if from_seq is None else from_seq - 1
        if log_id == head.log or raw(connection).execute(_MORE, (log_id, start)).fetchone():
            found.append((log_id, key, start))
    return found


@contextmanager
def _tails(connection: Connection, starts: Sequence[tuple[bytes, bytes, int]]) -> Iterator[Iterable[Event]]:
    """Give what is to be sent of several logs in the order in which it came here: ancestors first."""
    tails = [connection.execute(_TAIL, {"log": log_id, "after": start}) for log_id, _, start in starts]
    try:
        rows = tails[0] if len(tails) == 1 else merge(*tails, key=lambda row: row.nro)
        yield (event_of(row[:-1]) for row in rows)
    finally:
        for tail in tails:
            tail.close()
