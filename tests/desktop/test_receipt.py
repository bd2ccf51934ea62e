from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, datetime

import pypdfium2
import pytest
import segno

from oirs_core.domain.kinds import Medio, Salida
from oirs_core.signature import PaperCode, Verdict
from oirs_desktop.reports.notice import NOTICES, notice_for
from oirs_desktop.reports.page import MISSING, merged, shown, width_of, wrap
from oirs_desktop.reports.receipt import PaperSize, render
from tests.support.paper import CODE, FACTS, FOLIO, KEY, printed, receipt

SIZES = list(PaperSize)
SHEETS = [PaperSize.A4, PaperSize.LETTER, PaperSize.A5]
COPIES = {PaperSize.A4: 2, PaperSize.LETTER: 2, PaperSize.A5: 1, PaperSize.ROLL80: 1}
LONG = "ACCIÓN " * 3 + "W" * 200
WORST = (
    {
        "training": True,
        "copy": 12,
        "kind": "Solicitud de acceso a la información",
        "outcome": Salida.DERIVADA,
        "folio_grouped": "WWW-WWWW-0000-W",
        "clave": "WWWW",
        "legal_date": date(2026, 12, 1),
        "received": datetime(2026, 12, 2, 10, 43),  # noqa: DTZ001 - only printed
        "promise": LONG,
        "corrected": "el 27-11-2026: teléfono, materia, nombre, primer apellido, segundo apellido; " * 6,
        "explanation": LONG * 3,
        "answer": "W" * 300 + "palabra\n" * 200,
    }
    | dict.fromkeys(
        ("institution", "office", "address", "phone", "hours", "materia", "person", "document"), LONG
    )
    | dict.fromkeys(("representative", "representative_document", "destination", "official"), LONG)
)


@pytest.mark.parametrize("size", SIZES)
def test_the_paper_says_what_the_person_needs(size: PaperSize) -> None:
    paper = printed(size)
    assert paper.pages == 1
    for said in (
        "Delegación Presidencial Provincial de Palena",
        "Oficina OIRS Chaitén",
        FOLIO.grouped,
        "7KQ2",
        "jueves 26-11-2026, 10:43",
        "Consulta",
        "Subsidio de aislamiento",
        "Rosa Elena Millapán Hueque",
        "••.•••.678-5",
        "Rosa Catrín",
        "a más tardar el viernes 11 de diciembre de 2026.",
        "No se cuenta el 8 de diciembre (Inmaculada Concepción).",
        "La respuesta llegará a su correo electrónico.",
        f"diga su folio {FOLIO.grouped} y su clave 7KQ2.",
        "Ley 19.628",
    ):
        assert said in paper.words
    assert "COPIA" not in paper.words
    assert "NO VÁLIDO" not in paper.words


@pytest.mark.parametrize("size", SIZES)
def test_the_code_is_read_at_200_dpi_and_its_signature_holds(size: PaperSize) -> None:
    codes = printed(size).codes
    assert codes == (CODE,)
    assert PaperCode.parse(codes[0]).check(FACTS, {KEY.id: KEY.public}) is Verdict.GENUINE


@pytest.mark.parametrize("size", SIZES)
def test_the_worst_texts_stay_on_one_page_and_the_code_stays_legible(size: PaperSize) -> None:
    paper = printed(size, **WORST)
    assert paper.pages == 1
    assert len(paper.codes) == 1
    for left, bottom, right, top in paper.boxes:
        assert 0 < left < right < paper.width
        assert 0 < bottom < top < paper.height


@pytest.mark.parametrize("size", SHEETS)
def test_the_worst_texts_never_lie_on_one_another(size: PaperSize) -> None:
    boxes = printed(size, **WORST).boxes
    for n, (left, bottom, right, top) in enumerate(boxes):
        for other in boxes[n + 1 :]:
            across = min(right, other[2]) - max(left, other[0])
            down = min(top, other[3]) - max(bottom, other[1])
            assert across <= 1 or down <= 2, (boxes[n], other)


