"""Documents on a stick: out after all text, small ones first, as many as fit; in what was asked for."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from oirs_core.chain import b64, unb64
from oirs_core.domain.errors import OirsError
from oirs_core.domain.rules import MAX_FILE
from oirs_core.wire import blob as wire
from oirs_core.wire.parts import CHUNK, Chunk, Wish
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

    def has(self, sha: str) -> bool:
        """Whether they are here."""

    def take(self, data: bytes) -> str:
        """Put bytes away; OirsError when there is no room."""

    def keep(self, sha: str) -> None:
        """Keep for good what was put away."""


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

    def wish(self) -> Wish | None:
        """Ask for what somebody wanted to see and is still not here."""
        found = []
        for sha in self._store.wishes():
            if self._documents.has(sha):
                self._store.unwish(sha)
            else:
                found.append(b64(bytes.fromhex(sha)))
        return Wish(tuple(found)) if found else None


class Arriving:
    """Documents that an answer brings, one after the other. Each is kept when it is whole.

    ``count``: of these. What nobody asked for is passed over.
    """

    def __init__(self, store: Store, documents: Bytes | None) -> None:
        self._store = store
        self._documents = documents
        self._name, self._data, self._hash = "", bytearray(), sha256()
        self.count = 0

    def add(self, chunk: Chunk) -> None:
        """Take the next bytes of a document. EventRefused when they are none."""
        if chunk.offset == 0:
            self._name, self._data, self._hash = chunk.sha, bytearray(), sha256()
        wanted = unb64(chunk.sha, wire.SHA_SIZE).hex()
        fits = chunk.sha == self._name and chunk.offset == len(self._data) <= MAX_FILE
        if not fits or self._documents is None or wanted not in self._store.wishes():
            return
        data = unb64(chunk.data)
        self._data += data
        self._hash.update(data)
        if self._hash.hexdigest() != wanted:
            return
        try:
            self._documents.keep(self._documents.take(bytes(self._data)))
        except OirsError:  # no room: the wish stays
            return
        self._store.unwish(wanted)
        self.count += 1


def _fitting(waiting: Iterable[Outgoing], room: int) -> Iterator[Load]:
    for out in waiting:
        left = out.size - out.held
        size = min(left, room)
        if size < min(left, wire.SMALLEST_CHUNK):
            return
        yield Load(out, size)
        room -= size
