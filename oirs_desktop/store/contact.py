"""When the centre was last reached, and what it said about the clock."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from oirs_core.wire.messages import SCHEMA
from oirs_desktop.store import state
from oirs_desktop.store.records import QueueState

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from oirs_core.wire.messages import Answer

KEEP_MS = 10 * 60 * 1000
"""An idle exchange writes to the disk no oftener than this: it says nothing new."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Times in ms UTC of this device. ``kept_at``: last success that stands on the disk."""

    last_success: int | None = None
    last_error: str = ""
    offset_ms: int | None = None
    offset_at: int | None = None
    kept_at: int | None = field(default=None, compare=False)
    agreed: str = ""
    """Where our log ended, hexadecimal, when both sides were last proved to hold the same."""

    @classmethod
    def load(cls, connection: Connection) -> Contact:
        """Read what the last run left."""
        raw = state.get(connection, "contact")
        return cls() if raw is None else cls(**json.loads(raw))

    @property
    def centre_ms(self) -> int | None:
        """What the centre's clock said last, ms UTC."""
        if self.offset_ms is None or self.offset_at is None:
            return None
        return self.offset_at + self.offset_ms

    def reached(self, now: int, server_ms: int, min_schema: int = 1) -> Contact:
        """Note an exchange that worked. ``now``: device time in its middle.

        ``min_schema``: the oldest one that still understands the centre; an older program is told so.
        """
        error = "schema_old" if min_schema > SCHEMA else ""
        return replace(self, last_success=now, last_error=error, offset_ms=server_ms - now, offset_at=now)

    def heard(self, now: int, answer: Answer) -> Contact:
        """Note an answer that came by the line. ``now``: device time in the middle of the exchange."""
        return self.reached(now, answer.server_ms, answer.min_schema) if answer.state == "ok" else self

    def keep(self, connection: Connection, before: Contact) -> Contact:
        """Write to the disk if it says something new; returns what is to be remembered."""
        fresh = abs((self.last_success or 0) - (self.kept_at or 0)) < KEEP_MS
        if fresh and (self.last_error, self.agreed) == (before.last_error, before.agreed):
            return self
        kept = replace(self, kept_at=self.last_success)
        state.put(connection, "contact", json.dumps(asdict(kept)))
        return kept

    def queue(self, pending: int, oldest_at: int | None, head: str = "") -> QueueState:
        """Tell how the exchange stands. ``head``: where our log ends, hexadecimal."""
        agreed = not pending and bool(head) and head == self.agreed
        return QueueState(
            pending, oldest_at, self.last_success, self.last_error, self.offset_ms, self.offset_at, agreed
        )
