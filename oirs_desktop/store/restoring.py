"""Own events that come back from a journal: verified, chained to where they hung, kept once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert

from oirs_core.chain import Event, Header, b64, branch_label, group_message, log_root, unb64
from oirs_core.domain.errors import EventRefused
from oirs_core.signature import verify
from oirs_core.wire.messages import Group, event_of, item_of
from oirs_desktop.store import erasing, facts, notices, series
from oirs_desktop.store.engine import raw
from oirs_desktop.store.incoming import kind_and_entity
from oirs_desktop.store.tables import aviso, event, log
from oirs_desktop.store.writing import Entry, keep

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

HASH_SIZE, LOG_SIZE, SIG_SIZE = 32, 8, 64

_PLACE = select(event.c.log, event.c.seq).where(event.c.h == bindparam("h"))
_AT = select(event.c.h).where(event.c.log == bindparam("log"), event.c.seq == bindparam("seq"))
_OFFICE = select(*facts.EVENT_COLUMNS).join(aviso, aviso.c.h == event.c.h).where(aviso.c.kind == "Oficina")
_LABEL = select(log.c.label).where(log.c.id == bindparam("log"))


def office_notice(connection: Connection) -> tuple[tuple[str, Group], ...]:
    """Give the event that says how the office is set, after the hash before it."""
    row = connection.execute(_OFFICE).first()
    if row is None:
        return ()
    made = facts.event_of(row)
    return ((b64(made.prev), Group(b64(made.log), made.seq, (item_of(made),), 0, "")),)


def put_up(connection: Connection, placed: Iterable[tuple[str, Group]], server_key: bytes) -> None:
    """Keep notices of the centre that our own journal vouches for, until its feed comes again."""
    for prev, group in placed:
        made = event_of(group.items[0], unb64(group.log, LOG_SIZE), group.first_seq, unb64(prev, HASH_SIZE))
        row = {"id": made.log, "public_key": server_key, "label": "", "own": False, "durable_seq": 0}
        connection.execute(insert(log).values(row).on_conflict_do_nothing())
        keep(raw(connection), [Entry(made, *kind_and_entity(made))])
        notices.post(connection, made.h)


@dataclass(slots=True)
class Putter:
    """One transaction of events that are put back. ``count``: how many were not here."""

    connection: Connection
    public_key: bytes
    count: int = 0

    def put(self, prev: str, group: Group) -> None:
        """Put back what is not here of a group; ``prev``: hash of the event before its first."""
        try:
            events = self._vouched(prev, group)
        except EventRefused:
            return  # damaged, or not ours: what is not proved does not come in
        label: bytes | None = None
        for made in events:
            if self.connection.execute(_PLACE, {"h": made.h}).first() is not None:
                label = None
                continue
            label = self._label(made) if label is None else label
            self._keep(made, label)

    def _vouched(self, prev: str, group: Group) -> list[Event]:
        label = unb64(group.log, LOG_SIZE)
        link = unb64(prev, HASH_SIZE) if prev else log_root(label, self.public_key)
        events: list[Event] = []
        for seq, item in enumerate(group.items, start=group.first_seq):
            made = event_of(item, label, seq, link)
            link = made.h
            events.append(made)
        place = group.sig_seq - group.first_seq
        if not 0 <= place < len(events):
            return []
        message = group_message(group.sig_seq, events[place].h)
        return events[: place + 1] if verify(self.public_key, unb64(group.sig, SIG_SIZE), message) else []

    def _label(self, made: Event) -> bytes:
        """Where its ancestor lies, or the label as written; a branch where another event has the place."""
        row = self.connection.execute(_PLACE, {"h": made.prev}).first()
        label = made.log if row is None else bytes(row.log)
        if self.connection.execute(_AT, {"log": label, "seq": made.seq}).first() is None:
            return label
        return branch_label(label, made.h)

    def _keep(self, made: Event, label: bytes) -> None:
        folios = self.connection.execute(_LABEL, {"log": made.log}).scalar() or ""
        row = {"id": label, "public_key": self.public_key, "label": folios, "own": True, "durable_seq": 0}
        self.connection.execute(insert(log).values(row).on_conflict_do_nothing())
        kind, entity = kind_and_entity(made)
        parts = (made.seq, made.prev, made.header, made.salt, made.body, made.digest, made.h)
        keep(raw(self.connection), [Entry(Event(label, *parts), kind, entity)])
        erasing.strip(raw(self.connection), made.h)
        if kind == "Ingreso":
            series.note_used(self.connection, facts.act_of(Header.decode(made.header), made.body))
        self.count += 1
