"""What a command is given: its words, and the centre that `app` builds. Exit codes are those of sysexits."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_central.auth import Auth
    from oirs_central.ledger import Ledger
    from oirs_central.blobs import Blobs
    from oirs_central.settings import Settings

OK, USAGE, DATA, MISSING, AWAY, CANNOT_WRITE = 0, 64, 65, 66, 69, 73


class Centre(Protocol):
    """What a command needs of the centre that `app` builds."""

    @property
    def settings(self) -> Settings:
        """Where its things are."""

    @property
    def ledger(self) -> Ledger:
        """Events, feeds, offices."""

    @property
    def auth(self) -> Auth:
        """Codes and counters."""

    def seed(self) -> list[str]:
        """Publish the shipped tables."""

    def serve(self, host: str, port: int, ready: Callable[[int], None]) -> None:
        """Answer at an address until told to stop; ``ready`` gets the port."""

    def close(self) -> None:
        """Let the database go."""


class Parser(argparse.ArgumentParser):
    """Ends with the exit code for wrong usage."""

    def error(self, message: str) -> NoReturn:
        """Say what was not understood."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")
