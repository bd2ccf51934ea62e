"""The first entries of a feed in one file, for a counter that has none of them.

The file holds the very pages that a pull would give, one after the other under one compression, and the
signature of the centre. Its name is the hash of its bytes: any cache or stick may carry it
(`docs/decisions/032`).
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select

from oirs_central import tables
from oirs_central.ledger.pull import Line, Reader
from oirs_central.settings import make_folder
from oirs_core import chain
from oirs_core.domain.errors import OirsError
from oirs_core.wire import snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from oirs_central.engine import Database
    from oirs_core.signature import SigningKey
    from oirs_core.wire.messages import Page

EVERY = 2000
"""A file is made anew once so many entries have come since the last one, and offered to who lacks as many."""
KEEP = 2
PAGE_BYTES = 256 * 1024
SUFFIX = ".osn"

_SNAPSHOT = tables.snapshot.c
_LATEST = (
    select(_SNAPSHOT.pos, _SNAPSHOT.sha, _SNAPSHOT.size)
    .where(_SNAPSHOT.feed == bindparam("feed"))
    .order_by(_SNAPSHOT.pos.desc())
    .limit(1)
)


class SnapshotUnknown(OirsError):
    """No such file is offered to this counter (any more)."""

    code = "snapshot_unknown"


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made. ``pos``: of its last entry; ``size`` in bytes."""

    feed: str
    pos: int
    sha: bytes
    size: int


def offer(connection: Connection, feed: str, pos: int) -> tuple[str, int, str, int] | None:
    """Give feed, last entry, name and size of the file that takes a counter far ahead; None: no need."""
    row = connection.execute(_LATEST, {"feed": feed}).first()
    if row is None or row.pos - pos < EVERY:
        return None
    return feed, row.pos, chain.b64(row.sha), row.size


class Shelf:
    """The files, beside the database."""

    def __init__(self, database: Database, folder: Path, key: SigningKey) -> None:
        """``folder``: made when the first file is. ``key``: of the centre."""
        self._database = database
        self._folder = folder
        self._key = key

    def build_due(self, now: int) -> list[Made]:
        """Make a new file of each feed that has grown enough; drop the old ones. ``now``: ms UTC."""
        with self._database.reading() as connection:
            heads = connection.execute(select(tables.feed.c.feed, tables.feed.c.head)).all()
            known = {row.feed: connection.execute(_LATEST, {"feed": row.feed}).first() for row in heads}
        made = []
        for feed, head in heads:
            latest = known[feed]
            if head - (0 if latest is None else latest.pos) >= EVERY:
                made.append(self.build(feed, now))
        self.sweep()
        return made

    def build(self, feed: str, now: int) -> Made:
        """Make the file of a feed as it stands."""
        if not self._folder.is_dir():
            make_folder(self._folder)
        partial = self._folder / f"{sha256(feed.encode()).hexdigest()}.part"
        try:
            with partial.open("wb") as file, self._database.reading() as connection:
                pages = _pages(connection, feed)
                pos = snapshot.write(file, feed, pages, self._key)
                file.flush()
                os.fsync(file.fileno())
            digest = snapshot.digest(partial)
            made = Made(feed, pos, digest, partial.stat().st_size)
            partial.replace(self._path(digest))
        finally:
            partial.unlink(missing_ok=True)
        self._database.write(lambda connection: _note(connection, made, now))
        return made

    def read(self, feed: str, sha: bytes, first: int, last: int | None) -> tuple[bytes, int]:
        """Give bytes ``first`` to ``last`` (inclusive; None: to the end) and the size. SnapshotUnknown."""
        with self._database.reading() as connection:
            where = (_SNAPSHOT.sha == sha) & (_SNAPSHOT.feed == feed)
            size = connection.execute(select(_SNAPSHOT.size).where(where)).scalar()
        if size is None:
            raise SnapshotUnknown
        end = size if last is None else min(last + 1, size)
        try:
            with self._path(sha).open("rb") as file:
                file.seek(first)
                return file.read(max(0, end - first)), size
        except FileNotFoundError as why:
            raise SnapshotUnknown from why

    def sweep(self) -> None:
        """Remove files that no row names: what was erased must not stay in one of them."""
        if not self._folder.is_dir():
            return
        with self._database.reading() as connection:
            named = {sha.hex() for sha in connection.execute(select(_SNAPSHOT.sha)).scalars()}
        for path in self._folder.glob(f"*{SUFFIX}"):
            if path.stem not in named:
                with suppress(PermissionError):  # Windows: somebody reads it; the next sweep takes it
                    path.unlink()

    def _path(self, sha: bytes) -> Path:
        return self._folder / f"{sha.hex()}{SUFFIX}"


def _pages(connection: Connection, feed: str) -> Iterator[Page]:
    pos = 0
    while True:
        page = Reader(connection, Line(b"", 0), PAGE_BYTES).page(feed, pos)
        if page is None:
            return
        yield page
        pos = page.end


def _note(connection: Connection, made: Made, now: int) -> None:
    """Offer the file, unless something was erased from its feed while it was made."""
    event, entry = tables.event.c, tables.feed_entry.c
    erased = (
        select(entry.pos)
        .join(tables.event, event.h == entry.h)
        .where(entry.feed == made.feed, entry.pos > made.pos, event.kind == "Supresion")
        .limit(1)
    )
    known = connection.execute(select(_SNAPSHOT.sha).where(_SNAPSHOT.sha == made.sha)).first()
    if known is not None or connection.execute(erased).first() is not None:
        return
    row = {"sha": made.sha, "feed": made.feed, "pos": made.pos, "size": made.size, "at_ms": now}
    connection.execute(insert(tables.snapshot).values(row))
    old = select(_SNAPSHOT.sha).where(_SNAPSHOT.feed == made.feed).order_by(_SNAPSHOT.pos.desc()).offset(KEEP)
    gone = connection.execute(old).scalars().all()
    connection.execute(delete(tables.snapshot).where(_SNAPSHOT.sha.in_(gone)))
