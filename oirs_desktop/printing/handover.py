"""Hand a paper to a printer and look what became of it, for a bounded time and not longer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from oirs_desktop.printing.printers import JobState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from oirs_desktop.printing.printers import Printers

LOOKS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
"""Pauses before each look at the job, seconds: 8 in all. A printer that takes longer is told as waiting."""


class Handover:
    """Sends papers one by one. Takes seconds: never on the window's thread, nor on that of the store."""

    def __init__(self, pause: Callable[[float], None] = time.sleep) -> None:
        """``pause``: waits so many seconds."""
        self._pause = pause
        self._waiting: dict[Path, str] = {}

    def put(self, printers: Printers, pdf: Path, title: str, printer: str) -> JobState:
        """Send the file, or look again for one that waits: it must not lie twice in the queue.

        WAITING: neither printed nor given up by the system. UNKNOWN: sent, and nothing more is known.
        Raises PrinterFailed.
        """
        job = self._waiting.pop(pdf, "")
        if not job or printers.state(job) not in {JobState.WAITING, JobState.DONE}:
            job = printers.send(pdf, title, printer)
        state = self._follow(printers, job)
        if state is JobState.WAITING:
            self._waiting[pdf] = job
        return state

    def _follow(self, printers: Printers, job: str) -> JobState:
        state = JobState.UNKNOWN
        for pause in LOOKS if job else ():
            self._pause(pause)
            state = printers.state(job)
            if state is not JobState.WAITING:
                break
        return state
