"""What a stick needs of the ledger: the push of a counter that does not ask itself, and what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update

from oirs_central import tables
from oirs_central.ledger import documents, feeds, pull, snapshots
from oirs_central.ledger.errors import FeedForeign
from oirs_central.ledger.push import Intake, runs
from oirs_core import chain
from oirs_core.wire.messages import PROTO, Answer, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection

    from oirs_central.engine import Database
    from oirs_core.wire.blob import Stand
    from oirs_core.wire.messages import Group, Request

    Offer = tuple[str, int, str, int]

REVOKED = "revoked"
"""Why the events of a counter that was revoked are set apart."""

KEEP_MS = 90 * 24 * 3600 * 1000
"""How long it is said of a document that it became whole: answers may come late, and not at all."""

_DEVICE = select(tables.device, tables.office.c.code.label("office")).join(
    tables.office, tables.office.c.feed == tables.device.c.feed
)
_ONE = _DEVICE.where(tables.device.c.id == bindparam("device"))
_KEYS = select(tables.device.c.key, tables.device.c.revoked_ms).where(
    tables.device.c.feed == bindparam("feed")
)
_NEW = select(tables.feed_entry.c.h).where(
    tables.feed_entry.c.feed == bindparam("feed"), tables.feed_entry.c.pos > bindparam("before")
)
_LOGS = select(tables.log.c.log).where(tables.log.c.key == bindparam("key"))
_APART = (
    update(tables.event)
    .where(tables.event.c.h.in_(_NEW), tables.event.c.log.in_(_LOGS), tables.event.c.quarantine.is_(None))
    .values(quarantine=REVOKED)
)
_HEAD = select(tables.feed.c.head).where(tables.feed.c.feed == bindparam("feed"))


@dataclass(frozen=True, slots=True)
class Known:
    """A counter as it was enrolled. ``feeds``: those that it follows; ``key``: its public key."""

    id: bytes
    key: bytes
    office: str
    label: str
    name: str
    revoked: bool
    feeds: tuple[str, ...]

    @property
    def feed(self) -> str:
        """The feed of its office."""
        return self.feeds[-1]


@dataclass(frozen=True, slots=True)
class Count:
    """What a push brought. ``given``: events sent, ``new``: of them stored, ``missing``: ancestors lack.

    ``relabel``, ``quarantined``: as in an answer.
    """

    given: int = 0
    new: int = 0
    missing: bool = False
    relabel: tuple[tuple[str, int, str], ...] = ()
    quarantined: tuple[str, ...] = ()

    def __add__(self, other: Count) -> Count:
        """Count two pushes of one file together."""
        return Count(
            self.given + other.given,
            self.new + other.new,
            self.missing or other.missing,
            tuple(dict.fromkeys(self.relabel + other.relabel)),
            tuple(dict.fromkeys(self.quarantined + other.quarantined)),
        )


class Carrier:
    """Pushes and pulls for counters whose words came on a stick."""

    def __init__(self, database: Database, central: bytes) -> None:
        """``central``: public key of the centre."""
        self._database = database
        self._central = central

    def device(self, device: bytes) -> Known | None:
        """Give a counter by its id; None when it is not enrolled here."""
        with self._database.reading() as connection:
            row = connection.execute(_ONE, {"device": device}).first()
        if row is None:
            return None
        followed = (feeds.catalogue_feed(row.institution), row.feed)
        revoked = row.revoked_ms is not None
        return Known(row.id, row.key, row.office, row.label, row.name, revoked, followed)

    def push(self, who: Known, log: bytes, groups: Sequence[Group], now: int) -> Count:
        """Take groups as the line does, in one transaction. ``log``: the declared one; ``now``: ms UTC.

        What a revoked counter wrote is set apart, never refused. EventRefused, LedgerError.
        """
        pushed = runs(groups)

        def work(connection: Connection) -> Count:
            head = feeds.lock(connection, who.feed)
            before = head.pos
            intake = Intake(connection, head, self._keys(connection, who), now)
            taken = intake.take_all(pushed, log)
            if who.revoked:
                connection.execute(_APART, {"feed": who.feed, "before": before, "key": who.key})
            given = sum(len(run.items) for run in pushed)
            missing = any(run.log not in taken.ends for run in pushed)
            return Count(given, head.pos - before, missing, tuple(taken.relabel), tuple(taken.quarantined))

        return self._database.write(work)

    def _keys(self, connection: Connection, who: Known) -> list[bytes]:
        rows = connection.execute(_KEYS, {"feed": who.feed})
        colleagues = [row.key for row in rows if row.key != who.key]
        return [who.key, *colleagues, self._central]

    def lacks(self, who: Known, request: Request) -> int:
        """Count the entries that a counter lacks."""
        with self._database.reading() as connection:
            starts = _starts(connection, who, request)
            heads = [connection.execute(_HEAD, {"feed": feed}).scalar() or 0 for feed in starts]
            return int(sum(heads)) - sum(starts.values())

    def answers(
        self, who: Known, request: Request, count: Count, now: int, sound: Callable[[Offer], bool]
    ) -> Iterator[Answer]:
        """Give what a counter lacks, by its own account of where it stands; one answer at least.

        With all bodies, also of its own events: days may pass before a stick comes back, and the store
        that asked may have been put back from a backup by then. ``sound``: whether a snapshot can be given;
        its bytes are to follow the answer that names it.
        """
        if who.revoked:  # whoever holds the machine now learns nothing more
            yield Answer(PROTO, now, REVOKED, 0, "", ())
            return
        with self._database.reading() as connection:
            starts = _starts(connection, who, request)
            offer = _offer(connection, starts, request)
        offer = offer if offer is not None and sound(offer) else None
        left, more = {feed: pos for feed, pos in starts.items() if not offer or feed != offer[0]}, True
        while more:
            with self._database.reading() as connection:
                pages = _pages(connection, left, request.schema)
            yield Answer(PROTO, now, "ok", 0, "", pages, count.quarantined, count.relabel, snapshot=offer)
            more = offer is not None or any(page.more for page in pages)
            left |= {page.feed: page.end for page in pages} | ({offer[0]: offer[1]} if offer else {})
            count, offer = Count(), None

    def standing(self, who: Known, now: int) -> dict[bytes, Stand]:
        """Tell how the documents of a counter stand; those long whole it has heard of."""
        with self._database.reading() as connection:
            return documents.standing(connection, who.id, now - KEEP_MS)


def _offer(connection: Connection, starts: dict[str, int], request: Request) -> Offer | None:
    """Name a file to who can take one, lacks so much, and has no other history than ours."""
    if not request.snapshots:
        return None
    cursors = dict(request.cursors)
    found = (
        snapshots.offer(connection, feed, pos) for feed, pos in starts.items() if cursors.get(feed) == pos
    )
    return next((one for one in found if one is not None), None)


def _starts(connection: Connection, who: Known, request: Request) -> dict[str, int]:
    """Find how far both agree in each feed: at the cursor, or at one of the places given further back."""
    if any(feed not in who.feeds for feed, _, _ in request.vectors):
        raise FeedForeign
    best = dict.fromkeys(who.feeds, 0)
    for feed, pos, link in request.vectors:
        ours = pull.link_at(connection, feed, pos) if 0 <= pos < chain.MAX_INTEGER else None
        if ours is not None and chain.b64(ours) == link:
            best[feed] = max(pos, best[feed])
    return best


def _pages(connection: Connection, starts: dict[str, int], schema: int) -> tuple[Page, ...]:
    reader = pull.Reader(connection, pull.Line(b"", 0), pull.MAX_BYTES, pull.later_kinds(schema))
    return tuple(reader.page(feed, pos) or _end(connection, feed, pos) for feed, pos in starts.items())


def _end(connection: Connection, feed: str, pos: int) -> Page:
    """Say that a feed ends there: who knows more of it learns that the centre has lost something."""
    link = pull.link_at(connection, feed, pos) or chain.GENESIS
    return Page(feed, pos, pos, chain.b64(link), (), more=False)
