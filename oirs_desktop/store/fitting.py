"""An answer that a stick brought, cut to what this store needs of it today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update

from oirs_core.chain import GENESIS, b64
from oirs_desktop.store import outbox, state
from oirs_desktop.store.tables import feed_entry, log

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from oirs_core.wire.messages import Page

_LINK = select(feed_entry.c.chain).where(
    feed_entry.c.feed == bindparam("feed"), feed_entry.c.pos == bindparam("pos")
)


def durable(connection: Connection, current: bytes) -> int:
    """Give the last event of a log that the centre is known to hold."""
    return int(connection.execute(select(log.c.durable_seq).where(log.c.id == current)).scalar_one())


def beyond(
    connection: Connection, pages: tuple[Page, ...], *, newer: bool
) -> tuple[tuple[Page, ...], tuple[tuple[str, int], ...]]:
    """Give the pages that are not known yet, and how far back we must go where the centre has lost the rest.

    It has where it says, later than all that we heard of it, that a feed ends before our cursor.
    """
    left, agreed = [], []
    here = {feed: pos for feed, pos, _ in state.cursors(connection)}
    for page in pages:
        cursor = here.get(page.feed, 0)
        if page.end > cursor or b64(_link(connection, page.feed, page.end)) != page.chain:
            left.append(page)
        elif newer and not page.more and page.end < cursor:
            agreed.append((page.feed, page.end))
    return tuple(left), tuple(agreed)


def _link(connection: Connection, feed: str, pos: int) -> bytes:
    found = connection.execute(_LINK, {"feed": feed, "pos": pos}).scalar()
    return GENESIS if pos == 0 or found is None else bytes(found)


def confirm(connection: Connection) -> None:
    """Raise what the centre is known to hold: what was seen in a feed lies on its disk."""
    current = state.head(connection).log
    last = outbox.seen(connection, current)
    change = update(log).where(log.c.id == current, log.c.durable_seq < last).values(durable_seq=last)
    connection.execute(change)
