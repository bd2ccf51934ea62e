"""Old cases leave this machine once they are safe elsewhere; what is left of them keeps every chain whole.

A case is put away when nothing is to be done about it, its last event is older than the office wants to
keep, and all of it lies at or below what the centre has in a verified backup. "Now" is the time of the last
entry of the feed: no clock of this machine decides. The table ``archived`` is the mark: the same cursor and
the same mark give the same lists (`docs/decisions/034`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from oirs_core.chain import ENTITY_SIZE, HASH_SIZE, b64, unb64
from oirs_core.domain.folio import LENGTH, canonical
from oirs_core.domain.supresion import KNOWN
from oirs_desktop.store import erasing, refolding, relay, state
from oirs_desktop.store.engine import raw
from oirs_desktop.store.errors import SyncRefused
from oirs_desktop.store.projection import COLA, EPOCH, NRO_BITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection
    from sqlcipher3 import dbapi2

    from oirs_core.wire.messages import Answer

BACKED = "backed"
"""Name of the note of how far each feed lies in a verified backup of the centre."""
WHOLE = "whole"
"""Name of the note that everything has come down once: before that nothing is put away."""
ARCHIVED, WANTED, BACK = 0, 1, 2
MONTH_MS = 30 * 24 * 3600 * 1000
BACK_MS = MONTH_MS
"""A case that somebody asked for stays as long."""
SLICE = 10
"""A registration waits for one slice at most: some 20 ms."""
FETCH = 64
SALT_SIZE = 16

_KINDS = ", ".join(f"'{kind}'" for kind in sorted(KNOWN))
_OLD = """SELECT s.nro, s.entity, s.folio FROM solicitud s LEFT JOIN archived a ON a.entity = s.entity
    WHERE NOT s.open AND NOT s.flagged AND s.delivered AND s.nro > ? AND s.nro < ?
    AND (a.entity IS NULL OR a.since < ?) ORDER BY s.nro LIMIT ?"""
_OF_CASE = "(entity = :id OR (entity IS NULL AND h >= :id AND h < :stop))"
_SAFE = f"""SELECT count(*), count(f.pos), max(f.pos), max(f.t_recv)
    FROM (SELECT h FROM event WHERE {_OF_CASE}) e
    LEFT JOIN feed_entry f ON f.h = e.h AND f.feed = :feed"""  # noqa: S608 - our own text
_EMPTY = f"UPDATE event SET body = NULL, salt = NULL WHERE {_OF_CASE} AND kind IN ({_KINDS})"  # noqa: S608 - same
_MARK = """INSERT INTO archived(entity, folio, cola, state, since) VALUES (?, ?, ?, 0, ?)
    ON CONFLICT(entity) DO UPDATE SET state = 0, since = excluded.since"""
_BARE = f"""SELECT h FROM event WHERE {_OF_CASE} AND body IS NULL AND kind IN ({_KINDS})
    AND h NOT IN (SELECT h FROM erased)"""  # noqa: S608 - same
_WANTED = "SELECT entity FROM archived WHERE state = 1"
_REST = b"\xff" * (HASH_SIZE - ENTITY_SIZE)


@dataclass(frozen=True, slots=True)
class PutAway:
    """What a slice did. ``last``: where the next one begins; ``more``: whether there may be more."""

    cases: int
    last: int
    more: bool


@dataclass(frozen=True, slots=True)
class Archived:
    """A case whose content lies at the centre only. ``asked``: it was asked for and comes with the line."""

    id: bytes
    folio: str
    asked: bool


def note(connection: Connection, answer: Answer, after: int, feeds: Sequence[str], server_key: bytes) -> None:
    """Take from an answer what concerns keeping, before the cases are folded anew.

    ``after``: number of the last event before it; ``feeds``: as they were asked for.
    """
    erasing.settle(connection, after, server_key)
    native = raw(connection)
    # Something happened to an archived case: its content is wanted again.
    native.execute(
        "UPDATE archived SET state = 1 WHERE state = 0"
        " AND entity IN (SELECT entity FROM event WHERE nro > ? AND entity IS NOT NULL)",
        (after,),
    )
    _backed(connection, answer, feeds)
    complete = answer.state == "ok" and answer.snapshot is None and not any(p.more for p in answer.pages)
    if complete and state.get(connection, WHOLE) is None:
        state.put(connection, WHOLE, "1")


def _backed(connection: Connection, answer: Answer, feeds: Sequence[str]) -> None:
    """Keep how far each feed is safe: never backwards, but where the centre itself went back."""
    marks = backed(connection)
    new = dict(marks)
    for feed, pos in zip(feeds, answer.backed, strict=False):
        new[feed] = max(pos, new.get(feed, 0))
    for feed, pos in answer.agreed:
        new[feed] = min(pos, new.get(feed, 0))
    if new != marks:
        state.put(connection, BACKED, json.dumps(new))


def backed(connection: Connection) -> dict[str, int]:
    """Give how far each feed lies in a verified backup of the centre."""
    marks: dict[str, int] = json.loads(state.get(connection, BACKED) or "{}")
    return marks


def put_away(connection: Connection, feed: str, months: int, after: int, limit: int = SLICE) -> PutAway:
    """Put old cases away, from list number ``after`` on.

    ``feed``: of the office; ``months``: how long a case is kept, 0: for ever.
    """
    native = raw(connection)
    safe = backed(connection).get(feed, 0)
    last = native.execute(
        "SELECT t_recv FROM feed_entry WHERE feed = ? ORDER BY pos DESC LIMIT 1", (feed,)
    ).fetchone()
    waits = state.get(connection, WHOLE) is None or state.get(connection, relay.WANTED) is not None
    if waits or last is None or not safe or months <= 0:
        return PutAway(0, after, more=False)
    now, before = last[0], last[0] - months * MONTH_MS
    end = max(before - EPOCH, 0) << NRO_BITS
    rows = native.execute(_OLD, (after, end, now - BACK_MS, limit)).fetchall()
    cases = 0
    for nro, entity, folio in rows:
        if _is_safe(native, feed, entity, safe, before):
            native.execute(erasing.ZEROED)
            _empty(native, nro, entity, folio, now)
            cases += 1
    if cases:
        state.put(connection, erasing.TIDY, "1")
    return PutAway(cases, rows[-1][0] if rows else after, len(rows) == limit)


def _span(entity: bytes) -> dict[str, object]:
    return {"id": entity, "stop": entity + _REST}


def _is_safe(native: dbapi2.Connection, feed: str, entity: bytes, safe: int, before: int) -> bool:
    events, placed, pos, t_recv = native.execute(_SAFE, {"feed": feed, **_span(entity)}).fetchone()
    return events == placed and pos is not None and pos <= safe and t_recv < before


def _empty(native: dbapi2.Connection, nro: int, entity: bytes, folio: str, now: int) -> None:
    native.execute(_EMPTY, _span(entity))
    native.execute("DELETE FROM solicitud WHERE nro = ?", (nro,))
    native.execute("DELETE FROM busca WHERE rowid = ?", (nro,))
    native.execute(_MARK, (entity, folio, folio[-COLA:], now))


# ---------------------------------------------------------------------- and back again


def archived(connection: Connection, written: str, limit: int = 7) -> list[Archived]:
    """Find archived cases by a whole folio or its last five symbols."""
    symbols = canonical(written)
    if len(symbols) not in {LENGTH, COLA}:
        return []
    rows = raw(connection).execute(
        "SELECT entity, folio, state FROM archived WHERE cola = ? AND state < 2 AND folio LIKE ? LIMIT ?",
        (symbols[-COLA:], f"%{symbols}", limit),
    )
    return [Archived(bytes(entity), folio, stand == WANTED) for entity, folio, stand in rows]


def ask_back(connection: Connection, entity: bytes) -> bool:
    """Ask for the content of an archived case; False when it is none."""
    found = raw(connection).execute(
        "UPDATE archived SET state = 1 WHERE entity = ? AND state < 2 RETURNING state", (entity,)
    )
    return found.fetchone() is not None


def wanted(connection: Connection) -> tuple[str, ...]:
    """Hashes of the events whose bodies are to come back, in base64url: what a request carries."""
    found: list[bytes] = []
    for (entity,) in raw(connection).execute(_WANTED).fetchall():
        found += _bare(connection, entity)
        if len(found) >= FETCH:
            break
    return tuple(b64(h) for h in found[:FETCH])


def _bare(connection: Connection, entity: bytes) -> list[bytes]:
    return [bytes(h) for (h,) in raw(connection).execute(_BARE, _span(entity))]


def give_up(connection: Connection, hashes: Sequence[str]) -> None:
    """Let the cases of these events be archived again: the centre has no more of them."""
    asked = set(hashes)
    for (entity,) in raw(connection).execute(_WANTED).fetchall():
        if asked.intersection(b64(h) for h in _bare(connection, entity)):
            raw(connection).execute("UPDATE archived SET state = 0 WHERE entity = ?", (entity,))


def bring_back(connection: Connection, answer: Answer) -> frozenset[bytes]:
    """Keep bodies that were fetched; gives the cases that are whole again. SyncRefused for others' bytes."""
    native = raw(connection)
    for text, salted, body in answer.bodies:
        h, salt = unb64(text, HASH_SIZE), unb64(salted, SALT_SIZE)
        row = native.execute("SELECT digest FROM event WHERE h = ? AND body IS NULL", (h,)).fetchone()
        if row is None:
            continue
        if sha256(salt + bytes(body)).digest() != row[0]:
            raise SyncRefused(reason="body")
        native.execute(
            "UPDATE event SET salt = ?, body = ? WHERE h = ? AND h NOT IN (SELECT h FROM erased)",
            (salt, bytes(body), h),
        )
    return _settle_back(connection)


