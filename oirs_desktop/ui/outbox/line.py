"""What the window hears of the synchronisation, brought from its thread to the window's."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from oirs_core.domain.errors import OirsError
from oirs_desktop.ui.kit.sending import Outward

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_desktop.session import Clock
    from oirs_desktop.store import Store
    from oirs_desktop.sync.schedule import Outcome, Schedule


class Line(QObject, Outward):
    """The state of the line, and the bell that rings after each try."""

    _rang = Signal(object)

    def __init__(self, store: Store, clock: Clock, heard: Callable[[Outcome], None]) -> None:
        """``heard`` is called on the window's thread."""
        super().__init__()
        self.store = store
        self._clock = clock
        self._heard: Callable[[Outcome], None] | None = heard
        self.schedule: Schedule | None = None
        # To a method of this very object: what is still on its way when it ends is thrown away by Qt.
        self._rang.connect(self._deliver)

    def close(self) -> None:
        """Tell nothing any more."""
        self._heard = None

    def _deliver(self, outcome: Outcome) -> None:
        if self._heard is not None:
            self._heard(outcome)

    @property
    def connected(self) -> bool:
        """Whether the last try reached the centre."""
        return self.schedule is not None and self.schedule.connected

    def wake(self) -> None:
        """Try now, whatever the pause."""
        if self.meter is not None:
            self.meter.release()
        if self.schedule is not None:
            self.schedule.wake(force=True)

    def tell(self, outcome: Outcome) -> None:
        """Keep why a try failed, and pass the news on; called on the thread of the synchronisation."""
        if self.meter is not None:
            self.meter.end()
        if outcome.error is not None:
            # The reason of a failed try is worth less than the tries: on a full disk it goes untold.
            with suppress(OirsError):
                self.store.note_failure(outcome.error.code, self._clock.now())
        self._rang.emit(outcome)