@pytest.mark.parametrize("size", SIZES)
def test_a_reprint_says_which_copy_it_is(size: PaperSize) -> None:
    assert printed(size, copy=3).words.count("COPIA 3") == COPIES[size]


@pytest.mark.parametrize("size", SIZES)
def test_a_copy_says_what_was_corrected_since(size: PaperSize) -> None:
    corrected = "el 27-11-2026: teléfono, materia"
    assert printed(size, copy=1, corrected=corrected).words.count(f"Corregido {corrected}") == COPIES[size]
    assert "Corregido" not in printed(size).words


@pytest.mark.parametrize("size", SIZES)
def test_paper_of_a_training_office_says_so_twice_on_each_copy(size: PaperSize) -> None:
    paper = printed(size, training=True)
    assert paper.words.count("NO VÁLIDO - CAPACITACIÓN") == 2 * COPIES[size]
    assert paper.codes == (CODE,)


@pytest.mark.parametrize("size", SIZES)
def test_the_clave_is_on_the_half_of_the_person_alone(size: PaperSize) -> None:
    paper = printed(size, copy=2)
    assert paper.words.count("7KQ2") == 2  # under the folio and in what happens next
    assert paper.words.count(FOLIO.grouped) >= COPIES[size]
    assert paper.codes == (CODE,)


@pytest.mark.parametrize("size", SIZES)
def test_typed_marks_and_formulas_are_only_text(size: PaperSize) -> None:
    typed = "<b>=1+1</b> & <font color=red>"
    paper = printed(
        size, materia=typed, person="=CMD()", outcome=Salida.RESPONDIDA, answer="<img src=x> & <br/>"
    )
    assert typed in paper.words
    assert "=CMD()" in paper.words
    assert "<img src=x> & <br/>" in paper.words


def test_what_the_font_lacks_is_a_visible_box_and_the_rest_is_composed() -> None:
    assert shown("Jose\u0301 \U0001f600\ufe0f ok") == f"José {MISSING} ok"
    assert shown("\u202eabc\u202c\u200d\x00d") == "abcd"
    assert shown("a\tb\u00a0c\nd") == "a b c\nd"
    assert shown("\U0001f44d\U0001f3fd") == MISSING


@pytest.mark.parametrize("size", SIZES)
def test_odd_letters_do_not_stop_the_paper(size: PaperSize) -> None:
    paper = printed(size, person="\u202eMari\u0301a 😀 \u0645\u0631\u062d", materia="👩‍👩‍👧 漢字")
    assert "María" in paper.words
    assert paper.codes[0] == CODE


@pytest.mark.parametrize("size", SIZES)
def test_the_same_receipt_is_the_same_bytes(size: PaperSize) -> None:
    assert render(receipt(), size) == render(receipt(), size)


@pytest.mark.parametrize("size", SIZES)
def test_only_the_bundled_fonts_are_used_and_the_language_is_said(size: PaperSize) -> None:
    pdf = render(receipt(), size)
    names = set(re.findall(rb"/BaseFont /(\S+)", pdf))
    assert names
    assert all(b"AtkinsonHyperlegible" in name for name in names)
    assert b"es-CL" in pdf


@pytest.mark.parametrize("size", SIZES)
def test_an_answer_given_at_the_counter_is_on_the_paper_in_its_short_form(size: PaperSize) -> None:
    paper = printed(
        size, outcome=Salida.RESPONDIDA, promise="", explanation="", answer="Vaya al municipio. " * 50
    )
    assert "Vaya al municipio." in paper.words
    assert "(continúa en el expediente)" in paper.words
    assert "Respondimos su consulta" in paper.words
    assert "más tardar" not in paper.words


def test_an_answer_of_600_characters_is_whole_on_every_paper() -> None:
    answer = ("Pida el certificado en la municipalidad de su comuna con la cédula. " * 9)[:590] + " fin."
    for size in SIZES:
        paper = printed(size, outcome=Salida.RESPONDIDA, promise="", explanation="", answer=answer)
        assert "continúa" not in paper.words
        assert "fin." in paper.words


