"""Where documents usually lie: the folder above, downloads, documents, and what is plugged in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QStorageInfo

from oirs_desktop.ui.look.i18n import later, tr

USUAL = (
    (QStandardPaths.StandardLocation.DownloadLocation, later("Descargas")),
    (QStandardPaths.StandardLocation.DocumentsLocation, later("Documentos")),
    (QStandardPaths.StandardLocation.DesktopLocation, later("Escritorio")),
)
PLUGGED = ("/media/", "/run/media/", "/Volumes/")
"""Under these a stick is mounted where drives have no letters."""
STICK = later("pendrive o disco")
MOST = 3
"""So many sticks are shown."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A folder that one may want, and what to call it. ``aside``: what kind it is."""

    path: Path
    name: str
    aside: str


def first_folder() -> Path:
    """Give the folder to begin with: downloads, else documents, else desktop, else the person's own."""
    return next((spot.path for spot in _usual()), Path.home())


def spots(folder: Path) -> tuple[Spot, ...]:
    """Give the ways out of ``folder``. It asks the system for its drives, so not on the window's thread."""
    found = [*_above(folder), *_plugged(), *_usual()]
    return tuple(spot for spot in found if spot.path != folder)


def is_plugged(spot: Spot) -> bool:
    """Whether it is a stick or a disk, and not one of the person's own folders."""
    return spot.aside == tr(STICK)


def _above(folder: Path) -> list[Spot]:
    above = folder.parent
    if above == folder:
        return []
    return [Spot(above, above.name or str(above), tr("subir"))]


def _usual() -> list[Spot]:
    found = ((Path(QStandardPaths.writableLocation(place)), name) for place, name in USUAL)
    # Where the system has no such folder it names the person's own.
    there = ((path, name) for path, name in found if path != Path.home() and path.is_dir())
    return [Spot(path, tr(name), tr("carpeta")) for path, name in there]


def _plugged() -> list[Spot]:
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        lettered = root[1:2] == ":" and root != QStorageInfo.root().rootPath()
        if volume.isValid() and volume.isReady() and (lettered or root.startswith(PLUGGED)):
            called = volume.displayName()
            name = Path(root).name or root if called in {"", root} else called
            found.append(Spot(Path(root), name, tr(STICK)))
    return found[:MOST]
