"""The floor of the store: the same records in plain SQLite of the standard library, two indexes and FTS5."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = (
    "CREATE TABLE record(n INTEGER PRIMARY KEY, id TEXT UNIQUE, folio TEXT, run TEXT, name TEXT, body TEXT)",
    "CREATE UNIQUE INDEX by_folio ON record(folio)",
    "CREATE INDEX by_run ON record(run)",
)
WORDS = (
    "CREATE VIRTUAL TABLE words USING fts5("
    "name, relato, content='', tokenize='unicode61 remove_diacritics 2'{options})"
)
PREFIXES = ", prefix='2 3'"
NEWEST = (
    "SELECT record.n, folio, run, record.name FROM words JOIN record ON record.n = words.rowid"
    " WHERE words MATCH ? ORDER BY words.rowid DESC LIMIT 50"
)
BY_FOLIO = "SELECT n, folio, run, name FROM record WHERE folio = ?"
BY_RUN = "SELECT n, folio, run, name FROM record WHERE run = ? ORDER BY n DESC LIMIT 50"


class RawSqlite:
    """``put`` is one durable transaction; ``put_all`` is one for all."""

    def __init__(self, path: Path, *, prefixes: bool) -> None:
        """``prefixes``: index the beginnings of words too; slower to write, faster to search."""
        self.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -65536"):
            self.connection.execute(f"PRAGMA {pragma}")
        for statement in (*SCHEMA, WORDS.format(options=PREFIXES if prefixes else "")):
            self.connection.execute(statement)

    def put(self, *records: tuple[str, str, str, str, str, str]) -> None:
        """Each record: id, folio, RUN, name, body, relato."""
        run = self.connection.execute
        run("BEGIN IMMEDIATE")
        for *columns, relato in records:
            n = run(
                "INSERT INTO record(id, folio, run, name, body) VALUES (?, ?, ?, ?, ?)", columns
            ).lastrowid
            run("INSERT INTO words(rowid, name, relato) VALUES (?, ?, ?)", (n, columns[3], relato))
        run("COMMIT")

    def ask(self, query: str, value: str) -> list[tuple[object, ...]]:
        return self.connection.execute(query, (value,)).fetchall()

    def close(self) -> None:
        self.connection.close()
