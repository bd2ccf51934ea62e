"""What a counter does when the exchange is over: keep less. Small steps, so that nobody waits for one."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from oirs_desktop.store.migrate import COPY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from oirs_desktop.session import Clock
    from oirs_desktop.store import Store

SLICES = 100
"""So many at most after one exchange: the rest waits for the next."""
PAUSE_S = 0.02
"""Between two slices: whoever registers meanwhile comes first."""
LOOK_MS = 3600 * 1000
COPY_DAYS_MS = 7 * 24 * 3600 * 1000


class Bytes(Protocol):
    """Where the bytes of documents lie on this machine."""

    def forget(self, sha: str) -> None:
        """Remove them, if they are here."""


class Housekeeping:
    """Runs on the thread of the synchronisation, after it has come to its end."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        documents: Bytes,
        clock: Clock,
        months: int = 0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """``folder``: where the store lies. ``months``: how long a finished case is kept; 0: for ever."""
        self._store = store
        self._folder = folder
        self._documents = documents
        self._clock = clock
        self._sleep = sleep
        self._after = self._looked = 0
        self._months = months

    def run(self) -> None:
        """Do what is due."""
        with suppress(OSError):  # a file that somebody holds open goes the next time
            self._erase()
        self._put_away()
        self._tidy()
        with suppress(OSError):
            self._drop_copies()

    def _erase(self) -> None:
        gone = self._store.erased_documents()
        if gone is None:
            return
        for sha in gone:
            self._documents.forget(sha)
        # A copy from before an upgrade holds what was erased since.
        for path in self._copies():
            path.unlink(missing_ok=True)
        self._store.documents_gone()

    def _put_away(self) -> None:
        now = self._clock.now()
        if not self._months or abs(now - self._looked) < LOOK_MS:
            return
        for _ in range(SLICES):
            done = self._store.put_away(self._months, self._after)
            self._after = done.last if done.more else 0
            if not done.more:
                self._looked = now  # all that is old was looked at
                return
            self._sleep(PAUSE_S)

    def _tidy(self) -> None:
        for _ in range(SLICES):
            if not self._store.tidy():
                return
            self._sleep(PAUSE_S)

    def _drop_copies(self) -> None:
        """Drop the copy made before an upgrade once all that waited in it has been delivered."""
        copies = self._copies()
        if not copies or self._store.queue().pending:
            return
        for path in copies:
            if self._clock.now() - path.stat().st_mtime * 1000 > COPY_DAYS_MS:
                path.unlink(missing_ok=True)

    def _copies(self) -> list[Path]:
        return list(self._folder.glob(f"*{COPY}*"))


class Reading:
    """Looks for what nobody can read among all that came, a little after each exchange."""

    def __init__(self, store: Store, sleep: Callable[[float], None] = time.sleep) -> None:
        """Need a store that is enrolled by the first ``run``."""
        self._store = store
        self._sleep = sleep

    def run(self) -> None:
        """Look on; what is left waits for the next exchange."""
        for _ in range(SLICES):
            if not self._store.look_for_unread():
                return
            self._sleep(PAUSE_S)
