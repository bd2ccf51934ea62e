"""Watches the window's thread: who holds it, where and for how long; and who asks the store from there.

A beat is sent to the window's event loop every few milliseconds by another thread. How late it is heard is
how long somebody at the counter would wait for a key to be answered. Machines that run tests are busy, so
the time in which our threads were ready and waited for a processor is taken off (Linux tells it in
``schedstat``; elsewhere a beat only counts the turns that the watching thread itself was given).
"""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QObject, Qt, Signal

from oirs_desktop.store import engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    import pytest
    from sqlcipher3 import dbapi2

LIMIT_S = 0.050
"""Longest time that the window may be held (quality.md U-19)."""
BEAT_S = 0.004
LOOK_S = 0.004
LATE_S = 0.020
DEPTH = 3
OURS = f"{os.sep}oirs_"
THREADS = Path("/proc/self/task")
DISK_S = 0.015
"""What an old disk takes for each write that must be safe."""


@dataclass(frozen=True)
class Hold:
    """The window was held. ``step``: what the test was at; ``place``: our lines that ran, innermost first."""

    step: str
    seconds: float
    place: str

    def __str__(self) -> str:
        return f"{self.seconds * 1000:.0f} ms at «{self.step}» in {self.place}"


class _Bell(QObject):
    rung = Signal(float)


class Watchdog:
    """``with Watchdog() as dog:`` on the window's thread; then ``dog.holds`` (worst first) must be empty.

    ``step``: set by the test, so that a finding says where in the walk it was.
    """

    def __init__(self, limit: float = LIMIT_S) -> None:
        """``limit``: seconds; what is longer is kept."""
        self.step = ""
        self.beats = 0
        self._limit = limit
        self._found: list[Hold] = []
        self._window = threading.get_ident()
        self._own = 0
        self._end, self._heard = threading.Event(), threading.Event()
        self._late = 0.0
        self._bell = _Bell()
        self._bell.rung.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    @property
    def holds(self) -> list[Hold]:
        """All that was too long, the longest first."""
        return sorted(self._found, key=lambda hold: -hold.seconds)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()
        self._bell.rung.disconnect()

    def _hear(self, sent: float) -> None:
        self._late = time.monotonic() - sent
        self._heard.set()

    def _watch(self) -> None:
        self._own = threading.get_native_id()
        while not self._end.wait(BEAT_S):
            self._heard.clear()
            waited, sent = self._waited(), time.monotonic()
            step, places = self.step, Counter[str]()
            self._bell.rung.emit(sent)
            looked = counted = sent
            while not self._heard.wait(LOOK_S) and not self._end.is_set():
                counted += min(time.monotonic() - looked, 2 * LOOK_S)
                looked = time.monotonic()
                if looked - sent > LATE_S:
                    places[self._where()] += 1
            if not self._heard.is_set():
                return
            self.beats += 1
            fair = self._late - (self._waited() - waited) if THREADS.exists() else counted - sent
            if fair > self._limit:
                place = places.most_common(1)[0][0] if places else "?"
                self._found.append(Hold(step, fair, place))

    def _waited(self) -> float:
        """Seconds for which our threads, but this one, were ready and had no processor."""
        if not THREADS.exists():
            return 0.0
        total = 0
        for thread in THREADS.iterdir():
            if thread.name == str(self._own):
                continue
            try:
                total += int((thread / "schedstat").read_text().split()[1])
            except (OSError, IndexError):  # it has just ended
                continue
        return total / 1e9

    def _where(self) -> str:
        return places_of(sys._current_frames().get(self._window))


def places_of(frame: FrameType | None) -> str:
    """Give our own lines of a stack, innermost first; of a stack without any, its innermost line."""
    stack = traceback.extract_stack(frame) if frame is not None else []
    ours = [line for line in reversed(stack) if OURS in line.filename] or stack[-1:]
    return " < ".join(f"{Path(line.filename).name}:{line.lineno} {line.name}" for line in ours[:DEPTH])


@dataclass
class Traffic:
    """What goes to a store. ``disk_s``: each commit and other safe write takes so much longer."""

    places: list[str] = field(default_factory=list)
    """From where the window's thread spoke to it."""
    writes: int = 0
    disk_s: float = 0.0

    def write(self) -> None:
        """Wait as long as the disk would."""
        self.writes += 1
        time.sleep(self.disk_s)


@contextmanager
def store_watched(patch: pytest.MonkeyPatch) -> Iterator[Traffic]:
    """Watch the stores that are opened meanwhile; the thread that calls this is the window's."""
    here, traffic, open_file, sync = threading.get_ident(), Traffic(), engine.connect, os.fsync

    def told(statement: str) -> None:
        if threading.get_ident() == here:
            traffic.places.append(places_of(sys._getframe(1)))
        if statement.startswith("COMMIT"):
            traffic.write()

    def connect(path: Path, key: bytes) -> dbapi2.Connection:
        connection = open_file(path, key)
        connection.set_trace_callback(told)
        return connection

    def slow_sync(file: int) -> None:
        traffic.write()
        sync(file)

    with patch.context() as patched:
        patched.setattr(engine, "connect", connect)
        patched.setattr(os, "fsync", slow_sync)
        yield traffic
