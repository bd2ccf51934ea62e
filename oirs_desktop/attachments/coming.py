"""Documents on their way down: encrypted pieces on the disk, until the whole has its SHA-256."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag

from oirs_desktop.attachments.errors import DocumentRefused, Reason
from oirs_desktop.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from oirs_desktop.attachments.vault import Vault

MARK = b"OIRSPCE1"
NONCE = 12
PLACE = 10
"""Digits of an offset in the name of a piece."""


class Coming:
    """Pieces of documents, each named by the document's own name and its offset. One thread at a time."""

    def __init__(self, folder: Path, seal: AESGCM, random: Callable[[int], bytes], vault: Vault) -> None:
        """``vault``: takes what is whole."""
        self.folder = folder
        self._seal = seal
        self._random = random
        self._vault = vault

    def so_far(self, sha: str) -> bytes:
        """Give what is here from the start without a gap; a piece that was changed ends it."""
        data = bytearray()
        for path in self._pieces(sha):
            sealed = path.read_bytes()
            start = len(MARK) + NONCE
            if int(path.name.rpartition(".")[2]) != len(data) or not sealed.startswith(MARK):
                break
            try:
                data += self._seal.decrypt(
                    sealed[len(MARK) : start], sealed[start:], self._bound(sha, len(data))
                )
            except (InvalidTag, ValueError):
                break
        return bytes(data)

    def add(self, sha: str, offset: int, data: bytes) -> None:
        """Keep a piece. DocumentRefused when the disk is full."""
        nonce = self._random(NONCE)
        sealed = MARK + nonce + self._seal.encrypt(nonce, data, self._bound(sha, offset))
        try:
            write_whole(self.folder / f"{self._name(sha)}.{offset:0{PLACE}d}", sealed)
        except OSError as why:
            raise DocumentRefused(Reason.DISK) from why

    def finish(self, sha: str, data: bytes) -> bool:
        """Put the whole away for good; False, and all of it forgotten, when it is not that document."""
        right = sha256(data).hexdigest() == sha
        if right:
            self._vault.keep(self._vault.take(data))
        self.forget(sha)
        return right

    def forget(self, sha: str) -> None:
        """Remove what has come of a document."""
        for path in self._pieces(sha):
            path.unlink(missing_ok=True)

    def _pieces(self, sha: str) -> list[Path]:
        return sorted(self.folder.glob(f"{self._name(sha)}.{'[0-9]' * PLACE}"))

    def _name(self, sha: str) -> str:
        return self._vault.name_of(bytes.fromhex(sha))

    def _bound(self, sha: str, offset: int) -> bytes:
        return MARK + bytes.fromhex(sha) + offset.to_bytes(8, "big")
