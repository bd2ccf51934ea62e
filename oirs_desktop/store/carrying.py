"""What journal and stick need of the store: own events out, answers in any order, what is put back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert

from oirs_core.chain import Event, b64, group_message, unb64
from oirs_core.wire.messages import Answer, Group, item_of
from oirs_desktop.store import (
    absorb,
    attention,
    blobs,
    fitting,
    outbox,
    projection,
    relay,
    restoring,
    state,
)
from oirs_desktop.store.asks import Asking
from oirs_desktop.store.engine import raw
from oirs_desktop.store.errors import SyncRefused
from oirs_desktop.store.facts import EVENT_COLUMNS, event_of
from oirs_desktop.store.tables import event, log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from threading import RLock

    from sqlalchemy import Connection

    from oirs_core.wire.parts import Head, Marks, Stood
    from oirs_desktop.store.contact import Contact
    from oirs_desktop.store.records import Absorbed

    Sign = Callable[[bytes], bytes]
    Placed = tuple[str, Group]

EXPORTED = "exported"
FORKS = frozenset({"position", "chain", "own"})
"""Why an answer is refused whose feed has another history than ours."""

_OWN = select(log.c.id, log.c.durable_seq, log.c.label).where(log.c.own)
_PLACE = select(event.c.log, event.c.seq).where(event.c.h == bindparam("h"))
_ENDS = "SELECT min(seq), max(seq), min(nro) FROM event WHERE log = ? AND seq > ?"
_TAIL = (
    select(*EVENT_COLUMNS)
    .where(
        event.c.log == bindparam("log"), event.c.seq > bindparam("after"), event.c.seq <= bindparam("last")
    )
    .order_by(event.c.seq)
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Own events of one log to be written out: after seq ``after`` up to ``last``; ``count`` at most."""

    log: bytes
    label: str
    after: int
    last: int
    nro: int

    @property
    def count(self) -> int:
        """How many events that is, where none of the log stands elsewhere."""
        return self.last - self.after

    def from_seq(self, after: int) -> Stretch:
        """Give what is left of it after an event."""
        return replace(self, after=after)


@dataclass(frozen=True, slots=True)
class Batch:
    """Groups of one stretch, each after the hash before it; ``count`` events, the last at ``seq``, ``h``."""

    groups: tuple[Placed, ...]
    count: int
    seq: int
    h: bytes


