"""The state of a case is a fold of its history."""

from __future__ import annotations

from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oirs_core.domain.events import (
    Act,
    Anotacion,
    Cierre,
    Copia,
    Derivacion,
    Ingreso,
    Institucion,
    Materia,
    Reapertura,
    Respuesta,
)
from oirs_core.domain.kinds import Estado, Kind
from oirs_core.domain.persona import Persona
from oirs_core.domain.solicitud import Fact, Flag, Solicitud, fold, step

ENTITY = b"e" * 10
INGRESO = Ingreso(
    Kind.CONSULTA, Materia("Agua"), "Pregunta.", Persona(), "022", "02201", "2026-10-01", "Jocelyn"
)
SII, SERVIU = Institucion("SII"), Institucion("SERVIU")


def fact(name: str, act: Act | None, base: str = "") -> Fact:
    return Fact(name.encode(), act, at=len(name), sure=True, user="u", base=base.encode() or None)


def case_of(*facts: Fact) -> Solicitud:
    case = fold(ENTITY, (fact("i", INGRESO), *facts))
    assert case is not None
    return case


def test_a_new_case_stands_as_filed() -> None:
    case = case_of()
    assert (case.id, case.ingreso, case.estado, case.status_ref) == (ENTITY, INGRESO, Estado.INGRESADA, b"i")
    assert (case.opened_at, case.copies, set(case.flags), case.answer, case.destination) == (
        1,
        0,
        set(),
        None,
        None,
    )


@pytest.mark.parametrize(
    ("acts", "estado"),
    [
        ([Respuesta("sí")], Estado.RESPONDIDA),
        ([Derivacion(SII)], Estado.DERIVADA),
        ([Cierre("listo")], Estado.CERRADA),
        ([Derivacion(SII), Respuesta("sí")], Estado.RESPONDIDA),
        ([Respuesta("sí"), Cierre("listo")], Estado.CERRADA),
        ([Respuesta("sí"), Reapertura("falta")], Estado.EN_TRAMITE),
        ([Cierre("listo"), Reapertura("falta"), Respuesta("sí")], Estado.RESPONDIDA),
        ([Anotacion("nota"), Copia(1)], Estado.INGRESADA),
    ],
)
def test_acts_one_after_another_move_the_case_without_a_flag(acts: list[Act], estado: Estado) -> None:
    case = case_of()
    for n, act in enumerate(acts):
        case = step(case, Fact(b"%d" % n, act, 0, sure=True, user="u", base=case.status_ref))
    assert case.estado is estado
    assert not case.flags


def test_the_last_act_that_moved_the_case_is_its_reference() -> None:
    assert (
        case_of(fact("r", Respuesta("sí"), "i"), fact("n", Anotacion("nota")), fact("c", Copia(1))).status_ref
        == b"r"
    )


def test_answers_and_destinations_are_remembered() -> None:
    case = case_of(
        fact("d", Derivacion(SII), "i"),
        fact("e", Derivacion(SERVIU), "d"),
        fact("r", Respuesta("uno"), "e"),
        fact("s", Respuesta("dos"), "r"),
    )
    assert case.destination == Derivacion(SERVIU)
    assert case.answer == Respuesta("dos")
    assert (case.answer_count, set(case.flags)) == (2, set())


def test_two_answers_given_at_once_are_both_kept_and_flagged() -> None:
    case = case_of(fact("r", Respuesta("uno"), "i"), fact("s", Respuesta("dos"), "i"))
    assert case.answer_count == 2
    assert (case.estado, set(case.flags)) == (Estado.RESPONDIDA, {Flag.TWO_ANSWERS})


def test_an_answer_to_a_case_closed_meanwhile_leaves_it_closed_and_flagged() -> None:
    case = case_of(fact("c", Cierre("listo"), "i"), fact("r", Respuesta("tarde"), "i"))
    assert (case.estado, case.status_ref, set(case.flags)) == (Estado.CERRADA, b"c", {Flag.LATE_ACT})
    assert case.answer == Respuesta("tarde")


def test_a_note_to_a_case_closed_meanwhile_is_flagged_and_a_later_note_is_not() -> None:
    closed = fact("c", Cierre("listo"), "i")
    assert case_of(closed, fact("n", Anotacion("tarde"), "i")).flags == {Flag.LATE_ACT}
    assert case_of(closed, fact("n", Anotacion("nota"), "c")).flags == set()
    assert case_of(closed, fact("n", Anotacion("nota"))).flags == set()


