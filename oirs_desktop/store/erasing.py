"""What the centre has taken out of history by a resolution, taken out here as well.

Only notices in the centre's own logs count. What they name stays named: an event that comes again with its
body, by whatever way, is kept without it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from oirs_core.chain import Header
from oirs_core.domain.events import Adjunto, Supresion
from oirs_core.domain.supresion import hashes_of
from oirs_desktop.store import facts, state
from oirs_desktop.store.engine import raw

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection
    from sqlcipher3 import dbapi2

KIND = "Supresion"
TIDY = "tidy"
"""Name of the note that words of erased or archived cases still lie in the search, or bytes in the log."""
FORGET = "forget"
"""Name of the list of documents whose bytes are to be removed: SHA-256, hexadecimal."""
ZEROED, AS_USUAL = "PRAGMA secure_delete = ON", "PRAGMA secure_delete = OFF"
"""Whether what falls free is zeroed: the key of this store opens free pages as well."""

_NOTICES = """SELECT e.header, e.body FROM event e JOIN log l ON l.id = e.log
    WHERE e.nro > ? AND e.kind = 'Supresion' AND e.body IS NOT NULL AND l.public_key = ?"""
_ADJUNTO = "SELECT header, body FROM event WHERE h = ? AND kind = 'Adjunto' AND body IS NOT NULL"
_EMPTY = "UPDATE event SET body = NULL, salt = NULL WHERE h = ? AND body IS NOT NULL"
_LIVING = """SELECT 1 FROM event
    WHERE kind = 'Adjunto' AND body IS NOT NULL AND instr(body, CAST(? AS BLOB)) LIMIT 1"""
_SHOWN = """UPDATE archived SET state = 1 WHERE state = 0 AND entity =
    (SELECT ifnull(entity, substr(h, 1, 10)) FROM event WHERE h = ?)"""
_ONE = "UPDATE event SET body = NULL, salt = NULL WHERE h = ? AND h IN (SELECT h FROM erased)"
_AGAIN = """UPDATE event SET body = NULL, salt = NULL
    WHERE nro > ? AND body IS NOT NULL AND h IN (SELECT h FROM erased)"""


def settle(connection: Connection, after: int, server_key: bytes) -> None:
    """Heed the notices that came since event ``after``, and strip what came again. Any number of times."""
    native = raw(connection)
    found = native.execute(_NOTICES, (after, server_key)).fetchall()
    notices = [facts.content_of(Header.decode(header), body) for header, body in found]
    named = [h for notice in notices if isinstance(notice, Supresion) for h in hashes_of(notice)]
    if named:
        _forget(connection, named)
    elif native.execute("SELECT 1 FROM erased LIMIT 1").fetchone() is not None:
        native.execute(_AGAIN, (after,))


def strip(native: dbapi2.Connection, h: bytes) -> None:
    """Take the body from an event that was put back by another way than an answer, if it was erased."""
    native.execute(_ONE, (h,))


def _forget(connection: Connection, hashes: list[bytes]) -> None:
    native = raw(connection)
    native.executemany("INSERT OR IGNORE INTO erased(h) VALUES (?)", [(h,) for h in hashes])
    announced = set(_documents(native, hashes))
    native.execute(ZEROED)
    native.executemany(_EMPTY, [(h,) for h in hashes])
    # An archived case of which something was erased shows what remains of it.
    native.executemany(_SHOWN, [(h,) for h in hashes])
    papers = {sha for sha in announced if native.execute(_LIVING, (sha,)).fetchone() is None}
    native.executemany("DELETE FROM blob WHERE sha = ?", [(bytes.fromhex(sha),) for sha in papers])
    known = set(json.loads(state.get(connection, FORGET) or "[]"))
    state.put(connection, FORGET, json.dumps(sorted(known | papers)))
    state.put(connection, TIDY, "1")


def _documents(native: dbapi2.Connection, hashes: Iterable[bytes]) -> Iterable[str]:
    for h in hashes:
        row = native.execute(_ADJUNTO, (h,)).fetchone()
        act = facts.act_of(Header.decode(row[0]), row[1]) if row else None
        if isinstance(act, Adjunto):
            yield act.sha256


def documents(connection: Connection) -> tuple[str, ...] | None:
    """Documents whose bytes must go from this machine (SHA-256, hexadecimal); None: nothing was erased."""
    noted = state.get(connection, FORGET)
    return None if noted is None else tuple(json.loads(noted))


def forgotten(connection: Connection) -> None:
    """Note that their bytes are gone."""
    state.drop(connection, FORGET)
