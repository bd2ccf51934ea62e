"""When to talk to the centre: after each save, on a timer, and again after a failure."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from oirs_core.domain.errors import OirsError
from oirs_desktop.sync.errors import SyncBroken

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_desktop.sync.cycle import Report

CAP_S = 900.0
FIRST_S = 5.0
CALM_AFTER = 3
CALM_S = 30.0


class Runs(Protocol):
    """A conversation that can be held again and again."""

    def run(self) -> Report:
        """Hold it once; raises OirsError."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try ended: a report, or the error that the screens put into words."""

    report: Report | None
    error: OirsError | None


def delay_s(failures: int, chance: float) -> float:
    """Seconds to wait after that many failures in a row. ``chance``: 0 to 1, evenly drawn.

    Full jitter so that sixty counters do not come back in the same second; never more than
    fifteen minutes, and from the third failure on at least half a minute.
    """
    ceiling = min(CAP_S, FIRST_S * 2.0 ** min(failures, 10))
    floor = CALM_S if failures >= CALM_AFTER else 1.0
    return min(CAP_S, max(floor, ceiling * chance))


class Schedule:
    """The sync thread. It dies with the program and holds nothing that is not in the store."""

    def __init__(
        self, conversation: Runs, tell: Callable[[Outcome], None], chance: Callable[[], float]
    ) -> None:
        """``tell`` is called on the sync thread after each try."""
        self._conversation = conversation
        self._tell = tell
        self._chance = chance
        self._bell = threading.Condition()
        self._rung = True
        self._forced = False
        self._stopped = False
        self.failures = 0
        self._thread = threading.Thread(target=self._work, name="sync", daemon=True)

    @property
    def connected(self) -> bool:
        """Whether the last try reached the centre."""
        return self.failures == 0

    def start(self) -> None:
        """Begin with a try at once."""
        self._thread.start()

    def wake(self, *, force: bool = False) -> None:
        """Something was saved (or the user asks, ``force``): try soon.

        While the line is down a save does not shorten the wait: a queue of people must not
        become a storm of tries.
        """
        with self._bell:
            self._rung = True
            self._forced |= force
            self._bell.notify_all()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Ask the thread to end and wait a little for it."""
        with self._bell:
            self._stopped = True
            self._bell.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _work(self) -> None:
        while not self._stopped:
            self._wait(self._try())

    def _try(self) -> float:
        with self._bell:
            self._rung = self._forced = False
        try:
            report = self._conversation.run()
        except OirsError as error:
            return self._failed(error)
        except Exception as bug:  # noqa: BLE001 - a fault here must not end sending for ever
            return self._failed(SyncBroken(kind=type(bug).__name__))
        self.failures = 0
        self._tell(Outcome(report, None))
        return float(report.hint_s)

    def _failed(self, error: OirsError) -> float:
        self.failures += 1
        self._tell(Outcome(None, error))
        return delay_s(self.failures, self._chance())

    def _wait(self, seconds: float) -> None:
        with self._bell:
            self._bell.wait_for(self._is_called, seconds)

    def _is_called(self) -> bool:
        return self._stopped or self._forced or (self._rung and self.failures < CALM_AFTER)
