"""What a person at the counter should know of the exchange: agreement, conflicts, what nobody can read."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select, text

from oirs_core.chain import ENTITY_SIZE, Header, unb64
from oirs_core.domain.errors import EventRefused
from oirs_core.wire.codec import Unknown, decode_body
from oirs_desktop.store import facts, outbox, state
from oirs_desktop.store.engine import raw
from oirs_desktop.store.tables import event, log, solicitud

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from oirs_core.domain.events import Act
    from oirs_core.domain.solicitud import Solicitud
    from oirs_core.wire.messages import Answer
    from oirs_desktop.store.records import Absorbed

UNREAD = "unread"
SERIES = "series"
SLICE = 20_000
"""Cases looked through at once: between two looks others have their turn."""
EVENTS = 2_000
"""Events looked through at once."""
MARK_STEP = 500
"""Events looked at before the place reached is written down."""
MOST = 100

_SINCE = "SELECT nro, h, kind, header, body FROM event WHERE nro > ? ORDER BY nro LIMIT ?"
_LAST = "SELECT max(nro) FROM event"
_ONE = (
    select(event.c.h, event.c.kind, event.c.header, event.c.body, event.c.entity, log.c.own)
    .join(log, log.c.id == event.c.log)
    .where(event.c.h == bindparam("h"))
)
_PART = "(SELECT nro, entity, flagged FROM solicitud WHERE nro < ? ORDER BY nro DESC LIMIT ?)"
_FLAGGED = f"SELECT entity FROM {_PART} WHERE flagged ORDER BY nro DESC"  # noqa: S608 - our own text
_END = f"SELECT min(nro), count(*) FROM {_PART}"  # noqa: S608 - same
_HIGHEST = 2**63 - 1
_UNSENT = select(func.count()).select_from(solicitud).where(text("NOT delivered"))


@dataclass(frozen=True, slots=True)
class Unread:
    """An event that somebody cannot read; it is kept and sent on all the same.

    ``reason``: newer (a later version of the program wrote it), shape or header (it holds not what it
    must), centre (we can read it and the centre cannot). ``entity``, ``folio``: of its case, empty where
    that is not here. ``at``: ms UTC, 0 unknown. ``act``: what it says, where we can read it.
    """

    h: bytes
    kind: str
    reason: str
    own: bool
    entity: bytes = b""
    folio: str = ""
    at: int = 0
    user: str = ""
    act: Act | None = None


@dataclass(slots=True)
class _Known:
    """What stands in the store: up to which event was looked, what was found, what is settled."""

    mark: int = 0
    here: list[str] = field(default_factory=list)
    centre: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    @classmethod
    def load(cls, connection: Connection) -> _Known:
        kept = state.get(connection, UNREAD)
        return cls() if kept is None else cls(**json.loads(kept))

    def keep(self, connection: Connection) -> None:
        parts = {name: getattr(self, name)[-MOST:] for name in ("here", "centre", "done")}
        state.put(connection, UNREAD, json.dumps({"mark": self.mark, **parts}))


def agreement(connection: Connection, answer: Answer, absorbed: Absorbed) -> str:
    """Give the own head, hexadecimal, if an answer proves that both sides hold the same; else nothing.

    The centre compared the chains of both up to the cursors and up to our head, and what it sent since
    was chained to them here: with nothing pending and nothing more to come, all of it is the same.
    """
    if answer.state != "ok" or absorbed.more or absorbed.rotate or answer.snapshot is not None:
        return ""
    head = state.head(connection)
    whole = state.durable(connection) >= head.seq and not outbox.pending(connection)[0]
    return head.h.hex() if whole else ""


def note_refused(connection: Connection, quarantined: Sequence[str]) -> None:
    """Remember which of our events the centre cannot read."""
    known, found = _Known.load(connection), []
    for name in quarantined:
        try:
            found.append(unb64(name).hex())
        except EventRefused:
            continue
    fresh = [h for h in dict.fromkeys(found) if h not in known.centre]
    if fresh:
        known.centre += fresh
        known.keep(connection)


class Attention:
    """The part of the ``Store`` that says what needs a person."""

    if TYPE_CHECKING:

        def _read(self) -> AbstractContextManager[Connection]: ...
        def _write(self) -> AbstractContextManager[Connection]: ...

    def cases_waiting(self) -> int:
        """Count the cases of which the centre has not shown everything yet."""
        with self._read() as connection:
            return int(connection.execute(_UNSENT).scalar_one())

    def flagged(self, below: int = 0) -> tuple[list[Solicitud], int]:
        """Give flagged cases, the newest first, from one slice, and where the next begins; 0: no more.

        ``below``: what the call before gave, 0 for the first.
        """
        with self._read() as connection:
            values = (below or _HIGHEST, SLICE)
            ids = [bytes(row[0]) for row in raw(connection).execute(_FLAGGED, values)][:MOST]
            low, count = raw(connection).execute(_END, values).fetchone()
            cases = [found.case for found in facts.cases(connection, ids)]
            return cases, low if count == SLICE else 0

    def look_for_unread(self) -> bool:
        """Look through the next events for such as nobody can read; whether there are more to look at."""
        with self._read() as connection:
            known = _Known.load(connection)
            last = int(raw(connection).execute(_LAST).fetchone()[0] or 0)
            rows = raw(connection).execute(_SINCE, (known.mark, EVENTS)).fetchall()
        found = [h.hex() for _, h, kind, header, body in rows if _why(kind, header, body)]
        end = rows[-1][0] if rows else known.mark
        if found or end - known.mark >= MARK_STEP:
            with self._write() as connection:
                known = _Known.load(connection)
                known.mark = end
                known.here += [h for h in found if h not in known.here]
                known.keep(connection)
        return bool(rows) and end < last

    def unread(self) -> list[Unread]:
        """List what nobody can read and nobody has settled; what an update made readable is gone."""
        with self._read() as connection:
            known = _Known.load(connection)
            wanted = [h for h in dict.fromkeys(known.centre + known.here) if h not in known.done]
            told = [_told(connection, bytes.fromhex(h), refused=h in known.centre) for h in wanted]
            return [one for one in told if one is not None]

    def settled(self) -> frozenset[bytes]:
        """Give what somebody has seen and done what can be done about."""
        with self._read() as connection:
            return frozenset(bytes.fromhex(h) for h in _Known.load(connection).done)

    def settle_unread(self, h: bytes) -> None:
        """Somebody has seen it and done what can be done: list it no more. It stays in the history."""
        with self._write() as connection:
            known = _Known.load(connection)
            if h.hex() not in known.done:
                known.done.append(h.hex())
                known.keep(connection)

    def new_series(self) -> tuple[str, str]:
        """Give label and reason of a log that was begun by itself, until somebody has read it."""
        with self._read() as connection:
            label, why = json.loads(state.get(connection, SERIES) or '["", ""]')
            return label, why

    def series_read(self) -> None:
        """Somebody has read it."""
        with self._write() as connection:
            state.drop(connection, SERIES)


def _why(kind: str, header: bytes, body: bytes | None) -> str:
    """Say why an event cannot be read here; empty: it can, or there is nothing in it any more."""
    if body is None:
        return ""
    try:
        decoded = Header.decode(header)
    except EventRefused:
        return "header"
    try:
        content = decode_body(decoded.kind, decoded.v, body)
    except EventRefused:
        return "shape"
    if isinstance(content, Unknown):
        return "newer"
    return "" if kind else "header"


def _told(connection: Connection, h: bytes, *, refused: bool) -> Unread | None:
    row: Any = connection.execute(_ONE, {"h": h}).one_or_none()
    if row is None or row.body is None:
        return None
    why = _why(row.kind, row.header, row.body) or ("centre" if refused and row.own else "")
    if not why:
        return None
    entity = bytes(row.entity or h[:ENTITY_SIZE])
    found = facts.load(connection, entity)
    mine = (entity, found.case.ingreso.folio) if found is not None else (b"", "")
    if why == "header":
        return Unread(h, row.kind, why, bool(row.own), *mine)
    header = Header.decode(row.header)
    act = facts.act_of(header, row.body)
    return Unread(h, row.kind, why, bool(row.own), *mine, header.at, header.user, act)
