"""The two secrets of a machine are kept whole, for their owner only, or not at all."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import keyring
import keyring.errors
import pytest
from keyring.backend import KeyringBackend

from oirs_desktop.keystore import FileKeystore, KeystoreDamaged, Secrets, SystemKeystore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRETS = Secrets(bytes(range(32)), bytes(range(32, 64)))


class Memory(KeyringBackend):
    """A system keystore that forgets everything at the end."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.closed = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.closed:
            raise keyring.errors.KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.closed:
            raise keyring.errors.KeyringLocked
        self.kept[service, username] = password


@pytest.fixture
def memory() -> Iterator[Memory]:
    before = keyring.get_keyring()
    backend = Memory()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def test_a_file_gives_back_what_it_was_given(tmp_path: Path) -> None:
    store = FileKeystore(tmp_path / "keys")
    assert store.load() is None
    store.save(SECRETS)
    assert store.load() == SECRETS
    other = Secrets(SECRETS.device, SECRETS.database)
    store.save(other)
    assert store.load() == other
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    FileKeystore(tmp_path / "keys").save(SECRETS)
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0


def test_every_cut_or_changed_file_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    store = FileKeystore(path)
    store.save(SECRETS)
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        with pytest.raises(KeystoreDamaged):
            store.load()
    place = whole.index(b"AAEC") + 5
    path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    with pytest.raises(KeystoreDamaged):
        store.load()
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(KeystoreDamaged):
        store.load()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeystoreDamaged):
        FileKeystore(tmp_path / "nada" / "keys").save(SECRETS)


def test_the_system_keystore_gives_back_what_it_was_given(memory: Memory) -> None:
    store = SystemKeystore("oirs-prueba")
    assert store.load() is None
    store.save(SECRETS)
    assert store.load() == SECRETS
    assert SystemKeystore("oirs-otra").load() is None
    memory.closed = True
    for attempt in (store.load, lambda: store.save(SECRETS)):
        with pytest.raises(KeystoreDamaged):
            attempt()


def test_secrets_do_not_show_themselves() -> None:
    assert repr(SECRETS) == str(SECRETS) == "Secrets(...)"
