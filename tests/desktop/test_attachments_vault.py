"""Documents on the disk: encrypted, whole, told apart by content, and noticed when changed."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from oirs_desktop.attachments.errors import DocumentRefused
from oirs_desktop.attachments.vault import DAY_MS, Vault
from tests.support.centre import KEY, chance

if TYPE_CHECKING:
    from pathlib import Path

DATA = b"cedula de Rosa " * 100
SHA = sha256(DATA).hexdigest()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path, KEY, chance())


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def now() -> int:
    return time.time_ns() // 1_000_000


def test_what_was_put_away_comes_back_whole_and_lies_there_encrypted(tmp_path: Path, vault: Vault) -> None:
    assert vault.take(DATA) == SHA
    vault.keep(SHA)
    assert vault.get(SHA) == DATA
    (file,) = files(tmp_path)
    assert SHA not in str(file)
    assert b"Rosa" not in file.read_bytes()
    assert file.parent == tmp_path


def test_the_same_document_lies_there_once(tmp_path: Path, vault: Vault) -> None:
    vault.take(DATA)
    vault.keep(SHA)
    vault.take(DATA)
    vault.keep(SHA)
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize("place", [0, 10, 40, -1])
def test_a_changed_byte_is_noticed(tmp_path: Path, vault: Vault, place: int) -> None:
    vault.take(DATA)
    (file,) = files(tmp_path)
    sealed = bytearray(file.read_bytes())
    sealed[place] ^= 1
    file.write_bytes(sealed)
    with pytest.raises(DocumentRefused, match="changed"):
        vault.get(SHA)


def test_one_document_in_the_place_of_another_is_noticed(tmp_path: Path, vault: Vault) -> None:
    other = vault.take(b"otro")
    (second,) = files(tmp_path)
    vault.take(DATA)
    (first,) = set(files(tmp_path)) - {second}
    second.write_bytes(first.read_bytes())
    with pytest.raises(DocumentRefused, match="changed"):
        vault.get(other)


def test_a_cut_file_and_another_key_are_noticed(tmp_path: Path, vault: Vault) -> None:
    vault.take(DATA)
    (file,) = files(tmp_path)
    file.write_bytes(file.read_bytes()[:12])
    with pytest.raises(DocumentRefused, match="changed"):
        vault.get(SHA)
    with pytest.raises(DocumentRefused, match="gone"):
        Vault(tmp_path, bytes(32), chance()).get(SHA)


def test_what_is_not_there_is_not_kept(vault: Vault) -> None:
    assert not vault.has(SHA)
    with pytest.raises(DocumentRefused, match="gone"):
        vault.keep(SHA)


def test_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as planted:
        planted.setattr(os, "fsync", full)
        with pytest.raises(DocumentRefused, match="disk"):
            vault.take(DATA)
    assert files(tmp_path) == []
    assert vault.take(DATA) == SHA


def test_a_document_that_no_case_wanted_is_forgotten_after_30_days_and_a_kept_one_never(
    tmp_path: Path, vault: Vault
) -> None:
    vault.take(b"borrador")
    vault.take(DATA)
    vault.keep(SHA)
    assert vault.sweep(now() + 29 * DAY_MS) == 0
    assert vault.sweep(now() + 31 * DAY_MS) == 1
    assert len(files(tmp_path)) == 1
    assert vault.get(SHA) == DATA


WRITER = """
import sys, pathlib
from oirs_desktop.attachments.vault import Vault
vault = Vault(pathlib.Path(sys.argv[1]), bytes(range(32)), lambda size: bytes(size))
for n in range(100_000):
    vault.keep(vault.take(str(n).encode() * 50_000))
    print(n, flush=True)
"""


def test_a_killed_counter_leaves_only_whole_documents_and_one_half_that_is_swept(
    tmp_path: Path, vault: Vault
) -> None:
    program = [sys.executable, "-c", WRITER, str(tmp_path)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) >= 20:
                break
        writer.kill()
    vault.sweep(now())
    kept = [n for n in range(200) if vault.has(sha256(str(n).encode() * 50_000).hexdigest())]
    assert kept[:20] == list(range(20))
    assert len(files(tmp_path)) == len(kept)  # no file that is none of these
    for n in kept:
        assert vault.get(sha256(str(n).encode() * 50_000).hexdigest()) == str(n).encode() * 50_000


def test_half_a_file_is_swept(tmp_path: Path, vault: Vault) -> None:
    vault.take(DATA)
    (tmp_path / "taken" / "ab.part").write_bytes(b"OIRSDOC1 half")
    assert vault.sweep(now()) == 1
    assert vault.get(SHA) == DATA
