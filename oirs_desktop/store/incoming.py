"""Groups of events that came in: chained to what is known, verified, kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, exists, insert, select

from oirs_core.chain import Event, Header, b64, feed_step, group_message, log_root, unb64
from oirs_core.domain.errors import EventRefused
from oirs_core.signature import verify
from oirs_core.wire.messages import Group, Others, Page, event_of
from oirs_desktop.store import branches, facts, series
from oirs_desktop.store.engine import raw
from oirs_desktop.store.errors import SyncRefused
from oirs_desktop.store.tables import event, feed_entry, log
from oirs_desktop.store.writing import Entry, keep

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

LOG_SIZE, SIG_SIZE = 8, 64
"""bytes"""
CHUNK = 500

_AT = select(event.c.h).where(event.c.log == bindparam("log"), event.c.seq == bindparam("seq"))
_KNOWN = select(event.c.h, event.c.log).where(event.c.h.in_(bindparam("hashes", expanding=True)))
_BETWEEN = (
    select(event.c.seq, event.c.h)
    .where(event.c.log == bindparam("log"), event.c.seq.between(bindparam("first"), bindparam("last")))
    .order_by(event.c.seq)
)
_KEYS = select(log.c.id, log.c.public_key)
_SEEN = select(exists().where(feed_entry.c.h == bindparam("h")))


def central_log(server_key: bytes, feed: str) -> bytes:
    """Id of the log that the centre owns in a feed (`docs/architecture.md`)."""
    return sha256(b"oirs-central-log" + server_key + feed.encode()).digest()[:LOG_SIZE]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a group stands: item ``index`` of ``page``; ``link``: chain of the feed before it."""

    page: Page
    index: int
    link: bytes

    @property
    def item(self) -> Others:
        """The item itself."""
        item = self.page.items[self.index]
        if not isinstance(item, Others):
            raise TypeError(item)
        return item


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
        for log_id, key in self.connection.execute(_KEYS):
            self.logs[log_id] = key

    def take(self, place: Place) -> list[Entry]:
        """Verify and keep a group; returns all of its events. SyncRefused."""
        try:
            return self._take(place)
        except EventRefused as why:
            raise SyncRefused(reason="event") from why

    def _take(self, place: Place) -> list[Entry]:
        group = place.item.group
        log_id = unb64(group.log, LOG_SIZE)
        key, events = self._origin(place, log_id)
        self._learn(log_id, key)
        known = self.file(log_id, {made.seq: made.h for made in events})
        entries = [Entry(made, *kind_and_entity(made)) for made in events]
        sig = unb64(group.sig, SIG_SIZE) if group.sig else None
        signed = [replace(e, sig=sig) if e.event.seq == group.sig_seq else e for e in entries]
        new = [entry for entry in signed if entry.event.h not in known]
        keep(raw(self.connection), new)
        if key == self.own_key:
            self._note_numbers(new)
        return entries

    # ------------------------------------------------------------------ to what it is chained

    def _origin(self, place: Place, log_id: bytes) -> tuple[bytes, list[Event]]:
        """Find what a group is chained to: the writer's key, and its events.

        The label is a hint only: here the ancestor may lie under another one. Which of the possible
        ancestors is the right one tells the signature, or the chain of the page where the group was cut.
        """
        group = place.item.group
        for key, prev in self._origins(place.page.feed, group, log_id):
            events = list(chained(group, log_id, prev))
            if self._vouched(place, key, events):
                return key, events
        raise SyncRefused(reason="gap" if group.first_seq > 1 else "owner")

    def _origins(self, feed: str, group: Group, log_id: bytes) -> Iterator[tuple[bytes, bytes]]:
        """To what a group may be chained, the likeliest first: the writer's key and the hash before."""
        if group.first_seq == 1:
            yield from self._roots(feed, log_id)
            return
        others = (label for label in self.logs if label != log_id)
        for label in (log_id, *others):
            h = self._at(label, group.first_seq - 1)
            if h is not None:
                yield self.logs[label], h

    def _roots(self, feed: str, log_id: bytes) -> Iterator[tuple[bytes, bytes]]:
        known = self.logs.get(log_id)
        if known is not None:
            keys = [known]
        elif log_id == central_log(self.server_key, feed):
            keys = [self.server_key]
        else:
            keys = [self.own_key, *(key for key in self.keys.values() if key != self.own_key)]
        for key in keys:
            yield key, log_root(log_id, key)
        # A fork at the very first event hangs on the root of the log that it left.
        for label, key in list(self.logs.items()):
            if label != log_id:
                yield key, log_root(label, key)

    def _vouched(self, place: Place, key: bytes, events: list[Event]) -> bool:
        """Whether the next signature in the page, or else the end of the page, says that this is right."""
        log_id, prev = events[0].log, events[-1].h
        for n, group in enumerate(run_of(place.page, place.index)):
            part = events if n == 0 else list(chained(group, log_id, prev))
            prev = part[-1].h
            at = group.sig_seq - group.first_seq
            if group.sig and 0 <= at < len(part):
                message = group_message(group.sig_seq, part[at].h)
                return verify(key, unb64(group.sig, SIG_SIZE), message)
        if place.index + 1 < len(place.page.items):
            return True  # the page will not fit if it is wrong
        link = place.link
        for made, t_recv in zip(events, place.item.t_recv, strict=False):
            link = feed_step(link, made.h, t_recv)
        return b64(link) == place.page.chain

    def _at(self, log_id: bytes, seq: int) -> bytes | None:
        return self.connection.execute(_AT, {"log": log_id, "seq": seq}).scalar_one_or_none()

    # ------------------------------------------------------------------ where it is filed

    def file(self, log_id: bytes, places: dict[int, bytes]) -> dict[bytes, bytes]:
        """Make the label of the centre ours for hashes by seq; gives those that are here, and where."""
        known = self._known(places)
        if all(known.get(h) == log_id for h in places.values()):
            return known
        self._make_room(log_id, places)
        known = self._known(places)
        for label in set(known.values()) - {log_id}:
            hashes = [h for h, held in known.items() if held == label]
            moved = branches.adopt(self.connection, hashes, label, log_id)
            self.forked = self.forked or moved
        return known

    def _known(self, places: dict[int, bytes]) -> dict[bytes, bytes]:
        hashes, found = list(places.values()), dict[bytes, bytes]()
        for start in range(0, len(hashes), CHUNK):
            part = hashes[start : start + CHUNK]
            found.update((h, label) for h, label in self.connection.execute(_KNOWN, {"hashes": part}))
        return found

    def _make_room(self, log_id: bytes, places: dict[int, bytes]) -> None:
        """Set a tail aside that stands where the centre has filed other events."""
        held = {"log": log_id, "first": min(places), "last": max(places)}
        for seq, h in self.connection.execute(_BETWEEN, held).all():
            if places[seq] == h:
                continue
            if self.connection.execute(_SEEN, {"h": h}).scalar_one():
                raise SyncRefused(reason="fork")
            branches.set_aside(self.connection, log_id, seq)
            self.forked = self.forked or self.logs[log_id] == self.own_key
            return

    def _note_numbers(self, new: Sequence[Entry]) -> None:
        for entry in new:
            if entry.kind == "Ingreso":
                made = entry.event
                series.note_used(self.connection, facts.act_of(Header.decode(made.header), made.body))

    def _learn(self, log_id: bytes, key: bytes) -> None:
        if log_id in self.logs:
            if self.logs[log_id] != key:
                raise SyncRefused(reason="owner")
            return
        self.logs[log_id] = key
        own = key == self.own_key
        row = {"id": log_id, "public_key": key, "label": "", "own": own, "durable_seq": 0}
        # The answer's own list of forks may have made the row a moment ago.
        self.connection.execute(insert(log).prefix_with("OR IGNORE"), row)


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
