"""Sealing files: a content key for one file, wrapped for each who may read it (`docs/protocol.md`, Files).

X25519 agrees on a secret with each reader, HKDF-SHA256 makes a key of it, ChaCha20-Poly1305 wraps and seals.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from oirs_core.domain.errors import EventRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

KEY_SIZE, ID_SIZE, NONCE_SIZE, TAG_SIZE = 32, 8, 12, 16
"""bytes"""
_NOTHING = bytes(NONCE_SIZE)
"""Nonce of a key that seals one thing only."""


def _derived(secret: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(SHA256(), KEY_SIZE, salt, purpose).derive(secret)


def reader_id(public: bytes) -> bytes:
    """First 8 bytes of the hash of an X25519 public key: under it a reader finds what is wrapped for it."""
    return sha256(public).digest()[:ID_SIZE]


class SealKey:
    """The X25519 key of a counter or of the centre, derived from the seed of its Ed25519 key."""

    def __init__(self, seed: bytes) -> None:
        """``seed``: the 32 bytes of the Ed25519 key; there is no second secret to keep."""
        self._key = X25519PrivateKey.from_private_bytes(_derived(seed, b"oirs-seal-1"))
        self.public = self._key.public_key().public_bytes_raw()
        self.id = reader_id(self.public)

    def unwrap(self, wrapped: Wrapped) -> bytes | None:
        """Give the content key; None when it is not wrapped for this key, or was tampered with."""
        box = dict(wrapped.boxes).get(self.id)
        if box is None:
            return None
        try:
            shared = self._key.exchange(X25519PublicKey.from_public_bytes(wrapped.ephemeral))
            key = _wrapping(shared, wrapped.ephemeral, self.public)
            content = ChaCha20Poly1305(key).decrypt(_NOTHING, box, None)
        except (InvalidTag, ValueError):
            return None
        return content if commitment(content) == wrapped.commitment else None


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A content key for several readers: ``boxes`` are reader ids and 48 bytes each.

    ``commitment``: all readers have unwrapped the same key when it is the same.
    """

    ephemeral: bytes
    boxes: tuple[tuple[bytes, bytes], ...]
    commitment: bytes


def wrap(content: bytes, readers: Sequence[bytes], secret: bytes) -> Wrapped:
    """Wrap a content key. ``readers``: X25519 public keys; ``secret``: 32 random bytes, used once.

    EventRefused for bytes that are no such key.
    """
    own = X25519PrivateKey.from_private_bytes(secret)
    ephemeral = own.public_key().public_bytes_raw()
    boxes = []
    for public in readers:
        try:
            shared = own.exchange(X25519PublicKey.from_public_bytes(public))
        except ValueError as why:
            raise EventRefused(reason="shape") from why
        key = _wrapping(shared, ephemeral, public)
        boxes.append((reader_id(public), ChaCha20Poly1305(key).encrypt(_NOTHING, content, None)))
    return Wrapped(ephemeral, tuple(boxes), commitment(content))


def commitment(content: bytes) -> bytes:
    """16 bytes that belong to one content key only, and tell nothing of it."""
    return _derived(content, b"oirs-commit-1")[:16]


def _wrapping(shared: bytes, ephemeral: bytes, public: bytes) -> bytes:
    return _derived(shared, b"oirs-wrap-1", ephemeral + public)
