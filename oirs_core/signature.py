"""Ed25519 keys of devices and of the centre, and the one code on the paper (`docs/event.md`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from oirs_core.chain import b64, unb64
from oirs_core.domain.errors import CodeRefused, EventRefused, FolioRefused
from oirs_core.domain.folio import Folio

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY_ID_SIZE = 8
SIGNATURE_SIZE = 64
CODE = re.compile(r"^(?P<base>.*)/s/(?P<folio>[^/#]+)/(?P<clave>[^/#]+)#(?P<sig>[A-Za-z0-9_-]+)$")


class SigningKey:
    """A private key, made once from 32 random bytes and kept where it was made."""

    def __init__(self, seed: bytes) -> None:
        """``seed``: 32 bytes from the operating system."""
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw()
        self.id = key_id(self.public)

    def sign(self, message: bytes) -> bytes:
        """64 bytes that only this key can make."""
        return self._key.sign(message)


def key_id(public: bytes) -> bytes:
    """Device id: the first 8 bytes of the key's hash."""
    return sha256(public).digest()[:KEY_ID_SIZE]


def again_message(device: bytes, log: bytes, label: str, feed: str, code: str) -> bytes:
    """Build what a counter signs that joins its own office again (`docs/protocol.md`, Enrolment)."""
    return b"oirs-again-1" + device + log + f"{label}\n{feed}\n{code}".encode()


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether ``signature`` over ``message`` was made by the key ``public`` (32 bytes)."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What the signature on the paper vouches for. ``h``: hash of the Ingreso."""

    folio: str
    clave: str
    fecha_legal: str
    oficina: str
    h: bytes

    def message(self) -> bytes:
        """Build the signed bytes: five parts, each ended by a line feed that none may hold."""
        parts = (self.folio, self.clave, self.fecha_legal, self.oficina, b64(self.h[:10]))
        return b"oirs-receipt-1\n" + b"".join(part.encode() + b"\n" for part in parts)


class Verdict(StrEnum):
    """What the counter can say of a scanned receipt with no line."""

    GENUINE = "genuine"
    ALTERED = "altered"
    UNKNOWN_KEY = "unknown_key"


@dataclass(frozen=True, slots=True)
class PaperCode:
    """The one code on the paper: ``BASE/s/FOLIO/CLAVE#SIG``."""

    base: str
    folio: Folio
    clave: str
    device: bytes
    signature: bytes

    def __str__(self) -> str:
        """Write the text of the code."""
        return f"{self.base}/s/{self.folio.text}/{self.clave}#{b64(self.device + self.signature)}"

    @classmethod
    def make(cls, base: str, facts: ReceiptFacts, key: SigningKey) -> PaperCode:
        """Sign the facts of a receipt with the device's key."""
        folio = Folio.parse(facts.folio)
        return cls(base.rstrip("/"), folio, facts.clave, key.id, key.sign(facts.message()))

    @classmethod
    def parse(cls, text: str) -> PaperCode:
        """Read a scanned code; CodeRefused when it is not one of ours."""
        match = CODE.match(text.strip())
        if match is None:
            raise CodeRefused(reason="shape")
        try:
            raw = unb64(match["sig"], KEY_ID_SIZE + SIGNATURE_SIZE)
            folio = Folio.parse(match["folio"])
        except EventRefused as why:
            raise CodeRefused(reason="shape") from why
        except FolioRefused as why:
            raise CodeRefused(reason="folio") from why
        return cls(match["base"], folio, match["clave"], raw[:KEY_ID_SIZE], raw[KEY_ID_SIZE:])

    def check(self, facts: ReceiptFacts, keys: Mapping[bytes, bytes]) -> Verdict:
        """Compare with the facts of the case in the store; ``keys``: device id to public key."""
        public = keys.get(self.device)
        if public is None:
            return Verdict.UNKNOWN_KEY
        same = facts.folio == self.folio.text and facts.clave == self.clave
        genuine = same and verify(public, self.signature, facts.message())
        return Verdict.GENUINE if genuine else Verdict.ALTERED
