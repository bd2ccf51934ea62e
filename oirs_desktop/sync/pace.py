"""How much to send at a time: by the speed of the line, by what was cut, by how much waits.

Sizes are bytes on the line unless they say "raw": before compression.
"""

from __future__ import annotations

from dataclasses import dataclass

SMALLEST, LARGEST = 4 * 1024, 256 * 1024
FIRST = 32_000
SLOW_BATCH = 32_000
"""Four seconds on 64 kbit/s."""
SLOW_BITS = 256_000
"""Bits a second under which a line counts as slow."""
SHARE = 24
"""On a fast line no batch is more than this part of what waits: a cut repeats at most 4 %."""
LEAST_SHARE = 16 * 1024
MOST_RAW = 512 * 1024
"""Both sides hold a batch in memory several times over. A frame has room for it even if nothing of it can
be compressed."""
TELLING, TELLING_RAW = 4 * 1024, 32 * 1024
"""Less than this says nothing about the speed of a line or about how well a batch can be compressed."""
USUAL_RATIO, HOPE = 4.2, 1.06
TOLERANCE = 1.1


@dataclass(slots=True)
class Direction:
    """Limit of a batch one way, and how many raw bytes one on the line has held lately."""

    limit: int = FIRST
    ratio: float = USUAL_RATIO

    def room(self) -> int:
        """Give how many raw bytes to take: a little more than the last ones promise."""
        return min(MOST_RAW, int(self.limit * self.ratio * HOPE))

    def went(self, size: int, raw: int, *, slow: bool) -> None:
        """Learn from a batch that arrived."""
        if raw >= TELLING_RAW:
            self.ratio = raw / size
        if size >= self.limit // 2:
            self.limit = min(LARGEST, self.limit * 3 // 2)
        if slow:
            self.limit = min(self.limit, SLOW_BATCH)


class Pace:
    """What one line has taught so far. It lives as long as the program."""

    def __init__(self) -> None:
        self.up, self.down = Direction(), Direction()
        self.slow = False
        self._share = LARGEST

    def begin(self) -> None:
        """Forget how much waited in the last conversation."""
        self._share = LARGEST

    def push_room(self) -> int:
        """Give how many raw bytes to push."""
        share = int(self._share * self.up.ratio)
        return self.up.room() if self.slow else min(self.up.room(), share)

    def pull_room(self) -> int:
        """Give how many raw bytes to ask for."""
        return self.down.room()

    def waiting(self, raw: int) -> int:
        """Tell how many raw bytes there are to push in all; gives how many to take of them.

        What is told first counts for the whole conversation: later there is less.
        """
        if self._share == LARGEST:
            self._share = max(LEAST_SHARE, int(raw / self.up.ratio) // SHARE)
        return self.push_room()

    def too_large(self, size: int, raw: int) -> int:
        """Give how many raw bytes would have fitted, if a packed batch is too large; else 0."""
        most = SLOW_BATCH if self.slow else int(self.up.limit * TOLERANCE)
        return int(raw * most / size * 0.95) if size > most else 0

    def went(self, ms: int, up: tuple[int, int], down: tuple[int, int]) -> None:
        """Learn from an exchange. ``up``, ``down``: size on the line and raw."""
        size = up[0] + down[0]
        if size >= TELLING and ms > 0:
            self.slow = 8000 * size < SLOW_BITS * ms
        self.up.went(*up, slow=self.slow)
        self.down.went(*down, slow=self.slow)

    def cut(self) -> None:
        """Take half as much from now on: it did not get through."""
        for way in (self.up, self.down):
            way.limit = max(SMALLEST, way.limit // 2)