class Carrying(Asking):
    """The part of the store that writes to files and reads from them."""

    _turn: RLock
    _contact: Contact
    _head: state.Head | None
    _office: object

    if TYPE_CHECKING:

        def _read(self) -> AbstractContextManager[Connection]: ...
        def _write(self) -> AbstractContextManager[Connection]: ...

    # ------------------------------------------------------------------ out

    def waiting(self) -> list[Stretch]:
        """Give own events that the centre has not shown, or is not known to hold; in the order written."""
        with self._read() as connection:
            current = state.head(connection)
            return sorted(_waiting(connection, current.log), key=lambda one: one.nro)

    def beyond(self, heads: Iterable[Head]) -> list[Stretch]:
        """Give own events that lie beyond what a journal holds; ``heads``: its own account of that.

        Of a log that it does not know: what the centre has not shown.
        """
        with self._read() as connection:
            covered: dict[bytes, int] = {}
            for _, h, _, _ in heads:
                row = connection.execute(_PLACE, {"h": unb64(h)}).first()
                if row is not None:
                    covered[row.log] = max(row.seq, covered.get(row.log, 0))
            found: list[Stretch] = []
            for log_id, _, label in connection.execute(_OWN).all():
                after = covered.get(log_id)
                after = outbox.seen(connection, log_id) if after is None else after
                found.extend(_stretch(connection, log_id, label, after))
            return sorted(found, key=lambda one: one.nro)

    def batch(self, stretch: Stretch, room: int, sign: Sign) -> Batch | None:
        """Give the next events of a stretch, ``room`` bytes and one event at least; None at its end."""
        with self._read() as connection:
            values = {"log": stretch.log, "after": stretch.after, "last": stretch.last}
            events: list[Event] = []
            with connection.execute(_TAIL, values) as rows:
                for row in rows:
                    made = event_of(row)
                    room -= len(made.header) + len(made.body or b"") + outbox.OVERHEAD
                    if events and room < 0:
                        break
                    events.append(made)
            if not events:
                return None
            groups = tuple(_group(connection, run, sign) for run in _runs(events))
            return Batch(groups, len(events), events[-1].seq, events[-1].h)

    def relays(self) -> Iterator[Placed]:
        """Give others' groups that the centre lost; where they hang is for the centre to find."""
        with self._read() as connection:
            for group, _ in relay.groups(connection):
                yield "", group

    def missing(self, heads: Iterable[Head]) -> bool:
        """Whether a journal holds something that this store does not."""
        with self._read() as connection:
            return any(connection.execute(_PLACE, {"h": unb64(h)}).first() is None for _, h, _, _ in heads)

    def held(self, heads: Iterable[Head]) -> bool:
        """Whether the centre holds everything up to these ends, by what it has shown."""
        with self._read() as connection:
            durable = {bytes(row.id): row.durable_seq for row in connection.execute(_OWN)}
            current = state.head(connection).log
            for _, h, _, _ in heads:
                row = connection.execute(_PLACE, {"h": unb64(h)}).first()
                if row is None or row.seq > outbox.seen(connection, row.log):
                    return False
                if row.log == current and row.seq > durable.get(row.log, 0):
                    return False
            return True

    def granted(self) -> bytes:
        """Give what the centre granted, as JSON: a journal keeps it for a new store of the same counter."""
        with self._read() as connection:
            return (state.get(connection, "enrolment") or "{}").encode()

    def office_notice(self) -> tuple[Placed, ...]:
        """Give the centre's latest word about the office, without its signature: for our own journal only."""
        with self._read() as connection:
            return restoring.office_notice(connection)

    def enrol_again(self, marks: Marks, log_id: bytes, public_key: bytes) -> None:
        """Make this new store one of the counter that a journal is of, with its office."""
        with self._turn, self._write() as connection:
            state.put(connection, "enrolment", bytes(marks.enrolment).decode())
            kept = state.enrolment(connection)
            if kept is not None:
                state.enrol(connection, kept, log_id, public_key)
                restoring.put_up(connection, marks.office, kept.server_key)
            self._head = self._office = None

    def note_export(self, told: object | None = None) -> bytes:
        """Keep what was exported last, as JSON; gives what was kept before, or what is kept now."""
        if told is None:
            with self._read() as connection:
                return (state.get(connection, EXPORTED) or "").encode()
        raw = msgspec.json.encode(told)
        with self._write() as connection:
            state.put(connection, EXPORTED, raw.decode())
        return raw

    # ------------------------------------------------------------------ in

    def absorb_carried(self, answer: Answer, *, latest: bool = False) -> Absorbed:
        """Take in a part of an answer that a stick brought, whenever and in whatever order. SyncRefused.

        It teaches nothing about clocks, and takes nothing back unless it is the centre's ``latest``.
        """
        try:
            return self._absorb_carried(answer, latest=latest, rewind=False)
        except SyncRefused as why:
            if why.data.get("reason") not in FORKS or not latest:
                raise  # an older word of the centre takes nothing back
        return self._absorb_carried(answer, latest=latest, rewind=True)

    def heed_stands(self, told: Stood) -> int:
        """Keep how documents stand, by the latest word of the centre; how many became whole."""
        with self._turn, self._write() as connection:
            return blobs.heed(connection, told.stands)

    def _absorb_carried(self, answer: Answer, *, latest: bool, rewind: bool) -> Absorbed:
        with self._turn:
            self._head = self._office = None
            with self._write() as connection:
                before = state.head(connection)
                pages, agreed = fitting.beyond(connection, answer.pages, newer=latest)
                if rewind:
                    agreed = tuple((page.feed, page.start) for page in pages)
                durable = 0 if agreed else fitting.durable(connection, before.log)
                told = {"pages": pages, "agreed": agreed, "durable_seq": durable, "cont": ""}
                fitted = msgspec.structs.replace(answer, **told)
                absorbed = absorb.Absorber.begin(connection).absorb(fitted)
                fitting.confirm(connection)
                # What came back of our own log was written by somebody with our key: write to another.
                grown = state.head(connection).h != before.h
                absorbed = replace(absorbed, rotate=absorbed.rotate or grown)
                same = attention.agreement(connection, fitted, absorbed)
                contact = replace(self._contact, agreed=same).keep(connection, self._contact)
                attention.note_refused(connection, answer.quarantined)
            self._contact = contact
            return absorbed

    def put_back(self, groups: Iterable[Placed], public_key: bytes) -> int:
        """Put own events of a journal back that are not here; how many.

        Nothing is folded: call ``fold_again`` at the end. What no signature of ours holds is left out.
        """
        with self._turn, self._write() as connection:
            self._head = None
            putter = restoring.Putter(connection, public_key)
            for prev, group in groups:
                putter.put(prev, group)
            return putter.count

    def fold_again(self) -> None:
        """Make the lists anew from the history; what the centre said of the office stays."""
        with self._turn, self._write() as connection:
            projection.rebuild(connection)

    def learn_logs(self, heads: Iterable[Head], public_key: bytes) -> None:
        """Know own logs by their labels again."""
        with self._write() as connection:
            for name, _, label, _ in heads:
                row = {"id": unb64(name), "public_key": public_key, "label": label, "own": True}
                made = insert(log).values(durable_seq=0, **row)
                connection.execute(made.on_conflict_do_nothing())


def _waiting(connection: Connection, current: bytes) -> Iterator[Stretch]:
    for log_id, durable, label in connection.execute(_OWN).all():
        after = outbox.seen(connection, log_id)
        yield from _stretch(connection, log_id, label, min(after, durable) if log_id == current else after)


def _stretch(connection: Connection, log_id: bytes, label: str, after: int) -> Iterator[Stretch]:
    first, last, nro = raw(connection).execute(_ENDS, (log_id, after)).fetchone()
    if last is not None:
        yield Stretch(log_id, label, max(after, first - 1), last, nro)


def _runs(events: list[Event]) -> Iterator[list[Event]]:
    run: list[Event] = []
    for made in events:
        if run and made.prev != run[-1].h:
            yield run
            run = []
        run.append(made)
    yield run


def _group(connection: Connection, run: list[Event], sign: Sign) -> Placed:
    first, last = run[0], run[-1]
    sig = b64(sign(group_message(last.seq, last.h)))
    items = tuple(item_of(made) for made in run)
    label = b64(relay.label(connection, first))
    return b64(first.prev), Group(label, first.seq, items, last.seq, sig)
