"""Databases that were migrated and enrolled once: every run begins with a copy of them."""

from __future__ import annotations

import atexit
import os
import pickle
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from oirs_desktop.store.store import Store
from tests.sim.parts import unsealed
from tests.support.world import World

PLACES = ("104", "052", "104", "052", "104")
FORWARDER = "052"
MEMORY = Path("/dev/shm")
MADE = "OIRS_SIM_TEMPLATE"


@dataclass(frozen=True)
class Seat:
    """One enrolled counter: its files, its secrets, its office."""

    files: dict[str, bytes]
    seed: bytes
    database: bytes
    office: str


@dataclass(frozen=True)
class Template:
    """``centre``: files of the centre's folder. ``seats``: as PLACES, the forwarder last.

    ``blank``: a store of nobody, under the key ``database``.
    """

    centre: dict[str, bytes]
    seats: tuple[Seat, ...]
    blank: dict[str, bytes]
    database: bytes


def scratch() -> Path:
    """A folder in memory where the system has one: the disk is played anyway."""
    home = str(MEMORY) if MEMORY.is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="oirs-sim-", dir=home))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def template() -> Template:
    """Make it once for each process, or take what another process has made."""
    made = os.environ.get(MADE)
    if made:
        kept: Template = pickle.loads(Path(made).read_bytes())
        return kept
    with unsealed():
        return _make(scratch())


def _make(folder: Path) -> Template:
    world = World(folder)
    for code in (*PLACES, FORWARDER):
        world.enrol(code)
    for _ in range(2):
        for counter in world.counters:
            assert counter.sync()
    world.close()
    seats = tuple(
        Seat(
            {"oirs.db": (counter.folder / "oirs.db").read_bytes()},
            counter.seed,
            counter.database,
            code,
        )
        for counter, code in zip(world.counters, (*PLACES, FORWARDER), strict=True)
    )
    database = bytes(32)
    Store.create(folder / "blank", database).close()
    blank = {"oirs.db": (folder / "blank" / "oirs.db").read_bytes()}
    centre = {path.name: path.read_bytes() for path in (folder / "central").iterdir() if path.is_file()}
    shutil.rmtree(folder)
    return Template(centre, seats, blank, database)
