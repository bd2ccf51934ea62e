"""Where the centre keeps its things, and which institution it serves."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from oirs_core.domain.errors import OirsError

if TYPE_CHECKING:
    from collections.abc import Callable

SEED_SIZE = 32
KEY_NAME = "central.key"
DATABASE_NAME = "central.sqlite"
SNAPSHOTS_NAME = "snapshots"
BLOBS_NAME = "documents"
INSTITUTION = "SGI"
INSTITUTION_NAME = "Servicio de Gobierno Interior"


class KeyDamaged(OirsError):
    """The file of the centre's key does not hold 32 bytes. ``path``."""

    code = "central_key"


@dataclass(frozen=True, slots=True)
class Settings:
    """All that has to be known to build a centre.

    ``url``: SQLAlchemy address of the database, empty for the SQLite file in ``data``. ``key``: file
    of the centre's private key, None for the one in ``data``. ``institution``: its key, which stands
    in the names of the feeds; ``institution_name``: as printed.
    """

    data: Path
    url: str = ""
    key: Path | None = None
    institution: str = INSTITUTION
    institution_name: str = INSTITUTION_NAME

    @property
    def database(self) -> str:
        """Address of the database, with the driver that we ship."""
        if not self.url:
            return f"sqlite:///{(self.data / DATABASE_NAME).as_posix()}"
        for short in ("postgres://", "postgresql://"):
            if self.url.startswith(short):
                return "postgresql+psycopg://" + self.url.removeprefix(short)
        return self.url

    @property
    def key_file(self) -> Path:
        """Where the private key lies."""
        return self.key or self.data / KEY_NAME


def make_folder(path: Path) -> None:
    """Make a folder that only its owner can read, unless it stands there already."""
    if not path.is_dir():
        path.mkdir(parents=True, mode=0o700)
        own(path)


def flush_folder(folder: Path) -> None:
    """Make a name in ``folder`` durable where the system needs it said (not on Windows)."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def make_file(path: Path) -> None:
    """Make an empty file that only its owner can read, unless it stands there already."""
    if not path.exists():
        path.touch(mode=0o600)
        own(path)


def read_seed(path: Path, random: Callable[[int], bytes]) -> bytes:
    """Read the private key, or draw it the first time. 32 bytes; KeyDamaged when it is not that."""
    try:
        seed = path.read_bytes()
    except FileNotFoundError:
        seed = random(SEED_SIZE)
        write_private(path, seed)
    if len(seed) != SEED_SIZE:
        raise KeyDamaged(path=str(path))
    return seed


def write_private(path: Path, data: bytes) -> None:
    """Put a file in its place: never seen half written, never readable by anybody else at any moment."""
    partial = path.with_name(path.name + ".new")
    partial.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(partial, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    own(partial)
    partial.replace(path)


def own(path: Path) -> None:
    """Leave a path to its owner alone: mode bits here, an access list on Windows."""
    if os.name != "nt":
        path.chmod(0o700 if path.is_dir() else 0o600)
        return
    user = f"{os.environ['USERDOMAIN']}\\{os.environ['USERNAME']}"
    grant = f"{user}:(OI)(CI)F" if path.is_dir() else f"{user}:F"
    icacls = Path(os.environ["SYSTEMROOT"]) / "System32" / "icacls.exe"
    subprocess.run(  # noqa: S603 - a fixed program, arguments of our own
        [str(icacls), str(path), "/inheritance:r", "/grant:r", grant], check=True, capture_output=True
    )
