"""A line that can be cut at any byte, stall or be slow. In user space, on any system."""

from __future__ import annotations

import contextlib
import selectors
import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

CHUNK = 4096
TICK_S = 0.02
ABRUPT = struct.pack("ii", 1, 0)
"""SO_LINGER that sends a reset instead of a goodbye."""


class How(StrEnum):
    """What happens at the byte where the line is cut."""

    CLOSE = "close"
    RESET = "reset"
    STALL = "stall"


class Side(StrEnum):
    """Which way the bytes go."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Cut:
    """Let ``after`` bytes of one side through, then do ``how``. Holds for one connection."""

    side: Side
    after: int
    how: How = How.CLOSE


@dataclass
class Proxy:
    """Stands between counters and ``port`` of a centre on this machine.

    ``rate``: bytes a second each way, 0 unlimited; ``trip_s``: added to each way, once a piece.
    """

    port: int
    rate: float = 0.0
    trip_s: float = 0.0
    cut: Cut | None = None
    up: int = 0
    down: int = 0
    connections: int = 0
    _listener: socket.socket = field(init=False)
    _open: list[socket.socket] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)
    _ended: bool = False

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = True
        self.drop()
        with contextlib.suppress(OSError):  # wakes the thread that waits for somebody
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def drop(self) -> None:
        """Let every connection go, as when the line fails."""
        for part in self._open:
            with contextlib.suppress(OSError):
                part.shutdown(socket.SHUT_RDWR)
            part.close()
        self._open.clear()

    def count(self) -> tuple[int, int]:
        """Give the bytes up and down since the last time."""
        counted, self.up, self.down = (self.up, self.down), 0, 0
        return counted

    def _start(self, work: object, *given: object) -> None:
        thread = threading.Thread(target=work, args=given, daemon=True)  # type: ignore[arg-type]
        thread.start()
        self._threads.append(thread)

    def _accept(self) -> None:
        while not self._ended:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            far = socket.create_connection(("127.0.0.1", self.port))
            for part in (near, far):
                part.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open += [near, far]
            cut, self.cut = self.cut, None
            if self.trip_s:
                time.sleep(2 * self.trip_s)  # the handshake
            self._start(self._carry, near, far, cut)

    def _carry(self, near: socket.socket, far: socket.socket, cut: Cut | None) -> None:
        """Carry both ways until one end goes.

        In one thread: a socket that another thread waits for never closes.
        """
        left = cut.after if cut is not None else None
        with selectors.DefaultSelector() as waiting, contextlib.suppress(OSError, ValueError):
            waiting.register(near, selectors.EVENT_READ, (far, Side.UP))
            waiting.register(far, selectors.EVENT_READ, (near, Side.DOWN))
            while not self._ended:
                for key, _ in waiting.select(TICK_S):
                    target, side = key.data
                    data = near.recv(CHUNK) if side is Side.UP else far.recv(CHUNK)
                    if not data:
                        self._end(near, far, How.CLOSE)
                        return
                    if cut is not None and left is not None and cut.side is side:
                        data, left = data[:left], left - len(data)
                        self._send(target, data, side)
                        if left <= 0:
                            self._end(near, far, cut.how)
                            return
                    else:
                        self._send(target, data, side)
        self._end(near, far, How.CLOSE)

    def _send(self, target: socket.socket, data: bytes, side: Side) -> None:
        if self.trip_s:
            time.sleep(self.trip_s)
        if self.rate:
            time.sleep(len(data) / self.rate)
        target.sendall(data)
        if side is Side.UP:
            self.up += len(data)
        else:
            self.down += len(data)

    def _end(self, near: socket.socket, far: socket.socket, how: How) -> None:
        if how is How.STALL:
            while not self._ended and near.fileno() != -1 and not _is_gone(near):
                time.sleep(TICK_S)
        for part in (near, far):
            with contextlib.suppress(OSError):
                if how is How.RESET:
                    part.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABRUPT)
                part.close()


def _is_gone(near: socket.socket) -> bool:
    """Whether who waits at this end has given up; what still comes is not heard."""
    near.setblocking(False)
    with contextlib.suppress(BlockingIOError):
        return not near.recv(CHUNK)
    return False
