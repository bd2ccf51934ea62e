"""Documents on their way to the centre: which of ours it lacks, how much was sent today, whether to send."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, or_, select, true, update
from sqlalchemy.dialects.sqlite import insert

from oirs_core.chain import ENTITY_SIZE, Header, unb64
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import Adjunto
from oirs_core.domain.rules import MAX_FILE
from oirs_core.wire.blob import (
    BLOCKED,
    ERASED,
    PARTIAL,
    SHA_SIZE,
    SHORT,
    WANTED,
    WHOLE,
    WISHES,
    Stand,
    read_sha,
)
from oirs_desktop.store import facts, state
from oirs_desktop.store.engine import raw
from oirs_desktop.store.tables import blob, feed_entry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from sqlalchemy import ColumnElement, Connection

WAITING, GONE = "waiting", "gone"
MARK_STEP = 500
"""Events looked at before the place reached is written down: a start looks at no more of them again."""

_LAST = "SELECT max(nro) FROM event"
_NEW = """SELECT e.h, e.header, e.body, e.entity FROM event e JOIN log l ON l.id = e.log
    WHERE e.nro > ? AND e.kind = 'Adjunto' AND l.own ORDER BY e.nro"""
_OUT = (
    select(blob.c.sha, blob.c.size, blob.c.held)
    .join(feed_entry, feed_entry.c.h == blob.c.h)
    .where(blob.c.state == WAITING)
    .order_by(blob.c.size - blob.c.held, blob.c.sha)
    .limit(bindparam("most"))
)
_UNHELD = (
    select(blob.c.sha, blob.c.size, blob.c.held)
    .where(blob.c.state == WAITING)
    .order_by(blob.c.size - blob.c.held, blob.c.sha)
)
_SUM = select(func.count(), func.coalesce(func.sum(blob.c.size - blob.c.held), 0)).where(
    blob.c.state == WAITING
)
_STUCK = (
    select(blob.c.sha, blob.c.entity, blob.c.name, blob.c.reason)
    .where(blob.c.state == BLOCKED, blob.c.reason != ERASED)  # what was erased asks for nothing
    .order_by(blob.c.name, blob.c.sha)
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A document that waits. ``size``: bytes; ``held``: of them at the centre, as it said last."""

    sha: bytes
    size: int
    held: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """A document that cannot go on by itself. ``reason``: hash, kind, size, case or gone."""

    sha: bytes
    entity: bytes
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class BlobTotals:
    """How many documents wait, how many bytes of them the centre lacks, and which cannot go on."""

    count: int
    bytes: int
    blocked: tuple[Blocked, ...]


