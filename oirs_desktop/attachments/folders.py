"""What lies in a folder, newest first; and which files of a scanner have come and stopped growing."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from oirs_desktop.attachments.errors import DocumentRefused, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

LIKELY = {".pdf", ".jpg", ".jpeg", ".png", ""}
"""Endings that are listed. Any file may be named in full: what it is, its bytes say."""
MOST = 2000
"""Of a fuller folder the rest is not looked at."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or a folder. ``size``: bytes; ``at``: last change, ms UTC."""

    path: Path
    is_folder: bool
    size: int
    at: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A folder and what lies in it: files newest first, then folders by name."""

    folder: Path
    entries: tuple[Entry, ...]


def listing(folder: Path) -> Listing:
    """List a folder; it may lie on a slow network, so not on the window's thread. DocumentRefused."""
    try:
        found = list(_entries(folder))
    except OSError as why:
        raise DocumentRefused(Reason.UNREADABLE) from why
    files = sorted((e for e in found if not e.is_folder), key=lambda e: (-e.at, e.path.name))
    folders = sorted((e for e in found if e.is_folder), key=lambda e: e.path.name.casefold())
    return Listing(folder, (*files, *folders))


def _entries(folder: Path) -> Iterator[Entry]:
    for number, path in enumerate(folder.iterdir()):
        if number >= MOST:
            return
        if path.name.startswith((".", "~$")):
            continue
        try:
            stat = path.stat()
        except OSError:  # gone meanwhile, or a link to nowhere
            continue
        is_folder = path.is_dir()
        if is_folder or path.suffix.casefold() in LIKELY:
            yield Entry(path, is_folder, stat.st_size, stat.st_mtime_ns // 1_000_000)


def named(text: str) -> Path | Listing:
    """Give the file that a typed path names, or the listing of that folder. DocumentRefused."""
    path = Path(text.strip().strip('"')).expanduser()
    if path.is_file():
        return path
    return listing(path)


@dataclass(slots=True)
class Scans:
    """A folder into which a scanner writes. ``look`` again and again gives what is new and whole."""

    folder: Path
    _sizes: dict[Path, int] = field(default_factory=dict)
    _known: set[Path] | None = None
    there: bool = False
    """Whether the folder answered at the last look."""

    def look(self) -> tuple[Path, ...]:
        """Give the files that came since the first look and have the size of the look before."""
        try:
            found = {e.path: e.size for e in _entries(self.folder) if not e.is_folder}
        except OSError:  # unplugged, or not there yet: nothing came
            self.there = False
            return ()
        self.there = True
        if self._known is None:
            self._known = set(found)
        self._known &= set(found)  # a name that went away may come again
        fresh = {path: size for path, size in found.items() if path not in self._known}
        whole = tuple(path for path, size in fresh.items() if size and self._sizes.get(path) == size)
        self._sizes = fresh
        self._known.update(whole)
        return whole
