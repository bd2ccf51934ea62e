"""The database behind the ledger: one behaviour over SQLite and PostgreSQL."""

from __future__ import annotations

import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from oirs_central.tables import REVISION
from oirs_core.domain.errors import OirsError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Row, Table

T = TypeVar("T")

TRIES = 8
BUSY_MS = 10_000
PAUSE_S = 0.02
# secure_delete: what was erased by a resolution leaves no readable bytes in a free page.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
RETRY_STATES = frozenset({"40001", "40P01"})
VERSION_TABLE = "alembic_version"
_VERSION = text("SELECT version_num FROM alembic_version")
MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaNewer(OirsError):
    """The database was written by a later version of this program. ``revision``."""

    code = "central_schema_newer"


class DatabaseAway(OirsError):
    """The database cannot be opened or reached."""

    code = "central_database"


class Database:
    """Readers and writers over one engine."""

    def __init__(self, url: str) -> None:
        """``url``: ``sqlite:///FILE`` or ``postgresql+psycopg://…``."""
        self.engine = _sqlite(url) if url.startswith("sqlite") else _postgres(url)

    def close(self) -> None:
        """Let all connections go."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that writes nothing and sees one moment, however many queries it makes."""
        with self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` in one durable transaction; again when two writers got in each other's way.

        ``work`` may run several times, so it must not keep anything outside the transaction.
        """
        writing = self.engine.execution_options(oirs_write=True)
        for trial in range(TRIES):
            try:
                with writing.connect() as connection, connection.begin():
                    return work(connection)
            except DBAPIError as why:
                if trial + 1 == TRIES or not _passing(why):
                    raise
                time.sleep(PAUSE_S * (trial + 1))
        raise AssertionError("unreachable")

    def migrate(self) -> None:
        """Bring the tables to this program's version, in one transaction. SchemaNewer, DatabaseAway."""
        try:
            if self._revision() != REVISION:
                self._upgrade()
        except OperationalError as why:
            raise DatabaseAway from why

    def _revision(self) -> str:
        with self.reading() as connection:
            if not inspect(connection).has_table(VERSION_TABLE):
                return ""
            return str(connection.execute(_VERSION).scalar())

    def _upgrade(self) -> None:
        # Alembic takes 17 MiB and a third of a second: only for who has something to migrate.
        from alembic import command  # noqa: PLC0415
        from alembic.config import Config  # noqa: PLC0415
        from alembic.util import CommandError  # noqa: PLC0415

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))

        def upgrade(connection: Connection) -> None:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

        try:
            self.write(upgrade)
        except CommandError as why:
            raise SchemaNewer(revision=str(why)) from why


@cache
def _insertion(table: Table, mark: str) -> str:
    names = [column.name for column in table.columns]
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join([mark] * len(names))})"  # noqa: S608 - our own names


def insert_many(connection: Connection, table: Table, rows: list[tuple[object, ...]]) -> None:
    """Write rows, their values in the order of the columns, as the driver itself takes them.

    SQLAlchemy would look at each value once more; of a push that is a third of the work.
    """
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    if rows:
        connection.exec_driver_sql(_insertion(table, mark), rows)


def among(connection: Connection, sql: str, values: Sequence[bytes]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Run ``sql``, whose ``{}`` stands for one of ``values``: ``WHERE h {}``."""
    if connection.dialect.name == "postgresql":
        return connection.exec_driver_sql(sql.format("= ANY(%s)"), (list(values),)).all()
    marks = ", ".join("?" * len(values))
    return connection.exec_driver_sql(sql.format(f"IN ({marks})"), tuple(values)).all()


def _passing(why: DBAPIError) -> bool:
    """Whether the same work may well succeed the next time."""
    if isinstance(why, IntegrityError):
        # Another process inserted the same event or label a moment ago: it is known by now.
        return True
    state = getattr(why.orig, "sqlstate", None)
    locked = isinstance(why, OperationalError) and "locked" in str(why.orig)
    return state in RETRY_STATES or locked


def _sqlite(url: str) -> Engine:
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def prepare(raw: sqlite3.Connection, _record: object) -> None:
        # The driver must not open transactions by itself: BEGIN IMMEDIATE is ours to say.
        raw.isolation_level = None
        for pragma in (*PRAGMAS, f"busy_timeout={BUSY_MS}"):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("oirs_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(url: str) -> Engine:
    return create_engine(
        url,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        connect_args={"options": "-c synchronous_commit=on -c timezone=UTC"},
    )
