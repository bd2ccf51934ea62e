"""What a command is given: its words, and the centre that `app` builds. Exit codes are those of sysexits."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from oirs_central.auth import Auth
    from oirs_central.blobs import Blobs
    from oirs_central.bundles import Post
    from oirs_central.ledger import Ledger
    from oirs_central.ledger.backup import Copy
    from oirs_central.ledger.snapshots import Made
    from oirs_central.settings import Settings
    from oirs_central.tls import Certificate

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

    @property
    def blobs(self) -> Blobs:
        """Bytes of documents."""

    @property
    def post(self) -> Post:
        """What sticks bring and take back."""

    @property
    def certificate(self) -> Certificate:
        """Where the certificate for TLS lies, if there is one."""

    def certify(self, hosts: Sequence[str]) -> Certificate:
        """Make the authority, once, and a new certificate for these names or addresses."""

    def seed(self) -> list[str]:
        """Publish the shipped tables."""

    def serve(self, host: str, port: int, ready: Callable[[int], None]) -> None:
        """Answer at an address until told to stop; ``ready`` gets the port."""

    def backup(self, to: Path) -> Copy:
        """Copy the database to a new file and verify the copy."""

    def restore(self, source: Path) -> Copy:
        """Put a copy into the empty database."""

    def snapshots(self) -> list[Made]:
        """Make the files for new counters that are due."""

    def close(self) -> None:
        """Let the database go."""


class Parser(argparse.ArgumentParser):
    """Ends with the exit code for wrong usage."""

    def error(self, message: str) -> NoReturn:
        """Say what was not understood."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")
