"""What can go wrong with the store, each with a code; and SQLite's own words made one of them."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from oirs_core.domain.errors import OirsError
from oirs_desktop.paths import READ_ONLY_ERRNOS, FolderReadOnly, FolderRemote, StoreBusy

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "DiskFull",
    "FolderReadOnly",
    "FolderRemote",
    "NotEnrolled",
    "SeriesFull",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "StoreExists",
    "StoreForeign",
    "StoreMissing",
    "StoreNewer",
    "SyncRefused",
]


class StoreError(OirsError):
    """The store cannot be opened or used."""

    code = "store"


class StoreMissing(StoreError):
    """No store in the folder."""

    code = "store_missing"


class StoreExists(StoreError):
    """A store already stands in the folder."""

    code = "store_exists"


class StoreNewer(StoreError):
    """Written by a later version of the program. ``schema``, ``known``."""

    code = "store_newer"


class StoreForeign(StoreError):
    """Not ours. ``reason``: plain (not encrypted), key (another key, or no database), other."""

    code = "store_foreign"


class StoreDamaged(StoreError):
    """The file cannot be read in whole. ``reason``: empty, pages or engine."""

    code = "store_damaged"


class DiskFull(StoreError):
    """Nothing more can be written to the disk; the transaction was taken back whole."""

    code = "disk_full"


class SeriesFull(StoreError):
    """The log has given its 9999 folios of the year: rotate it. ``label``, ``year``."""

    code = "series_full"


class NotEnrolled(StoreError):
    """No office yet: the counter is not enrolled, or its office has not come down. ``reason``."""

    code = "not_enrolled"


class SyncRefused(StoreError):
    """An answer that does not fit or does not verify; nothing of it was taken. ``reason``."""

    code = "sync_refused"


# Primary result codes of SQLite (https://sqlite.org/rescode.html).
PERM, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB = 3, 5, 6, 8, 10, 11, 13, 14, 26
IOERR_READS = frozenset({266, 522})
"""Extended codes IOERR_READ and IOERR_SHORT_READ: damage, not a lack of room."""


def known(why: BaseException) -> OirsError | None:
    """Turn an error of the database or of the system into one of ours; None when it is neither."""
    if isinstance(why, OSError):
        return _by_errno(why.errno)
    raw = getattr(why, "orig", why)
    code = getattr(raw, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    if code in IOERR_READS:
        return StoreDamaged(reason="pages")
    return _by_code(code & 0xFF)


def _by_errno(number: int | None) -> OirsError | None:
    if number in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return DiskFull()
    return FolderReadOnly() if number in READ_ONLY_ERRNOS else None


def _by_code(code: int) -> OirsError | None:
    if code in {FULL, IOERR}:
        return DiskFull()
    if code in {READONLY, PERM, CANTOPEN}:
        return FolderReadOnly()
    if code in {CORRUPT, NOTADB}:
        return StoreDamaged(reason="pages")
    return StoreBusy() if code in {BUSY, LOCKED} else None


@contextmanager
def translated() -> Iterator[None]:
    """Raise known errors in our own words; others pass as they are."""
    try:
        yield
    except OirsError:
        raise
    except Exception as why:
        ours = known(why)
        if ours is None:
            raise
        raise ours from why
