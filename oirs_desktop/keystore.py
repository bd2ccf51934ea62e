"""Where the two secrets of a machine lie: outside the database, and outside its backups."""

from __future__ import annotations

import base64
import json
import os
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from oirs_core.domain.errors import OirsError
from oirs_desktop.files import flush_folder

if TYPE_CHECKING:
    from pathlib import Path

SECRET_SIZE = 32
VERSION = 1
USER = "secrets"


class KeystoreDamaged(OirsError):
    """The secrets cannot be read. ``reason``: shape, crc, access or service."""

    code = "keystore_damaged"


@dataclass(frozen=True, slots=True)
class Secrets:
    """``database``: key of the store. ``device``: seed of the Ed25519 key. 32 bytes each."""

    database: bytes
    device: bytes

    def __repr__(self) -> str:
        """Tell nothing: a repr ends up in logs."""
        return "Secrets(...)"


class Keystore(Protocol):
    """Keeps the secrets of one store."""

    def load(self) -> Secrets | None:
        """Give the secrets; None when none were ever kept. KeystoreDamaged."""

    def save(self, secrets: Secrets) -> None:
        """Keep the secrets. KeystoreDamaged when that cannot be done."""


def encode(secrets: Secrets) -> str:
    """Write secrets as one line of JSON with a check sum: half a file is then never taken for a key."""
    both = secrets.database + secrets.device
    kept = {"v": VERSION, "secrets": base64.b64encode(both).decode(), "crc": zlib.crc32(both)}
    return json.dumps(kept)


def decode(text: str) -> Secrets:
    """Read what ``encode`` wrote; KeystoreDamaged when it is anything else."""
    try:
        kept = json.loads(text)
        both = base64.b64decode(kept["secrets"], validate=True)
        crc = kept["crc"]
    except (ValueError, KeyError, TypeError) as why:
        raise KeystoreDamaged(reason="shape") from why
    if len(both) != 2 * SECRET_SIZE or zlib.crc32(both) != crc:
        raise KeystoreDamaged(reason="crc")
    return Secrets(both[:SECRET_SIZE], both[SECRET_SIZE:])


class FileKeystore:
    """A file that only its owner may read: for training, where no system keystore is asked of anybody."""

    def __init__(self, path: Path) -> None:
        """``path``: of the file; its folder must exist when something is saved."""
        self._path = path

    def load(self) -> Secrets | None:
        """Read the file."""
        try:
            return decode(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as why:
            raise KeystoreDamaged(reason="shape") from why
        except OSError as why:
            raise KeystoreDamaged(reason="access") from why

    def save(self, secrets: Secrets) -> None:
        """Write a new file beside the old one, then put it in its place: never half a key."""
        fresh = self._path.with_name(self._path.name + ".new")
        try:
            fresh.unlink(missing_ok=True)
            # The mode stands from the first byte on; Windows keeps a user's own folder to that user.
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(encode(secrets))
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
            flush_folder(self._path.parent)
        except OSError as why:
            raise KeystoreDamaged(reason="access") from why


class SystemKeystore:
    """The keystore of the system: Credential Manager on Windows, Secret Service on Linux."""

    def __init__(self, name: str) -> None:
        """``name``: service under which the secrets are kept; one for each store."""
        self._name = name

    def load(self) -> Secrets | None:
        """Ask the system for the secrets."""
        import keyring  # noqa: PLC0415 - slow, and not needed in training
        import keyring.errors  # noqa: PLC0415 - same

        try:
            text = keyring.get_password(self._name, USER)
        except keyring.errors.KeyringError as why:
            raise KeystoreDamaged(reason="service") from why
        return None if text is None else decode(text)

    def save(self, secrets: Secrets) -> None:
        """Hand the secrets to the system, and make sure that it gives them back."""
        import keyring  # noqa: PLC0415 - slow, and not needed in training
        import keyring.errors  # noqa: PLC0415 - same

        try:
            keyring.set_password(self._name, USER, encode(secrets))
        except keyring.errors.KeyringError as why:
            raise KeystoreDamaged(reason="service") from why
        if self.load() != secrets:
            raise KeystoreDamaged(reason="service")
