"""A printer that is played: what it is sent stays with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from oirs_desktop.printing.printers import JobState, PrinterFailed

if TYPE_CHECKING:
    from pathlib import Path

    from oirs_desktop.printing.papers import Sheet

QUEUES = ("mesón", "pasillo")


class Sent(NamedTuple):
    """One paper, as it was handed over."""

    pdf: Path
    title: str
    printer: str


class Printer:
    """Takes everything until ``broken``; the first of its two queues is the system's own."""

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken
        self.sent: list[Sent] = []

    def names(self) -> list[str]:
        """Give both queues."""
        return list(QUEUES)

    def default(self) -> str | None:
        """Give the first."""
        return QUEUES[0]

    def sheets(self, printer: str) -> list[Sheet]:
        """Tell nothing of its papers."""
        assert printer in QUEUES
        return []

    def send(self, pdf: Path, title: str, printer: str) -> str:
        """Keep what was sent, or refuse it."""
        assert pdf.exists()
        if self.broken:
            raise PrinterFailed(reason="silent")
        self.sent.append(Sent(pdf, title, printer))
        return "1"

    def state(self, job: str) -> JobState:
        """Say that it came out."""
        assert job
        return JobState.DONE
