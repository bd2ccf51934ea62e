"""What is remembered of a store outside its folder and its backups, so that a copy can be told from it.

A copy of the folder on another machine, or an old copy put back, would write on in a log that somebody
else has written on in already. The centre would find out and file a branch; noticed at the start, a new
log is begun before the first folio is given, and no branch is needed.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from oirs_desktop.files import write_whole

FOLDER = "OIRS Desktop Testigo"
MACHINE_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
MACHINE_KEY = r"SOFTWARE\Microsoft\Cryptography"


class Mark(msgspec.Struct, frozen=True):
    """One store as last seen here. ``install`` and ``machine``: as the store names them, hexadecimal.

    ``log`` (hexadecimal), ``seq`` and ``h`` (hexadecimal): where the log that it writes to ended.
    """

    install: str
    machine: str
    log: str
    seq: int
    h: str


@dataclass(frozen=True, slots=True)
class Witness:
    """The mark of one store, in a file of this user. ``machine``: what tells this machine from others."""

    path: Path
    machine: str

    @classmethod
    def of(cls, folder: Path, state: Path | None = None) -> Witness:
        """Give the witness of a data folder; ``state``: where witnesses lie, else the user's place."""
        name = sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
        return cls((state or _state_folder()) / f"{name}.json", machine_mark(machine_name()))

    def load(self) -> Mark | None:
        """Read the mark. None when there is none or it cannot be read: either is a reason for doubt."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=Mark)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def save(self, mark: Mark) -> None:
        """Keep the mark. OSError when that cannot be done."""
        write_whole(self.path, msgspec.json.encode(mark))


def _state_folder() -> Path:
    from platformdirs import user_state_path  # noqa: PLC0415 - not needed when a folder is given

    return user_state_path(FOLDER, appauthor=False)


def machine_mark(name: str) -> str:
    """Hash a machine's name: it is compared only, and says nothing about the machine."""
    return sha256(b"oirs-machine-1" + name.encode()).hexdigest()[:32]


def machine_name() -> str:
    """Give what the system calls this installation of itself; empty where it has no name for it."""
    if sys.platform == "win32":
        return _windows_name()
    for path in MACHINE_FILES:
        try:
            return path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
    return ""


def _windows_name() -> str:
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - Windows only

        view = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, MACHINE_KEY, 0, view) as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""
    return ""