@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize("ending", [Cierre("listo"), Respuesta("Venga el lunes.")])
def test_a_case_ended_and_derived_at_once_is_open_for_review(ending: Act, order: int) -> None:
    acts = [fact("e", ending, "i"), fact("d", Derivacion(SII), "i")]
    case = case_of(acts[order], acts[1 - order])
    assert (case.estado, set(case.flags)) == (Estado.EN_TRAMITE, {Flag.NEEDS_REVIEW})


def test_an_answer_of_who_saw_the_derivation_answers_the_case() -> None:
    case = case_of(fact("d", Derivacion(SII), "i"), fact("r", Respuesta("Llegó."), "d"))
    assert (case.estado, set(case.flags)) == (Estado.RESPONDIDA, set())


def test_an_answer_a_closing_and_a_derivation_at_once_leave_an_open_case_in_any_order() -> None:
    acts = [
        fact("r", Respuesta("Sí."), "i"),
        fact("c", Cierre("listo"), "i"),
        fact("d", Derivacion(SII), "i"),
    ]
    cases = [case_of(*order) for order in permutations(acts)]
    assert {case.estado for case in cases} == {Estado.EN_TRAMITE}
    assert all(Flag.NEEDS_REVIEW in case.flags for case in cases)


def test_answered_and_closed_in_one_go_against_a_derivation_is_flagged_in_any_order() -> None:
    derived = fact("d", Derivacion(SII), "i")
    both = [fact("r", Respuesta("Sí."), "i"), fact("c", Cierre("listo"), "r")]
    orders = ([derived, *both], [both[0], derived, both[1]], [*both, derived])
    assert [case_of(*order).flags for order in orders] == [{Flag.NEEDS_REVIEW}] * 3


def test_the_copies_are_counted_and_their_highest_number_holds() -> None:
    assert case_of(fact("a", Copia(1)), fact("b", Copia(2))).copies == 2
    assert case_of(fact("a", Copia(1)), fact("b", Copia(1))).copies == 2
    assert case_of(fact("a", Copia(5))).copies == 5


def test_an_act_of_a_newer_program_is_kept_and_flagged() -> None:
    case = case_of(fact("x", None))
    assert (case.estado, set(case.flags), len(case.facts)) == (Estado.INGRESADA, {Flag.NEEDS_UPDATE}, 2)


def test_a_second_ingreso_does_not_replace_the_first() -> None:
    other = Ingreso(Kind.RECLAMO, Materia("Luz"), "x", Persona(), "022", "02201", "2026-10-02", "Otra")
    case = case_of(fact("j", other))
    assert (case.ingreso, set(case.flags)) == (INGRESO, {Flag.NEEDS_REVIEW})


def test_there_is_no_case_without_its_ingreso() -> None:
    assert fold(ENTITY, []) is None
    assert fold(ENTITY, [fact("r", Respuesta("sí"))]) is None


def test_what_came_before_the_ingreso_is_not_lost() -> None:
    case = fold(ENTITY, [fact("r", Respuesta("sí"), "i"), fact("i", INGRESO)])
    assert case is not None
    assert [f.h for f in case.facts] == [b"i", b"r"]
    assert case.estado is Estado.RESPONDIDA


names = st.sampled_from("irsdcnx")
acts = st.sampled_from(
    [
        *(Anotacion("n"), Respuesta("r"), Derivacion(SII), Cierre("c"), Reapertura("o"), Copia(1)),
        *(INGRESO, None),
    ]
)
histories = st.lists(st.builds(fact, names, acts, st.one_of(st.just(""), names)), max_size=8)


@given(histories)
def test_any_history_makes_a_case_that_keeps_every_fact(history: list[Fact]) -> None:
    case = case_of(*history)
    assert case.facts[1:] == tuple(history)
    assert case.status_ref in {f.h for f in case.facts}


@given(histories)
def test_folding_step_by_step_and_all_at_once_agree(history: list[Fact]) -> None:
    assert reduce(step, history, case_of()) == case_of(*history)


def test_flags_do_not_depend_on_who_was_first() -> None:
    at_once = [fact("r", Respuesta("uno"), "i"), fact("s", Respuesta("dos"), "i"), fact("n", Anotacion("n"))]
    assert {case_of(*order).flags for order in permutations(at_once)} == {frozenset({Flag.TWO_ANSWERS})}
