"""What lies beside the ledger and travels on sticks, too: documents both ways, snapshots down.

Chunks of documents go the very way of a PUT (`blobs`): the same limits, the same offsets, the same words.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from oirs_central.blobs import BlobAway, BlobRange, BlobUnknown, Place
from oirs_central.ledger.snapshots import SnapshotUnknown
from oirs_core.chain import b64, unb64
from oirs_core.domain.errors import EventRefused
from oirs_core.wire.blob import SHA_SIZE, SHORT, WHOLE, WISHES
from oirs_core.wire.parts import CHUNK, Chunk, Stood

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from oirs_central.blobs import Blobs
    from oirs_central.ledger.snapshots import Shelf
    from oirs_core.wire.blob import Stand

    Offer = tuple[str, int, str, int]
    """Feed, last entry, SHA-256 (b64) and size, as in an answer."""

logger = logging.getLogger(__name__)

STANDS = 1000
"""Documents in a segment."""


@dataclass(slots=True)
class Papers:
    """The documents of one file. ``whole``: became so by it; ``grown``: bytes that were not here.

    ``full``: the disk of the centre took no more. ``named``: SHA-256 of those that this office announced.
    """

    blobs: Blobs
    feed: str
    whole: int = 0
    grown: int = 0
    full: bool = False
    named: dict[bytes, Stand] = field(default_factory=dict)

    def take(self, chunk: Chunk) -> None:
        """Take a chunk as a PUT does; one of nothing that is wanted, or without sense, is passed over."""
        try:
            place, data = Place(self.feed, unb64(chunk.sha, SHA_SIZE)), unb64(chunk.data)
            if not self.full:
                self._put(place, chunk.offset, data)
        except (BlobUnknown, BlobRange, EventRefused):
            return
        except OSError as why:  # the text of the file is in already
            logger.warning("no room for documents of %s: %s", self.feed, why)
            self.full = True

    def _put(self, place: Place, offset: int, data: bytes) -> None:
        before = self.named.get(place.sha) or self.blobs.put(place, 0, b"")
        stand = self.blobs.put(place, offset, data)
        if offset < stand.offset < offset + len(data):  # its beginning came by another way
            stand = self.blobs.put(place, stand.offset, data[stand.offset - offset :])
        self.grown += max(0, stand.offset - before.offset)
        self.whole += stand.state == WHOLE != before.state
        self.named[place.sha] = stand


class Stock:
    """Documents and snapshots, as sticks carry them."""

    def __init__(self, blobs: Blobs, shelf: Shelf) -> None:
        self._blobs = blobs
        self._shelf = shelf

    def papers(self, feed: str) -> Papers:
        """Begin to take the documents of a file. ``feed``: of the office of the counter that made it."""
        return Papers(self._blobs, feed)

    def stands(
        self, feed: str, known: dict[bytes, Stand], named: Iterable[bytes], now: int
    ) -> Iterator[Stood]:
        """Tell a counter how documents stand: its own (``known``), and those of others that it sent."""
        others = [sha for sha in named if sha not in known]
        told = [*known.items(), *((sha, self._blobs.put(Place(feed, sha), 0, b"")) for sha in others)]
        for at in range(0, len(told), STANDS):
            some = told[at : at + STANDS]
            yield Stood(
                now, tuple((b64(sha[:SHORT]), one.offset, one.state, one.reason) for sha, one in some)
            )

    def wanted(self, feed: str, names: Iterable[str]) -> Iterator[Chunk]:
        """Give documents of an office that a counter asked for (b64), as far as they are here."""
        for name in list(names)[:WISHES]:
            with suppress(BlobUnknown, BlobAway, BlobRange, EventRefused):
                place, at, size = Place(feed, unb64(name, SHA_SIZE)), 0, 1
                while at < size:
                    data, size = self._blobs.get(place, at, at + CHUNK - 1)
                    yield Chunk(name, at, b64(data))
                    at += len(data)

    def sound(self, offer: Offer) -> bool:
        """Whether the file of an offer is here and is what its name says."""
        whole = sha256()
        try:
            for chunk in self.pieces(offer):
                whole.update(unb64(chunk.data))
        except (SnapshotUnknown, OSError):
            return False
        return b64(whole.digest()) == offer[2]

    def pieces(self, offer: Offer) -> Iterator[Chunk]:
        """Give a snapshot in pieces. SnapshotUnknown, also when it went away meanwhile."""
        feed, _, name, size = offer
        for at in range(0, size, CHUNK):
            data, _ = self._shelf.read(feed, unb64(name, SHA_SIZE), at, at + CHUNK - 1)
            yield Chunk(name, at, b64(data))
