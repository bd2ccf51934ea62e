"""The daybook: what it says, that it names nobody, and that many cases fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from oirs_core.domain.kinds import Kind
from oirs_desktop.reports.daybook import Desktop, Said, render, sentences, table
from oirs_desktop.store.dayrecords import Copied, Day, Gap, Head, Outcome, Series, Undone
from oirs_desktop.store.records import CaseRow
from tests.support.office import START

if TYPE_CHECKING:
    from collections.abc import Iterator

DESK = Desktop(
    "Servicio de Gobierno Interior",
    "Delegación de Palena",
    "Mesón 1",
    "Rosa Catrin",
    {"rosa": "Rosa Catrin"},
    "America/Santiago",
)
FOLIO = "8KB0A2R0001Z"


def row(n: int) -> CaseRow:
    person = ("Rosa Elena Millapán", "12345678-5")
    dates = (START + n * 60_000, "2026-11-26", "")
    return CaseRow(
        bytes(10), FOLIO, "consulta", "en_tramite", "Subsidio", *person, *dates, "rosa", True, False
    )


def day_of(count: int, **more: object) -> Day:
    plain = Day(
        day=date(2026, 11, 26),
        cases=tuple(row(n) for n in range(count)),
        table={(Kind.CONSULTA, Outcome.PENDIENTE): count} if count else {},
        series=(Series("0A2R", FOLIO, FOLIO, count, ()),) if count else (),
        later={},
        corrections=0,
        copies=(),
        undone=(),
        unsent=0,
        pending=0,
        drafts=0,
        head=Head(214, bytes(range(32)), START),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def words(pdf: bytes) -> tuple[int, str]:
    def texts(document: pypdfium2.PdfDocument) -> Iterator[str]:
        for page in document:
            yield page.get_textpage().get_text_bounded()

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document), " ".join(" ".join(texts(document)).split())


def said(day: Day, label: str) -> Said:
    return next(one for one in sentences(day, DESK) if one.label == label)


def test_the_daybook_says_whose_day_it_was_and_names_no_person() -> None:
    pages, text = words(render(day_of(2), DESK))
    assert pages == 1
    for part in (
        "Libro diario del jueves 26 de noviembre de 2026",
        "Mesón 1. Cerró: Rosa Catrin.",
        "Consulta 0 0 2 0 2",
        "8KB-0A2R-0001-Z",
        "En trámite",
        "Todo está enviado.",
        "Página 1",
    ):
        assert part in text
    assert "Millapán" not in text
    assert "345" not in text.replace("8KB-0A2R-0001-Z", "")


def test_three_hundred_cases_fit_on_several_pages_none_is_lost() -> None:
    pages, text = words(render(day_of(300), DESK))
    assert pages > 4
    assert text.count("8KB-0A2R-0001-Z") == 301  # and once as the series
    assert text.count("Hora Folio Tipo") >= pages - 1  # the last page may hold the signature alone


def test_the_same_day_gives_the_same_bytes() -> None:
    assert render(day_of(3), DESK) == render(day_of(3), DESK)


def test_a_quiet_day_has_its_page_too() -> None:
    pages, text = words(render(day_of(0), DESK))
    assert pages == 1
    assert "No hubo atenciones en este mesón." in text


@pytest.mark.parametrize(
    ("gap", "told"),
    [
        (Gap(2, 3), "Salto 0002 a 0003: número que no se usó, sin caso."),
        (Gap(7, 7, START), "Salto 0007: se ingresó el jueves 26 de noviembre."),
    ],
)
def test_a_gap_is_explained(gap: Gap, told: str) -> None:
    line = said(day_of(1, series=(Series("0A2R", FOLIO, FOLIO, 1, (gap,)),)), "Folios")
    assert told in line.text
    assert line.tone == "warning"


def test_copies_undone_acts_and_drafts_are_told_in_words() -> None:
    day = day_of(
        1,
        copies=(Copied(FOLIO, 2, START),),
        undone=(Undone(FOLIO, "Respuesta", "rosa", START),),
        drafts=2,
        later={"respuestas": 3},
        corrections=1,
    )
    assert said(day, "Reimpresiones").text == "1: COPIA 2 de 8KB-0A2R-0001-Z."
    assert said(day, "Anulados").text == "1: una respuesta de 8KB-0A2R-0001-Z, por Rosa Catrin a las 10:42."
    assert said(day, "Borradores") == Said(
        "Borradores", "Quedan 2 borradores. Termínelos o descártelos.", "warning"
    )
    assert said(day, "Otros casos").text == "3 respuestas, en casos de otros días o mesones."
    assert said(day, "Correcciones").text == "1, en casos de este día."


def test_the_head_of_the_log_can_be_read_out() -> None:
    text = said(day_of(1), "Huella").text
    assert text.startswith("Movimiento 214, código ")
    assert ". Diga: " in text


def test_a_day_without_moves_names_the_last_day_that_had_some() -> None:
    text = said(day_of(0, head=Head(214, bytes(range(32)), START - 2 * 86_400_000)), "Huella").text
    assert text.startswith(
        "Sin movimientos este día. Última huella, del martes 24 de noviembre: movimiento 214"
    )
    assert said(day_of(0, head=Head(0, b"", 0)), "Huella").text == "Sin movimientos hasta este día."


def test_the_table_sums_by_kind_and_by_outcome() -> None:
    day = day_of(3, table={(Kind.RECLAMO, Outcome.CERRADA): 1, (Kind.CONSULTA, Outcome.RESPONDIDA): 2})
    assert table(day) == [
        ("Consulta", [2, 0, 0, 0, 2]),
        ("Reclamo", [0, 0, 0, 1, 1]),
        ("Total", [2, 0, 0, 1, 3]),
    ]
