"""Beginning with a file instead of a thousand pages: fetched in pieces, checked, taken in page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from oirs_core import chain
from oirs_core.domain.errors import EventRefused
from oirs_core.wire import blob, snapshot
from oirs_desktop.store import SyncRefused
from oirs_desktop.sync.errors import NotOurServer, Offline, ServerBusy, SyncError

if TYPE_CHECKING:
    from pathlib import Path

    from oirs_core.signature import SigningKey
    from oirs_desktop.store import Store

PIECE = 256 * 1024
PART, SUFFIX = ".part", ".osn"
SHA_SIZE = 32

Offer = tuple[str, int, str, int]
"""Feed, last entry, SHA-256 of the file (base64url) and its size."""


class Carrier(Protocol):
    """Whatever carries pieces of a snapshot."""

    def get_snapshot(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        """Fetch bytes of a file (its SHA-256 in hexadecimal), both ends inclusive; raises SyncError."""


class Beginning:
    """Takes what the centre offers. Whatever fails, the ordinary pull goes on from where this ended."""

    def __init__(self, store: Store, carrier: Carrier, key: SigningKey, folder: Path) -> None:
        """``folder``: where pieces lie until the file is whole."""
        self._store = store
        self._carrier = carrier
        self._key = key
        self._folder = folder
        self.willing = True
        """Whether to ask for a file; no more once one did not hold."""

    def take(self, offer: Offer) -> None:
        """Fetch the file and take it in. Offline and ServerBusy pass on: the pieces stay."""
        path = self._folder / f"snapshot-{chain.unb64(offer[2], SHA_SIZE).hex()}{PART}"
        try:
            self._fetch(offer, path)
            self._absorb(offer, path)
        except (Offline, ServerBusy):
            raise
        except (SyncError, SyncRefused, EventRefused, OSError):
            self.willing = False
        self.sweep()

    def sweep(self) -> None:
        """Remove what is left of files."""
        for path in self._folder.glob(f"snapshot-*{PART}"):
            path.unlink(missing_ok=True)

    def _fetch(self, offer: Offer, path: Path) -> None:
        sha, size = chain.unb64(offer[2], SHA_SIZE), offer[3]
        held = path.stat().st_size if path.exists() else 0
        with path.open("ab") as file:
            while held < size:
                last = min(held + PIECE, size) - 1
                signed = self._key.sign(blob.get_message(self._key.id, sha, held, last))
                header = blob.authorization(self._key.id, signed)
                piece = self._carrier.get_snapshot(sha.hex(), held, last, header)
                if not 0 < len(piece) <= last - held + 1:
                    raise NotOurServer
                file.write(piece)
                file.flush()
                held += len(piece)

    def _absorb(self, offer: Offer, path: Path) -> None:
        feed, _, name, size = offer
        if path.stat().st_size != size or chain.b64(snapshot.digest(path)) != name:
            raise EventRefused(reason="hash")
        self._pages(feed, path)

    def _pages(self, feed: str, path: Path) -> None:
        enrolment = self._store.enrolment()
        if enrolment is None:
            raise NotOurServer
        snapshot.check(path, enrolment.server_key)
        at = next((pos for name, pos, _ in self._store.cursors() if name == feed), 0)
        for page in snapshot.pages(path, feed):
            if page.end > at:  # the others were taken in before an interruption
                self._store.absorb_page(page)