class BlobQueries:
    """The part of the ``Store`` that follows documents."""

    def _read(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def _write(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def note_announced(self) -> None:
        """Take up the documents that this counter announced since the last call."""
        with self._read() as connection:
            mark = int(state.get(connection, "blob_mark") or 0)
            last = int(raw(connection).execute(_LAST).fetchone()[0] or 0)
            rows = [_row(*row) for row in raw(connection).execute(_NEW, (mark,))] if last > mark else []
        found = [row for row in rows if row is not None]
        if found or last - mark >= MARK_STEP:
            with self._write() as connection:
                for row in found:
                    connection.execute(
                        insert(blob)
                        .values(row)
                        .on_conflict_do_update(
                            index_elements=["sha"],
                            # Announced once more after it could not go on: perhaps it can now.
                            set_={"h": row["h"], "state": WAITING, "reason": "", "held": 0},
                            where=blob.c.state == BLOCKED,
                        )
                    )
                state.put(connection, "blob_mark", str(last))

    def outgoing(self, most: int = 100) -> list[Outgoing]:
        """List documents to send, those that lack least first; only such as the centre knows of."""
        with self._read() as connection:
            return [Outgoing(*row) for row in connection.execute(_OUT, {"most": most})]

    def unheld(self) -> list[Outgoing]:
        """List all documents that the centre is not known to hold, those that lack least first.

        Also such of whose act it does not know yet: on a stick both travel in one file.
        """
        with self._read() as connection:
            return [Outgoing(*row) for row in connection.execute(_UNHELD)]

    def any_waiting(self, names: Iterable[str]) -> bool:
        """Whether one of these documents waits; ``names``: the first bytes of their SHA-256, b64."""
        with self._read() as connection:
            waiting = {bytes(row.sha[:SHORT]) for row in connection.execute(_UNHELD)}
        return any(_short(name) in waiting for name in names)

    def note_blob(self, sha: bytes, stand: Stand, day: str = "", sent: int = 0) -> None:
        """Keep what the centre said of a document, and that ``sent`` bytes went out on ``day``."""
        where = stand.state if stand.state in {WHOLE, BLOCKED} else WAITING
        values = {"held": stand.offset, "state": where, "reason": stand.reason}
        with self._write() as connection:
            connection.execute(update(blob).where(blob.c.sha == sha).values(values))
            _add_sent(connection, day, sent)

    def try_blob_again(self, sha: bytes) -> None:
        """Let a document that could not go on begin anew."""
        self.note_blob(sha, Stand(0, WAITING))

    def blob_state(self, sha: bytes) -> str:
        """Tell where a document of ours stands; empty when this counter has not announced it."""
        with self._read() as connection:
            query = select(blob.c.state).where(blob.c.sha == sha)
            return connection.execute(query).scalar_one_or_none() or ""

    def blob_totals(self) -> BlobTotals:
        """Tell what waits."""
        with self._read() as connection:
            count, size = connection.execute(_SUM).one()
            blocked = tuple(Blocked(*row) for row in connection.execute(_STUCK))
        return BlobTotals(count, size, blocked)

    def blob_sent(self, day: str) -> int:
        """Bytes of documents sent on a day, ``YYYY-MM-DD``."""
        with self._read() as connection:
            return _sent(connection, day)

    def add_blob_sent(self, day: str, sent: int) -> None:
        """Note that bytes of documents went out, whatever became of them. ``day``: as ``blob_sent``."""
        with self._write() as connection:
            _add_sent(connection, day, sent)

    def wish(self, sha: str) -> None:
        """Remember a document that somebody wanted to see and no line brought; SHA-256 in hexadecimal."""
        with self._write() as connection:
            names = [name for name in _wishes(connection) if name != sha]
            state.put(connection, "wishes", json.dumps([*names, sha][-WISHES:]))

    def unwish(self, sha: str) -> None:
        """Forget that a document is wanted: it is here."""
        with self._write() as connection:
            names = [name for name in _wishes(connection) if name != sha]
            state.put(connection, "wishes", json.dumps(names))

    def wishes(self) -> list[str]:
        """List the documents that are wanted, the oldest wish first."""
        with self._read() as connection:
            return _wishes(connection)

    def blobs_paused(self) -> bool:
        """Whether somebody stopped the sending of documents."""
        with self._read() as connection:
            return state.get(connection, "blob_paused") == "1"

    def pause_blobs(self, *, on: bool) -> None:
        """Stop the sending of documents, or let it go on; also over a restart."""
        with self._write() as connection:
            state.put(connection, "blob_paused", "1" if on else "")


def listed(connection: Connection, blobs: Iterable[tuple[str, int]]) -> None:
    """Take over which of our documents the centre lacks: after a backup it may lack what it had.

    Writes nothing where it says what we know. What makes no sense is passed over: text does not wait for it.
    """
    for short, held in blobs:
        first = _short(short)
        if first is None or not 0 <= held <= MAX_FILE:
            continue
        changed = or_(blob.c.held != held, blob.c.state != WAITING)
        found = connection.execute(
            select(blob.c.sha).where(_named(first), changed, blob.c.reason != GONE)
        ).first()
        if found is not None:
            values = {"held": held, "state": WAITING, "reason": ""}
            connection.execute(update(blob).where(blob.c.sha == found.sha).values(values))


def heed(connection: Connection, stands: Iterable[tuple[str, int, str, str]]) -> int:
    """Take over how documents of ours stand (`parts.Stood`); gives how many became whole.

    What makes no sense, or is none of ours, is passed over.
    """
    whole = 0
    for name, held, told, reason in stands:
        first = _short(name)
        if first is None or told not in {WANTED, PARTIAL, WHOLE, BLOCKED}:
            continue
        now = told if told in {WHOLE, BLOCKED} else WAITING
        mine = _named(first) & (blob.c.size >= held)
        mine &= true() if now == WHOLE else blob.c.reason != GONE
        changed = or_(blob.c.state != now, blob.c.held != held, blob.c.reason != reason)
        values = {"held": held, "state": now, "reason": reason}
        count = connection.execute(update(blob).where(mine, changed).values(values)).rowcount
        whole += count if now == WHOLE else 0
    return whole


def _named(first: bytes) -> ColumnElement[bool]:
    """Find a document by the first bytes of its SHA-256."""
    return blob.c.sha.between(first, first + b"\xff" * (SHA_SIZE - len(first)))


def _short(text: str) -> bytes | None:
    """Read the beginning of a SHA-256, 8 bytes of it at least."""
    try:
        first = unb64(text)
    except EventRefused:
        return None
    return first if SHORT <= len(first) <= SHA_SIZE else None


def _row(h: bytes, header: bytes, body: bytes | None, entity: bytes | None) -> dict[str, object] | None:
    act = facts.act_of(Header.decode(header), body)
    try:
        sha = read_sha(act.sha256) if isinstance(act, Adjunto) else None
    except EventRefused:
        return None
    if sha is None or not isinstance(act, Adjunto):
        return None
    values = {"sha": sha, "h": h, "entity": entity or h[:ENTITY_SIZE], "name": act.nombre}
    return {**values, "size": act.tamano, "held": 0, "state": WAITING, "reason": ""}


def _wishes(connection: Connection) -> list[str]:
    return [str(name) for name in json.loads(state.get(connection, "wishes") or "[]")]


def _add_sent(connection: Connection, day: str, sent: int) -> None:
    if sent:
        state.put(connection, "blob_sent", json.dumps([day, _sent(connection, day) + sent]))


def _sent(connection: Connection, day: str) -> int:
    known, count = json.loads(state.get(connection, "blob_sent") or '["", 0]')
    return int(count) if known == day else 0
