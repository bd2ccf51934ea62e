"""Giving what stands in the feeds after a cursor, in pages of bounded size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from oirs_central import tables
from oirs_central.ledger import logs
from oirs_core import chain
from oirs_core.domain.upcast import KIND_SCHEMA
from oirs_core.wire.messages import Group, Others, Own, Page, item_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Row

MAX_ENTRIES = 4000
CHUNK = 250
MAX_BYTES = 768 * 1024  # what cannot be compressed must still fit a frame of 1 MiB
PAGE_BYTES = 384 * 1024  # a whole answer in memory, several times over, for each counter that asks
EVENT_BYTES = 64
OWN_BYTES = 16

_ENTRY, _EVENT = tables.feed_entry.c, tables.event.c
_LINK = select(_ENTRY.chain).where(_ENTRY.feed == bindparam("feed"), _ENTRY.pos == bindparam("pos"))
_SIZE = func.length(_EVENT.header) + func.coalesce(func.length(_EVENT.body), 0)
_SIGNED = _EVENT.sig.is_not(None)
_INDEX = (
    select(_ENTRY.pos, _ENTRY.t_recv, _ENTRY.chain, _EVENT.log, _EVENT.seq, _EVENT.kind)
    .add_columns(_SIZE.label("size"), _SIGNED.label("signed"))
    .join(tables.event, _EVENT.h == _ENTRY.h)
    .where(_ENTRY.feed == bindparam("feed"), _ENTRY.pos > bindparam("start"))
    .order_by(_ENTRY.pos)
    .limit(CHUNK)
)
_GROUP = (
    select(tables.event)
    .where(_EVENT.log == bindparam("log"), _EVENT.seq.between(bindparam("first"), bindparam("last")))
    .order_by(_EVENT.seq)
)
_NEXT_SIGNED = (
    select(_EVENT.seq, _EVENT.sig)
    .where(_EVENT.log == bindparam("log"), _EVENT.seq > bindparam("seq"), _SIGNED)
    .order_by(_EVENT.seq)
    .limit(1)
)


_BODIES = (
    select(_EVENT.h, _EVENT.salt, _EVENT.body)
    .join(tables.feed_entry, _EVENT.h == _ENTRY.h)
    .where(_ENTRY.feed == bindparam("feed"), _EVENT.h.in_(bindparam("hashes", expanding=True)))
    .where(_EVENT.body.is_not(None))
    .order_by(_ENTRY.pos)
)


def later_kinds(schema: int) -> frozenset[str]:
    """Give the kinds that came after a schema."""
    return frozenset(kind for kind, first in KIND_SCHEMA.items() if first > schema)


def bodies(connection: Connection, feed: str, hashes: Sequence[bytes]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Hash, salt and body of those events of a feed that still have one, in feed order."""
    return connection.execute(_BODIES, {"feed": feed, "hashes": hashes}).all() if hashes else ()


@dataclass(frozen=True, slots=True)
class Line:
    """The asker's own events: those of the declared log up to ``last`` travel without body."""

    log: bytes
    last: int

    def holds(self, log: bytes, seq: int) -> bool:
        """Whether the asker has this event, by what it declared."""
        return log == self.log and seq <= self.last


@dataclass(slots=True)
class _Stretch:
    """Consecutive entries of one log."""

    own: bool
    rows: list[Row[*tuple[Any, ...]]]

    def takes(self, row: Row[*tuple[Any, ...]], *, own: bool) -> bool:
        last = self.rows[-1]
        return bool(self.own == own and last.log == row.log and last.seq + 1 == row.seq)


def link_at(connection: Connection, feed: str, pos: int) -> bytes | None:
    """Chain of a feed after ``pos`` entries; None when it has not so many."""
    if pos == 0:
        return chain.GENESIS
    link: bytes | None = connection.execute(_LINK, {"feed": feed, "pos": pos}).scalar()
    return link


