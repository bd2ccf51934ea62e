"""What the system says of a stick, in our words."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from oirs_desktop.sync.errors import StickError, StickFull, StickGone, StickLocked

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
LOCKED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EIO, errno.ENXIO, errno.ENODEV, errno.EINVAL})
# Windows says "access denied" also of a drive that is not there: its own number tells them apart.
FULL_WINDOWS = frozenset({39, 112})
"""ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL."""
GONE_WINDOWS = frozenset({2, 3, 15, 21, 31, 55, 433, 483, 1006, 1110, 1117, 1167})
"""No such file, path, drive; not ready; no such device; its file, medium or connection is another or gone."""


def known(why: OSError) -> StickError:
    """Turn an error of the system into one of ours."""
    number = getattr(why, "winerror", None)
    if why.errno in FULL or number in FULL_WINDOWS:
        return StickFull()
    if number in GONE_WINDOWS:
        return StickGone()
    if why.errno in LOCKED:
        return StickLocked()
    return StickGone() if why.errno in GONE else StickError()


@contextmanager
def stick() -> Iterator[None]:
    """Raise what the system says in our own words."""
    try:
        yield
    except OSError as why:
        raise known(why) from why
