"""Two counters of one office and the centre, step by step, on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.events import Anotacion, Cierre, Materia, Respuesta
from oirs_core.domain.kinds import Estado, Kind, Salida
from oirs_core.domain.persona import Persona
from oirs_core.domain.solicitud import Flag
from oirs_desktop.desk import Draft
from tests.support.postgres import empty
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DRAFT = Draft(Persona(), Kind.CONSULTA, Materia("Horario"), "¿A qué hora abren?", Salida.PENDIENTE)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    made = World(tmp_path, url)
    made.enrol("104")
    made.enrol("104")
    made.settle()
    yield made
    made.close()
    if url:
        empty(url)


def test_each_sees_the_other_s_case_and_the_answer_of_the_centre(world: World) -> None:
    first, second = world.counters
    case = first.desk.open(DRAFT).case
    assert first.sync()
    assert second.sync()
    assert second.desk.case(case.id) is not None
    world.central.ledger.add(case.ingreso.folio, Respuesta("A las nueve."), "centro")
    world.settle()
    for counter in world.counters:
        seen = counter.desk.case(case.id)
        assert seen is not None
        assert seen.estado is Estado.RESPONDIDA
        assert seen.answer == Respuesta("A las nueve.")


def test_a_note_on_a_case_that_a_colleague_has_closed_is_kept_and_flagged(world: World) -> None:
    first, second = world.counters
    case = first.desk.open(DRAFT).case
    world.settle()
    assert second.desk.case(case.id) is not None
    first.desk.add(case.id, Cierre("Se fue conforme."))
    second.desk.add(case.id, Anotacion("Volvió a preguntar."))
    first.sync()
    world.settle()
    for counter in world.counters:
        seen = counter.desk.case(case.id)
        assert seen is not None
        assert seen.estado is Estado.CERRADA
        assert seen.flags == {Flag.LATE_ACT}
        assert [type(fact.act) for fact in seen.facts[1:]] == [Cierre, Anotacion]


def test_two_answers_at_once_are_both_kept(world: World) -> None:
    first, second = world.counters
    case = first.desk.open(DRAFT).case
    world.settle()
    assert second.desk.case(case.id) is not None
    first.desk.add(case.id, Respuesta("A las nueve."))
    second.desk.add(case.id, Respuesta("A las diez."))
    world.settle()
    dumps = {counter.store.dump() for counter in world.counters}
    assert len(dumps) == 1
    seen = first.desk.case(case.id)
    assert seen is not None
    assert seen.answer_count == 2
    assert seen.flags == {Flag.TWO_ANSWERS}
