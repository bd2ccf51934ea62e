"""A document from the centre, because somebody wants to look at it: by ranges, resumable, verified."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Protocol

from oirs_core.wire import blob as wire
from oirs_desktop.sync.blobs import FIRST_CHUNK, TARGET_S
from oirs_desktop.sync.errors import DocumentAway, FetchStopped, NotOurServer, Offline

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_core.signature import SigningKey
    from oirs_desktop.sync.blobs import Carrier


class Pieces(Protocol):
    """Where a document grows on this machine."""

    def so_far(self, sha: str) -> bytes:
        """Give what is here from the start."""

    def add(self, sha: str, offset: int, data: bytes) -> None:
        """Keep a piece."""

    def finish(self, sha: str, data: bytes) -> bool:
        """Put the whole away; False when it is another."""


class Fetcher:
    """Fetches one document at a time, over a line of its own. Any thread may call."""

    def __init__(
        self,
        pieces: Pieces,
        carrier: Carrier,
        key: SigningKey,
        missed: Callable[[str], None] | None = None,
    ) -> None:
        """``carrier``: used by nobody else. ``missed``: hears of what cannot come over the line now."""
        self._pieces = pieces
        self._carrier = carrier
        self._key = key
        self._missed = missed
        self._turn = threading.Lock()
        self._closed = False
        self.chunk = FIRST_CHUNK
        self.timer: Callable[[], float] = time.monotonic

    def stop(self) -> None:
        """Fetch nothing any more, after the piece that is on its way; what has come stays."""
        self._closed = True

    def fetch(
        self, sha: str, size: int, tell: Callable[[int, int], None], wanted: Callable[[], bool]
    ) -> None:
        """Bring a document of ``size`` bytes. ``tell``: bytes that are here, and all.

        ``wanted``: asked before each piece. Raises SyncError, FetchStopped when it is no longer wanted,
        DocumentRefused when the disk is full; the next call goes on.
        """
        with self._turn:
            try:
                self._fetch(sha, size, tell, wanted)
            except (Offline, DocumentAway):
                if self._missed is not None:
                    self._missed(sha)
                raise

    def _fetch(
        self, sha: str, size: int, tell: Callable[[int, int], None], wanted: Callable[[], bool]
    ) -> None:
        data = bytearray(self._pieces.so_far(sha))
        while len(data) < size:
            if self._closed or not wanted():
                raise FetchStopped
            tell(len(data), size)
            piece = self._range(sha, len(data), min(len(data) + self.chunk, size) - 1)
            self._pieces.add(sha, len(data), piece)
            data += piece
        if not self._pieces.finish(sha, bytes(data)):
            raise NotOurServer

    def _range(self, sha: str, first: int, last: int) -> bytes:
        message = wire.get_message(self._key.id, bytes.fromhex(sha), first, last)
        begun = self.timer()
        try:
            piece = self._carrier.get_blob(
                sha, first, last, wire.authorization(self._key.id, self._key.sign(message))
            )
        except Exception:
            self.chunk = max(wire.SMALLEST_CHUNK, self.chunk // 2)
            raise
        fits = int(len(piece) / max(self.timer() - begun, 0.001) * TARGET_S)
        self.chunk = min(max(fits, wire.SMALLEST_CHUNK), self.chunk * 2, wire.LARGEST_CHUNK)
        if not 0 < len(piece) <= last - first + 1:
            raise NotOurServer
        return piece
