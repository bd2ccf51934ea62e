"""What the counter asks of a printer, and which of the two ways this machine has.

A case never waits for paper: whoever calls these keeps the PDF and shows it when they fail.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Protocol

from oirs_core.domain.errors import OirsError

if TYPE_CHECKING:
    from pathlib import Path

    from oirs_desktop.printing.papers import Sheet


class PrinterFailed(OirsError):
    """The paper was not handed to the printer. ``reason``: none, file, paper, refused or silent."""

    code: ClassVar[str] = "printer"


class JobState(StrEnum):
    """What the system knows of a job. A printer that is off looks like one that waits."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Printers(Protocol):
    """The printers that the system knows. Calls may take seconds: never from the window's thread."""

    def names(self) -> list[str]:
        """Give the queues by name; empty when there is none."""
        ...

    def default(self) -> str | None:
        """Give the queue to use when nobody chose one; None when there is none."""
        ...

    def sheets(self, printer: str) -> list[Sheet]:
        """Give the papers of a queue, the one in use first; empty when they are not known."""
        ...

    def send(self, pdf: Path, title: str, printer: str) -> str:
        """Hand the PDF over; give the job's id, or an empty text. Raises PrinterFailed."""
        ...

    def state(self, job: str) -> JobState:
        """Give what became of a job that ``send`` returned."""
        ...


def system_printers() -> Printers:
    """Give the way to the printers of this machine."""
    if sys.platform == "win32":
        from oirs_desktop.printing.qt import QtPrinters  # noqa: PLC0415 - Qt's print plugin only there

        return QtPrinters()
    from oirs_desktop.printing.cups import CupsPrinters  # noqa: PLC0415

    return CupsPrinters()
