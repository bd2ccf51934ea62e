"""One request of a counter and its answer, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import bindparam, select

from oirs_central import tables
from oirs_central.ledger import backup, documents, feeds, logs, pull, snapshots
from oirs_central.ledger.errors import FeedForeign, ProtocolUnknown
from oirs_central.ledger.push import Intake, Taken, runs
from oirs_core import chain
from oirs_core.domain.errors import EventRefused
from oirs_core.wire.messages import PROTO, Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from oirs_core.wire.messages import Page, Request

LOG_SIZE = 8
MAX_FETCH = 64
MAX_FETCHED = 192 * 1024  # bytes: with a full page beside them they must still fit a frame of 1 MiB

_DEVICE = select(tables.device).where(tables.device.c.id == bindparam("device"))
_KEYS = select(tables.device.c.key).where(tables.device.c.feed == bindparam("feed"))


@dataclass(frozen=True, slots=True)
class Asker:
    """The counter that asks. ``key``: its public key."""

    id: bytes
    feed: str
    key: bytes
    catalogue: str


@dataclass(frozen=True, slots=True)
class _Head:
    """The asker's last event as filed: label, seq, hash."""

    log: bytes
    seq: int
    h: bytes


def asker(connection: Connection, device: bytes) -> Asker:
    """Give what the ledger must know of a counter; FeedForeign when it is none of ours."""
    row = connection.execute(_DEVICE, {"device": device}).first()
    if row is None or row.revoked_ms is not None:
        raise FeedForeign
    return Asker(row.id, row.feed, row.key, feeds.catalogue_feed(row.institution))


def check(request: Request, who: Asker) -> None:
    """Refuse what no counter of this office may ask, before anything is read."""
    if request.proto != PROTO:
        raise ProtocolUnknown(proto=request.proto)
    followed = [name for name, _ in request.cursors] + [name for name, _, _ in request.vectors]
    if any(name not in {who.feed, who.catalogue} for name in followed):
        raise FeedForeign
    positions = [pos for _, pos in request.cursors] + [pos for _, pos, _ in request.vectors]
    numbers = [*positions, request.head_seq]
    doubled = len({name for name, _ in request.cursors}) < len(request.cursors)
    if doubled or any(not 0 <= n < chain.MAX_INTEGER for n in numbers):
        raise EventRefused(reason="shape")


