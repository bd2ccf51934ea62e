"""Connections to the encrypted file: keyed first, durable, refused when it is not ours."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from oirs_desktop.store.errors import StoreDamaged, StoreForeign, StoreNewer, known
from oirs_desktop.store.tables import APPLICATION, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

FILE_NAME = "oirs.db"
KEY_SIZE = 32
PLAIN = b"SQLite format 3\0"
OLDEST = (3, 51, 3)
"""First SQLite without the fault that could lose a WAL reset (https://sqlite.org/wal.html)."""
BUSY_MS = 10_000
CACHE_KIB, WRITER_KIB = 32_768, 8_192
PAGE_SIZE = 2_048
"""A commit seals every page that it touched as a whole. Each index touches one for a few bytes, so half
the usual size is half the work."""
CHECKPOINT_PAGES = 2_000
"""How long the log may grow before its pages are copied home: 4 MB, as with pages of the usual size."""
WRITE = "oirs_write"


def connect(path: Path, key: bytes) -> dbapi2.Connection:
    """Open one raw connection. ``key``: 32 bytes, used as they are (no derivation)."""
    if len(key) != KEY_SIZE:
        raise ValueError("key size")
    # isolation_level None: the library shall not begin transactions behind our back.
    connection = dbapi2.connect(
        str(path), isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        # First of all, else the next line may tell the terminal what it thinks of the key.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        # Page seals of 256 bits, like the key of AES: processors have instructions for this hash. Both lines
        # say how the file is laid out, and so must stand before it is first read.
        connection.execute("PRAGMA cipher_hmac_algorithm = HMAC_SHA256")
        connection.execute(f"PRAGMA cipher_page_size = {PAGE_SIZE}")
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        connection.close()
        raise
    return connection


def raw(connection: Connection) -> dbapi2.Connection:
    """Give SQLite's own connection, for the statements that a person waits for at the counter."""
    return connection.connection.driver_connection


def forget_pages(connection: Connection) -> None:
    """Give back the memory of what was read once and will not be read again."""
    raw(connection).execute("PRAGMA shrink_memory")


def make_engine(path: Path, key: bytes) -> Engine:
    """Make the engine of a store: a few connections, explicit transactions."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key),
        poolclass=QueuePool,
        pool_size=3,
        max_overflow=2,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get(WRITE, False)
        if not raw(connection).in_transaction:
            raw(connection).execute("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def writer(engine: Engine) -> Connection:
    """Give the one connection that writes. A backlog of any size goes through it: it keeps less."""
    connection = engine.connect().execution_options(**{WRITE: True})
    raw(connection).execute(f"PRAGMA cache_size = -{WRITER_KIB}")
    return connection


@contextmanager
def writing(connection: Connection) -> Iterator[None]:
    """One write transaction. SQLAlchemy joins it only where one of its own statements is used."""
    native = raw(connection)
    native.execute("BEGIN IMMEDIATE")
    try:
        yield
        if connection.in_transaction():
            connection.commit()
        else:
            native.commit()
    except BaseException:
        if connection.in_transaction():
            connection.rollback()
        native.rollback()
        raise


def check_engine(connection: dbapi2.Connection) -> None:
    """Refuse a library that would write plainly, or an SQLite with a known fault."""
    cipher = connection.execute("PRAGMA cipher_version").fetchone()
    if not cipher or not cipher[0] or dbapi2.sqlite_version_info < OLDEST:
        raise StoreDamaged(reason="engine")


def check_file(path: Path, key: bytes) -> int:
    """Refuse a file that is not a store of ours; return its schema.

    Raises StoreForeign, StoreDamaged, StoreNewer.
    """
    with path.open("rb") as file:
        head = file.read(len(PLAIN))
    if head == PLAIN:
        raise StoreForeign(reason="plain")
    if not head:
        raise StoreDamaged(reason="empty")
    try:
        connection = connect(path, key)
    except dbapi2.Error as why:
        raise _unreadable(why) from why
    try:
        check_engine(connection)
        return _schema(connection)
    except dbapi2.Error as why:
        raise _unreadable(why) from why
    finally:
        connection.close()


def _schema(connection: dbapi2.Connection) -> int:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION:
        raise StoreForeign(reason="other")
    schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if schema > SCHEMA:
        raise StoreNewer(schema=schema, known=SCHEMA)
    return schema


def _unreadable(why: BaseException) -> Exception:
    # With another key the first page makes no sense: SQLite says "file is not a database".
    if "not a database" in str(why):
        return StoreForeign(reason="key")
    return known(why) or StoreDamaged(reason="pages")
