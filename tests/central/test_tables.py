"""The steps of the database lead to the tables of the program."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from oirs_central.app import build
from oirs_central.engine import SchemaNewer
from oirs_central.ledger.errors import TableTooLarge
from oirs_central.settings import KeyDamaged, Settings, read_seed
from oirs_central.tables import REVISION, metadata
from oirs_core.chain import MAX_BODY
from tests.central.conftest import Chance, Clock

if TYPE_CHECKING:
    from pathlib import Path

    from oirs_central.app import Central


def test_the_migrations_lead_to_the_tables(central: Central) -> None:
    with central.database.reading() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == REVISION


def test_the_database_is_durable(central: Central) -> None:
    with central.database.reading() as connection:
        if connection.dialect.name == "postgresql":
            found = [
                connection.execute(text(f"SHOW {name}")).scalar() for name in ("synchronous_commit", "fsync")
            ]
            assert found == ["on", "on"]
        else:
            names = ("journal_mode", "synchronous", "foreign_keys")
            found = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in names]
            assert found == ["wal", 2, 1]


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    central = build(Settings(tmp_path), Clock(), Chance())
    with central.database.engine.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()
    central.close()
    with pytest.raises(SchemaNewer):
        build(Settings(tmp_path), Clock(), Chance())


def test_a_table_is_published_when_it_changes_and_only_then(central: Central) -> None:
    assert central.ledger.publish({"plazos": "a,b\n1,2\n"}) == ["plazos"]
    assert central.ledger.publish({"plazos": "a,b\n1,2\n"}) == []
    assert central.ledger.publish({"plazos": "a,b\n1,3\n"}) == ["plazos"]
    with pytest.raises(TableTooLarge):
        central.ledger.publish({"plazos": "x" * MAX_BODY})


def test_the_shipped_tables_fit(central: Central) -> None:
    assert "feriados_cl" in central.seed()
    assert central.seed() == []
    assert central.ledger.verify() == []


def test_an_office_that_did_not_change_writes_nothing(central: Central) -> None:
    before = central.ledger.office_config("082")
    assert before is not None
    with central.database.reading() as connection:
        count = connection.execute(text("SELECT count(*) FROM event")).scalar()
    assert central.ledger.office(before) == before
    with central.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM event")).scalar() == count


@pytest.mark.skipif(os.name == "nt", reason="Windows has access lists instead")
def test_only_the_owner_reads_the_database(tmp_path: Path) -> None:
    build(Settings(tmp_path), Clock(), Chance()).close()
    files = list(tmp_path.glob("central*"))
    assert len(files) > 1
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_the_key_is_drawn_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "central.key"
    assert read_seed(path, Chance()) == read_seed(path, lambda _: b"another") != b""
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(b"short")
    with pytest.raises(KeyDamaged):
        read_seed(path, Chance())
