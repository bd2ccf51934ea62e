"""What the sync thread does when it wakes: what needs no line, then the exchange, then the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_desktop.sync.cycle import Cycle, Report


class Conversation:
    """The exchange with what goes before and after it."""

    def __init__(self, cycle: Cycle) -> None:
        """``cycle``: exchanges text with the centre."""
        self.cycle = cycle
        self.before: list[Callable[[], None]] = []
        """Done each time, whether or not there is a line: they write on this machine only."""
        self.after: list[Callable[[], None]] = []
        """Done when the text has come to its end both ways. What fails there may raise a SyncError."""

    def run(self) -> Report:
        """Hold it once. Raises SyncError; what was done until then stays."""
        for step in self.before:
            step()
        report = self.cycle.run()
        for step in self.after:
            step()
        return report
