"""A new attention by keys alone: nothing in the form is set by the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from oirs_core.domain.errors import ValueUnknown
from oirs_core.domain.events import Derivacion, Respuesta
from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import DocType, Estado, Kind, Medio
from oirs_desktop.store import DiskFull
from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.parts.buttons import KeyButton
from tests.support.keys import ALT, CTRL, SHIFT, Key
from tests.support.paper import read

if TYPE_CHECKING:
    from oirs_core.domain.solicitud import Solicitud
    from tests.support.stage import Stage

RUN = "123456785"


def cases(desk: Stage) -> list[Solicitud]:
    rows = desk.office.store.recent(500)
    return [case for row in rows if (case := desk.office.store.case(row.id)) is not None]


def form(desk: Stage) -> Nueva:
    assert isinstance(desk.screen, Nueva)
    return desk.screen


def begin(desk: Stage, run: str = RUN) -> None:
    """F2, RUN, Enter."""
    desk.keys.press(Key.Key_F2)
    desk.rest()
    desk.keys.type(run)
    desk.keys.press(Key.Key_Return)
    desk.rest()


def name(desk: Stage) -> None:
    """Names of somebody new; ends in the topic."""
    desk.keys.write("José Ñancupil")
    desk.keys.press(Key.Key_Return)
    desk.keys.write("Güenchur")
    fields = form(desk).que
    while desk.keys.focus is not fields.materia:
        desk.keys.press(Key.Key_Tab)


def tell(desk: Stage, relato: str = "Pregunta por el subsidio.", respuesta: str = "Se le explicó.") -> None:
    """Topic, what the person tells, answer."""
    desk.keys.type("viv")
    desk.keys.press(Key.Key_Return)
    desk.keys.press(Key.Key_Tab)
    desk.keys.write(relato)
    desk.keys.press(Key.Key_Tab, times=2)
    desk.keys.write(respuesta)


def register(desk: Stage) -> None:
    desk.keys.press(Key.Key_Return, CTRL)
    desk.rest()


def messages(desk: Stage) -> dict[str, str]:
    """Message under each field of the form that has one."""
    return {
        name: field.problem
        for card in form(desk).cards.values()
        for name, field in card.fields.items()
        if field.problem
    }


def test_a_consulta_of_somebody_known_takes_at_most_20_keys(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    desk.keys.count = 0
    begin(desk)
    tell(desk)
    register(desk)
    assert desk.keys.count <= 20
    case = cases(desk)[0]
    assert case.ingreso.persona.full_name == "Rosa Elena Millapán Hueque"
    assert case.ingreso.persona.doc_numero == "12345678-5"
    assert case.ingreso.tipo is Kind.CONSULTA
    assert case.ingreso.materia.codigo
    assert case.ingreso.relato == "Pregunta por el subsidio."
    assert isinstance(case.facts[1].act, Respuesta)
    assert desk.screen.name == "comprobante"
    assert desk.window.strip.folio.words.text().endswith(Folio(case.ingreso.folio).grouped)


def test_keys_typed_before_the_person_was_found_are_not_lost(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    desk.keys.press(Key.Key_F2)
    desk.rest()
    desk.keys.type(RUN)
    desk.keys.press(Key.Key_Return)
    desk.keys.type("viv")
    desk.rest()
    assert form(desk).que.materia.text() == "viv"
    assert form(desk).quien.text("doc_numero") == "12.345.678-5"


def test_somebody_new_is_registered_with_names_and_contact(desk: Stage) -> None:
    begin(desk)
    assert desk.keys.focus is form(desk).quien.fields["nombres"].editor
    name(desk)
    tell(desk)
    register(desk)
    persona = cases(desk)[0].ingreso.persona
    assert (persona.nombres, persona.apellido_paterno) == ("José Ñancupil", "Güenchur")


def test_a_topic_outside_the_catalogue_is_kept_as_typed(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    begin(desk)
    desk.keys.write("Barcaza de las ocho")
    desk.keys.press(Key.Key_Tab, times=2)
    desk.keys.write("Quiere saber si sale.")
    desk.keys.press(Key.Key_Tab, times=2)
    desk.keys.write("Sale.")
    register(desk)
    materia = cases(desk)[0].ingreso.materia
    assert (materia.texto, materia.codigo) == ("Barcaza de las ocho", "")


def test_a_case_can_stay_pending_and_shows_the_date_it_will_promise(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    begin(desk)
    tell(desk, respuesta="")
    desk.keys.press(Key.Key_Tab, SHIFT)
    desk.keys.press(Key.Key_Right)
    desk.rest()
    assert "3 de diciembre" in form(desk).termina.date.words.text()
    register(desk)
    assert cases(desk)[0].estado is Estado.INGRESADA


def test_a_case_can_be_handed_on_to_another_body(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    begin(desk)
    tell(desk, respuesta="")
    desk.keys.press(Key.Key_Tab, SHIFT)
    desk.keys.press(Key.Key_Left)
    desk.keys.press(Key.Key_Tab)
    desk.keys.write("Municipalidad de Chaitén")
    desk.keys.press(Key.Key_Tab)
    register(desk)
    act = cases(desk)[0].facts[1].act
    assert isinstance(act, Derivacion)
    assert act.destino.nombre == "Municipalidad de Chaitén"


def test_the_button_says_what_is_missing_under_the_fields_and_on_top_in_the_same_words(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    register(desk)
    found = messages(desk)
    assert set(found) == {"doc_numero", "nombres", "materia", "relato", "respuesta"}
    assert [text for _, text in form(desk).summary.problems] == list(found.values())
    assert form(desk).summary.isVisible()
    assert desk.keys.focus is form(desk).quien.line
    assert cases(desk) == []


def test_a_message_goes_away_when_its_field_is_typed_in(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    register(desk)
    desk.keys.write("1")
    assert "doc_numero" not in messages(desk)


def test_a_line_of_the_summary_jumps_to_its_field(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    register(desk)
    while desk.keys.focus.property("kind") != "line":
        desk.keys.press(Key.Key_Backtab, SHIFT)
    desk.keys.press(Key.Key_Return)
    assert (
        desk.keys.focus is form(desk).que.relato.box
        or desk.keys.focus is form(desk).termina.fields["respuesta"].editor
    )


def test_a_letter_of_each_line_of_the_summary_leads_to_its_field(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    register(desk)
    links = [link for link in form(desk).summary.findChildren(KeyButton) if link.isVisible()]
    letters = [link.text().partition("&")[2][:1].upper() for link in links]
    assert len(links) == len(set(letters)) == 5
    assert "" not in letters
    desk.keys.press(Key[f"Key_{letters[3]}"], ALT)
    desk.until(lambda: desk.keys.focus is form(desk).que.relato.box)


def test_a_wrong_run_is_explained_and_stays(desk: Stage) -> None:
    begin(desk, "123456784")
    assert "dígito verificador" in messages(desk)["doc_numero"]
    assert desk.keys.focus is form(desk).quien.line
    assert form(desk).quien.text("doc_numero") == "123456784"


@pytest.mark.parametrize(
    "relato",
    [
        "=1+1; <b>no</b> & [x](y)",
        "Emoji 👩🏽‍🌾 y árabe \u202eabc\u202c",
        "N\u0303andu\u0301 (NFD)",
        "Dos\nlíneas y espacio\u00a0duro",
    ],
)
def test_any_printable_text_is_kept_as_typed(desk: Stage, relato: str) -> None:
    desk.office.file("Rosa Elena")
    begin(desk)
    desk.keys.type("viv")
    desk.keys.press(Key.Key_Return)
    desk.keys.press(Key.Key_Tab)
    desk.keys.paste(relato)
    desk.keys.press(Key.Key_Tab, times=2)
    desk.keys.write("Sí.")
    register(desk)
    assert cases(desk)[0].ingreso.relato == relato


@pytest.mark.parametrize("symbol", ["\x00", "\x07", "\x1b"])
def test_a_control_character_is_located_and_the_text_stays(desk: Stage, symbol: str) -> None:
    desk.office.file("Rosa Elena")
    begin(desk)
    desk.keys.type("viv")
    desk.keys.press(Key.Key_Return)
    desk.keys.press(Key.Key_Tab)
    desk.keys.paste(f"hola{symbol}mundo")
    register(desk)
    assert "posición 5" in messages(desk)["relato"]
    assert form(desk).que.text("relato") == f"hola{symbol}mundo"
    assert len(cases(desk)) == 1


def test_a_text_that_is_too_long_is_counted_and_refused(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    begin(desk)
    desk.keys.type("viv")
    desk.keys.press(Key.Key_Return)
    desk.keys.press(Key.Key_Tab)
    desk.keys.paste("ñ" * 20_001)
    assert form(desk).que.relato.aside.text().startswith("20.001 / 20.000")
    register(desk)
    assert "20.001" in messages(desk)["relato"]
    assert len(form(desk).que.text("relato")) == 20_001


def test_bytes_are_counted_too_where_they_run_out_first(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    begin(desk)
    desk.keys.type("viv")
    desk.keys.press(Key.Key_Return)
    desk.keys.press(Key.Key_Tab)
    desk.keys.paste("🙂" * 15_001)
    assert "60.004 / 60.000 bytes" in form(desk).que.relato.aside.text()
    register(desk)
    assert messages(desk)["relato"] == "Acorte el relato: usa 60.004 bytes y caben 60.000."
    assert form(desk).que.text("relato") == "🙂" * 15_001


def test_a_line_that_is_too_long_is_refused_and_stays(desk: Stage) -> None:
    begin(desk)
    name(desk)
    desk.keys.paste("ñ" * 201)
    tell_from_topic(desk)
    assert "tiene 201 caracteres y caben 200" in messages(desk)["materia"]
    assert form(desk).que.materia.text() == "ñ" * 201


def tell_from_topic(desk: Stage) -> None:
    """What the person tells and the answer, with the topic typed already."""
    desk.keys.press(Key.Key_Tab)
    while desk.keys.focus is not form(desk).que.relato.box:
        desk.keys.press(Key.Key_Tab)
    desk.keys.write("Pregunta.")
    desk.keys.press(Key.Key_Tab, times=2)
    desk.keys.write("Sí.")
    register(desk)


def test_a_hundred_enters_make_one_case(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    begin(desk)
    tell(desk)
    desk.keys.press(Key.Key_Return, CTRL, times=100)
    desk.rest()
    desk.keys.press(Key.Key_Return, times=100)
    desk.rest()
    assert len(cases(desk)) == 2
    assert cases(desk)[0].copies == 0


def test_a_draft_waits_while_the_official_looks_elsewhere(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    begin(desk)
    tell(desk)
    desk.keys.press(Key.Key_Escape)
    desk.rest()
    assert desk.screen.name == "meson"
    desk.keys.press(Key.Key_F2)
    desk.rest()
    register(desk)
    assert cases(desk)[0].ingreso.relato == "Pregunta por el subsidio."


def test_an_attention_waits_while_another_person_is_served(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    begin(desk)
    tell(desk)
    desk.keys.press(Key.Key_Escape)
    desk.rest()
    desk.keys.write("11.111.111-1")
    desk.keys.press(Key.Key_Return)
    desk.wait_for("nueva")
    assert "Rosa Elena Millapán" in form(desk).parked.title.text()
    assert form(desk).que.text("relato") == ""
    name(desk)
    tell(desk, relato="Otra cosa.")
    register(desk)
    desk.keys.press(Key.Key_F2)
    desk.rest()
    desk.keys.press(Key.Key_R, Qt.KeyboardModifier.AltModifier)
    desk.rest()
    assert form(desk).que.text("relato") == "Pregunta por el subsidio."
    assert not form(desk).parked.isVisible()
    register(desk)
    assert [case.ingreso.relato for case in cases(desk)][:2] == ["Pregunta por el subsidio.", "Otra cosa."]


def test_an_emptied_form_can_be_brought_back(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    begin(desk)
    tell(desk)
    before = form(desk).form()
    while desk.keys.focus is not form(desk).empty:
        desk.keys.press(Key.Key_Tab)
    desk.keys.press(Key.Key_Return)
    desk.rest()
    assert form(desk).que.text("relato") == ""
    undo = desk.window.toasts.history[-1].undo
    assert undo is not None
    undo()
    desk.rest()
    assert form(desk).form() == before


def test_somebody_anonymous_may_ask(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    desk.rest()
    desk.keys.press(Key.Key_Tab, SHIFT)
    desk.keys.write("a")
    while desk.keys.focus is not form(desk).que.materia:
        desk.keys.press(Key.Key_Tab)
    tell(desk)
    register(desk)
    assert cases(desk)[0].ingreso.persona.doc_tipo is DocType.ANONIMO


def test_a_procedure_needs_to_know_who_asks(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    desk.rest()
    desk.keys.press(Key.Key_Tab, SHIFT)
    desk.keys.write("a")
    while desk.keys.focus is not form(desk).que.tipo:
        desk.keys.press(Key.Key_Tab)
    desk.keys.press(Key.Key_Down, times=4)
    desk.keys.press(Key.Key_Tab)
    tell(desk)
    register(desk)
    assert form(desk).que.kind() is Kind.PETICION
    assert "quién es" in " ".join(messages(desk).values())
    assert cases(desk) == []


def test_a_firm_has_a_name_and_somebody_who_speaks_for_it(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    desk.rest()
    desk.keys.press(Key.Key_Tab, SHIFT)
    desk.keys.write("e")
    desk.keys.press(Key.Key_Tab)
    desk.keys.type("765432103")
    desk.keys.press(Key.Key_Return)
    desk.rest()
    desk.keys.write("Pesquera Los Ñirres Ltda.")
    desk.keys.press(Key.Key_Tab)
    desk.keys.write("Marta Soto")
    while desk.keys.focus is not form(desk).que.materia:
        desk.keys.press(Key.Key_Tab)
    tell(desk)
    register(desk)
    persona = cases(desk)[0].ingreso.persona
    assert persona.doc_tipo is DocType.RUT_EMPRESA
    assert (persona.nombres, persona.representante) == ("Pesquera Los Ñirres Ltda.", "Marta Soto")


def test_who_speaks_for_a_firm_is_on_the_paper_and_found_by_her_run(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    desk.rest()
    desk.keys.press(Key.Key_Tab, SHIFT)
    desk.keys.write("e")
    desk.keys.press(Key.Key_Tab)
    desk.keys.type("765432103")
    desk.keys.press(Key.Key_Return)
    desk.rest()
    desk.keys.write("Pesquera Los Ñirres Ltda.")
    desk.keys.press(Key.Key_Tab)
    desk.keys.write("Marta Soto")
    desk.keys.press(Key.Key_Tab)
    assert desk.keys.focus is form(desk).quien.fields["representante_run"].editor
    desk.keys.write("12345678-4")
    while desk.keys.focus is not form(desk).que.materia:
        desk.keys.press(Key.Key_Tab)
    tell(desk)
    register(desk)
    assert "dígito verificador" in messages(desk)["representante_run"]
    while desk.keys.focus is not form(desk).quien.fields["representante_run"].editor:
        desk.keys.press(Key.Key_Tab, SHIFT)
    desk.keys.press(Key.Key_Backspace)
    desk.keys.write("5")
    register(desk)
    case = cases(desk)[0]
    assert case.ingreso.persona.representante_run == "12345678-5"
    for typed in ("12.345.678-5", "123456785"):
        assert [row.id for row in desk.office.desk.search(typed)] == [case.id]
    paper = desk.office.counter.paper(case)
    assert paper.pdf is not None
    words = read(paper.pdf.read_bytes()).words
    assert "RUT 76.543.210-3" in words
    assert "Marta Soto" in words
    assert "••.•••.678-5" in words


def test_an_answer_by_telephone_needs_a_number(desk: Stage) -> None:
    begin(desk)
    name(desk)
    while desk.keys.focus is not form(desk).quien.medios.focusProxy():
        desk.keys.press(Key.Key_Tab, SHIFT)
    desk.keys.write("t")
    register(desk)
    assert form(desk).quien.medio() is Medio.TELEFONO
    assert "teléfono" in messages(desk)["telefono"]


def test_a_full_disk_is_told_and_the_text_stays(desk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_draft: object, _papers: object = ()) -> None:
        raise DiskFull

    desk.office.file("Rosa Elena")
    begin(desk)
    tell(desk)
    monkeypatch.setattr(desk.office.counter, "register", full)
    register(desk)
    assert "El caso NO se guardó" in form(desk).summary.title.text()
    assert form(desk).que.text("relato") == "Pregunta por el subsidio."
    monkeypatch.undo()
    register(desk)
    assert desk.screen.name == "comprobante"


def test_a_refusal_of_the_desk_finds_its_field(desk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_draft: object, _papers: object = ()) -> None:
        raise ValueUnknown(field="institucion", value="Nada")

    desk.office.file("Rosa Elena")
    begin(desk)
    tell(desk)
    monkeypatch.setattr(desk.office.counter, "register", refuse)
    register(desk)
    assert "Nada" in messages(desk)["institucion"]
    assert desk.keys.focus is form(desk).que.institucion


def test_nothing_of_the_form_is_a_dialog(desk: Stage) -> None:
    begin(desk)
    register(desk)
    assert desk.window.windowModality() is Qt.WindowModality.NonModal