def _settle_back(connection: Connection) -> frozenset[bytes]:
    native = raw(connection)
    asked = [bytes(entity) for (entity,) in native.execute(_WANTED)]
    entities = [entity for entity in asked if not _bare(connection, entity)]
    if not entities:
        return frozenset()
    now = native.execute("SELECT max(t_recv) FROM feed_entry").fetchone()[0] or 0
    native.executemany(
        "UPDATE archived SET state = 2, since = ? WHERE entity = ?", [(now, entity) for entity in entities]
    )
    return refolding.refold(connection, entities, None)


# ---------------------------------------------------------------------- the disk


def is_untidy(connection: Connection) -> bool:
    """Whether words of gone cases stand in the search yet."""
    return state.get(connection, erasing.TIDY) is not None


def tidy(connection: Connection, pages: int) -> bool:
    """Gather a little of an untidy search, so that words of gone cases go; whether there is more to do."""
    native = raw(connection)
    first = state.get(connection, erasing.TIDY) == "1"
    native.execute(erasing.ZEROED)
    before = native.total_changes
    native.execute("INSERT INTO busca(busca, rank) VALUES ('merge', ?)", (-pages if first else pages,))
    if native.total_changes - before < 2 and not first:  # noqa: PLR2004 - as FTS5 documents it
        native.execute(erasing.AS_USUAL)
        return False
    state.put(connection, erasing.TIDY, "2")
    return True


def tidied(connection: Connection) -> None:
    """Note that nothing of those words is left, in the log of the file either."""
    state.drop(connection, erasing.TIDY)
