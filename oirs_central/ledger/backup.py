"""A copy of the centre that was read back and verified; only then does it count as a backup.

One form for both databases: an SQLite file with the very tables of the centre. From SQLite it is SQLite's
own online copy; from PostgreSQL the rows of one moment. So one check reads either, and `restore` puts it back
into either (`docs/decisions/035`).
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, create_engine, func, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from oirs_central import tables
from oirs_central.engine import Database
from oirs_central.ledger import audit
from oirs_central.settings import own
from oirs_core.domain.errors import OirsError

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

BATCH = 500
_BACKED = select(tables.backed.c.feed, tables.backed.c.pos).where(
    tables.backed.c.feed.in_(bindparam("names", expanding=True))
)


class BackupExists(OirsError):
    """A file of that name stands there. ``path``."""

    code = "backup_exists"


class BackupUnsound(OirsError):
    """The copy does not hold what it should: it was removed. ``reason``: the first fault."""

    code = "backup_unsound"


class RestoreRefused(OirsError):
    """The database is not empty: nothing is put over it."""

    code = "restore_refused"


@dataclass(frozen=True, slots=True)
class Copy:
    """What a verified copy holds: number of events, and position and chain of each feed."""

    events: int
    feeds: tuple[tuple[str, int, bytes], ...]


def backup(database: Database, to: Path, now: int) -> Copy:
    """Copy, verify, move the marks. ``now``: ms UTC. BackupExists, BackupUnsound, OSError."""
    if to.exists():
        raise BackupExists(path=str(to))
    partial = to.with_name(f"{to.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        _copy(database, partial)
        made = check(partial)
        _sync(partial)
        partial.replace(to)
        _sync(to.parent)
    finally:
        partial.unlink(missing_ok=True)
    database.write(lambda connection: _mark(connection, made, now))
    return made


def restore(database: Database, source: Path) -> Copy:
    """Put a verified copy into an empty database of this version. RestoreRefused, BackupUnsound."""
    made = check(source)
    copy = _reader(source)

    def work(target: Connection) -> None:
        if target.execute(select(func.count()).select_from(tables.feed)).scalar_one():
            raise RestoreRefused
        with copy.connect() as connection:
            _rows(connection, target)

    try:
        database.write(work)
    finally:
        copy.dispose()
    return made


def check(path: Path) -> Copy:
    """Read a copy from its beginning to its end. BackupUnsound."""
    engine = _reader(path)
    try:
        with engine.connect() as connection:
            found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
            faults = [line for line in found if line != "ok"] or audit.verify(connection)
            if faults:
                raise BackupUnsound(reason=faults[0])
            feed = tables.feed.c
            feeds = connection.execute(select(feed.feed, feed.head, feed.chain).order_by(feed.feed)).all()
            events = connection.execute(select(func.count()).select_from(tables.event)).scalar_one()
            return Copy(events, tuple((row.feed, row.head, row.chain) for row in feeds))
    except DBAPIError as why:
        raise BackupUnsound(reason=type(why.orig).__name__) from why
    finally:
        engine.dispose()


def _reader(path: Path) -> Engine:
    """Open a copy so that reading leaves no trace in it or beside it."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    return create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=NullPool)


def _copy(database: Database, to: Path) -> None:
    to.touch(mode=0o600)
    own(to)
    target = Database(f"sqlite:///{to.as_posix()}")
    try:
        if database.engine.dialect.name == "sqlite":
            with database.engine.connect() as source, target.engine.connect() as there:
                _native(source).backup(_native(there))
            return
        target.migrate()
        with database.reading() as connection:
            target.write(lambda there: _rows(connection, there))
    finally:
        _fold_log(target)
        target.close()


def _native(connection: Connection) -> sqlite3.Connection:
    native: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]  # the dialect says which
    return native


def _fold_log(target: Database) -> None:
    """Leave one file: no write-ahead log beside it that somebody forgets to carry."""
    with target.engine.connect() as connection:
        _native(connection).execute("PRAGMA journal_mode = DELETE")


def _rows(source: Connection, target: Connection) -> None:
    """Copy every row, parents before children."""
    for table in tables.metadata.sorted_tables:
        if table is tables.log:
            _logs(source, target)
            continue
        query = select(table).execution_options(yield_per=BATCH)
        with source.execute(query) as rows:
            for part in rows.mappings().partitions(BATCH):
                target.execute(insert(table), [dict(row) for row in part])


def _logs(source: Connection, target: Connection) -> None:
    """Copy the logs: a branch after the one that it left."""
    waiting = [dict(row) for row in source.execute(select(tables.log)).mappings()]
    known: set[object] = {None}
    while waiting:
        ready = [row for row in waiting if row["parent"] in known]
        if not ready:
            raise BackupUnsound(reason="log")
        target.execute(insert(tables.log), ready)
        known.update(row["log"] for row in ready)
        waiting = [row for row in waiting if row["log"] not in known]


def _mark(connection: Connection, made: Copy, now: int) -> None:
    """Note how far each feed is safe. Never backwards; what was restored meanwhile is not in this copy."""
    backed, entry = tables.backed.c, tables.feed_entry.c
    known = {row.feed: row.pos for row in connection.execute(select(backed.feed, backed.pos))}
    for feed, pos, link in made.feeds:
        query = select(entry.chain).where(entry.feed == feed, entry.pos == pos)
        if pos <= known.get(feed, 0) or connection.execute(query).scalar() != link:
            continue
        values = {"pos": pos, "chain": link, "at_ms": now}
        if feed in known:
            connection.execute(update(tables.backed).where(backed.feed == feed).values(values))
        else:
            connection.execute(insert(tables.backed).values({"feed": feed, **values}))


def marks(connection: Connection, names: list[str]) -> tuple[int, ...]:
    """Give how far each of the feeds lies in a verified backup."""
    known = {row.feed: row.pos for row in connection.execute(_BACKED, {"names": names})}
    return tuple(known.get(name, 0) for name in names)


def _sync(path: Path) -> None:
    """Wait until a file, or a folder where the system knows how, stands on the disk."""
    if path.is_dir() and os.name == "nt":
        return
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)
