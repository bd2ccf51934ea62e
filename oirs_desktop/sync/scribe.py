"""The thread that writes the journal: rung after each commit, waited for by nobody."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oirs_core.domain.errors import OirsError
from oirs_desktop import log

if TYPE_CHECKING:
    from oirs_desktop.sync.journal import Journal

AGAIN_S = 60.0
"""Pause after a failure: a disk that was taken out may come back."""


@dataclass(frozen=True, slots=True)
class Copied:
    """How the second copy stands. ``waiting``: events in the store only; ``error``: code of why, or empty."""

    waiting: int = 0
    error: str = ""


class Scribe:
    """Writes when it is rung, and again after a while where that failed."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.error = ""
        """Code of why the last attempt failed; empty when it did not."""
        self._bell = threading.Condition()
        self._rung = True
        self._stopped = False
        self._tidied = ""
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)

    def start(self) -> None:
        """Begin; old files are looked through first, and again each day."""
        self._thread.start()

    def wake(self) -> None:
        """Something was saved."""
        with self._bell:
            self._rung = True
            self._bell.notify_all()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Write what is left, then end. A second call does nothing."""
        with self._bell:
            if self._stopped:
                return
            self._stopped = True
            self._bell.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        self.write()

    def copied(self) -> Copied:
        """Tell how the second copy stands. StoreError."""
        try:
            return Copied(self.journal.lag(), self.error)
        except OirsError as why:
            return Copied(0, why.code)

    def write(self) -> None:
        """Write now; what fails is kept in ``error`` and tried again."""
        try:
            self.journal.write()
        except OirsError as why:
            if why.code != self.error:
                log.problem("journal", why)
            self.error = why.code
        else:
            self.error = ""

    def _tidy(self) -> None:
        """Look through the old files, once a day."""
        try:
            today = self.journal.today()
            if today != self._tidied:
                self.journal.tidy()
                self._tidied = today
        except OirsError as why:
            log.problem("journal", why)

    def _work(self) -> None:
        while not self._stopped:
            self._tidy()
            with self._bell:
                self._bell.wait_for(lambda: self._rung or self._stopped, AGAIN_S if self.error else None)
                self._rung = False
            if not self._stopped:
                self.write()
