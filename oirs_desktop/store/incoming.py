"""Groups of events that came in: chained to what is known, verified, kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select

from oirs_core.chain import Event, Header, branch_label, group_message, log_root, unb64
from oirs_core.domain.errors import EventRefused
from oirs_core.signature import verify
from oirs_core.wire.messages import Group, Others, Page, event_of
from oirs_desktop.store import branches, facts, outbox, series
from oirs_desktop.store.engine import raw
from oirs_desktop.store.errors import SyncRefused
from oirs_desktop.store.tables import event, log
from oirs_desktop.store.writing import Entry, keep

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

LOG_SIZE, SIG_SIZE = 8, 64
"""bytes"""
CHUNK = 500

_AT = select(event.c.h).where(event.c.log == bindparam("log"), event.c.seq == bindparam("seq"))
_KNOWN = select(event.c.h).where(event.c.h.in_(bindparam("hashes", expanding=True)))


class OwnerUnknown(SyncRefused):
    """A new log of which the page holds no signature: its root is not known yet."""


def central_log(server_key: bytes, feed: str) -> bytes:
    """Id of the log that the centre owns in a feed (`docs/architecture.md`)."""
    return sha256(b"oirs-central-log" + server_key + feed.encode()).digest()[:LOG_SIZE]


@dataclass(slots=True)
class Incoming:
    """What is known while an answer is taken in. ``keys``: of the office's counters, by device id."""

    connection: Connection
    server_key: bytes
    own_key: bytes
    keys: dict[bytes, bytes]
    logs: dict[bytes, bytes] = field(default_factory=dict)
    forked: bool = False

    def __post_init__(self) -> None:
        for log_id, key in self.connection.execute(select(log.c.id, log.c.public_key)):
            self.logs[log_id] = key

    def take(self, page: Page, index: int, group: Group) -> list[Entry]:
        """Verify and keep a group, item ``index`` of ``page``; returns all of its events."""
        try:
            return self._take(page, index, group)
        except EventRefused as why:
            raise SyncRefused(reason="event") from why

    def _take(self, page: Page, index: int, group: Group) -> list[Entry]:
        log_id = unb64(group.log, LOG_SIZE)
        prev = self._at(log_id, group.first_seq - 1)
        if prev is None:
            prev = self._beginning(page, index, group, log_id)
        events = list(chained(group, log_id, prev))
        sig = self._signature(group, events)
        known = self._known(events)
        new = [made for made in events if made.h not in known]
        if new and self._at(log_id, new[0].seq) is not None:
            self._make_room(log_id, new[0].seq)
        entries = [Entry(made, *kind_and_entity(made)) for made in events]
        signed = [replace(e, sig=sig) if e.event.seq == group.sig_seq else e for e in entries]
        keep(raw(self.connection), [entry for entry in signed if entry.event.h not in known])
        if self.logs[log_id] == self.own_key:
            self._note_numbers(new)
        return entries

    def _signature(self, group: Group, events: Sequence[Event]) -> bytes | None:
        """Give the signature if it ends inside the group; one that ends later comes again with its end."""
        place = group.sig_seq - group.first_seq
        if not group.sig or not 0 <= place < len(events):
            return None
        sig = unb64(group.sig, SIG_SIZE)
        made = events[place]
        if not verify(self.logs[made.log], sig, group_message(made.seq, made.h)):
            raise SyncRefused(reason="signature")
        return sig

    def _at(self, log_id: bytes, seq: int) -> bytes | None:
        return self.connection.execute(_AT, {"log": log_id, "seq": seq}).scalar_one_or_none()

    def _known(self, events: Sequence[Event]) -> set[bytes]:
        found: set[bytes] = set()
        for start in range(0, len(events), CHUNK):
            part = [made.h for made in events[start : start + CHUNK]]
            found.update(self.connection.execute(_KNOWN, {"hashes": part}).scalars())
        return found

    def _make_room(self, log_id: bytes, seq: int) -> None:
        """Set our own unsent tail aside where the centre holds a clone's events at the same place."""
        own = self.logs[log_id] == self.own_key
        if not own or seq <= outbox.seen(self.connection, log_id):
            raise SyncRefused(reason="fork")
        self.forked = branches.set_aside(self.connection, log_id, seq) or self.forked

    def _note_numbers(self, new: Sequence[Event]) -> None:
        for made in new:
            kind, _ = kind_and_entity(made)
            if kind == "Ingreso":
                series.note_used(self.connection, facts.act_of(Header.decode(made.header), made.body))

    def _beginning(self, page: Page, index: int, group: Group, log_id: bytes) -> bytes:
        """Find what the first events of a log not yet known are chained to, and whose it is."""
        if log_id in self.logs:
            if group.first_seq == 1:
                return log_root(log_id, self.logs[log_id])
            raise SyncRefused(reason="gap")
        return self._branch_point(group, log_id) or self._root(page, index, group, log_id)

    def _branch_point(self, group: Group, log_id: bytes) -> bytes | None:
        """Try known logs as parents: a branch's label follows from the parent's and its first hash."""
        for parent, key in list(self.logs.items()):
            before = log_root(parent, key) if group.first_seq == 1 else self._at(parent, group.first_seq - 1)
            if before is None:
                continue
            first = event_of(group.items[0], log_id, group.first_seq, before)
            if branch_label(parent, first.h) == log_id:
                self._learn(log_id, key)
                return before
        return None

    def _root(self, page: Page, index: int, group: Group, log_id: bytes) -> bytes:
        if group.first_seq != 1:
            raise SyncRefused(reason="gap")
        if log_id == central_log(self.server_key, page.feed):
            key: bytes | None = self.server_key
        else:
            key = self._signer(page, index, log_id)
        if key is None:
            raise OwnerUnknown(reason="owner")
        self._learn(log_id, key)
        return log_root(log_id, key)

    def _signer(self, page: Page, index: int, log_id: bytes) -> bytes | None:
        """Find the counter whose key fits a signature further on in the page: roots differ by key."""
        run = run_of(page, index)
        signed = [
            group
            for group in run
            if group.sig and group.sig_seq <= run[-1].first_seq - 1 + len(run[-1].items)
        ]
        if not signed:
            return None
        sig, end = unb64(signed[-1].sig, SIG_SIZE), signed[-1].sig_seq
        for key in {self.own_key, *self.keys.values()}:
            prev = log_root(log_id, key)
            for group in run:
                for made in chained(group, log_id, prev):
                    prev = made.h
                    if made.seq == end and verify(key, sig, group_message(end, made.h)):
                        return key
        return None

    def _learn(self, log_id: bytes, key: bytes) -> None:
        own = key == self.own_key
        row = {"id": log_id, "public_key": key, "label": "", "own": own, "durable_seq": 0}
        # The answer's own list of forks may have made the row a moment ago.
        self.connection.execute(insert(log).prefix_with("OR IGNORE"), row)
        self.logs[log_id] = key


def run_of(page: Page, index: int) -> list[Group]:
    """Gather the consecutive groups of one log in a page, from item ``index`` on."""
    run: list[Group] = []
    for item in page.items[index:]:
        if not isinstance(item, Others) or (run and item.group.log != run[0].log):
            continue
        if run and item.group.first_seq != run[-1].first_seq + len(run[-1].items):
            break
        run.append(item.group)
    return run


def chained(group: Group, log_id: bytes, prev: bytes) -> Iterator[Event]:
    """Chain the events of a group, one after the other."""
    for seq, item in enumerate(group.items, start=group.first_seq):
        made = event_of(item, log_id, seq, prev)
        prev = made.h
        yield made


def kind_and_entity(made: Event) -> tuple[str, bytes]:
    """Read kind and entity of a header; neither where nobody can read it: the event is kept."""
    try:
        header = Header.decode(made.header)
    except EventRefused:
        return "", b""
    return header.kind, header.entity
