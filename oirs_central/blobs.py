"""The bytes of documents: files beside the database, one folder for each office.

A file grows by whole chunks, each on the disk before the answer says so. The row tells how far it is; where
row and file disagree (one of them came from a backup, or a write was cut short) the smaller claim holds, or
the document begins again. Nothing is locked while a counter sends: two that send the same write the same.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from oirs_central import tables
from oirs_central.settings import flush_folder, make_folder
from oirs_core.domain.errors import OirsError
from oirs_core.wire import blob as wire
from oirs_core.wire.blob import BLOCKED, PARTIAL, WANTED, WHOLE, Stand

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection, Row

    from oirs_central.engine import Database

logger = logging.getLogger(__name__)

PART, DAMAGED = ".part", ".bad"
MAX_TRIES = 2
DAY_MS = 24 * 3600 * 1000
KEEP_MS = 90 * DAY_MS
PIECE = 1 << 20

_BLOB = tables.blob.c
_ROW = (_BLOB.feed == bindparam("of_feed")) & (_BLOB.sha == bindparam("of_sha"))
_FIND = select(tables.blob).where(_ROW)
_CHANGE = update(tables.blob).where(_ROW)
_GROW = _CHANGE.where(_BLOB.held == bindparam("of_held"), _BLOB.state.in_((WANTED, PARTIAL)))
_OLD = select(_BLOB.feed, _BLOB.sha).where(_BLOB.state == PARTIAL, _BLOB.at_ms < bindparam("before"))


class BlobUnknown(OirsError):
    """No act of this office announced such a document."""

    code = "blob_unknown"


class BlobAway(OirsError):
    """The document was announced and its bytes are not whole here yet."""

    code = "blob_away"


class BlobRange(OirsError):
    """A range that lies outside of the document, or a chunk larger than allowed."""

    code = "blob_range"


@dataclass(frozen=True, slots=True)
class Place:
    """A document of an office. ``sha``: 32 bytes."""

    feed: str
    sha: bytes


class Blobs:
    """The documents of a centre. Any thread and any process may call."""

    def __init__(self, database: Database, folder: Path, clock: Callable[[], int]) -> None:
        """``folder``: of the files; made when the first comes. ``clock``: ms UTC."""
        self._database = database
        self._folder = folder
        self._clock = clock
        self._swept_ms = 0

    # ------------------------------------------------------------------ up

    def put(self, place: Place, offset: int, chunk: bytes | None) -> Stand:
        """Take a chunk that begins at ``offset``; None: one whose check sum does not fit.

        Says where the document stands then, whatever came of the chunk. BlobUnknown, BlobRange.
        """
        self._sweep_sometimes()
        if chunk is not None and len(chunk) > wire.LARGEST_CHUNK:
            raise BlobRange
        row = self._found(place)
        if row.state == BLOCKED and (row.reason, offset) == ("hash", 0) and chunk:
            row = self._set(place, state=WANTED, reason="", held=0)  # somebody asked for another try
        if row.state == WHOLE and not self._path(place).is_file():
            row = self._set(place, state=WANTED, held=0)
        if row.state in {WHOLE, BLOCKED}:
            return _stand(row)
        row = self._settled(place, row)
        fits = chunk is not None and offset == row.held and offset + len(chunk) <= row.size
        if chunk and fits and row.state != WHOLE:
            row = self._append(place, row, chunk)
        if row.held == row.size and row.state == PARTIAL:
            row = self._finish(place, row)
        return _stand(row)

    def _settled(self, place: Place, row: Row[*tuple[Any, ...]]) -> Row[*tuple[Any, ...]]:
        """Make row and disk agree: one of the two may have come back from a backup."""
        path = self._path(place)
        if row.held == 0 and self._stored(place, row.size):
            return self._set(place, state=WHOLE, held=row.size)
        part = _part(path)
        held = part.stat().st_size if part.is_file() else 0
        return self._set(place, state=WANTED, held=0) if held < row.held else row

    def _stored(self, place: Place, size: int) -> bool:
        """Whether the whole file lies here and is right; a wrong one is put aside."""
        path = self._path(place)
        if not path.is_file():
            return False
        if _digest(path) == (place.sha, size):
            return True
        path.replace(path.with_suffix(DAMAGED))
        return False

    def _append(self, place: Place, row: Row[*tuple[Any, ...]], chunk: bytes) -> Row[*tuple[Any, ...]]:
        part = _part(self._path(place))
        make_folder(self._folder)
        make_folder(part.parent)
        end = row.held + len(chunk)
        _write_at(part, row.held, chunk)
        if row.held < wire.MAGIC_SIZE <= end and not _is(part, row.mime):
            part.unlink(missing_ok=True)
            return self._set(place, state=BLOCKED, reason="kind", held=0)
        grown = {"state": PARTIAL, "held": end, "at_ms": self._clock()}
        where = {"of_feed": place.feed, "of_sha": place.sha, "of_held": row.held}
        self._database.write(lambda connection: connection.execute(_GROW.values(grown), where))
        return self._found(place)

    def _finish(self, place: Place, row: Row[*tuple[Any, ...]]) -> Row[*tuple[Any, ...]]:
        """Look at all of it, then give it its name. Two may do this at once, or one after a kill."""
        path = self._path(place)
        part = _part(path)
        try:
            right, kind = _digest(part) == (place.sha, row.size), _is(part, row.mime)
            if right and kind:
                part.replace(path)
                flush_folder(path.parent)
        except FileNotFoundError:  # another was quicker, or was killed after the renaming
            if self._stored(place, row.size):
                return self._set(place, state=WHOLE, held=row.size)
            return self._set(place, state=WANTED, held=0)
        if right and kind:
            return self._set(place, state=WHOLE, held=row.size)
        part.unlink(missing_ok=True)
        if right:
            return self._set(place, state=BLOCKED, reason="kind", held=0)
        tries = row.tries + 1
        state, reason = (BLOCKED, "hash") if tries >= MAX_TRIES else (WANTED, "")
        return self._set(place, state=state, reason=reason, held=0, tries=tries)

    # ------------------------------------------------------------------ down

    def get(self, place: Place, first: int, last: int) -> tuple[bytes, int]:
        """Give the bytes ``first`` to ``last``, both inclusive, and the size of the whole.

        At most ``LARGEST_CHUNK`` bytes; fewer at the end. BlobUnknown, BlobAway, BlobRange.
        """
        row = self._found(place)
        if row.state != WHOLE:
            raise BlobAway
        if not 0 <= first <= last or first >= row.size:
            raise BlobRange(size=row.size)
        try:
            with self._path(place).open("rb") as file:
                file.seek(first)
                data = file.read(min(last - first + 1, wire.LARGEST_CHUNK))
        except FileNotFoundError as why:
            self._set(place, state=WANTED, held=0)
            raise BlobAway from why
        return data, row.size

    # ------------------------------------------------------------------ care

    def verify(self, *, read: bool = True) -> list[str]:
        """Look at every stored document; what is missing or damaged is wanted again. A sentence for each.

        ``read``: False looks only whether the files are there.
        """
        with self._database.reading() as connection:
            rows = connection.execute(select(tables.blob).where(_BLOB.state == WHOLE)).all()
        found = []
        for row in rows:
            place = Place(row.feed, bytes(row.sha))
            there = self._path(place).is_file()
            if there and (not read or self._stored(place, row.size)):
                continue
            self._set(place, state=WANTED, held=0)
            what = "está dañado" if there else "falta"
            found.append(f"Documento {place.sha.hex()} de {place.feed}: {what}; se pedirá otra vez.")
        return found

    def sweep(self) -> int:
        """Forget what was begun and has not grown for 90 days; gives how many. All of it is wanted then.

        What a resolution erased is deleted here, too.
        """
        before = {"before": self._clock() - KEEP_MS}
        with self._database.reading() as connection:
            old = [Place(row.feed, bytes(row.sha)) for row in connection.execute(_OLD, before)]
        self.drop_erased()
        for place in old:
            _part(self._path(place)).unlink(missing_ok=True)
            self._set(place, state=WANTED, held=0)
        return len(old)

    def drop_erased(self) -> None:
        """Remove the bytes of documents that were taken out by a resolution."""
        where = (_BLOB.state == BLOCKED) & (_BLOB.reason == wire.ERASED)
        with self._database.reading() as connection:
            rows = connection.execute(select(_BLOB.feed, _BLOB.sha).where(where)).all()
        for row in rows:
            path = self._path(Place(row.feed, bytes(row.sha)))
            for file in (path, _part(path), path.with_suffix(DAMAGED)):
                file.unlink(missing_ok=True)

    def _sweep_sometimes(self) -> None:
        now = self._clock()
        if abs(now - self._swept_ms) > DAY_MS:
            self._swept_ms = now
            self.sweep()

    # ------------------------------------------------------------------ rows and files

    def _found(self, place: Place) -> Row[*tuple[Any, ...]]:
        with self._database.reading() as connection:
            return _row(connection, place)

    def _set(self, place: Place, **values: str | int) -> Row[*tuple[Any, ...]]:
        if values.get("state") == BLOCKED:
            logger.warning("document %s of %s blocked: %s", place.sha.hex(), place.feed, values["reason"])

        def work(connection: Connection) -> Row[*tuple[Any, ...]]:
            where = {"of_feed": place.feed, "of_sha": place.sha}
            connection.execute(_CHANGE.values(at_ms=self._clock(), **values), where)
            return _row(connection, place)

        return self._database.write(work)

    def _path(self, place: Place) -> Path:
        """One folder for each office: the same document lies in two offices twice, and neither can tell."""
        return self._folder / sha256(place.feed.encode()).hexdigest()[:16] / place.sha.hex()


def _row(connection: Connection, place: Place) -> Row[*tuple[Any, ...]]:
    row = connection.execute(_FIND, {"of_feed": place.feed, "of_sha": place.sha}).first()
    if row is None:
        raise BlobUnknown
    return row


def _stand(row: Row[*tuple[Any, ...]]) -> Stand:
    return Stand(row.held, row.state, row.reason)


def _part(path: Path) -> Path:
    return path.with_name(path.name + PART)


def _write_at(part: Path, offset: int, chunk: bytes) -> None:
    """Write and flush. What lies beyond ``offset`` came from a write that was never told of."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
    new = not part.is_file()
    with os.fdopen(os.open(part, flags, 0o600), "r+b") as file:
        file.seek(offset)
        file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if new:
        flush_folder(part.parent)


def _is(path: Path, mime: str) -> bool:
    with path.open("rb") as file:
        return wire.kind_of(file.read(wire.MAGIC_SIZE)) == mime


def _digest(path: Path) -> tuple[bytes, int]:
    """SHA-256 and size, in pieces: whatever the size, one piece is in memory."""
    whole, size = sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            whole.update(piece)
            size += len(piece)
    return whole.digest(), size
