"""Folders of the program: where they are, whether they can hold a store, and who has them open."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import IO, ClassVar

from oirs_core.domain.errors import OirsError

APP = "OIRS Desktop"
LOCK_NAME = "oirs.lock"
REMOTE_TYPES = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "fuse.sshfs",
        "sshfs",
        "9p",
        "afs",
        "ceph",
        "davfs",
        "fuse.davfs2",
        "fuse.rclone",
        "glusterfs",
        "fuse.glusterfs",
    }
)
"""File systems whose locks or flushes cannot be trusted with a database."""
SYNCED = re.compile(
    r"^(onedrive|dropbox|google drive|googledrive|my drive|mi unidad|icloud ?drive|nextcloud|owncloud)"
    r"( ?[-(].*)?$",
    re.IGNORECASE,
)
"""Names of folders that another program copies away while we write."""
DRIVE_REMOTE = 4


class FolderRemote(OirsError):
    """A folder on the network or copied by a cloud program. ``reason``: network or cloud."""

    code = "folder_remote"


class FolderReadOnly(OirsError):
    """A folder that this user may not write to."""

    code = "folder_read_only"


class StoreBusy(OirsError):
    """Another instance has the store open."""

    code = "store_busy"


def data_folder() -> Path:
    """Folder of this user's store. It may not exist yet."""
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed when a folder is given

    return user_data_path(APP, appauthor=False, roaming=False)


def check_local(folder: Path, mounts: Path = Path("/proc/mounts")) -> None:
    """Raise FolderRemote for a folder on the network or inside one that a cloud program copies."""
    if _is_network(folder, mounts):
        raise FolderRemote(reason="network")
    if any(SYNCED.match(part) for part in folder.resolve().parts):
        raise FolderRemote(reason="cloud")


def _is_network(folder: Path, mounts: Path) -> bool:
    if sys.platform == "win32":
        return _is_network_windows(folder)
    if not mounts.exists():
        return False
    where, best = folder.resolve(), ("", "")
    for line in mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        parts = line.split(" ")
        point = re.sub(r"\\([0-7]{3})", lambda m: chr(int(m[1], 8)), parts[1])
        # The last mount on the same point hides the ones before it.
        if where.is_relative_to(point) and len(point) >= len(best[0]):
            best = (point, parts[2])
    return best[1] in REMOTE_TYPES


def _is_network_windows(folder: Path) -> bool:
    where = str(folder.resolve())
    if where.startswith("\\\\"):
        return not where.startswith(("\\\\?\\", "\\\\.\\")) or where.upper().startswith("\\\\?\\UNC\\")
    import ctypes  # noqa: PLC0415 - Windows only

    kernel32 = getattr(ctypes, "windll").kernel32  # noqa: B009 - absent on other systems, also for mypy
    return int(kernel32.GetDriveTypeW(f"{folder.resolve().drive}\\")) == DRIVE_REMOTE


def prepare(folder: Path) -> None:
    """Make the folder, closed to other users, and prove by writing that it can be written to."""
    probe = folder / ".oirs-probe"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe.touch()
        probe.unlink()
    except PermissionError as why:
        raise FolderReadOnly from why
    except OSError as why:
        if why.errno in READ_ONLY_ERRNOS:
            raise FolderReadOnly from why
        raise


READ_ONLY_ERRNOS = frozenset({1, 13, 30})
"""EPERM, EACCES, EROFS; the same numbers on Linux and in the C library of Windows."""


class FolderLock:
    """Holds a folder for one instance. The system lets go of it when the process dies."""

    _held: ClassVar[set[Path]] = set()

    def __init__(self, folder: Path) -> None:
        """Take the lock; StoreBusy when another instance has it."""
        self._path = folder.resolve() / LOCK_NAME
        # POSIX forgets a lock when any handle of the same process is closed: keep our own account too.
        if self._path in self._held:
            raise StoreBusy
        try:
            handle = self._path.open("a+b")
        except PermissionError as why:
            raise FolderReadOnly from why
        try:
            _lock(handle)
        except OSError as why:
            handle.close()
            raise StoreBusy from why
        self._handle: IO[bytes] | None = handle
        self._held.add(self._path)

    def release(self) -> None:
        """Let go. A second call does nothing."""
        if self._handle is not None:
            self._handle.close()
            self._handle = None
            self._held.discard(self._path)


def _lock(handle: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows only

        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