@pytest.mark.parametrize("medio", list(Medio))
def test_a_referral_names_the_body_and_how_the_answer_comes(medio: Medio) -> None:
    paper = printed(PaperSize.A4, outcome=Salida.DERIVADA, destination="SERVIU Los Lagos.", medio=medio)
    assert "Derivamos su consulta a este organismo: SERVIU Los Lagos." in paper.words


@pytest.mark.parametrize("outcome", list(Salida))
def test_a_kind_of_several_words_is_called_solicitud_in_the_sentences(outcome: Salida) -> None:
    paper = printed(PaperSize.A5, kind="Derechos sobre datos personales", outcome=outcome)
    assert "Tipo Derechos sobre datos personales" in paper.words
    assert "u solicitud" in paper.words
    assert "u derechos" not in paper.words


def test_a_legal_date_stands_beside_the_real_one_only_when_it_differs() -> None:
    assert "Fecha legal" not in printed(PaperSize.A5).words
    assert "lunes 30-11-2026, primer día hábil" in printed(PaperSize.A5, legal_date=date(2026, 11, 30)).words


def test_without_a_promise_no_date_is_promised() -> None:
    words = printed(PaperSize.ROLL80, promise="", explanation="").words
    assert "Plazo" not in words
    assert "diciembre" not in words


def test_the_notice_is_of_the_law_in_force_on_the_day() -> None:
    assert notice_for(date(2026, 11, 30)).version == "19628-1"
    assert notice_for(date(2026, 12, 1)).version == "21719-1"
    assert all(len(notice.sentences) == 3 for notice in NOTICES)
    assert notice_for(date(2027, 1, 4)).lines("{x}")[0].startswith("Responde por sus datos {x};")


def test_a_word_wider_than_the_line_is_broken_and_nothing_is_lost() -> None:
    lines = wrap("a " + "W" * 200 + " z", "OIRS-Regular", 11, 100)
    assert "".join(lines).replace(" ", "") == "a" + "W" * 200 + "z"
    assert all(width_of(line, "OIRS-Regular", 11) <= 100 for line in lines)
    assert wrap("una dos tres", "OIRS-Regular", 11, 40, 1)[0].endswith("…")


def test_the_rectangles_of_the_code_cover_each_dark_square_once() -> None:
    matrix = [[1, 1, 0, 1], [1, 1, 0, 1], [0, 1, 1, 0], [1, 0, 0, 1]]
    covered = [
        (x, y)
        for left, top, across, down in merged(matrix)
        for x in range(left, left + across)
        for y in range(top, top + down)
    ]
    assert sorted(covered) == sorted(
        (x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark
    )


def test_the_code_is_not_mirrored() -> None:
    # Some readers forgive it, a telephone does not.
    matrix = segno.make(CODE, error="m", micro=False, boost_error=False).matrix
    side, dots = len(matrix), 1200 / 25.4
    with pypdfium2.PdfDocument(render(receipt(), PaperSize.A5)) as document:
        page = document[0].render(scale=1200 / 72, grayscale=True).to_pil()
    left, top = page.width - (14 + 30) * dots, 9 * dots
    step = 30 * dots / side
    for y, row in enumerate(matrix):
        seen = [
            page.getpixel((int(left + (x + 0.5) * step), int(top + (y + 0.5) * step))) for x in range(side)
        ]
        assert [int(gray < 128) for gray in seen] == list(row)


def test_a_sheet_is_a4_letter_or_half_and_the_roll_is_72_mm_wide() -> None:
    found = {}
    for size in SIZES:
        with pypdfium2.PdfDocument(render(receipt(), size)) as document:
            found[size] = tuple(round(points / 72 * 25.4) for points in document[0].get_size())
    assert found[PaperSize.A4] == (210, 297)
    assert found[PaperSize.LETTER] == (216, 279)
    assert found[PaperSize.A5] == (210, 148)
    assert found[PaperSize.ROLL80][0] == 72


def test_reportlab_is_imported_by_the_first_receipt_only() -> None:
    code = "import sys, oirs_desktop.reports.receipt; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
