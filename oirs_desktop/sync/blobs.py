"""Documents to the centre: after the text, in small chunks, within the day's budget (decision 040)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from oirs_core import signature
from oirs_core.domain.errors import EventRefused, OirsError
from oirs_core.wire import blob as wire
from oirs_desktop.session import read_clock
from oirs_desktop.store.blobs import GONE
from oirs_desktop.sync.errors import DocumentAway, NotOurServer, SyncError

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_core.signature import SigningKey
    from oirs_desktop.session import Clock
    from oirs_desktop.store import Store
    from oirs_desktop.store.blobs import Blocked, Outgoing

FIRST_CHUNK = wire.SMALLEST_CHUNK
TARGET_S = 4.0
"""How long a chunk should be on its way: so long, at most, a new case waits for it."""
SLICE_S = 30.0
"""After so long the conversation ends and begins anew, so that news from the centre come in between."""
MEGABYTE = 1_000_000


class Carrier(Protocol):
    """Whatever carries documents."""

    def put_blob(self, sha: str, offset: int, authorization: str, body: bytes) -> bytes:
        """Send a chunk; raises SyncError."""

    def get_blob(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        """Fetch a range; raises SyncError."""


class Bytes(Protocol):
    """Where the bytes of documents lie on this machine."""

    def get(self, sha: str) -> bytes:
        """Give them back; OirsError when they are gone or changed."""


@dataclass(frozen=True, slots=True)
class DocumentsWaiting:
    """What the screen says of documents. Bytes; ``budget`` 0: as much as there is.

    ``blocked``: what cannot go on by itself, with the reason.
    """

    count: int
    bytes: int
    sent_today: int
    budget: int
    paused: bool
    blocked: tuple[Blocked, ...]


class Sender:
    """Sends what waits. ``run`` on the thread of the synchronisation, the rest on any."""

    def __init__(
        self, store: Store, documents: Bytes, carrier: Carrier, key: SigningKey, clock: Clock, budget: int = 0
    ) -> None:
        """``budget``: bytes a day; 0: no limit. The store must be enrolled by the first ``run``."""
        self._store = store
        self._documents = documents
        self._carrier = carrier
        self._key = key
        self._clock = clock
        self._held: tuple[bytes, bytes] = (b"", b"")
        self._stopped = False
        self.budget = budget
        self.chunk = FIRST_CHUNK
        self.timer: Callable[[], float] = time.monotonic
        self.again: Callable[[], None] | None = None
        """Rings for another conversation soon. Without it one run sends all that it may."""

    def stop(self) -> None:
        """Send nothing any more after the chunk that is on its way."""
        self._stopped = True

    def documents_waiting(self) -> DocumentsWaiting:
        """Tell how it stands; reads the store."""
        self._store.note_announced()
        totals, paused = self._store.blob_totals(), self._store.blobs_paused()
        sent = self._store.blob_sent(self._day())
        return DocumentsWaiting(totals.count, totals.bytes, sent, self.budget, paused, totals.blocked)

    def pause(self, *, on: bool) -> None:
        """Send no documents until told otherwise; text goes on."""
        self._store.pause_blobs(on=on)

    def retry(self, sha: bytes) -> None:
        """Begin a blocked document anew."""
        self._store.try_blob_again(sha)

    def run(self) -> None:
        """Send until nothing waits, text waits, the line is cut, or the day's budget is spent.

        A cut raises nothing: the text has gone through, and the next conversation will tell.
        """
        self._store.note_announced()
        passed: set[bytes] = set()
        end = self.timer() + SLICE_S
        try:
            while (out := self._next(passed)) is not None and self._step(out, passed):
                text_waits = self._store.queue().pending > 0
                if text_waits or (self.again is not None and self.timer() > end):
                    self._ring()
                    return
        finally:
            self._held = (b"", b"")

    def _ring(self) -> None:
        if self.again is not None:
            self.again()

    def _next(self, passed: set[bytes]) -> Outgoing | None:
        if self._stopped or self._store.blobs_paused():
            return None
        return next((out for out in self._store.outgoing() if out.sha not in passed), None)

    def _step(self, out: Outgoing, passed: set[bytes]) -> bool:
        """Send one chunk of a document. Whether to go on."""
        day = self._day()
        left = out.size - out.held
        size = min(self.chunk, left, self._room(day))
        if size < min(left, wire.SMALLEST_CHUNK):
            return False
        data = self._bytes(out)
        if data is None:
            return True
        chunk = data[out.held : out.held + size]
        try:
            stand = self._put(out, chunk)
        except DocumentAway:  # the centre has not seen the act (any more): its text comes first
            passed.add(out.sha)
            return True
        except SyncError:
            self.chunk = max(wire.SMALLEST_CHUNK, self.chunk // 2)
            self._store.add_blob_sent(day, len(chunk))
            return False
        if stand.offset == out.held and stand.state in {wire.WANTED, wire.PARTIAL}:
            passed.add(out.sha)  # not taken, whatever the reason: not again and again
        self._store.note_blob(out.sha, stand, day, len(chunk))
        return True

    def _bytes(self, out: Outgoing) -> bytes | None:
        """Give the document, read once while it is on its way; None where it is no longer here."""
        if self._held[0] != out.sha:
            try:
                self._held = (out.sha, self._documents.get(out.sha.hex()))
            except OirsError:
                self._store.note_blob(out.sha, wire.Stand(out.held, wire.BLOCKED, GONE))
                return None
        return self._held[1]

    def _put(self, out: Outgoing, chunk: bytes) -> wire.Stand:
        enrolment = self._store.enrolment()
        body = wire.with_crc(chunk)
        message = wire.put_message(self._key.id, out.sha, out.held, body)
        header = wire.authorization(self._key.id, self._key.sign(message))
        begun = self.timer()
        raw = self._carrier.put_blob(out.sha.hex(), out.held, header, body)
        self._adapt(len(body), self.timer() - begun)
        try:
            signed, payload, stand = wire.read_stand(raw)
        except EventRefused as why:
            raise NotOurServer from why
        word = wire.stand_message(message, payload)
        if enrolment is None or not signature.verify(enrolment.server_key, signed, word):
            raise NotOurServer
        if not 0 <= stand.offset <= out.size:
            raise NotOurServer
        return stand

    def _adapt(self, size: int, seconds: float) -> None:
        """Let the next chunk take about ``TARGET_S``, and grow no faster than twofold."""
        fits = int(size / max(seconds, 0.001) * TARGET_S)
        if size < self.chunk:  # the end of a document tells little of the line
            fits = max(fits, self.chunk)
        self.chunk = min(max(fits, wire.SMALLEST_CHUNK), self.chunk * 2, wire.LARGEST_CHUNK)

    def _room(self, day: str) -> int:
        return wire.LARGEST_CHUNK if self.budget == 0 else max(0, self.budget - self._store.blob_sent(day))

    def _day(self) -> str:
        office = self._store.office()
        moment = read_clock(self._clock, self._store.contact)
        return moment.local(office.zona if office else "UTC").date().isoformat()
