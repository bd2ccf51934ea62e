"""One case is one transaction: event, folio, line and search row, or nothing."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from oirs_core.chain import Header, event_hash, log_root
from oirs_core.domain.errors import ActNotAllowed, FieldMissing
from oirs_core.domain.events import Anotacion, Cierre, Copia, Ingreso, Promesa, Respuesta
from oirs_core.domain.folio import ALPHABET, Folio
from oirs_core.domain.kinds import DocType, Estado
from oirs_core.domain.persona import Persona
from oirs_desktop.store import NewAct, NotEnrolled, SeriesFull, Store
from oirs_desktop.store.engine import raw
from tests.support.centre import KEY, NOW, STAMP, Centre, Counter, chance, ingreso

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

JUAN = Persona(DocType.RUN, "12345678-5", nombres="Juan", apellido_paterno="Pérez", telefono="111")


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter.make(tmp_path / "a", Centre())
    yield made
    made.store.close()


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    with store._read() as connection:
        return list(raw(connection).execute(sql))


def test_the_package_imports_without_sqlalchemy() -> None:
    program = "import sys, oirs_desktop.store; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_opening_a_store_at_the_newest_schema_does_not_import_alembic(tmp_path: Path) -> None:
    Store.create(tmp_path, KEY).close()
    program = (
        "import sys, pathlib; from oirs_desktop.store import Store;"
        f"Store.open(pathlib.Path({str(tmp_path)!r}), bytes(range(32))).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_case_gets_folio_and_clave_and_an_unbroken_chain(counter: Counter) -> None:
    first = counter.store.record([NewAct(ingreso(1))], STAMP, counter.random)
    second = counter.store.record([NewAct(ingreso(2))], STAMP, counter.random)
    folio = Folio.parse(first.case.ingreso.folio)
    assert (folio.office, folio.label, folio.number) == ("8K", "0A2R", 1)
    assert Folio.parse(second.case.ingreso.folio).number == 2
    assert len(first.case.ingreso.clave) == 4
    assert set(first.case.ingreso.clave) <= set(ALPHABET)
    prev = log_root(counter.log, counter.key.public)
    found = rows(counter.store, "SELECT e.* FROM event e JOIN log l ON l.id = e.log WHERE l.own ORDER BY seq")
    for n, (_, h, _, seq, before, header, _, _, digest, *_) in enumerate(found, start=1):
        assert (seq, before) == (n, prev)
        assert h == event_hash(prev, n, header, digest)
        prev = h


def test_a_case_read_again_is_the_case_recorded(counter: Counter) -> None:
    acts = [NewAct(ingreso(1, persona=JUAN)), NewAct(Respuesta("Se responde"))]
    recorded = counter.store.record(
        acts, replace(STAMP, declared="2025-10-08T10:00:00-03:00"), counter.random
    )
    assert counter.store.case(recorded.case.id) == recorded.case
    assert recorded.case.estado is Estado.RESPONDIDA
    assert len(recorded.hashes) == 2


def test_an_answer_given_at_once_says_on_what_it_rests(counter: Counter) -> None:
    case = counter.store.record(
        [NewAct(ingreso(1)), NewAct(Anotacion("x")), NewAct(Respuesta("sí"))], STAMP, counter.random
    ).case
    assert [fact.base for fact in case.facts] == [None, None, case.id + case.facts[0].h[10:]]


def test_a_refused_act_leaves_nothing_of_the_acts_before_it(counter: Counter) -> None:
    before = counter.store.queue()
    with pytest.raises(FieldMissing):
        counter.store.record([NewAct(ingreso(1)), NewAct(Respuesta("  "))], STAMP, counter.random)
    assert counter.store.queue() == before
    assert counter.store.recent() == []
    again = counter.store.record([NewAct(ingreso(2))], STAMP, counter.random)
    assert Folio.parse(again.case.ingreso.folio).number == 1


def test_the_rules_look_at_the_case_as_it_stands(counter: Counter) -> None:
    case = counter.store.record([NewAct(ingreso(1)), NewAct(Cierre("fin"))], STAMP, counter.random).case
    with pytest.raises(ActNotAllowed):
        counter.store.record([NewAct(Respuesta("tarde"))], STAMP, counter.random, case.id)
    more = counter.store.record([NewAct(Copia(1))], STAMP, counter.random, case.id).case
    assert more.copies == 1


def test_numbers_begin_anew_each_year_of_the_legal_date(counter: Counter) -> None:
    dates = ("2025-12-31", "2026-01-02", "2025-12-31")
    made = [
        counter.store.record([NewAct(ingreso(n, fecha_legal=day))], STAMP, counter.random).case.ingreso.folio
        for n, day in enumerate(dates)
    ]
    assert [Folio.parse(folio).number for folio in made] == [1, 1, 2]
    assert len(set(made)) == 3


def test_after_the_last_number_the_log_rotates(counter: Counter) -> None:
    with counter.store._write() as connection:
        raw(connection).execute("INSERT INTO serie VALUES ('0A2R', 2025, 9998)")
    last = counter.store.record([NewAct(ingreso(1))], STAMP, counter.random).case.ingreso.folio
    assert Folio.parse(last).number == 9999
    with pytest.raises(SeriesFull) as full:
        counter.store.record([NewAct(ingreso(2))], STAMP, counter.random)
    assert full.value.data == {"label": "0A2R", "year": 2025}
    counter.store.rotate(b"nuevolog", "K3M9", counter.key.public)
    first = counter.store.record([NewAct(ingreso(2))], STAMP, counter.random).case.ingreso.folio
    assert (Folio.parse(first).label, Folio.parse(first).number) == ("K3M9", 1)
    assert counter.store.queue().pending == 2


def test_without_an_office_nothing_is_recorded(tmp_path: Path) -> None:
    store = Store.create(tmp_path, KEY)
    with pytest.raises(NotEnrolled):
        store.record([NewAct(ingreso(1))], STAMP, chance())
    store.close()


def test_a_person_is_their_latest_visit(counter: Counter) -> None:
    later = replace(JUAN, telefono="222", apellido_materno="Soto")
    for n, persona in enumerate((JUAN, later)):
        counter.store.record(
            [NewAct(ingreso(n, persona=persona))], replace(STAMP, at=NOW + n), counter.random
        )
    found = counter.store.person("run", "12345678-5")
    assert found is not None
    assert (found.persona, found.attentions, found.last_at) == (later, 2, NOW + 1)
    assert counter.store.person("pasaporte", "12345678-5") is None
    assert counter.store.people("perez jua") == [found]
    assert counter.store.people("12.345") == [found]


def test_open_cases_come_by_due_date_and_those_without_one_last(counter: Counter) -> None:
    for n, due in enumerate(("", "2025-11-20", "2025-10-30")):
        promesa = Promesa(due, 20, "habiles") if due else None
        counter.store.record([NewAct(ingreso(n, promesa=promesa))], STAMP, counter.random)
    counter.store.record([NewAct(ingreso(9)), NewAct(Respuesta("sí"))], STAMP, counter.random)
    assert [row.vence for row in counter.store.open_cases()] == ["2025-10-30", "2025-11-20", ""]


def test_lists_are_newest_first_even_in_one_millisecond(counter: Counter) -> None:
    for n in range(5):
        counter.store.record([NewAct(ingreso(n))], STAMP, counter.random)
    numbers = [Folio.parse(row.folio).number for row in counter.store.recent(4)]
    assert numbers == [5, 4, 3, 2]


def test_rebuilding_the_projections_changes_nothing(counter: Counter) -> None:
    store = counter.store
    for n in range(3):
        case = store.record([NewAct(ingreso(n, persona=JUAN))], STAMP, counter.random).case
        store.record([NewAct(Respuesta(f"respuesta {n}"))], STAMP, counter.random, case.id)

    def seen() -> tuple[object, ...]:
        return store.recent(9), store.search("respuesta 1"), store.office(), store.devices(), store.dump()

    before = seen()
    with store._write() as connection:
        raw(connection).execute("UPDATE solicitud SET estado = 'cerrada'")
    assert seen() != before
    store.rebuild()
    assert seen() == before


def test_salts_are_kept_beside_the_body_and_differ(counter: Counter) -> None:
    for n in range(2):
        counter.store.record([NewAct(ingreso(n))], STAMP, counter.random)
    salts = rows(counter.store, "SELECT salt FROM event e JOIN log l ON l.id = e.log WHERE l.own")
    assert {len(salt) for (salt,) in salts} == {16}  # type: ignore[arg-type]
    assert len({salt for (salt,) in salts}) == 2


def test_headers_say_who_and_when(counter: Counter) -> None:
    counter.store.record([NewAct(ingreso(1))], STAMP, counter.random)
    ((data,),) = rows(counter.store, "SELECT header FROM event e JOIN log l ON l.id = e.log WHERE l.own")
    header = Header.decode(data)  # type: ignore[arg-type]
    assert (header.kind, header.at, header.sure, header.user) == (Ingreso.__name__, NOW, True, "ana")
