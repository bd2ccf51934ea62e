"""The store under a full disk, a closed folder, a cut of power, a foreign file, a second window."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from oirs_desktop.store import (
    FolderRemote,
    NewAct,
    Store,
    StoreBusy,
    StoreDamaged,
    StoreExists,
    StoreForeign,
    StoreMissing,
    StoreNewer,
    engine,
    migrate,
)
from oirs_desktop.store.engine import FILE_NAME, raw
from oirs_desktop.store.tables import SCHEMA, metadata
from tests.support.centre import KEY, STAMP, Centre, Counter, ingreso
from tests.support.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="limits and signals of POSIX")
PRELUDE = """
import os, sys
from dataclasses import replace
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from oirs_desktop.store import *
from tests.support.centre import *
folder = Path(sys.argv[1])
"""


def child(folder: Path, program: str, **more: object) -> subprocess.Popen[str]:
    text = PRELUDE + textwrap.dedent(program)
    command = [sys.executable, "-c", text, str(folder), str(ROOT)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)  # type: ignore[call-overload, no-any-return]


def outcome(folder: Path, program: str) -> str:
    with child(folder, program) as process:
        out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    return str(out).strip()


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter.make(tmp_path / "a", Centre())
    yield made
    made.store.close()


def make(folder: Path) -> Path:
    Store.create(folder, KEY).close()
    return folder / FILE_NAME


# ------------------------------------------------------------------ disk


@POSIX
def test_a_full_disk_is_told_and_takes_nothing(tmp_path: Path) -> None:
    Counter.make(tmp_path / "a", Centre()).store.close()
    program = """
        import resource
        store = Store.open(folder, KEY)
        random = chance("full")
        made = [store.record([NewAct(ingreso(0))], STAMP, random).case.id]
        size = max(path.stat().st_size for path in folder.iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100_000, resource.RLIM_INFINITY))
        try:
            for n in range(1, 200):
                made.append(store.record([NewAct(ingreso(n))], STAMP, random).case.id)
        except DiskFull:
            print("full", len(made) == store.queue().pending, len(store.recent(500)) == len(made))
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        case = store.record([NewAct(ingreso(500))], STAMP, random).case
        print(int(case.ingreso.folio[7:11]) == len(made) + 1)
    """
    assert outcome(tmp_path / "a", program).split() == ["full", "True", "True", "True"]


@POSIX
def test_a_folder_that_one_may_not_write_to_is_told(tmp_path: Path) -> None:
    make(tmp_path / "a")
    folder = tmp_path / "a"
    folder.chmod(0o555)
    for path in (*folder.parents, folder / FILE_NAME):
        if path.stat().st_uid == os.getuid() and path.is_relative_to(tmp_path.parents[2]):
            path.chmod(path.stat().st_mode | 0o555)
    program = """
        if os.getuid() == 0:
            os.setgid(65534); os.setuid(65534)
        for attempt in (Store.open, Store.create):
            try:
                attempt(folder if attempt == Store.open else folder / "new", KEY)
            except FolderReadOnly as why:
                print(why.code)
    """
    try:
        assert outcome(folder, program).split() == ["folder_read_only"] * 2
    finally:
        folder.chmod(0o755)


@POSIX
def test_a_kill_in_the_middle_of_commits_loses_no_acknowledged_case(tmp_path: Path) -> None:
    Counter.make(tmp_path / "a", Centre()).store.close()
    program = """
        store = Store.open(folder, KEY)
        random = chance("killed")
        for n in range(100_000):
            print(store.record([NewAct(ingreso(n))], STAMP, random).case.ingreso.folio, flush=True)
    """
    with child(tmp_path / "a", program) as process:
        assert process.stdout is not None
        said = [process.stdout.readline().strip() for _ in range(40)]
        process.send_signal(signal.SIGKILL)
        said += [line.strip() for line in process.stdout if line.endswith("\n")]
    store = Store.open(tmp_path / "a", KEY)
    kept = {row.folio for row in store.recent(100_000)}
    assert set(said) <= kept
    # The last one may have been committed and never said; nothing is half there.
    assert len(kept) - len(said) <= 1
    assert store.queue().pending == len(kept)
    with store._read() as connection:
        assert raw(connection).execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw(connection).execute("PRAGMA cipher_integrity_check").fetchall() == []
    store.close()


def test_every_commit_waits_for_the_disk(counter: Counter) -> None:
    with counter.store._write() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys")
        found = [raw(connection).execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
    assert found == ["wal", 2, 1]


def test_every_page_is_sealed_with_a_hash_of_the_size_of_the_key(counter: Counter) -> None:
    with counter.store._write() as connection:
        settings = {row[0] for row in raw(connection).execute("PRAGMA cipher_settings")}
        assert raw(connection).execute("PRAGMA cipher_status").fetchone() == ("1",)
    assert settings >= {
        "PRAGMA cipher_use_hmac = 1;",
        "PRAGMA cipher_hmac_algorithm = HMAC_SHA256;",
        "PRAGMA cipher_page_size = 2048;",
        "PRAGMA cipher_plaintext_header_size = 0;",
    }


# ------------------------------------------------------------------ file


def test_the_file_tells_nothing_of_what_is_in_it(counter: Counter) -> None:
    counter.store.record([NewAct(ingreso(1))], STAMP, counter.random)
    folder = counter.store._lock._path.parent
    for path in folder.iterdir():
        data = path.read_bytes()
        assert b"SQLite format 3" not in data
        assert "Muñoz".encode() not in data
        assert b"solicitud" not in data


def test_a_plain_database_is_refused(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / FILE_NAME)
    plain.execute("CREATE TABLE x (y)")
    plain.close()
    with pytest.raises(StoreForeign) as why:
        Store.open(tmp_path, KEY)
    assert why.value.data == {"reason": "plain"}


def test_another_key_is_refused_in_silence(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = make(tmp_path)
    before = path.read_bytes()
    with pytest.raises(StoreForeign) as why:
        Store.open(tmp_path, bytes(32))
    assert why.value.data == {"reason": "key"}
    assert path.read_bytes() == before
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("content", "error"), [(b"", StoreDamaged), (b"hola" * 4000, StoreForeign)])
def test_a_file_that_is_no_store_is_refused(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(error):
        Store.open(tmp_path, KEY)
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_an_encrypted_database_of_another_program_is_refused(tmp_path: Path) -> None:
    other = engine.connect(tmp_path / FILE_NAME, KEY)
    other.execute("CREATE TABLE x (y)")
    other.close()
    with pytest.raises(StoreForeign) as why:
        Store.open(tmp_path, KEY)
    assert why.value.data == {"reason": "other"}


def test_a_damaged_page_is_noticed_before_it_is_used(tmp_path: Path) -> None:
    counter = Counter.make(tmp_path / "a", Centre())
    for n in range(30):
        counter.store.record([NewAct(ingreso(n))], STAMP, counter.random)
    counter.store.close()
    path = tmp_path / "a" / FILE_NAME
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 + 100] ^= 1
    path.write_bytes(data)
    with pytest.raises(StoreDamaged):
        Store.open(tmp_path / "a", KEY)
    with pytest.raises(StoreDamaged):  # and again: the first attempt has let go of the folder
        Store.open(tmp_path / "a", KEY)


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = make(tmp_path)
    later = engine.connect(path, KEY)
    later.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    later.close()
    before = path.read_bytes()
    with pytest.raises(StoreNewer) as why:
        Store.open(tmp_path, KEY)
    assert why.value.data == {"schema": SCHEMA + 1, "known": SCHEMA}
    assert path.read_bytes() == before


def test_create_takes_no_folder_that_has_one_and_open_none_that_has_not(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        Store.open(tmp_path / "nada", KEY)
    assert not (tmp_path / "nada").exists()
    make(tmp_path)
    with pytest.raises(StoreExists):
        Store.create(tmp_path, KEY)


def test_a_store_in_a_synchronised_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderRemote):
        Store.create(tmp_path / "OneDrive - Gobierno" / "oirs", KEY)


# ------------------------------------------------------------------ instances


def test_a_second_instance_is_turned_away_until_the_first_is_gone(tmp_path: Path) -> None:
    first = Store.create(tmp_path, KEY)
    with pytest.raises(StoreBusy):
        Store.open(tmp_path, KEY)
    attempt = """
        try:
            Store.open(folder, KEY).close()
            print("open")
        except StoreBusy as why:
            print(why.code)
    """
    assert outcome(tmp_path, attempt) == "store_busy"
    first.close()
    assert outcome(tmp_path, attempt) == "open"
    Store.open(tmp_path, KEY).close()


# ------------------------------------------------------------------ schema


def test_the_migrations_make_the_declared_tables(counter: Counter) -> None:
    with counter.store._read() as connection:
        context = MigrationContext.configure(connection)
        found = compare_metadata(context, metadata)
    assert [change for change in found if "busca" not in str(change)] == []


def test_the_schema_number_is_the_count_of_migrations(tmp_path: Path) -> None:
    scripts = ScriptDirectory.from_config(migrate.config())
    assert len(list(scripts.walk_revisions())) == SCHEMA
    assert engine.check_file(make(tmp_path), KEY) == SCHEMA


def test_a_migration_that_breaks_off_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from oirs_desktop.store import tables  # noqa: PLC0415

    monkeypatch.setattr(tables, "SCHEMA", "no number")
    with pytest.raises(Exception, match="no"):
        Store.create(tmp_path, KEY)
    monkeypatch.undo()
    left = engine.connect(tmp_path / FILE_NAME, KEY)
    assert left.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    left.close()
