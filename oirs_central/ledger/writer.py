"""The centre's own pen: one log per feed, one event and its position in one transaction."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from oirs_central.ledger import feeds, logs
from oirs_core import chain
from oirs_core.wire.codec import encode_body, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from oirs_core.domain.events import Content
    from oirs_core.signature import SigningKey

SALT_SIZE = 16
CENTRE = "central"


class Writer:
    """Writes with the centre's key."""

    def __init__(self, key: SigningKey, clock: Callable[[], int], random: Callable[[int], bytes]) -> None:
        """``clock``: ms UTC. ``random``: that many random bytes."""
        self.key = key
        self._clock = clock
        self._random = random

    def log_of(self, feed: str) -> bytes:
        """Give the centre's log in a feed: every log lives in one feed only."""
        return sha256(b"oirs-central-log" + self.key.public + feed.encode()).digest()[:8]

    def append(
        self,
        connection: Connection,
        feed: str,
        content: Content,
        user: str = CENTRE,
        entity: bytes = b"",
        base: bytes | None = None,
    ) -> chain.Event:
        """Write one event into a feed, signed. EventRefused when it is too large."""
        now = self._clock()
        head = feeds.lock(connection, feed)
        label = self.log_of(feed)
        log = logs.find(connection, label)
        if log is None:
            log = logs.Log(label, feed, self.key.public, chain.log_root(label, self.key.public))
            logs.add(connection, log)
        seq = logs.last_seq(connection, label)
        prev = logs.hash_at(connection, label, seq) or log.root
        kind, version = kind_of(content)
        header = chain.Header(kind, version, now, sure=True, user=user, entity=entity, base=base)
        body, salt = encode_body(content), self._random(SALT_SIZE)
        event = chain.seal(label, seq + 1, prev, header.encode(), salt, body)
        sig = self.key.sign(chain.group_message(event.seq, event.h))
        feeds.append(connection, head, [event], {event.seq: sig}, now, central=True)
        return event
