"""Taking what a counter sends: skip the known, chain the new, file forks as branches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from oirs_central.ledger import feeds, logs, recovery, redaction
from oirs_central.ledger.errors import FeedForeign, GroupUnsigned
from oirs_core import chain, signature
from oirs_core.domain.errors import EventRefused
from oirs_core.wire.messages import event_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from oirs_core.wire.messages import Group, Item

LOG_SIZE = 8


@dataclass(slots=True)
class Run:
    """Consecutive events of one log, from one group or from several that follow each other."""

    log: bytes
    first: int
    items: list[Item]
    sigs: dict[int, bytes]

    @property
    def last(self) -> int:
        """The seq of its last event."""
        return self.first + len(self.items) - 1


@dataclass(slots=True)
class Taken:
    """What became of a push.

    ``ends``: by label as sent, seq and hash of the last event taken. ``missing``: by label as sent,
    the seq after which the sender should begin, because an ancestor is not here.
    """

    ends: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)
    missing: dict[bytes, int] = field(default_factory=dict)
    relabel: list[tuple[str, int, str]] = field(default_factory=list)
    quarantined: list[str] = field(default_factory=list)


def runs(groups: Sequence[Group]) -> list[Run]:
    """Join groups that follow each other; EventRefused when one is out of shape."""
    found: list[Run] = []
    for group in groups:
        log = chain.unb64(group.log, LOG_SIZE)
        if group.first_seq < 1 or not group.items:
            raise EventRefused(reason="shape")
        sig = chain.unb64(group.sig)
        last = found[-1] if found else None
        if last is None or last.log != log or last.last + 1 != group.first_seq:
            last = Run(log, group.first_seq, [], {})
            found.append(last)
        last.items.extend(group.items)
        if sig:
            last.sigs[group.sig_seq] = sig
    return found


class Intake:
    """One push into one locked feed."""

    def __init__(self, connection: Connection, head: feeds.Head, keys: Sequence[bytes], now: int) -> None:
        """``keys``: public keys that may write here, the sender's first, the centre's last."""
        self._connection = connection
        self._head = head
        self._keys = list(keys)
        self._now = now
        self.taken = Taken()

    def take_all(self, waiting: Sequence[Run], declared: bytes) -> Taken:
        """Take every run that can be chained and verified, in whatever order they came.

        One may depend on another, or on the key that another brings. FeedForeign, EventRefused, and
        GroupUnsigned for the ``declared`` log refuse it all; of others' logs, what nothing vouches for is
        left out: a counter must not be stopped by what it merely passes on.
        """
        left = list(waiting)
        while left:
            later = [run for run in left if not self._take(run)]
            if len(later) == len(left):
                break
            left = later
        for run in left:
            if run.log == declared:
                self._miss(run)
        return self.taken

    def _take(self, run: Run) -> bool:
        """Store what is new of a run; False when nothing here is its ancestor."""
        log = logs.find(self._connection, run.log)
        if log is not None and log.feed != self._head.feed:
            raise FeedForeign
        found = self._origin(run)
        if found is None:
            return False
        origin, events = found
        filed = logs.known(self._connection, [event.h for event in events])
        new = [event for event in events if event.h not in filed]
        bare = [e for e in events if e.body is not None and e.h in filed and filed[e.h].bare]
        if bare:
            redaction.fill(self._connection, bare, central=origin.log.key == self._keys[-1])
        if new:
            filed |= self._file(origin, filed, events, new, run)
        self._report(run, events, filed)
        return True

    def _origin(self, run: Run) -> tuple[logs.Origin, list[chain.Event]] | None:
        """Find what the run is chained to, and its events as far as a signature vouches for them."""
        feed = self._head.feed
        for origin in logs.origins(self._connection, feed, run.log, run.first, self._keys):
            events = _chained(run, origin.prev)
            for seq in sorted(run.sigs, reverse=True):
                if not run.first <= seq <= run.last:
                    continue
                message = chain.group_message(seq, events[seq - run.first].h)
                if signature.verify(origin.log.key, run.sigs[seq], message):
                    return origin, events[: seq - run.first + 1]
        return None

    def _miss(self, run: Run) -> None:
        if run.first == 1:
            raise GroupUnsigned
        held = logs.last_seq(self._connection, run.log)
        # An event stands where the ancestor should, yet the run is not chained to it: from the start.
        self.taken.missing[run.log] = held if held < run.first - 1 else 0

    def _file(
        self,
        origin: logs.Origin,
        filed: dict[bytes, logs.Filed],
        events: list[chain.Event],
        new: list[chain.Event],
        run: Run,
    ) -> dict[bytes, logs.Filed]:
        """Store the unknown end of a run; what is known is always its beginning."""
        first = new[0]
        before = first.seq - events[0].seq - 1
        home = origin.log
        if before >= 0:
            found = logs.find(self._connection, filed[events[before].h].log)
            home = found or home
        label, branch = home.log, chain.branch_label(home.log, first.h)
        # A tail that was a branch before the centre was restored stays one, whoever comes first now.
        if run.log == branch or logs.hash_at(self._connection, home.log, first.seq) is not None:
            label = branch
            tail = logs.Log(label, home.feed, home.key, first.prev, first.seq, home.log)
            logs.add(self._connection, tail)
        elif logs.find(self._connection, label) is None:
            logs.add(self._connection, home)
        stored = redaction.stripped(self._connection, [_under(event, label) for event in new])
        vouched = self._vouched(home.key, stored, run.sigs)
        central = home.key == self._keys[-1]
        marks = feeds.append(self._connection, self._head, stored, vouched, self._now, central=central)
        if central:
            self._learn(stored, marks)
        return {
            event.h: logs.Filed(label, event.seq, mark.quarantine)
            for event, mark in zip(stored, marks, strict=True)
        }

    def _learn(self, events: list[chain.Event], marks: list[feeds.Marks]) -> None:
        for event, mark in zip(events, marks, strict=True):
            if mark.quarantine is None and mark.kind == "Supresion":
                redaction.apply(self._connection, self._head.feed, event)
            elif mark.quarantine is None:
                key = recovery.learn(self._connection, self._head.feed, mark.kind, event, self._now)
                if key is not None:
                    self._keys.insert(-1, key)

    def _vouched(self, key: bytes, events: list[chain.Event], sigs: dict[int, bytes]) -> dict[int, bytes]:
        by_seq = {event.seq: event for event in events}
        return {
            seq: sig
            for seq, sig in sigs.items()
            if seq in by_seq and signature.verify(key, sig, chain.group_message(seq, by_seq[seq].h))
        }

    def _report(self, run: Run, events: list[chain.Event], filed: dict[bytes, logs.Filed]) -> None:
        self.taken.ends[run.log] = (events[-1].seq, events[-1].h)
        for event in events:
            if filed[event.h].quarantine is not None:
                self.taken.quarantined.append(chain.b64(event.h))
        last = filed[events[-1].h]
        for old, first, new in self._path(run.log, last):
            self.taken.relabel.append((chain.b64(old), first, chain.b64(new)))

    def _path(self, label: bytes, place: logs.Filed) -> list[tuple[bytes, int, bytes]]:
        """Give the forks that lead from the label that the sender uses to the one used here.

        From the oldest on: where each begins, so that the sender can move its tail label by label.
        """
        path: list[tuple[bytes, int, bytes]] = []
        current = place.log
        while current != label:
            log = logs.find(self._connection, current)
            if log is None or log.parent is None:
                # No ancestor: the centre has lost the branch that the sender still knows.
                return [(label, place.seq, place.log)]
            path.append((log.parent, log.first, current))
            current = log.parent
        return path[::-1]


def _chained(run: Run, prev: bytes) -> list[chain.Event]:
    events = []
    for offset, item in enumerate(run.items):
        event = event_of(item, run.log, run.first + offset, prev)
        events.append(event)
        prev = event.h
    return events


def _under(event: chain.Event, label: bytes) -> chain.Event:
    if event.log == label:
        return event
    parts = (event.seq, event.prev, event.header, event.salt, event.body, event.digest, event.h)
    return chain.Event(label, *parts)
