"""Taking in an answer of the centre: all of it in one transaction, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from oirs_core.chain import ENTITY_SIZE, GENESIS, b64, feed_step, unb64
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import Equipo, Oficina, Tabla
from oirs_core.wire.messages import Others, Own
from oirs_desktop.store import branches, facts, notices, projection, relay, state
from oirs_desktop.store.errors import NotEnrolled, SyncRefused
from oirs_desktop.store.incoming import LOG_SIZE, Incoming, OwnerUnknown
from oirs_desktop.store.records import Absorbed
from oirs_desktop.store.tables import cursor, event, feed_entry, log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from oirs_core.wire.messages import Answer, Page

FIRST_EXACT = 8

_OWN = (
    select(event.c.h, event.c.entity)
    .where(event.c.log == bindparam("log"), event.c.seq.between(bindparam("first"), bindparam("last")))
    .order_by(event.c.seq)
)
_CHAIN = select(feed_entry.c.chain).where(
    feed_entry.c.feed == bindparam("feed"), feed_entry.c.pos == bindparam("pos")
)


@dataclass(slots=True)
class Absorber:
    """One answer on its way in."""

    connection: Connection
    incoming: Incoming
    touched: dict[bytes, None] = field(default_factory=dict)
    office: bool = False
    catalogue: bool = False
    rotate: bool = False

    @classmethod
    def begin(cls, connection: Connection) -> Absorber:
        """Read what is needed to verify; NotEnrolled when nobody may send us anything yet."""
        granted = state.enrolment(connection)
        if granted is None:
            raise NotEnrolled(reason="enrolment")
        current = state.head(connection).log
        own = connection.execute(select(log.c.public_key).where(log.c.id == current)).scalar_one()
        return cls(connection, Incoming(connection, granted.server_key, own, notices.devices(connection)))

    def absorb(self, answer: Answer) -> Absorbed:
        """Take everything in the order in which it depends on each other. SyncRefused."""
        try:
            self._labels(answer)
            for feed, pos in answer.agreed:
                self._rewind(feed, pos)
            waiting = self._pages(answer)
            relay.settle(self.connection)
        except EventRefused as why:
            raise SyncRefused(reason="event") from why
        except IntegrityError as why:
            raise SyncRefused(reason="twice") from why
        self._durable(answer.durable_seq)
        changed = projection.refold(self.connection, self.touched)
        rotate = self.rotate or self.incoming.forked or bool(answer.cont)
        more = waiting or any(page.more for page in answer.pages)
        return Absorbed(changed, self.office, self.catalogue, more, rotate)

    def _pages(self, answer: Answer) -> bool:
        """Take each page in. Whether one must wait for the rest of it, to tell who wrote it.

        Where the end of a page cuts off the only signature of a new log, the page is taken next time,
        when it may be longer; at least one page must get through.
        """
        waiting = taken = False
        for page in answer.pages:
            known = dict(self.incoming.logs)
            try:
                with self.connection.begin_nested():
                    self._page(page)
                taken = True
            except OwnerUnknown:
                self.incoming.logs = known
                waiting = True
        if waiting and not taken:
            raise SyncRefused(reason="owner")
        return waiting

    def _labels(self, answer: Answer) -> None:
        for old, first_seq, new in answer.relabel:
            moved = branches.relabel(self.connection, unb64(old, LOG_SIZE), first_seq, unb64(new, LOG_SIZE))
            self.rotate = self.rotate or moved

    def _durable(self, seq: int) -> None:
        """Keep what the centre says to hold of the log that we write to; it may hold less than before."""
        current = state.head(self.connection).log
        change = update(log).where(log.c.id == current, log.c.durable_seq != seq).values(durable_seq=seq)
        self.connection.execute(change)

    def _rewind(self, feed: str, pos: int) -> None:
        """Forget the entries above the last common position: own events above it are pending again."""
        above = (feed_entry.c.feed == feed) & (feed_entry.c.pos > pos)
        gone = self.connection.execute(
            select(event.c.h, event.c.entity, event.c.kind)
            .join(feed_entry, feed_entry.c.h == event.c.h)
            .where(above)
        ).all()
        if not gone:
            return
        chain = GENESIS if pos == 0 else self._chain(feed, pos)
        if chain is None:
            raise SyncRefused(reason="position")
        self.connection.execute(delete(feed_entry).where(above))
        self.connection.execute(update(cursor).where(cursor.c.feed == feed).values(pos=pos, chain=chain))
        self.connection.execute(update(log).values(durable_seq=0))
        relay.want(self.connection)
        self.touched.update((entity or h[:ENTITY_SIZE], None) for h, entity, _ in gone)
        if any(kind in facts.NOTICES for _, _, kind in gone):
            notices.rebuild(self.connection, self.incoming.server_key)
            self.office = self.catalogue = True

    def _chain(self, feed: str, pos: int) -> bytes | None:
        return self.connection.execute(_CHAIN, {"feed": feed, "pos": pos}).scalar_one_or_none()

    def _page(self, page: Page) -> None:
        where = select(cursor.c.pos, cursor.c.chain).where(cursor.c.feed == page.feed)
        row = self.connection.execute(where).one_or_none()
        if row is None:
            raise SyncRefused(reason="feed")
        pos, chain = row
        if page.start < pos and page.end <= pos and self._chain(page.feed, page.end) == unb64(page.chain):
            return  # the same page once more
        if page.start != pos:
            raise SyncRefused(reason="position")
        entries = []
        for h, t_recv in self._entries(page):
            pos, chain = pos + 1, feed_step(chain, h, t_recv)
            entries.append({"feed": page.feed, "pos": pos, "h": h, "t_recv": t_recv, "chain": chain})
        if pos != page.end or b64(chain) != page.chain:
            raise SyncRefused(reason="chain")
        if entries:
            self.connection.execute(insert(feed_entry), entries)
            change = update(cursor).where(cursor.c.feed == page.feed).values(pos=pos, chain=chain)
            self.connection.execute(change)

    def _entries(self, page: Page) -> Iterator[tuple[bytes, int]]:
        for index, item in enumerate(page.items):
            if isinstance(item, Own):
                yield from self._own(item)
            else:
                yield from self._others(page, index, item)

    def _own(self, item: Own) -> Iterator[tuple[bytes, int]]:
        values = {
            "log": unb64(item.log, LOG_SIZE),
            "first": item.seq,
            "last": item.seq + len(item.t_recv) - 1,
        }
        rows = self.connection.execute(_OWN, values).all()
        if len(rows) != len(item.t_recv):
            raise SyncRefused(reason="own")
        for (h, entity), t_recv in zip(rows, item.t_recv, strict=True):
            self.touched[entity or h[:ENTITY_SIZE]] = None
            yield h, t_recv

    def _others(self, page: Page, index: int, item: Others) -> Iterator[tuple[bytes, int]]:
        taken = self.incoming.take(page, index, item.group)
        if len(taken) != len(item.t_recv):
            raise SyncRefused(reason="shape")
        for entry, t_recv in zip(taken, item.t_recv, strict=True):
            made = entry.event
            if entry.kind in facts.NOTICES:
                self._notice(made.log, made.h)
            else:
                self.touched[entry.entity or made.creates] = None
            yield made.h, t_recv

    def _notice(self, log_id: bytes, h: bytes) -> None:
        """Only the centre may say how the office is set; a counter's notice is kept and not heeded."""
        if self.incoming.logs[log_id] != self.incoming.server_key:
            return
        notice = notices.post(self.connection, h)
        if isinstance(notice, Equipo):
            self.incoming.keys[unb64(notice.id)] = unb64(notice.clave_publica)
        self.office = self.office or isinstance(notice, Oficina | Equipo)
        self.catalogue = self.catalogue or isinstance(notice, Tabla)


def vectors(connection: Connection) -> tuple[tuple[str, int, str], ...]:
    """Feed, position and chain at positions that lie ever further back: to find where both agree."""
    found = []
    for feed, pos, _ in state.cursors(connection):
        for back in _steps(pos):
            chain = connection.execute(_CHAIN, {"feed": feed, "pos": back}).scalar_one_or_none()
            if chain is not None:
                found.append((feed, back, b64(chain)))
    return tuple(found)


def _steps(pos: int) -> Iterator[int]:
    step = 1
    for n in range(pos):
        if pos < 1:
            return
        yield pos
        step = step if n < FIRST_EXACT else step * 2
        pos -= step
