"""Builds the centre, once and in order; the only place that reads the clock and draws chance."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oirs_central import commands
from oirs_central.api import Api, serve
from oirs_central.auth import Auth
from oirs_central.blobs import Blobs
from oirs_central.bundles import Post
from oirs_central.engine import Database
from oirs_central.ledger import Ledger
from oirs_central.ledger.backup import Copy, backup, restore
from oirs_central.ledger.carried import Carrier
from oirs_central.ledger.snapshots import Made, Shelf
from oirs_central.settings import (
    BLOBS_NAME,
    DATABASE_NAME,
    SNAPSHOTS_NAME,
    Settings,
    make_file,
    make_folder,
    read_seed,
)
from oirs_central.stock import Stock
from oirs_central.tls import FOLDER, Certificate, issue
from oirs_core.resources import resource
from oirs_core.signature import SigningKey
from oirs_core.wire.seal import SealKey

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Central:
    """A whole centre in this process."""

    settings: Settings
    database: Database
    ledger: Ledger
    auth: Auth
    blobs: Blobs
    shelf: Shelf
    api: Api
    clock: Callable[[], int]
    post: Post

    def sync(self, frame: bytes) -> bytes:
        """Answer a request frame; what HTTP does, without HTTP. OirsError refuses it."""
        return self.api.sync(frame)

    def enrol(self, body: bytes) -> bytes:
        """Answer the JSON of an enrolment. OirsError refuses it."""
        return self.api.enrol(body)

    def put_blob(self, sha: str, offset: int, authorization: str, body: bytes) -> bytes:
        """Take a chunk of a document; what HTTP does, without HTTP. OirsError refuses it."""
        return self.api.blobs.put(sha, str(offset), authorization, body)

    def get_blob(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        """Give bytes of a document, both ends inclusive. OirsError refuses it."""
        return self.api.blobs.get(sha, f"bytes={first}-{last}", authorization)[0]

    def seed(self) -> list[str]:
        """Publish the tables that ship with the program and differ from the published ones."""
        paths = resource("catalogues").glob("*.csv")
        return self.ledger.publish({path.stem: path.read_text(encoding="utf-8") for path in paths})

    def serve(self, host: str, port: int, ready: Callable[[int], None]) -> None:
        """Answer at an address until told to stop; ``ready`` gets the port."""
        self.blobs.verify(read=False)
        certificate = self.certificate
        serve(self.api, host, port, ready, certificate if certificate.stands else None)

    def certify(self, hosts: Sequence[str]) -> Certificate:
        """Make the authority, once, and a new certificate for these names or addresses."""
        return issue(self.certificate.folder, hosts, self.clock())

    @property
    def certificate(self) -> Certificate:
        """Where the certificate for TLS lies, if there is one."""
        return Certificate(self.settings.data / FOLDER)

    def backup(self, to: Path) -> Copy:
        """Copy the database to a new file, verify the copy, and move the marks that counters are told."""
        return backup(self.database, to, self.clock())

    def restore(self, source: Path) -> Copy:
        """Put a copy into the empty database."""
        return restore(self.database, source)

    def snapshots(self) -> list[Made]:
        """Make the files for new counters that are due."""
        return self.shelf.build_due(self.clock())

    def close(self) -> None:
        """Let the database go."""
        self.database.close()


def build(settings: Settings, clock: Callable[[], int], random: Callable[[int], bytes]) -> Central:
    """Build a centre and bring its tables up to date.

    ``clock``: ms UTC. ``random``: that many random bytes.
    """
    make_folder(settings.data)
    seed = read_seed(settings.key_file, random)
    key, seal = SigningKey(seed), SealKey(seed)
    if not settings.url:
        # SQLite gives the files beside it the same rights.
        make_file(settings.data / DATABASE_NAME)
    database = Database(settings.database)
    database.migrate()
    ledger = Ledger(database, settings.institution, key, clock, random)
    auth = Auth(database, clock, random, ledger.writer.append, ledger.begin_log)
    blobs = Blobs(database, settings.data / BLOBS_NAME, clock)
    shelf = Shelf(database, settings.data / SNAPSHOTS_NAME, key)
    api = Api(ledger, auth, (key, seal), clock, (blobs, shelf))
    stores = (Carrier(database, key.public), Stock(blobs, shelf))
    post = Post(stores, settings.institution, (key, seal), clock, random)
    return Central(settings, database, ledger, auth, blobs, shelf, api, clock, post)


def _now() -> int:
    return time.time_ns() // 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit code (sysexits)."""
    asked = commands.parse(sys.argv[1:] if arguments is None else arguments)
    return commands.run(asked, lambda: build(asked.settings, _now, os.urandom))
