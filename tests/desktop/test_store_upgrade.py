"""An upgrade of the store that is cut short at any statement: as it was, or as it should be (R-16)."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from alembic import command
from sqlalchemy import event

from oirs_core.domain.events import VERSIONS, Anotacion, Oficina
from oirs_desktop.store import DiskFull, NewAct, Store, migrate
from oirs_desktop.store.engine import WRITE, connect, make_engine, raw
from oirs_desktop.store.tables import SCHEMA
from tests.support.centre import KEY, OFFICE, STAMP, Centre, Counter, ingreso

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

NAME = "oirs.db"
FIRST = 2
"""The first schema that was ever given out."""
KILLED = 87
UP_TO = 60


def old_store(folder: Path, schema: int) -> None:
    """Make a store of an earlier schema in which two acts were never sent."""
    centre = Centre()
    counter = Counter.make(folder, centre)
    done = counter.store.record([NewAct(ingreso())], STAMP, counter.random)
    counter.store.record([NewAct(Anotacion("Sin enviar"))], STAMP, counter.random, done.case.id)
    counter.store.close()
    native = connect(folder / NAME, KEY)
    for table in ("erased", "archived", "blob") if schema < 3 else ("erased", "archived"):
        native.execute(f"DROP TABLE {table}")
    native.execute("UPDATE alembic_version SET version_num = ?", (f"{schema:04}",))
    native.execute("DELETE FROM meta WHERE name = 'kinds'")
    native.execute(f"PRAGMA user_version = {schema}")
    native.close()


@pytest.fixture(scope="module", params=range(FIRST, SCHEMA))
def old(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(f"schema-{request.param}")
    old_store(folder, request.param)
    return folder


def schema_of(folder: Path) -> tuple[int, str]:
    native = connect(folder / NAME, KEY)
    try:
        number = native.execute("PRAGMA user_version").fetchone()[0]
        (revision,) = native.execute("SELECT version_num FROM alembic_version").fetchone()
        assert native.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(number), str(revision)
    finally:
        native.close()


def upgrade_and_die(folder: Path, at: int) -> None:
    """Run the migrations; the process ends at once before statement ``at``."""
    engine = make_engine(folder / NAME, KEY)
    count = 0

    @event.listens_for(engine, "before_cursor_execute")
    def before(*_: object) -> None:
        nonlocal count
        count += 1
        if count == at:
            die()

    @event.listens_for(engine, "commit")
    def commit(_connection: Connection) -> None:
        if at == 0:
            die()

    migrate.upgrade(engine, folder / NAME, KEY, schema_of(folder)[0])
    os._exit(0)


def die() -> None:
    """End as by a power cut: nothing is closed, nothing is flushed."""
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(KILLED)


def holds_everything(folder: Path) -> None:
    """Open it as the program does; what was never sent is still waiting."""
    store = Store.open(folder, KEY)
    try:
        assert schema_of(folder) == (SCHEMA, f"{SCHEMA:04}")
        assert store.queue().pending == 2
        (row,) = store.recent()
        case = store.case(row.id)
        assert case is not None
        assert case.acts[-1] == Anotacion("Sin enviar")
    finally:
        store.close()


def test_r16_an_upgrade_that_is_killed_at_any_statement_leaves_the_store_before_or_after(
    old: Path, tmp_path: Path
) -> None:
    before = schema_of(old)
    seen = set()
    ends = []
    for at in range(UP_TO):
        folder = tmp_path / str(at)
        shutil.copytree(old, folder)
        child = multiprocessing.Process(target=partial(upgrade_and_die, folder, at))
        child.start()
        child.join(60)
        seen.add(schema_of(folder))
        ends.append(child.exitcode)
        if child.exitcode == 0:
            break
        holds_everything(folder)
        shutil.rmtree(folder)
    assert ends[-1] == 0
    assert len(ends) > len(("commit", "read", "create", "note"))
    assert seen == {before, (SCHEMA, f"{SCHEMA:04}")}


def test_a_store_is_copied_whole_before_its_shape_changes(old: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(old, folder)
    before = schema_of(folder)
    holds_everything(folder)
    copy = folder / f"{NAME}{migrate.COPY}{SCHEMA}"
    again = tmp_path / "again"
    again.mkdir()
    shutil.copyfile(copy, again / NAME)
    assert schema_of(again) == before
    holds_everything(again)
    assert sorted(path.name for path in folder.glob(f"*{migrate.COPY}*")) == [copy.name]


def test_a_disk_without_room_for_the_copy_does_not_send_the_counter_home(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    shutil.copytree(old, folder)

    def full(_path: Path, _key: bytes) -> Path:
        raise DiskFull

    monkeypatch.setattr(migrate, "copy_before", full)
    holds_everything(folder)


def test_the_steps_that_made_the_old_stores_of_this_test_are_those_of_the_product(
    old: Path, tmp_path: Path
) -> None:
    schema, revision = schema_of(old)
    engine = make_engine(tmp_path / NAME, KEY)
    made = migrate.config()
    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        made.attributes["connection"] = connection
        command.upgrade(made, revision)
        fresh = tables(connection)
    engine.dispose()
    engine = make_engine(old / NAME, KEY)
    with engine.connect() as connection:
        assert tables(connection) == fresh
    engine.dispose()
    assert schema == int(revision)


def tables(connection: Connection) -> set[str]:
    rows = raw(connection).execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'index')")
    return {name for (name,) in rows}


def test_i15_a_notice_that_an_older_program_could_not_read_holds_after_the_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = Centre()
    counter = Counter.make(tmp_path / "store", centre)
    centre.write(replace(OFFICE, nombre="Delegación nueva"))
    with monkeypatch.context() as older:
        older.setitem(VERSIONS, "Oficina", (Oficina, 0))
        counter.store.close()
        counter = Counter.reopen(tmp_path / "store")
        counter.sync(centre)
        assert counter.store.office() is None
        counter.store.close()
    counter = Counter.reopen(tmp_path / "store")
    office = counter.store.office()
    assert office is not None
    assert office.nombre == "Delegación nueva"
    counter.store.close()
