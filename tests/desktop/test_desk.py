from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.errors import ActNotAllowed, DomainError, FieldMissing, RutRefused, ValueUnknown
from oirs_core.domain.events import Anotacion, Cierre, Derivacion, Funcionario, Respuesta
from oirs_core.domain.kinds import DocType, Estado, Kind, Salida
from oirs_core.domain.persona import Persona
from oirs_core.domain.solicitud import Flag
from oirs_core.signature import PaperCode, SigningKey, Verdict
from oirs_desktop.desk import Draft, Hint, receipt_facts
from tests.support.office import DAY, DRAFT, MINUTE, SERVIU, START, open_office, person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = open_office(tmp_path)
    yield opened
    opened.store.close()


def draft(**changes: object) -> Draft:
    return Draft(**{**DRAFT, "persona": person("Rosa Elena"), **changes})  # type: ignore[arg-type]


def test_an_answer_at_the_counter_is_recorded_with_its_filing_in_one_go(office: Office) -> None:
    recorded = office.desk.open(draft(salida=Salida.RESPONDIDA, respuesta="Debe postular en mayo."))
    assert recorded.case.estado is Estado.RESPONDIDA
    assert len(recorded.hashes) == 2
    assert recorded.case.answer == Respuesta("Debe postular en mayo.", firma="Rosa Catrin")


def test_a_derivation_needs_its_destination(office: Office) -> None:
    with pytest.raises(FieldMissing) as refused:
        office.desk.open(draft(salida=Salida.DERIVADA))
    assert refused.value.data == {"field": "destino"}
    case = office.desk.open(draft(salida=Salida.DERIVADA, destino=SERVIU)).case
    assert case.destination == Derivacion(SERVIU)


def test_a_refused_draft_takes_no_folio(office: Office) -> None:
    with pytest.raises(FieldMissing):
        office.desk.open(draft(salida=Salida.RESPONDIDA, respuesta="  "))
    with pytest.raises(RutRefused):
        office.desk.open(draft(persona=person("Rosa", "12.345.678-9")))
    with pytest.raises(ValueUnknown):
        office.desk.open(draft(persona=replace(person("Rosa"), comuna="99999")))
    assert office.desk.open(draft()).case.ingreso.folio[7:11] == "0001"


def test_a_run_is_kept_in_its_one_form(office: Office) -> None:
    case = office.desk.open(draft(persona=person("Rosa", "12.345.678-5"))).case
    assert case.ingreso.persona.doc_numero == "12345678-5"


def test_a_declared_saturday_counts_from_monday_and_keeps_its_offset(office: Office) -> None:
    case = office.desk.open(draft(declared=datetime(2026, 11, 21, 10, 15))).case  # noqa: DTZ001 - local
    assert case.facts[0].declared == "2026-11-21T10:15:00-03:00"
    assert case.ingreso.fecha_legal == "2026-11-23"


def test_an_undeclared_filing_counts_from_the_day_in_the_office(office: Office) -> None:
    office.clock.ms = START + 12 * 60 * MINUTE  # 22:42 in the office, already Friday in UTC
    case = office.desk.open(draft()).case
    assert (case.facts[0].declared, case.ingreso.fecha_legal) == ("", "2026-11-26")


def test_a_commitment_is_promised_as_such(office: Office) -> None:
    promesa = office.desk.open(draft()).case.ingreso.promesa
    assert promesa is not None
    assert (promesa.vence, promesa.norma) == ("2026-12-03", "")
    assert office.desk.preview(Kind.SUGERENCIA) is None


def test_a_clock_is_sure_only_within_a_day_of_the_last_contact(office: Office) -> None:
    contact = office.store.contact
    office.clock.ms = (contact.offset_at or 0) + DAY - 1
    assert office.desk.moment().sure
    office.clock.ms += 2
    assert not office.desk.moment().sure
    office.clock.ms = (contact.offset_at or 0) - 1
    assert not office.desk.moment().sure


def test_a_case_closed_meanwhile_at_the_centre_takes_no_answer_and_flags_a_late_note(office: Office) -> None:
    case = office.desk.open(draft()).case
    office.deliver()
    office.centre.write(Cierre("Se desistió"), case.id, case.status_ref)
    office.deliver()
    with pytest.raises(ActNotAllowed):
        office.desk.add(case.id, Respuesta("Venga el martes."))
    late = office.desk.add(case.id, Anotacion("Vino de nuevo")).case
    assert (late.estado, late.flags) == (Estado.CERRADA, frozenset({Flag.LATE_ACT}))


def test_two_answers_that_did_not_know_of_each_other_are_flagged(office: Office) -> None:
    case = office.desk.open(draft()).case
    office.deliver()
    office.centre.write(Respuesta("De la central"), case.id, case.status_ref)
    office.deliver()  # arrives while the official has the old case on screen
    after = office.desk.add(case.id, Respuesta("Del mesón")).case
    assert after.flags == frozenset({Flag.TWO_ANSWERS})


def test_an_answer_to_an_answer_that_was_seen_is_no_conflict(office: Office) -> None:
    case = office.desk.open(draft(salida=Salida.RESPONDIDA, respuesta="Una")).case
    office.desk.case(case.id)
    assert office.desk.add(case.id, Respuesta("Otra")).case.flags == frozenset()


