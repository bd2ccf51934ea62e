"""Taking in an answer of the centre: all of it in one transaction, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from oirs_core.chain import ENTITY_SIZE, GENESIS, b64, feed_step, unb64
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import Equipo, Oficina, Tabla
from oirs_core.wire.messages import Own
from oirs_desktop.store import blobs, branches, facts, notices, purge, refolding, relay, state
from oirs_desktop.store.engine import raw
from oirs_desktop.store.errors import NotEnrolled, SyncRefused
from oirs_desktop.store.incoming import LOG_SIZE, Incoming, Place
from oirs_desktop.store.records import Absorbed
from oirs_desktop.store.refolding import Before
from oirs_desktop.store.tables import cursor, event, feed_entry, log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from oirs_core.wire.messages import Answer, Page

FIRST_EXACT = 8

_OWN = (
    select(event.c.seq, event.c.h, event.c.entity)
    .where(event.c.log == bindparam("log"), event.c.seq.between(bindparam("first"), bindparam("last")))
    .order_by(event.c.seq)
)
_ONE = select(event.c.seq, event.c.h, event.c.entity, event.c.prev).where(event.c.h == bindparam("h"))
_ENTER = "INSERT INTO feed_entry (feed, pos, h, t_recv, chain) VALUES (?, ?, ?, ?, ?)"
_KEY = "SELECT public_key FROM log WHERE id = ?"
_DURABLE = "UPDATE log SET durable_seq = ? WHERE id = ? AND durable_seq <> ?"
_CURSOR = "SELECT pos, chain FROM cursor WHERE feed = ?"
_ADVANCE = "UPDATE cursor SET pos = ?, chain = ? WHERE feed = ?"
_CHAIN = select(feed_entry.c.chain).where(
    feed_entry.c.feed == bindparam("feed"), feed_entry.c.pos == bindparam("pos")
)


@dataclass(slots=True)
class Absorber:
    """One answer on its way in."""

    connection: Connection
    incoming: Incoming
    before: Before
    feeds: tuple[str, ...]
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
        (own,) = raw(connection).execute(_KEY, (current,)).fetchone()
        incoming = Incoming(connection, granted.server_key, own, notices.devices(connection))
        feeds = tuple(feed for feed, _, _ in state.cursors(connection))
        return cls(connection, incoming, Before.now(connection), feeds)

    def absorb(self, answer: Answer) -> Absorbed:
        """Take everything in the order in which it depends on each other. SyncRefused."""
        continued = self._continued(answer)
        try:
            self._labels(answer)
            for feed, pos in answer.agreed:
                self._rewind(feed, pos)
            for page in answer.pages:
                self._page(page)
            relay.settle(self.connection)
            blobs.listed(self.connection, answer.blobs)
            purge.note(self.connection, answer, self.before.nro, self.feeds, self.incoming.server_key)
            back = purge.bring_back(self.connection, answer)
        except EventRefused as why:
            raise SyncRefused(reason="event") from why
        except (IntegrityError, dbapi2.IntegrityError) as why:
            raise SyncRefused(reason="twice") from why
        self._durable(answer.durable_seq)
        changed = refolding.refold(self.connection, self.touched, None if answer.agreed else self.before)
        changed |= back
        if self.rotate or self.incoming.forked or continued:
            state.put(self.connection, state.ROTATE, "1")
        rotate = state.get(self.connection, state.ROTATE) is not None
        more = any(page.more for page in answer.pages)
        return Absorbed(changed, self.office, self.catalogue, more, rotate)

    def _continued(self, answer: Answer) -> bool:
        """Whether somebody else went on with our log: its next event is none that we have."""
        if not answer.cont:
            return False
        try:
            h = unb64(answer.cont)
        except EventRefused as why:
            raise SyncRefused(reason="event") from why
        return self.connection.execute(_ONE, {"h": h}).first() is None

    def _labels(self, answer: Answer) -> None:
        for old, first_seq, new in answer.relabel:
            moved = branches.relabel(self.connection, unb64(old, LOG_SIZE), first_seq, unb64(new, LOG_SIZE))
            self.rotate = self.rotate or moved

    def _durable(self, seq: int) -> None:
        """Keep what the centre says to hold of the log that we write to; it may hold less than before."""
        current = state.head(self.connection).log
        raw(self.connection).execute(_DURABLE, (seq, current, seq))

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
        row = raw(self.connection).execute(_CURSOR, (page.feed,)).fetchone()
        if row is None:
            raise SyncRefused(reason="feed")
        pos, chain = row
        if page.start < pos and page.end <= pos and self._chain(page.feed, page.end) == unb64(page.chain):
            return  # the same page once more
        entries = self._beyond(page, pos, chain)
        if entries:
            pos, chain = page.end, entries[-1][-1]
            raw(self.connection).executemany(_ENTER, [(page.feed, *entry) for entry in entries])
            raw(self.connection).execute(_ADVANCE, (pos, chain, page.feed))
        if b64(chain) != page.chain or (entries[-1][0] if entries else pos) != page.end:
            raise SyncRefused(reason="chain")

    def _beyond(self, page: Page, pos: int, chain: bytes) -> list[tuple[int, bytes, int, bytes]]:
        """Give the rows of a page that lie beyond ``pos``; what it repeats must be what is here."""
        rows = []
        for at, h, t_recv, link in self._entries(page, pos):
            if at > pos:
                rows.append((at, h, t_recv, link))
            elif at == pos and link != chain:
                raise SyncRefused(reason="position")
        return rows

    def _entries(self, page: Page, pos: int) -> Iterator[tuple[int, bytes, int, bytes]]:
        """Give position, hash, reception time and chain of each entry of a page that reaches ``pos``."""
        at, link = page.start, GENESIS if page.start == 0 else self._chain(page.feed, page.start)
        if link is None or at > pos:
            raise SyncRefused(reason="position")
        for index, item in enumerate(page.items):
            place = Place(page, index, link)
            hashes = self._own(item) if isinstance(item, Own) else self._others(place)
            if len(hashes) != len(item.t_recv):
                raise SyncRefused(reason="shape")
            for h, t_recv in zip(hashes, item.t_recv, strict=True):
                at, link = at + 1, feed_step(link, h, t_recv)
                yield at, h, t_recv, link

    def _own(self, item: Own) -> list[bytes]:
        label, last = unb64(item.log, LOG_SIZE), item.seq + len(item.t_recv) - 1
        found = self.connection.execute(_OWN, {"log": label, "first": item.seq, "last": last})
        rows = [(seq, h, entity) for seq, h, entity in found]
        if len(rows) != len(item.t_recv):
            # Some lie here under another label: they are ancestors of our head all the same.
            rows = self._ancestors(item.seq, last)
            self.incoming.file(label, {seq: h for seq, h, _ in rows})
        self.touched.update((entity or h[:ENTITY_SIZE], None) for _, h, entity in rows)
        return [h for _, h, _ in rows]

    def _ancestors(self, first: int, last: int) -> list[tuple[int, bytes, bytes | None]]:
        """Walk back from our head, and give what stands from ``first`` to ``last``."""
        found: list[tuple[int, bytes, bytes | None]] = []
        h = state.head(self.connection).h
        while (row := self.connection.execute(_ONE, {"h": h}).one_or_none()) is not None:
            if row.seq < first:
                break
            if row.seq <= last:
                found.append((row.seq, row.h, row.entity))
            h = row.prev
        return found[::-1]

    def _others(self, place: Place) -> list[bytes]:
        hashes = []
        for entry in self.incoming.take(place):
            made = entry.event
            if entry.kind in facts.NOTICES:
                self._notice(made.log, made.h)
            else:
                self.touched[entry.entity or made.creates] = None
            hashes.append(made.h)
        return hashes

    def _notice(self, log_id: bytes, h: bytes) -> None:
        """Only the centre may say how the office is set; a counter's notice is kept and not heeded."""
        if self.incoming.logs[log_id] != self.incoming.server_key:
            return
        notice = notices.post(self.connection, h)
        if isinstance(notice, Equipo):
            key = self.incoming.keys[unb64(notice.id)] = unb64(notice.clave_publica)
            relay.meet(self.connection, key)
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
