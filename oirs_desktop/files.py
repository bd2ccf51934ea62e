"""Files that stand there whole or not at all, also after a cut of power."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PART = ".part"


def write_whole(path: Path, data: bytes) -> None:
    """Write beside, flush, rename, flush the folder: no half file ever has the name. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(path.name + PART)
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        flush_folder(path.parent)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def flush_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable where the system needs it said (not on Windows)."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
