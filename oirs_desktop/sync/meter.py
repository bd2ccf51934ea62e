"""How fast the line is, how much went over it, and a brake: stands between a counter and its line."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from oirs_desktop.sync.errors import SyncStopped

if TYPE_CHECKING:
    from collections.abc import Callable

TELLING = 2_000
"""bytes: a smaller exchange says more of the way than of how wide it is."""
WEIGHT = 0.4
"""Of the newest exchange in the speed."""
HOLD_S = 600.0
"""For so long nothing goes out after somebody stopped it."""


class Line(Protocol):
    """Whatever carries frames and documents."""

    def exchange(self, frame: bytes) -> bytes:
        """Frame in, frame out; raises SyncError."""

    def put_blob(self, sha: str, offset: int, authorization: str, body: bytes) -> bytes:
        """Send a chunk; raises SyncError."""

    def get_blob(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        """Fetch a range; raises SyncError."""

    def get_snapshot(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        """Fetch bytes of a file to begin with; raises SyncError."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """How the conversation stands. ``begun``: seconds since its beginning, None while none is held.

    ``up``, ``down``: bytes of it. ``speed``: bytes a second, 0 while nobody knows. ``waiting``: bytes of the
    frame that is on its way, 0 for none. ``held``: seconds for which somebody stopped it. ``silent``: seconds
    since the frame on its way was given to the line; 0 while none is.
    """

    begun: float | None = None
    up: int = 0
    down: int = 0
    speed: float = 0.0
    waiting: int = 0
    held: float = 0.0
    silent: float = 0.0


class Meter:
    """Carries as the line behind it does. Any thread may ask; one at a time converses."""

    overlaps = True

    def __init__(self, line: Line, timer: Callable[[], float] = time.monotonic) -> None:
        """``timer``: seconds, never backwards."""
        self._line = line
        self._timer = timer
        self._lock = threading.Lock()
        self._begun: float | None = None
        self._held_until = 0.0
        self._asked: float | None = None
        self._told = Traffic()

    def traffic(self) -> Traffic:
        """Tell how it stands."""
        with self._lock:
            now = self._timer()
            begun = None if self._begun is None else now - self._begun
            silent = 0.0 if self._asked is None else now - self._asked
            return replace(self._told, begun=begun, held=max(0.0, self._held_until - now), silent=silent)

    def begin(self) -> None:
        """Begin a conversation of text."""
        with self._lock:
            self._begun = self._timer()
            self._told = Traffic(speed=self._told.speed)

    def end(self) -> None:
        """Text has come to its end both ways, or the line failed."""
        with self._lock:
            self._begun = None

    def stop(self) -> None:
        """Let the frame that is on its way come to its end, and send no other for a while."""
        with self._lock:
            self._held_until = self._timer() + HOLD_S

    def release(self) -> None:
        """Send again."""
        with self._lock:
            self._held_until = 0.0

    def exchange(self, frame: bytes) -> bytes:
        """Carry a frame and its answer. SyncStopped while somebody holds the brake, else SyncError."""
        self._look_at_brake()
        with self._lock:
            self._asked = self._timer()
        try:
            return self._timed(len(frame), lambda: self._line.exchange(frame))
        finally:
            with self._lock:
                self._asked = None

    def get_snapshot(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        """Fetch a piece of the file to begin with. SyncStopped as above, else SyncError."""
        self._look_at_brake()
        return self._timed(0, lambda: self._line.get_snapshot(sha, first, last, authorization))

    def _look_at_brake(self) -> None:
        with self._lock:
            if self._held_until > self._timer():
                raise SyncStopped

    def put_blob(self, sha: str, offset: int, authorization: str, body: bytes) -> bytes:
        """Send a chunk of a document; raises SyncError."""
        return self._timed(len(body), lambda: self._line.put_blob(sha, offset, authorization, body))

    def get_blob(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        """Fetch a range of a document; raises SyncError."""
        return self._timed(0, lambda: self._line.get_blob(sha, first, last, authorization))

    def _timed(self, size: int, carry: Callable[[], bytes]) -> bytes:
        with self._lock:
            self._told = replace(self._told, waiting=size)
        begun = self._timer()
        try:
            answer = carry()
        finally:
            with self._lock:
                self._told = replace(self._told, waiting=0)
        self._note(size, len(answer), self._timer() - begun)
        return answer

    def _note(self, up: int, down: int, seconds: float) -> None:
        with self._lock:
            told = replace(self._told, up=self._told.up + up, down=self._told.down + down)
            if up + down >= TELLING and seconds > 0:
                now = (up + down) / seconds
                speed = now if told.speed == 0 else WEIGHT * now + (1 - WEIGHT) * told.speed
                told = replace(told, speed=speed)
            self._told = told