class Reader:
    """Fills the pages of one answer."""

    def __init__(
        self, connection: Connection, line: Line, max_bytes: int, stops: frozenset[str] = frozenset()
    ) -> None:
        """``max_bytes``: what the asker wants at most, before compression.

        ``stops``: kinds that it must not be given before it is updated; a feed waits before the first.
        """
        self._stops = stops
        self._connection = connection
        self._line = line
        self._room = max(0, min(max_bytes, PAGE_BYTES))
        self._used = 0

    def page(self, feed: str, start: int) -> Page | None:
        """Give the entries after ``start``; None when there are none.

        A page ends where a writer signed, so that a reader can verify it at once. The first group of an
        answer is given whole even where it is larger than the asker wanted; a page that finds no room
        left is empty and says that there is more.
        """
        entries = self._understood(self._index(feed, start))
        if not entries:
            return None
        count = self._fitting(entries[:MAX_ENTRIES])
        chosen = entries[:count]
        items = tuple(_items(self._connection, chosen, self._line))
        end = chosen[-1].pos if chosen else start
        link = chosen[-1].chain if chosen else link_at(self._connection, feed, start)
        return Page(feed, start, end, chain.b64(link or b""), items, count < len(entries))

    def _understood(self, entries: Sequence[Row[*tuple[Any, ...]]]) -> Sequence[Row[*tuple[Any, ...]]]:
        if not self._stops:
            return entries
        stop = next((n for n, row in enumerate(entries) if row.kind in self._stops), len(entries))
        return entries[:stop]

    def _index(self, feed: str, start: int) -> list[Row[*tuple[Any, ...]]]:
        """Entries without their bytes, until one is too many: what is left out is never read."""
        rows: list[Row[*tuple[Any, ...]]] = []
        size, signed = self._used, False
        while len(rows) <= MAX_ENTRIES:
            part = self._connection.execute(_INDEX, {"feed": feed, "start": start}).all()
            for row in part:
                size += self._cost(row)
                rows.append(row)
                if size > MAX_BYTES or (size > self._room and (signed or self._used)):
                    return rows
                signed = signed or row.signed
            if len(part) < CHUNK:
                break
            start = part[-1].pos
        return rows

    def _cost(self, row: Row[*tuple[Any, ...]]) -> int:
        return OWN_BYTES if self._line.holds(row.log, row.seq) else EVENT_BYTES + int(row.size)

    def _fitting(self, entries: Sequence[Row[*tuple[Any, ...]]]) -> int:
        """Count the entries that this page takes."""
        whole, fit, size, used = 0, 0, self._used, self._used
        for number, row in enumerate(entries, start=1):
            size += self._cost(row)
            begun = whole > 0 or self._used > 0
            if size > (self._room if begun else MAX_BYTES):
                break
            fit = number
            if row.signed:
                whole, used = number, size
        if not whole and not self._used:
            # One signed group alone is larger than any answer may be: it is cut.
            whole, used = fit, MAX_BYTES
        self._used = used
        return whole


def _items(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]], line: Line) -> list[Own | Others]:
    stretches: list[_Stretch] = []
    for row in rows:
        own = line.holds(row.log, row.seq)
        if stretches and stretches[-1].takes(row, own=own):
            stretches[-1].rows.append(row)
        else:
            stretches.append(_Stretch(own, [row]))
    return [_own(part) if part.own else _others(connection, part) for part in stretches]


def _own(stretch: _Stretch) -> Own:
    first = stretch.rows[0]
    return Own(chain.b64(first.log), first.seq, tuple(row.t_recv for row in stretch.rows))


def _others(connection: Connection, stretch: _Stretch) -> Others:
    first, last = stretch.rows[0], stretch.rows[-1]
    values = {"log": first.log, "first": first.seq, "last": last.seq}
    rows = connection.execute(_GROUP, values).all()
    items = tuple(
        item_of(chain.Event(r.log, r.seq, b"", r.header, r.salt, r.body, r.digest, r.h)) for r in rows
    )
    sigs = [(r.seq, r.sig) for r in rows if r.sig is not None]
    seq, sig = sigs[-1] if sigs else _next_signature(connection, first.log, last.seq)
    group = Group(chain.b64(first.log), first.seq, items, seq, chain.b64(sig))
    return Others(group, tuple(row.t_recv for row in stretch.rows))


def _next_signature(connection: Connection, log: bytes, seq: int) -> tuple[int, bytes]:
    """Give the signature that a page's end has cut off: it vouches for the group all the same."""
    row = connection.execute(_NEXT_SIGNED, {"log": log, "seq": seq}).first()
    return (0, b"") if row is None else (row.seq, row.sig)


def line_of(connection: Connection, declared: bytes, head: tuple[bytes, int]) -> Line:
    """Give how far the declared log is an ancestor of the asker's head (log and seq as filed)."""
    log, last = head
    while log != declared:
        found = logs.find(connection, log)
        if found is None or found.parent is None:
            return Line(declared, 0)
        log, last = found.parent, found.first - 1
    return Line(declared, last)
