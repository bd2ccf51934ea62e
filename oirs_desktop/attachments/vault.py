"""Documents on the disk: encrypted, named by their content, whole or not there at all.

A file is called after the HMAC of the SHA-256 of what it holds: the disk tells neither names nor
contents, and the same document lies there once. What was taken in but belongs to no case yet lies
in ``taken/``; it moves out of there just before the act is recorded, so no act names bytes that
are not kept.
"""

from __future__ import annotations

import hmac
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from oirs_desktop.attachments.coming import Coming
from oirs_desktop.attachments.errors import DocumentRefused, Reason
from oirs_desktop.files import PART, flush_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MARK = b"OIRSDOC1"
NONCE = 12
KEY = 32
TAKEN, COMING = "taken", "coming"
DAY_MS = 24 * 3600 * 1000
FORGET_MS = 30 * DAY_MS
"""What no case wanted, or did not come whole, is forgotten after so long; drafts may want it until then."""


class Vault:
    """The documents of one counter. Any thread may call."""

    def __init__(self, folder: Path, store_key: bytes, random: Callable[[int], bytes]) -> None:
        """``store_key``: the 32 bytes of the store, of which two keys are derived (RFC 5869)."""
        self._folder = folder
        self._random = random
        self._seal = AESGCM(_derived(store_key, b"oirs-documents-1 contents"))
        self._name_key = _derived(store_key, b"oirs-documents-1 names")
        self.coming = Coming(folder / COMING, self._seal, random, self)

    def take(self, data: bytes) -> str:
        """Put bytes away; gives their SHA-256 in hexadecimal. DocumentRefused when the disk is full."""
        digest = sha256(data)
        name = self.name_of(digest.digest())
        if not any((folder / name).is_file() for folder in (self._folder, self._folder / TAKEN)):
            nonce = self._random(NONCE)
            sealed = MARK + nonce + self._seal.encrypt(nonce, data, MARK + digest.digest())
            with _disk():
                write_whole(self._folder / TAKEN / name, sealed)
        return digest.hexdigest()

    def keep(self, sha: str) -> None:
        """Keep what was taken for good: a case will name it. DocumentRefused when it is not there."""
        name = self.name_of(bytes.fromhex(sha))
        if (self._folder / name).is_file():
            return
        try:
            (self._folder / TAKEN / name).replace(self._folder / name)
        except FileNotFoundError as why:
            raise DocumentRefused(Reason.GONE) from why
        except OSError as why:
            raise DocumentRefused(Reason.DISK) from why
        flush_folder(self._folder)

    def has(self, sha: str) -> bool:
        """Whether the bytes are on this machine."""
        name = self.name_of(bytes.fromhex(sha))
        return any((folder / name).is_file() for folder in (self._folder, self._folder / TAKEN))

    def get(self, sha: str) -> bytes:
        """Give the bytes back, verified. DocumentRefused: gone, or changed on the disk."""
        digest = bytes.fromhex(sha)
        sealed = self._read(self.name_of(digest))
        start = len(MARK) + NONCE
        try:
            data = self._seal.decrypt(sealed[len(MARK) : start], sealed[start:], MARK + digest)
        except (InvalidTag, ValueError) as why:
            raise DocumentRefused(Reason.CHANGED) from why
        if not sealed.startswith(MARK) or sha256(data).digest() != digest:
            raise DocumentRefused(Reason.CHANGED)
        return data

    def forget(self, sha: str) -> None:
        """Remove a document for good, if it is here: a resolution says so."""
        name = self.name_of(bytes.fromhex(sha))
        with _disk():
            for folder in (self._folder, self._folder / TAKEN):
                (folder / name).unlink(missing_ok=True)
            self.coming.forget(sha)

    def sweep(self, now: int) -> int:
        """Delete what a power cut left half written and what no case wanted; gives how many files.

        ``now``: ms UTC, of the clock that wrote the files.
        """
        old = [path for path in self._listed() if path.suffix == PART or self._forgotten(path, now)]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _listed(self) -> list[Path]:
        halves = list(self._folder.glob(f"*{PART}")) if self._folder.is_dir() else []
        rooms = [self._folder / name for name in (TAKEN, COMING)]
        return halves + [path for room in rooms if room.is_dir() for path in room.iterdir()]

    def _forgotten(self, path: Path, now: int) -> bool:
        return now - path.stat().st_mtime_ns // 1_000_000 > FORGET_MS

    def name_of(self, digest: bytes) -> str:
        """Name of the file of a document; ``digest``: its SHA-256."""
        return hmac.new(self._name_key, digest, sha256).hexdigest()

    def _read(self, name: str) -> bytes:
        for path in (self._folder / name, self._folder / TAKEN / name):
            try:
                return path.read_bytes()
            except FileNotFoundError:
                continue
            except OSError as why:
                raise DocumentRefused(Reason.CHANGED) from why
        raise DocumentRefused(Reason.GONE)


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY, salt=None, info=purpose).derive(key)


@contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except OSError as why:
        raise DocumentRefused(Reason.DISK) from why
