"""Corrections, acts taken back and documents: the fold keeps everything and asks a person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oirs_core.domain.errors import ActNotAllowed, RoleMissing, RutRefused, ValueUnknown
from oirs_core.domain.events import (
    Act,
    Adjunto,
    Anotacion,
    Anulacion,
    Cambio,
    Cierre,
    Enmienda,
    Funcionario,
    Ingreso,
    Materia,
    Reapertura,
    Respuesta,
)
from oirs_core.domain.kinds import DocType, Estado, Kind, Medio
from oirs_core.domain.persona import Persona
from oirs_core.domain.rules import MAX_FILE, check, check_role
from oirs_core.domain.solicitud import Fact, Flag, Solicitud, fold, step

PERSONA = Persona(DocType.RUN, "12345678-5", "Rosa", "Millapán", telefono="+56 9 5555 0000")
INGRESO = Ingreso(
    Kind.CONSULTA, Materia("Subsidio", "0101"), "Pregunta.", PERSONA, "104", "10401", "2026-11-25", "Ana"
)


def fact(n: int, act: Act, base: int | None = None, user: str = "ana") -> Fact:
    seen = None if base is None else bytes([base]) * 32
    return Fact(bytes([n]) * 32, act, n, sure=True, user=user, base=seen)


def case_of(*facts: Fact) -> Solicitud:
    case = fold(bytes(10), (fact(0, INGRESO), *facts))
    assert case is not None
    return case


def change(campo: str, valor: str) -> Enmienda:
    return Enmienda((Cambio(campo, valor),), "Lo dijo la persona.")


def undo(n: int) -> Anulacion:
    return Anulacion((bytes([n]) * 32).hex())


def test_a_correction_holds_and_the_paper_s_own_words_stay() -> None:
    case = case_of(fact(1, Enmienda((Cambio("telefono", "+56 9 1"), Cambio("materia", "Vivienda"))), 0))
    assert case.ingreso.persona.telefono == "+56 9 1"
    assert case.ingreso.materia == Materia("Vivienda")
    assert case.original == INGRESO
    assert case.flags == frozenset()


def test_of_two_phones_that_did_not_see_each_other_the_later_holds_and_both_are_kept() -> None:
    case = case_of(fact(1, change("telefono", "111"), 0), fact(2, change("telefono", "222"), 0))
    assert case.ingreso.persona.telefono == "222"
    assert [(c.campo, c.kept, c.other) for c in case.conflicts] == [("telefono", "222", "111")]
    assert case.flags == {Flag.CONFLICT}


def test_of_two_names_the_first_holds_until_a_person_decides() -> None:
    case = case_of(fact(1, change("nombres", "Rosa Elena"), 0), fact(2, change("nombres", "Rosalía"), 0))
    assert case.ingreso.persona.nombres == "Rosa Elena"
    assert [(c.kept, c.other) for c in case.conflicts] == [("Rosa Elena", "Rosalía")]
    settled = step(case, fact(3, change("nombres", "Rosalía"), 2))
    assert settled.ingreso.persona.nombres == "Rosalía"
    assert settled.conflicts == ()
    assert settled.flags == frozenset()


def test_the_same_correction_twice_is_no_conflict() -> None:
    case = case_of(fact(1, change("correo", "a@b.cl"), 0), fact(2, change("correo", "a@b.cl"), 0))
    assert case.conflicts == ()


def test_corrections_that_saw_each_other_are_no_conflict() -> None:
    case = case_of(fact(1, change("correo", "a@b.cl"), 0), fact(2, change("correo", "c@d.cl"), 1))
    assert case.ingreso.persona.correo == "c@d.cl"
    assert case.conflicts == ()


def test_a_field_of_a_later_program_changes_nothing_and_stays_in_history() -> None:
    case = case_of(fact(1, change("color", "azul"), 0))
    assert case.ingreso == INGRESO
    assert len(case.facts) == 2


def test_an_act_taken_back_counts_no_more_and_stays_in_history() -> None:
    closed = case_of(fact(1, Cierre("Se fue."), 0))
    assert closed.estado is Estado.CERRADA
    case = step(closed, fact(2, undo(1)))
    assert case.estado is Estado.INGRESADA
    assert case.status_ref == closed.facts[0].h
    assert len(case.facts) == 3
    answered = step(case, fact(3, Respuesta("Sí."), 0))
    assert (answered.estado, answered.flags) == (Estado.RESPONDIDA, frozenset())


def test_a_correction_taken_back_gives_the_old_value_again() -> None:
    case = case_of(fact(1, change("telefono", "111"), 0), fact(2, undo(1)))
    assert case.ingreso == INGRESO


ACTS = st.sampled_from(
    [
        Anotacion("Nota."),
        Respuesta("Sí."),
        Cierre("Se fue."),
        Reapertura("Volvió."),
        change("telefono", "111"),
        change("telefono", "222"),
        change("nombres", "Otra"),
        undo(1),
        undo(2),
        undo(3),
        Adjunto("0" * 64, "image/png", 10, "carta.png"),
    ]
)


@given(st.lists(st.tuples(ACTS, st.none() | st.integers(0, 7)), max_size=7))
def test_adding_one_by_one_is_the_same_as_folding_all(history: list[tuple[Act, int | None]]) -> None:
    facts = [fact(n, act, base) for n, (act, base) in enumerate(history, start=1)]
    case = case_of()
    for one in facts:
        case = step(case, one)
    assert case == case_of(*facts)


def test_what_may_not_be_taken_back() -> None:
    case = case_of(fact(1, Anotacion("Nota.")), fact(2, undo(1)))
    for n in (0, 1, 2, 9):
        with pytest.raises(ActNotAllowed):
            check(case, undo(n))


def test_a_correction_must_leave_a_filing_that_holds() -> None:
    with pytest.raises(RutRefused):
        check(case_of(), change("doc_numero", "12345678-4"))
    with pytest.raises(ValueUnknown):
        check(case_of(), change("medio", "paloma"))
    with pytest.raises(ValueUnknown):
        check(case_of(), change("folio", "1"))
    check(case_of(), change("medio", Medio.CARTA))


@pytest.mark.parametrize(
    "wrong",
    [{"tipo": "text/html"}, {"tamano": 0}, {"tamano": MAX_FILE + 1}, {"sha256": "00"}, {"paginas": 0}],
)
def test_documents_are_of_three_kinds_and_bounded(wrong: dict[str, object]) -> None:
    good = Adjunto("0" * 64, "application/pdf", 1000, "carta.pdf")
    check(case_of(), good)
    with pytest.raises(ValueUnknown):
        check(case_of(), replace(good, **wrong))  # type: ignore[arg-type]


def test_all_documents_of_a_case_together_are_bounded() -> None:
    large = Adjunto("0" * 64, "application/pdf", MAX_FILE, "carta.pdf")
    with pytest.raises(ValueUnknown):
        check(case_of(fact(1, large), fact(2, large)), large)


ANA, LUIS = Funcionario("ana", "Ana"), Funcionario("luis", "Luis", rol="supervisor")


def test_only_a_supervisor_reopens_and_takes_back_the_acts_of_others() -> None:
    office = (ANA, LUIS)
    case = case_of(fact(1, Cierre("Fin."), 0, user="luis"), fact(2, Anotacion("Nota."), user="ana"))
    for act in (Reapertura("Volvió."), undo(1)):
        with pytest.raises(RoleMissing):
            check_role(ANA, office, case, act)
        check_role(LUIS, office, case, act)
    check_role(ANA, office, case, undo(2))
    check_role(ANA, (ANA,), case, Reapertura("Volvió."))
