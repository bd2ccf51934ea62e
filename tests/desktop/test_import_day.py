from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from oirs_desktop.app import tell
from oirs_desktop.commands.attentions import COLUMNS, draft_of, read_list
from oirs_desktop.commands.errors import ListRefused
from oirs_desktop.commands.import_day import Importer, Outcome, Result, summary, write_report
from oirs_desktop.session import UNNAMED
from tests.support.office import open_office
from tests.support.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.office import Office

DAY = ROOT / "tests" / "data" / "dia_de_meson.csv"
ROW = {
    "n": "1",
    "oficina": "084",
    "fecha_hora_local": "2026-10-01T09:41:56",
    "lugar": "oficina",
    "funcionario": "Rosa Catrin",
    "tipo": "consulta",
    "materia": "Auxilio por mordedura de perro",
    "doc_tipo": "run",
    "doc_numero": "12.345.678-5",
    "nombres": "Rosa Elena",
    "apellido_paterno": "Millapán",
    "comuna": "10401",
    "medio_respuesta": "presencial",
    "relato": "Le mordió un perro.\\nPregunta qué hacer.",
    "salida": "pendiente",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = open_office(tmp_path)
    yield opened
    opened.store.close()


def sheet(*rows: dict[str, str]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "lista.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def take(office: Office, folder: Path, *rows: dict[str, str]) -> list[Outcome]:
    found = read_list(write(folder, sheet(*({**ROW, **row} for row in rows))))
    return list(Importer(office.counter, office.store, tell).run(found))


def results(outcomes: list[Outcome]) -> list[Result]:
    return [outcome.resultado for outcome in outcomes]


def test_a_row_becomes_what_the_form_would_have_made(office: Office, tmp_path: Path) -> None:
    (outcome,) = take(office, tmp_path, {"adjuntos": "cedula.jpg; carta.pdf", "funcionario": "rosa CATRÍN"})
    assert outcome.resultado is Result.TAKEN
    assert (tmp_path / "papers" / outcome.comprobante).read_bytes().startswith(b"%PDF-")
    case = office.store.case(office.desk.recent(1)[0].id)
    assert case is not None
    ingreso, first = case.ingreso, case.facts[0]
    assert ingreso.relato == "Le mordió un perro.\nPregunta qué hacer."
    assert (ingreso.materia.texto, ingreso.materia.codigo) == ("Auxilio por mordedura de perro", "")
    assert ingreso.adjuntos == ("cedula.jpg", "carta.pdf")
    assert first.declared == "2026-10-01T09:41:56-03:00"
    assert (ingreso.fecha_legal, ingreso.persona.doc_numero) == ("2026-10-01", "12345678-5")
    assert (ingreso.atiende, first.user) == ("Rosa Catrin", "rosa")


def test_an_official_whom_the_office_does_not_name_is_printed_all_the_same(
    office: Office, tmp_path: Path
) -> None:
    take(office, tmp_path, {"funcionario": "Alguien Más"})
    case = office.store.case(office.desk.recent(1)[0].id)
    assert case is not None
    assert (case.ingreso.atiende, case.facts[0].user) == ("Alguien Más", UNNAMED)


def test_a_list_read_twice_counts_once(office: Office, tmp_path: Path) -> None:
    anonymous = {"doc_tipo": "anonimo", "doc_numero": "", "nombres": "", "tipo": "sugerencia"}
    later = {"fecha_hora_local": "2026-10-01T09:45:10"}
    rows = ({}, later, anonymous, {**anonymous, **later})
    assert results(take(office, tmp_path, *rows)) == [Result.TAKEN] * 4
    again = take(office, tmp_path, *rows)
    assert results(again) == [Result.THERE] * 4
    assert len({outcome.folio for outcome in again}) == 4


REFUSED = {
    "NUL": ({"relato": "uno\0dos"}, "no se puede imprimir"),
    "RUN": ({"doc_numero": "12.345.678-9"}, "dígito verificador"),
    "comuna": ({"comuna": "99999"}, "la comuna «99999»"),
    "kind": ({"tipo": "queja"}, "el tipo «queja»"),
    "no kind": ({"tipo": " "}, "Falta el tipo"),
    "long official": ({"funcionario": "a" * 201}, "Acorte el funcionario: caben 200"),
    "outcome": ({"salida": "nada"}, "la salida «nada»"),
    "no answer": ({"salida": "respondida_en_el_acto"}, "Falta la respuesta"),
    "no destination": ({"salida": "derivada"}, "Falta el destino"),
    "no official": ({"funcionario": " "}, "Falta el funcionario"),
    "no date": ({"fecha_hora_local": "ayer"}, "la fecha «ayer»"),
    "date without a time": ({"fecha_hora_local": "2026-10-01"}, "la fecha"),
    "date with a zone": ({"fecha_hora_local": "2026-10-01T09:00:00+02:00"}, "la fecha"),
    "no story": ({"relato": "  "}, "Falta el relato"),
    "long story": ({"relato": "a" * 20_001}, "20.001 caracteres y caben 20.000"),
    "heavy story": ({"relato": "😀" * 15_001}, "60.004 bytes"),
    "long topic": ({"materia": "a" * 201}, "caben 200"),
    "control": ({"nombres": "Rosa\x07"}, "no se puede imprimir"),
    "anonymous petition": ({"doc_tipo": "anonimo", "nombres": "", "tipo": "peticion"}, "Falta el nombre"),
}


def test_what_the_form_would_refuse_is_refused_with_a_sentence(office: Office, tmp_path: Path) -> None:
    outcomes = take(office, tmp_path, *(row for row, _ in REFUSED.values()))
    assert results(outcomes) == [Result.REFUSED] * len(REFUSED)
    for outcome, (name, (_, words)) in zip(outcomes, REFUSED.items(), strict=True):
        assert words in outcome.motivo, f"{name}: {outcome.motivo}"
    assert office.desk.recent(1) == []


STRANGE = [
    "<b>negrita</b> & <script>alert(1)</script>",
    "=SUMA(A1:A9)",
    "+56 9 no es fórmula",
    "@importa -1",
    "emoji 👩‍👩‍👧 y 🏳️‍🌈",
    "\u202eal revés\u202c",
    "Jose\u0301 Mun\u0303oz",
    'comillas "dobles" y ‘simples’',
]


def test_strange_text_is_kept_as_typed_and_still_printed(office: Office, tmp_path: Path) -> None:
    outcomes = take(office, tmp_path, *({"relato": text, "materia": text[:20]} for text in STRANGE))
    assert results(outcomes) == [Result.TAKEN] * len(STRANGE)
    kept = [office.store.case(row.id) for row in office.desk.recent(50)]
    assert {case.ingreso.relato for case in kept if case} == set(STRANGE)


def test_rows_of_another_office_are_passed_over_and_reported(office: Office, tmp_path: Path) -> None:
    outcomes = take(office, tmp_path, {"oficina": "104"}, {})
    assert results(outcomes) == [Result.ELSEWHERE, Result.TAKEN]
    assert summary(outcomes) == "Tomadas: 1. Ya estaban: 0. De otra oficina: 1. Rechazadas: 0."


def test_a_short_row_is_refused_alone(office: Office, tmp_path: Path) -> None:
    text = sheet(ROW) + "2,084,2026-10-01T09:41:56\n" + sheet({**ROW, "n": "3"}).split("\n", 1)[1]
    outcomes = list(Importer(office.counter, office.store, tell).run(read_list(write(tmp_path, text))))
    assert results(outcomes) == [Result.TAKEN, Result.REFUSED, Result.THERE]
    assert "3 columnas y deben ser 29" in outcomes[1].motivo
    assert outcomes[1].linea == 3


FILES = {
    "UTF-16": (sheet(ROW).encode("utf-16"), "no está en UTF-8"),
    "Windows-1252": (sheet(ROW).encode("cp1252"), "falla la línea 2"),
    "empty": (b"", "no tiene filas"),
    "heading only": (sheet().encode(), "no tiene filas"),
    "semicolons": (sheet(ROW).replace(",", ";").encode(), "separadas por comas"),
    "missing": (sheet(ROW).replace("relato", "historia", 1).encode(), "Faltan columnas: relato"),
    "surplus": (sheet(ROW).replace("adjuntos", "adjuntos,nota", 1).encode(), "no conocemos: nota"),
    "quotes": (sheet(ROW).encode() + b'2,"abc', "comillas"),
    "UTF-16 without a mark": (sheet(ROW).encode("utf-16-le"), "no está en UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no está en UTF-8"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_list_is_refused_whole_with_a_sentence(name: str, tmp_path: Path) -> None:
    content, words = FILES[name]
    with pytest.raises(ListRefused) as refused:
        read_list(write(tmp_path, content))
    sentence = tell(refused.value)
    assert words in sentence
    assert sentence.endswith("No se ingresó nada.")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListRefused):
        read_list(tmp_path / "nada.csv")
    with pytest.raises(ListRefused):
        read_list(tmp_path)


def test_a_byte_order_mark_and_the_line_ends_of_windows_do_no_harm(tmp_path: Path) -> None:
    plain = read_list(write(tmp_path, sheet(ROW)))
    marked = read_list(write(tmp_path, b"\xef\xbb\xbf" + sheet(ROW).replace("\n", "\r\n").encode()))
    assert marked == plain


def test_the_whole_day_can_be_read(office: Office) -> None:
    rows = read_list(DAY)
    drafts = [draft_of(row, office.desk.catalogue) for row in rows]
    assert len(drafts) == 240
    assert not any("\\n" in draft.relato for draft in drafts)
    assert sum(draft.destino is not None for draft in drafts) == 64
    assert all(draft.destino.clave for draft in drafts if draft.destino)
    assert {draft.localidad != "" for draft in drafts} == {True, False}


def test_the_report_tells_row_by_row(tmp_path: Path) -> None:
    outcomes = [
        Outcome("1", 2, "084", Result.TAKEN, "8K6-A2RT-0042-Y", "", "8K6A2RT0042Y.pdf"),
        Outcome("2", 3, "084", Result.REFUSED, motivo="Falta la materia."),
    ]
    write_report(tmp_path / "r.jsonl", outcomes)
    lines = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["resultado"] for line in lines] == ["tomada", "rechazada"]
    write_report(tmp_path / "r.csv", outcomes)
    with (tmp_path / "r.csv").open(encoding="utf-8", newline="") as file:
        assert [row["motivo"] for row in csv.DictReader(file)] == ["", "Falta la materia."]