def test_an_act_on_a_case_that_is_not_here_is_refused(office: Office) -> None:
    with pytest.raises(DomainError):
        office.desk.add(bytes(10), Anotacion("Nadie"))


def test_another_official_signs_from_now_on(office: Office) -> None:
    office.desk.sign_in(Funcionario("juan", "Juan Soto"))
    case = office.desk.open(draft()).case
    assert (case.ingreso.atiende, case.facts[0].user) == ("Juan Soto", "juan")


def test_the_box_knows_a_run_however_written(office: Office) -> None:
    case = office.desk.open(draft()).case
    for typed in ("12345678-5", "12.345.678-5", "123456785", " 12345678-5 "):
        found = office.desk.find(typed)
        assert [row.persona.doc_numero for row in found.people] == ["12345678-5"], typed
        assert [row.id for row in found.cases] == [case.id], typed


def test_the_box_reads_the_code_of_an_identity_card(office: Office) -> None:
    office.desk.open(draft())
    scanned = "https://portal.sidiv.registrocivil.cl/docstatus?RUN=12345678-5&type=CEDULA&serial=1"
    assert len(office.desk.find(scanned).people) == 1


HINTS = {
    "12345678-9": Hint.RUN_WRONG,
    "11111111-1": Hint.NEW_PERSON,
    "9999X": Hint.NO_FOLIO,
    "8K6-A2RT-0042-0": Hint.FOLIO_WRONG,
    "https://x/s/abc/def#zzzz": Hint.CODE_WRONG,
    "https://x/s/8K6A2RT0042Y/ABCD#zz": Hint.CODE_SHORT,
    "https://www.chileatiende.gob.cl/": Hint.CODE_STRANGE,
    "https://portal.sidiv.registrocivil.cl/docstatus?RUN=1234567": Hint.CODE_SHORT,
    "https://portal.sidiv.registrocivil.cl/docstatus?RUN=12345678-4&type=CEDULA": Hint.RUN_WRONG,
    "https://portal.sidiv.registrocivil.cl/docstatus?RUN=12345678-5&mrz=599000101985031493103140": (
        Hint.CARD_WRONG
    ),
    "Zacarías": Hint.NOTHING,
    "   ": Hint.NONE,
}


def test_the_box_says_what_a_list_cannot(office: Office) -> None:
    for typed, hint in HINTS.items():
        found = office.desk.find(typed)
        assert (found.hint, found.people, found.cases) == (hint, (), ()), typed


def test_the_box_finds_a_folio_whole_or_by_its_end(office: Office) -> None:
    case = office.desk.open(draft()).case
    folio = case.ingreso.folio
    for typed in (
        folio,
        folio.lower(),
        f"{folio[:3]}-{folio[3:7]}-{folio[7:11]}-{folio[11]}",
        folio[-5:],
        folio[-4:],
    ):
        assert [row.id for row in office.desk.find(typed).cases] == [case.id], typed


def test_the_box_finds_names_without_their_accents(office: Office) -> None:
    case = office.desk.open(draft()).case
    found = office.desk.find("millapan rosa")
    assert ([row.id for row in found.cases], len(found.people)) == ([case.id], 1)


def test_a_scanned_receipt_is_judged_by_the_key_that_signed_it(office: Office) -> None:
    case = office.desk.open(draft()).case
    facts = receipt_facts(case)
    own = PaperCode.make("https://oirs.example", facts, office.made.key)
    assert office.desk.find(str(own)).paper is Verdict.GENUINE
    stranger = PaperCode.make("https://oirs.example", facts, SigningKey(bytes(32)))
    assert office.desk.find(str(stranger)).paper is Verdict.UNKNOWN_KEY
    altered = PaperCode.make("https://oirs.example", replace(facts, clave="ZZZZ"), office.made.key)
    assert office.desk.find(str(altered)).paper is Verdict.ALTERED


def test_an_anonymous_person_may_suggest_but_not_petition(office: Office) -> None:
    office.desk.open(draft(persona=Persona(), tipo=Kind.SUGERENCIA))
    with pytest.raises(FieldMissing):
        office.desk.open(draft(persona=Persona(), tipo=Kind.PETICION))
    assert office.desk.person(DocType.RUN, "12.345.678-5") is None


def test_saving_rings_the_bell_of_the_synchronisation(office: Office) -> None:
    rung: list[bool] = []
    office.desk.saved = lambda: rung.append(True)
    office.desk.open(draft())
    with pytest.raises(FieldMissing):
        office.desk.open(draft(relato=""))
    assert rung == [True]


def test_a_table_that_cannot_be_read_leaves_the_bundled_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(office.store), "tables", lambda _: {"comunas": "columna\nrota\n"})
    office.desk.reload()
    assert "10401" in office.desk.catalogue.comunas


def test_a_term_is_counted_anew_once_the_office_has_come_down_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = office.desk.preview(Kind.CONSULTA)
    notice = office.desk.session.office
    later = replace(notice, compromisos={**notice.compromisos, "consulta": 33})
    monkeypatch.setattr(type(office.store), "office", lambda _: later)
    office.desk.reload()
    after = office.desk.preview(Kind.CONSULTA)
    assert after is not None
    assert after.days == 33
    assert before is None or before.days != 33
