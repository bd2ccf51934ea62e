"""The second copy of a counter: where it lies, who writes it, and what comes back from it by itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from oirs_desktop import log
from oirs_desktop.session import draw_log, read_clock
from oirs_desktop.sync.errors import StickError
from oirs_desktop.sync.journal import Journal
from oirs_desktop.sync.journalfiles import Place
from oirs_desktop.sync.scribe import Scribe

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_desktop.session import Clock
    from oirs_desktop.settings import Settings
    from oirs_desktop.store import Store
    from oirs_desktop.sync.copies import Guard
    from oirs_desktop.sync.journalfiles import Keys

FOLDER = "journal"
ZONE = "America/Santiago"
"""For the names of files while the office is not known yet."""


def place_of(folder: Path, settings: Settings, device: bytes) -> Place:
    """Tell where the second copy lies: in the folder of the settings, or beside the data in ``folder``."""
    other = Path(settings.journal_folder) / f"oirs-{device.hex()}" if settings.journal_folder else None
    return Place(other or folder / FOLDER, settings.journal_days)


def open_scribe(store: Store, keys: Keys, place: Place, clock: Clock) -> Scribe:
    """Build the journal and its thread, which is not started yet."""
    return Scribe(Journal(store, keys, place, clock, _today(store, clock)))


def heal(journal: Journal, store: Store, keys: Keys, guard: Guard) -> bool:
    """Put back what a store has lost that was damaged or put back from a backup; whether there was any.

    More may have been written than the copy holds, so a new log is begun. A disk that is away, or a copy
    that nobody can read, must not keep the counter closed.
    """
    try:
        if not journal.is_ahead() or not journal.restore():
            return False
    except StickError as why:
        log.problem("journal", why)
        return False
    fresh, label = draw_log(keys.random)
    store.rotate(fresh, label, keys.sign.public)
    log.note("journal_restored")
    guard.note()
    return True


def _today(store: Store, clock: Clock) -> Callable[[], str]:
    def today() -> str:
        office = store.office()
        zone = ZONE if office is None else office.zona
        return read_clock(clock, store.contact).local(zone).date().isoformat()

    return today