class Exchange:
    """What one request needs while its transaction lasts."""

    def __init__(
        self, connection: Connection, who: Asker, request: Request, central: bytes, min_schema: int = 1
    ) -> None:
        """``central``: public key of the centre. ``min_schema``: who knows less is told to update."""
        self._min_schema = min_schema
        self._connection = connection
        self._who = who
        self._request = request
        self._central = central
        self._log = chain.unb64(request.log, LOG_SIZE)

    def run(self, now: int) -> Answer:
        """Take the push, compare, and give the pages. ``now``: ms UTC."""
        taken, candidates, head = self._compare(now)
        state = self._state(taken, head, candidates)
        agreed = state == "ok" and head is not None
        offered = self._offer() if agreed else None
        pages = self._pull(head, offered) if agreed and head is not None else ()
        return Answer(
            proto=PROTO,
            server_ms=now,
            state=state,
            durable_seq=self._durable(taken, head, state, candidates),
            cont=self._continuation(head),
            pages=pages,
            quarantined=tuple(taken.quarantined),
            relabel=tuple(taken.relabel),
            agreed=self._agreed(),
            blobs=documents.waiting(self._connection, self._who.id),
            backed=backup.marks(self._connection, [feed for feed, _ in self._request.cursors]),
            bodies=self._bodies(),
            snapshot=offered,
            min_schema=self._min_schema,
        )

    def _compare(self, now: int) -> tuple[Taken, list[_Head], _Head | None]:
        """Take the push if both sides stand on the same history, and give what the asker's head may be.

        Else what it depends on may be lost here: the asker gives that back first, with this after it.
        """
        if not self._request.groups:
            return self._found(Taken())
        point = self._connection.begin_nested()
        taken, candidates, head = self._found(self._push(now))
        if head is not None or self._feeds_agree():
            point.commit()
        else:
            point.rollback()
            taken = Taken(missing=taken.missing)
        return taken, candidates, head

    def _found(self, taken: Taken) -> tuple[Taken, list[_Head], _Head | None]:
        candidates = self._candidates(taken)
        return taken, candidates, self._head(candidates)

    def _push(self, now: int) -> Taken:
        pushed = runs(self._request.groups)
        locked = feeds.lock(self._connection, self._who.feed)
        return Intake(self._connection, locked, self._keys(), now).take_all(pushed, self._log)

    def _keys(self) -> Sequence[bytes]:
        rows = self._connection.execute(_KEYS, {"feed": self._who.feed})
        colleagues = [row.key for row in rows if row.key != self._who.key]
        return [self._who.key, *colleagues, self._central]

    def _candidates(self, taken: Taken) -> list[_Head]:
        """Give what the asker's head may be: by its own word, or by what its logs hold at that seq."""
        seq = self._request.head_seq
        sent = taken.ends.get(self._log)
        if sent is not None and sent[0] == seq:
            place = logs.known(self._connection, [sent[1]])[sent[1]]
            return [_Head(place.log, place.seq, sent[1])]
        if seq == 0:
            return [_Head(self._log, 0, chain.log_root(self._log, self._who.key))]
        found = []
        own = [log for log in logs.of_feed(self._connection, self._who.feed) if log.key == self._who.key]
        for log in sorted(own, key=lambda log: log.log != self._log):
            h = logs.hash_at(self._connection, log.log, seq)
            if h is not None:
                found.append(_Head(log.log, seq, h))
        return found

    def _head(self, candidates: list[_Head]) -> _Head | None:
        """Find the head under which the eight bytes of the check agree."""
        ordered = sorted(self._request.cursors)
        chains = [pull.link_at(self._connection, feed, pos) for feed, pos in ordered]
        known = [link for link in chains if link is not None]
        if len(known) < len(chains):
            return None
        for head in candidates:
            if chain.check8(head.h, known) == self._request.check:
                return head
        return None

    def _state(self, taken: Taken, head: _Head | None, candidates: list[_Head]) -> str:
        if self._log in taken.missing:
            return "ancestors"
        if head is not None:
            return "ok"
        return "differs" if candidates and not self._feeds_agree() else "ancestors"

    def _feeds_agree(self) -> bool:
        """Whether the vectors say that every feed agrees, so that what differs is the own log."""
        agreed = dict(self._agreed())
        return bool(self._request.vectors) and all(
            agreed.get(feed) == pos for feed, pos in self._request.cursors
        )

    def _durable(self, taken: Taken, head: _Head | None, state: str, candidates: list[_Head]) -> int:
        """Give the last event that both surely have: what a clone has added since is not the asker's."""
        if self._log in taken.missing:
            return taken.missing[self._log]
        if head is not None:
            return head.seq
        if state == "differs" or candidates:
            return 0
        return logs.last_seq(self._connection, self._log)

    def _continuation(self, head: _Head | None) -> str:
        if head is None:
            return ""
        following = logs.hash_at(self._connection, head.log, head.seq + 1)
        return "" if following is None else chain.b64(following)

    def _agreed(self) -> tuple[tuple[str, int], ...]:
        best: dict[str, int] = {}
        for feed, pos, link in self._request.vectors:
            ours = pull.link_at(self._connection, feed, pos)
            if ours is not None and chain.b64(ours) == link:
                best[feed] = max(pos, best.get(feed, 0))
        named = sorted({feed for feed, _, _ in self._request.vectors})
        return tuple((feed, best.get(feed, 0)) for feed in named)

    def _offer(self) -> tuple[str, int, str, int] | None:
        """Name a file to who can take one and lacks more entries than it is worth to page through."""
        if not self._request.snapshots:
            return None
        found = (snapshots.offer(self._connection, feed, pos) for feed, pos in self._request.cursors)
        return next((one for one in found if one is not None), None)

    def _bodies(self) -> tuple[tuple[str, str, msgspec.Raw], ...]:
        """Give back the bodies that the counter has put away, of its own office only, as many as fit."""
        hashes = [chain.unb64(text, chain.HASH_SIZE) for text in self._request.fetch[:MAX_FETCH]]
        found: list[tuple[str, str, msgspec.Raw]] = []
        room = MAX_FETCHED
        for row in pull.bodies(self._connection, self._who.feed, hashes):
            room -= len(row.body)
            if room < 0 and found:
                break
            found.append((chain.b64(row.h), chain.b64(row.salt), msgspec.Raw(row.body)))
        return tuple(found)

    def _pull(self, head: _Head, offered: tuple[str, int, str, int] | None) -> tuple[Page, ...]:
        line = pull.line_of(self._connection, self._log, (head.log, head.seq))
        old = self._request.schema < self._min_schema
        stops = pull.later_kinds(self._request.schema) if old else frozenset[str]()
        reader = pull.Reader(self._connection, line, self._request.max_bytes, stops)
        feeds = [(feed, pos) for feed, pos in self._request.cursors if not offered or feed != offered[0]]
        pages = [reader.page(feed, pos) for feed, pos in feeds]
        return tuple(page for page in pages if page is not None)
