"""What a case still is when data were taken out of its history."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oirs_core.domain.errors import ActNotAllowed
from oirs_core.domain.events import (
    Act,
    Adjunto,
    Anotacion,
    Anulacion,
    Cambio,
    Cierre,
    Copia,
    Derivacion,
    Enmienda,
    Ingreso,
    Institucion,
    Materia,
    Reapertura,
    Respuesta,
    Resto,
    Supresion,
)
from oirs_core.domain.kinds import DocType, Estado, Kind
from oirs_core.domain.persona import Persona
from oirs_core.domain.rules import ERASED, check
from oirs_core.domain.solicitud import Fact, Flag, Solicitud, fold, step

FILED = Ingreso(
    Kind.RECLAMO,
    Materia("Ruido"),
    "No se puede dormir",
    Persona(DocType.RUN, "12345678-5", "Rosa"),
    "084",
    "08401",
    "2026-10-01",
    "Ana",
    "8KB0A2R0001Z",
    "AB12",
)
RESTO = Resto("8KB0A2R0001Z", "AB12", Kind.RECLAMO, "084", "08401", "2026-10-01")
ACTS: dict[str, Act] = {
    "Ingreso": FILED,
    "Anotacion": Anotacion("Llamó"),
    "Respuesta": Respuesta("Sí"),
    "Derivacion": Derivacion(Institucion("Salud")),
    "Cierre": Cierre("Listo"),
    "Reapertura": Reapertura("Volvió"),
    "Enmienda": Enmienda((Cambio("telefono", "+56 9 1"),)),
    "Adjunto": Adjunto("ab" * 32, "application/pdf", 9, "cédula.pdf"),
    "Copia": Copia(1),
}


def fact(n: int, act: Act | None, kind: str = "") -> Fact:
    return Fact(bytes([n]) * 32, act, n, sure=True, user="ana", kind=kind or type(act).__name__)


def history(*kinds: str) -> list[Fact]:
    return [fact(n, ACTS[kind], kind) for n, kind in enumerate(kinds, start=1)]


def without(facts: list[Fact], *places: int) -> list[Fact]:
    """As a store holds them once the bytes are gone."""
    return [replace(one, act=None, erased=True) if n in places else one for n, one in enumerate(facts)]


def erasure(
    facts: list[Fact], *places: int, resto: Resto | None = None, annulled: tuple[str, ...] = ()
) -> Fact:
    hechos = tuple(facts[n].h.hex() for n in places)
    said = Supresion(hechos, "Resolución 1", resto, annulled)
    return replace(fact(99, None, "Supresion"), erasure=said)


def folded(facts: list[Fact]) -> Solicitud:
    case = fold(bytes(10), facts)
    assert case is not None
    return case


@pytest.mark.parametrize(
    "kinds",
    [
        ("Ingreso", *part)
        for part in (
            ("Respuesta",),
            ("Derivacion", "Respuesta"),
            ("Cierre", "Reapertura"),
            ("Anotacion", "Copia", "Enmienda", "Adjunto"),
            tuple(ACTS)[1:],
        )
    ],
)
def test_i3_a_case_folds_alike_before_and_after_its_bytes_are_gone(kinds: tuple[str, ...]) -> None:
    facts = history(*kinds)
    every = tuple(range(len(facts)))
    notice = erasure(facts, *every, resto=RESTO)
    named, gone = folded([*facts, notice]), folded([*without(facts, *every), notice])
    assert named == gone
    assert folded([notice, *without(facts, *every)]).estado == gone.estado
    whole = folded(facts)
    assert (gone.estado, gone.copies, gone.answer_count) == (whole.estado, whole.copies, whole.answer_count)
    assert gone.flags == frozenset()


def test_nothing_of_the_person_is_left_and_the_folio_is() -> None:
    facts = history("Ingreso", "Respuesta", "Enmienda")
    case = folded([*facts, erasure(facts, 0, 1, 2, resto=RESTO)])
    assert case.ingreso.persona == Persona(DocType.ANONIMO)
    assert (case.ingreso.folio, case.ingreso.clave, case.ingreso.relato) == ("8KB0A2R0001Z", "AB12", "")
    assert case.answer == Respuesta("")


def test_an_erased_filing_whose_notice_has_not_come_is_no_case_yet() -> None:
    facts = without(history("Ingreso", "Respuesta"), 0, 1)
    assert fold(bytes(10), facts) is None


def test_an_erased_correction_corrects_nothing() -> None:
    facts = history("Ingreso", "Enmienda")
    assert folded(facts).ingreso.persona.telefono
    assert folded([*facts, erasure(facts, 1)]).ingreso == FILED


def test_an_erased_annulment_still_holds() -> None:
    facts = history("Ingreso", "Respuesta")
    back = fact(3, Anulacion(facts[1].h.hex()))
    whole = folded([*facts, back])
    notice = erasure([*facts, back], 2, annulled=(facts[1].h.hex(),))
    erased = folded([*without([*facts, back], 2), notice])
    assert (erased.estado, erased.annulled) == (whole.estado, whole.annulled)
    assert (erased.estado, erased.annulled) == (Estado.INGRESADA, frozenset({facts[1].h}))


def test_what_a_later_program_would_still_have_read_asks_for_the_update() -> None:
    facts = [*history("Ingreso"), replace(fact(2, None, "Prorroga"), erased=True)]
    assert folded(facts).flags == {Flag.NEEDS_UPDATE}


def test_a_step_after_an_erasure_gives_what_the_whole_fold_gives() -> None:
    facts = history("Ingreso", "Respuesta", "Cierre")
    notice = erasure(facts, 0, 1, resto=RESTO)
    last = fact(50, Reapertura("Volvió"))
    assert step(folded([*facts, notice]), last) == folded([*facts, notice, last])
    assert step(folded(facts), notice) == folded([*facts, notice])


def test_what_was_erased_is_not_corrected_and_the_refusal_says_so() -> None:
    facts = history("Ingreso", "Anotacion")
    gone = erasure(facts, 0, resto=RESTO)
    case = fold(bytes(10), [*without(facts, 0), gone])
    assert case is not None
    with pytest.raises(ActNotAllowed) as refused:
        check(case, Enmienda((Cambio("telefono", "+56 9 1"),), "Lo dijo."))
    assert refused.value.data["estado"] == ERASED
    check(case, Anotacion("Se puede agregar una nota."))
