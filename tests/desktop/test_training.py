"""The invented people of the training office."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from oirs_core.domain.edad import ADULT
from oirs_core.domain.kinds import DocType
from oirs_core.domain.rut import Rut
from oirs_desktop.commands.machine import Machine
from oirs_desktop.commands.visitors import MARK, ROSA, VISITS, receive, working_day
from tests.support.office import Office, open_office
from tests.support.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


PEOPLE = [visit.who for visit in VISITS]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = open_office(tmp_path)
    yield opened
    opened.store.close()


def machine_of(office: Office, folder: Path) -> Machine:
    nothing: list[Any] = [None] * (len(fields(Machine)) - 4)
    return Machine(folder, office.store, office.made.key, office.counter, *nothing)


def test_the_people_are_filed_once_however_often_the_start_is_interrupted(
    office: Office, tmp_path: Path
) -> None:
    machine = machine_of(office, tmp_path)
    register, left = office.counter.register, iter(range(5))

    def cut(*what: object) -> object:
        next(left)  # the power goes after five
        return register(*what)  # type: ignore[arg-type]

    office.counter.register = cut  # type: ignore[assignment, method-assign]
    with pytest.raises(StopIteration):
        receive(machine)
    del office.counter.register
    office.clock.ms += 3 * 86_400_000  # and somebody starts it again after the weekend
    assert receive(machine) == len(VISITS) - 5
    (tmp_path / MARK).write_text("2026-11-26\n", encoding="utf-8")
    assert receive(machine) == 0
    assert len(office.desk.recent(50)) == len(VISITS)
    assert office.desk.session.user.id == "rosa"


def test_they_give_everything_there_is_to_practise(office: Office, tmp_path: Path) -> None:
    receive(machine_of(office, tmp_path))
    known = office.desk.person(DocType.RUN, ROSA.doc_numero)
    assert known is not None
    assert known.attentions == 2
    same = {row.persona.doc_numero for row in office.desk.people("José Miguel Soto")}
    assert len(same) == 2
    due = sorted(row.vence for row in office.desk.open_cases())
    assert due[0] < "2026-11-26" in due
    assert due[-1] > "2026-12-01"
    assert len({who.key or who.full_name for who in PEOPLE}) == 13
    kinds = {who.doc_tipo for who in PEOPLE}
    assert kinds >= {DocType.RUT_EMPRESA, DocType.PASAPORTE, DocType.SIN_DOCUMENTO, DocType.ANONIMO}
    child = next(who for who in PEOPLE if who.fecha_nacimiento > f"{2026 - ADULT}-11-26")
    assert child.representante
    assert Rut.parse(child.representante_run).pretty == child.representante_run


def test_they_are_nobody_of_the_test_lists() -> None:
    listed = (ROOT / "tests/data/dia_de_meson.csv").read_text(encoding="utf-8")
    names = [who.full_name.replace(" ", ",") for who in PEOPLE if who.full_name]
    plain = listed.replace(" ", ",")
    assert [name for name in names if name in plain] == []


def test_days_are_counted_back_over_a_weekend() -> None:
    assert working_day(date(2026, 11, 30), 1) == date(2026, 11, 27)
    assert working_day(date(2026, 11, 26), 0) == date(2026, 11, 26)
