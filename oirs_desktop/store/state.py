"""Who this counter is, which log it writes to, and how the exchange with the centre stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from oirs_core.chain import GENESIS, b64, log_root, unb64
from oirs_desktop.store.engine import raw
from oirs_desktop.store.errors import NotEnrolled
from oirs_desktop.store.records import Enrolment
from oirs_desktop.store.tables import cursor, event, log, meta

if TYPE_CHECKING:
    from sqlalchemy import Connection

SIZE_DEVICE, SIZE_KEY = 8, 32
ROTATE = "rotate"
"""Stands while a new log is to be begun, whatever happens in between."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the log that this counter writes to ends. ``seq`` 0: ``h`` is its root.

    ``nro``: of the last event in the store, of whatever log.
    """

    log: bytes
    label: str
    seq: int
    h: bytes
    nro: int


# Built once: putting a statement together costs more than running it.
_GET = "SELECT value FROM meta WHERE name = ?"
_PUT = "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_DURABLE = "SELECT durable_seq FROM log WHERE id = ?"
_LOG = "SELECT label, public_key FROM log WHERE id = ?"
_LAST = "SELECT seq, h FROM event WHERE log = ? ORDER BY seq DESC LIMIT 1"
_NRO = "SELECT ifnull(max(nro), 0) FROM event"
_CURSORS = "SELECT feed, pos, chain FROM cursor ORDER BY feed"


def get(connection: Connection, name: str) -> str | None:
    """Read one value that stands by itself."""
    row = raw(connection).execute(_GET, (name,)).fetchone()
    return None if row is None else str(row[0])


def put(connection: Connection, name: str, value: str) -> None:
    """Write one value that stands by itself."""
    raw(connection).execute(_PUT, (name, value))


def drop(connection: Connection, name: str) -> None:
    """Forget one value that stands by itself."""
    connection.execute(delete(meta).where(meta.c.name == name))


def enrolment(connection: Connection) -> Enrolment | None:
    """Read what the centre granted."""
    raw = get(connection, "enrolment")
    if raw is None:
        return None
    kept = json.loads(raw)
    kept["device"] = unb64(kept["device"], SIZE_DEVICE)
    kept["server_key"] = unb64(kept["server_key"], SIZE_KEY)
    kept["seal_key"] = unb64(kept.get("seal_key", ""))
    kept["feeds"] = tuple(kept["feeds"])
    return Enrolment(**kept)


def keep_enrolment(connection: Connection, granted: Enrolment) -> None:
    """Write down what the centre granted."""
    kept = {name: getattr(granted, name) for name in Enrolment.__dataclass_fields__}
    for name in ("device", "server_key", "seal_key"):
        kept[name] = b64(kept[name])
    put(connection, "enrolment", json.dumps(kept))


def enrol(connection: Connection, granted: Enrolment, log_id: bytes, public_key: bytes) -> None:
    """Keep what the centre granted, open the log and follow the feeds from their beginning."""
    keep_enrolment(connection, granted)
    open_log(connection, log_id, granted.label, public_key)
    for feed in granted.feeds:
        made = insert(cursor).values(feed=feed, pos=0, chain=GENESIS)
        connection.execute(made.on_conflict_do_nothing())


def open_log(connection: Connection, log_id: bytes, label: str, public_key: bytes) -> None:
    """Write to this log from now on."""
    made = insert(log).values(id=log_id, public_key=public_key, label=label, own=True, durable_seq=0)
    connection.execute(made.on_conflict_do_nothing())
    put(connection, "log", b64(log_id))
    connection.execute(delete(meta).where(meta.c.name == ROTATE))


def head(connection: Connection) -> Head:
    """Find where the own log ends; NotEnrolled when there is none."""
    name = get(connection, "log")
    if name is None:
        raise NotEnrolled(reason="log")
    log_id = unb64(name)
    native = raw(connection)
    label, key = native.execute(_LOG, (log_id,)).fetchone()
    seq, h = native.execute(_LAST, (log_id,)).fetchone() or (0, log_root(log_id, key))
    nro = native.execute(_NRO).fetchone()[0]
    return Head(log_id, label, seq, h, nro)


def hash_at(connection: Connection, log_id: bytes, seq: int) -> bytes | None:
    """Give the hash of an event of a log; of seq 0 the log's root; None when it is not here."""
    if seq == 0:
        key = connection.execute(select(log.c.public_key).where(log.c.id == log_id)).scalar_one_or_none()
        return None if key is None else log_root(log_id, key)
    where = select(event.c.h).where(event.c.log == log_id, event.c.seq == seq)
    return connection.execute(where).scalar_one_or_none()


def durable(connection: Connection) -> int:
    """Give the last event of the own log that the centre said to hold."""
    name = get(connection, "log")
    if name is None:
        raise NotEnrolled(reason="log")
    return int(raw(connection).execute(_DURABLE, (unb64(name),)).fetchone()[0])


def cursors(connection: Connection) -> tuple[tuple[str, int, bytes], ...]:
    """Give position and chain of each feed followed, sorted by feed."""
    return tuple((feed, pos, chain) for feed, pos, chain in raw(connection).execute(_CURSORS))
