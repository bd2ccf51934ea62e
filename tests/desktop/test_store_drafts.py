"""A form that is not registered yet lies in the encrypted file, whatever happens to the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.errors import FieldMissing
from oirs_core.domain.events import Anotacion
from oirs_desktop.store import DraftRow, NewAct, Store
from oirs_desktop.store.engine import FILE_NAME, connect, raw
from tests.support.centre import KEY, STAMP, Centre, Counter, ingreso

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST = DraftRow(1, "ana", 100, '{"relato": "a medias"}')
SECOND = DraftRow(2, "luis", 200, '{"relato": "\\ud83d"}')


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter.make(tmp_path, Centre())
    yield made
    made.store.close()


def test_forms_come_back_as_they_were_the_latest_first(counter: Counter) -> None:
    counter.store.save_draft(SECOND)
    counter.store.save_draft(FIRST)
    assert counter.store.drafts() == [SECOND, FIRST]


def test_a_slot_holds_what_was_saved_last(counter: Counter) -> None:
    counter.store.save_draft(FIRST)
    later = DraftRow(1, "luis", 300, "{}")
    counter.store.save_draft(later)
    assert counter.store.drafts() == [later]
    counter.store.drop_draft(1)
    counter.store.drop_draft(1)
    assert counter.store.drafts() == []


def test_a_form_goes_in_the_transaction_of_its_case(counter: Counter) -> None:
    counter.store.save_draft(FIRST)
    with pytest.raises(FieldMissing):
        counter.store.record([NewAct(ingreso(1)), NewAct(Anotacion(""))], STAMP, counter.random, slot=1)
    assert counter.store.drafts() == [FIRST]
    counter.store.record([NewAct(ingreso(1))], STAMP, counter.random, slot=1)
    assert counter.store.drafts() == []


def test_a_rebuild_of_the_projections_leaves_the_forms(counter: Counter) -> None:
    counter.store.save_draft(FIRST)
    counter.store.rebuild()
    assert counter.store.drafts() == [FIRST]


def test_a_form_is_not_in_the_file_in_the_clear(counter: Counter, tmp_path: Path) -> None:
    counter.store.save_draft(DraftRow(1, "ana", 1, "palabras de la persona"))
    written = b"".join(path.read_bytes() for path in tmp_path.glob(f"{FILE_NAME}*"))
    assert written
    assert b"palabras" not in written


def test_a_store_of_the_version_before_gets_its_place_for_forms_and_keeps_its_cases(tmp_path: Path) -> None:
    made = Counter.make(tmp_path, Centre())
    case = made.store.record([NewAct(ingreso(1))], STAMP, made.random).case
    before = made.store.dump()
    made.store.close()
    older = connect(tmp_path / FILE_NAME, KEY)
    for line in (
        *(f"DROP TABLE {table}" for table in ("draft", "blob", "erased", "archived")),
        "UPDATE alembic_version SET version_num = '0001'",
        "PRAGMA user_version = 1",
    ):
        older.execute(line)
    older.close()
    newer = Store.open(tmp_path, KEY)
    newer.save_draft(FIRST)
    with newer._read() as connection:
        assert raw(connection).execute("PRAGMA user_version").fetchone() != (1,)
    assert newer.dump() == before
    assert newer.case(case.id) == case
    newer.close()
