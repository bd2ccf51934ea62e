"""Documents on a stick: after all text, small ones first, as many as there is room for."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from oirs_core.chain import b64
from oirs_core.domain.errors import OirsError
from oirs_core.wire import blob as wire
from oirs_core.wire.parts import CHUNK, Chunk
from oirs_desktop.store.blobs import GONE
from oirs_desktop.sync.sticks import stick

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from oirs_desktop.store import Store
    from oirs_desktop.store.blobs import Outgoing

MEGABYTE = 1_000_000
LARGEST = 3_500 * MEGABYTE
"""Bytes of documents in a file at most: FAT32, as most sticks have it, ends a file at 4 GiB."""
SPARE = 8 * MEGABYTE
"""What is left free on a stick: for the text, for its answer, and for how a file system counts."""


class Bytes(Protocol):
    """Where the bytes of documents lie on this machine."""

    def get(self, sha: str) -> bytes:
        """Give them back; OirsError when they are gone or changed."""


@dataclass(frozen=True, slots=True)
class Load:
    """What of a document goes into a file: ``size`` bytes after those that the centre holds."""

    out: Outgoing
    size: int

    @property
    def whole(self) -> bool:
        """Whether nothing is left of it then."""
        return self.out.held + self.size == self.out.size

    @property
    def name(self) -> str:
        """How it is called in lists: the first bytes of its SHA-256, b64."""
        return b64(self.out.sha[: wire.SHORT])


class Papers:
    """The documents of a counter on their way to a stick."""

    def __init__(self, store: Store, documents: Bytes) -> None:
        self._store = store
        self._documents = documents

    def loads(self, folder: Path, most: int | None) -> list[Load]:
        """Choose what goes into a file of ``folder``; ``most``: MB, None: all that fits. StickError."""
        with stick():
            room = min(LARGEST, shutil.disk_usage(folder).free - SPARE)
        room = room if most is None else min(room, most * MEGABYTE)
        if room <= 0:
            return []
        self._store.note_announced()
        return list(_fitting(self._store.unheld(), room))

    def chunks(self, load: Load) -> Iterator[Chunk]:
        """Give the bytes in pieces; nothing, and a note of it, where they are no longer here."""
        sha, start, end = load.out.sha, load.out.held, load.out.held + load.size
        try:
            data = self._documents.get(sha.hex())
        except OirsError:
            self._store.note_blob(sha, wire.Stand(start, wire.BLOCKED, GONE))
            return
        for at in range(start, max(end, start + 1), CHUNK):  # an empty one asks how it stands
            yield Chunk(b64(sha), at, b64(data[at : min(at + CHUNK, end)]))


def _fitting(waiting: Iterable[Outgoing], room: int) -> Iterator[Load]:
    for out in waiting:
        left = out.size - out.held
        size = min(left, room)
        if size < min(left, wire.SMALLEST_CHUNK):
            return
        yield Load(out, size)
        room -= size
