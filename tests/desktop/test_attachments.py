"""What is taken in as a document, how small it gets, and what is refused."""

from __future__ import annotations

import ctypes
import io
import re
import subprocess
import sys
import time
from dataclasses import replace
from threading import Timer
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image

from oirs_core.domain.events import Adjunto
from oirs_desktop.attachments.ceiling import ExtendedLimits
from oirs_desktop.attachments.documents import Documents
from oirs_desktop.attachments.errors import DocumentRefused, Reason
from oirs_desktop.attachments.intake import check_room, checked, clean_name, read_file, sniff
from oirs_desktop.attachments.reader import Made, Reader
from oirs_desktop.attachments.shrink import MAX_PAGES, PAGE_BYTES
from oirs_desktop.attachments.vault import Vault
from tests.support.centre import KEY, chance
from tests.support.papers import blank_pdf, locked_pdf, scan, scanned_pdf, scripted_pdf, with_zip, written

if TYPE_CHECKING:
    from pathlib import Path

MB = 2**20
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
TEXT = written(scan(), "PNG")
PAPER = Adjunto("ab" * 32, JPEG, 50_000, "foto.jpg")


def shrunk(data: bytes) -> Made:
    return Reader().shrink(data, sniff(data))


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def refused(data: bytes) -> Reason:
    with pytest.raises(DocumentRefused) as why:
        shrunk(data)
    return why.value.reason


def test_the_first_bytes_say_what_a_file_is_not_its_name(tmp_path: Path) -> None:
    path = tmp_path / "planilla.xlsx"
    path.write_bytes(scripted_pdf())
    assert sniff(read_file(path)) == PDF
    with pytest.raises(DocumentRefused, match="kind"):
        sniff(b"PK\x03\x04" + scripted_pdf())


def test_ten_megabytes_are_taken_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "grande.pdf"
    path.write_bytes(b"x" * 10 * MB)
    assert len(read_file(path)) == 10 * MB
    path.write_bytes(b"x" * (10 * MB + 1))
    with pytest.raises(DocumentRefused, match="big"):
        read_file(path)


def test_an_empty_file_and_one_that_is_not_there_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused, match="empty"):
        checked(b"")
    with pytest.raises(DocumentRefused, match="unreadable"):
        read_file(tmp_path / "no-esta.pdf")


def test_a_case_takes_25_megabytes_20_documents_and_none_twice() -> None:
    full = [replace(PAPER, sha256=f"{n:064}", tamano=10 * MB) for n in range(2)]
    check_room(full, replace(PAPER, tamano=5 * MB))
    with pytest.raises(DocumentRefused, match="case"):
        check_room(full, replace(PAPER, tamano=5 * MB + 1))
    with pytest.raises(DocumentRefused, match="case"):
        check_room([replace(PAPER, sha256=f"{n:064}") for n in range(20)], PAPER)
    with pytest.raises(DocumentRefused, match="twice"):
        check_room([PAPER], PAPER)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("C:\\fotos\\Boleta 3.pdf", "Boleta 3.pdf"), ("a/b\nc\u202e.png", "bc.png"), ("\x00", "documento")],
)
def test_a_name_loses_its_folders_and_what_cannot_be_printed(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_sheet_of_text_becomes_black_and_white_of_at_most_60_kb() -> None:
    made = shrunk(TEXT)
    assert (made.tipo, made.paginas) == (PNG, 1)
    assert len(made.data) <= PAGE_BYTES == 60_000 < len(TEXT)
    assert picture(made.data).mode == "1"


def test_a_photograph_becomes_a_gray_picture_of_at_most_60_kb_and_a4_at_150_dpi() -> None:
    photo = Image.effect_noise((3000, 2000), 60).convert("RGB")
    made = shrunk(written(photo, "JPEG", quality=85))
    small = picture(made.data)
    assert (made.tipo, small.mode) == (JPEG, "L")
    assert len(made.data) <= PAGE_BYTES
    assert max(small.size) <= 1754
    assert small.width > small.height


def test_a_picture_is_turned_upright_and_loses_what_came_with_it() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "calle y casa"
    photo = Image.new("RGB", (400, 200), "white")
    photo.paste("black", (0, 0, 100, 200))  # the left end, which belongs on top
    made = shrunk(written(photo, "JPEG", exif=exif, comment=b"calle y casa"))
    small = picture(made.data)
    assert small.size == (200, 400)
    assert small.getpixel((100, 20)) < 60
    assert small.getpixel((100, 380)) > 200
    assert b"calle" not in made.data
    assert not small.getexif()


def test_see_through_parts_are_paper_and_16_bits_stay_readable() -> None:
    clear = picture(shrunk(written(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG")).data)
    assert clear.getpixel((25, 25)) > 250
    deep = picture(shrunk(written(Image.new("I;16", (50, 50), 200 << 8), "PNG")).data)
    assert abs(deep.getpixel((25, 25)) - 200) < 3


def test_a_scanned_pdf_is_drawn_anew_at_60_kb_a_page() -> None:
    told: list[tuple[int, int]] = []
    made = Reader().shrink(scanned_pdf(2), PDF, lambda page, pages: told.append((page, pages)))
    assert (made.tipo, made.paginas, told) == (PDF, 2, [(1, 2), (2, 2)])
    assert len(made.data) <= 2 * PAGE_BYTES + 3_000
    with pypdfium2.PdfDocument(made.data) as document:
        assert document[1].get_size() == pytest.approx((595, 842), abs=1)
        gray = document[1].render(scale=1, grayscale=True).to_pil()
    assert gray.getextrema()[0] < 100  # the text is there


def test_a_small_pdf_keeps_its_pages_but_not_its_script_and_comes_out_alike_each_time() -> None:
    first, again = shrunk(scripted_pdf()), shrunk(scripted_pdf())
    assert first.paginas == 1
    assert re.search(rb"JavaScript|OpenAction", scripted_pdf())
    assert not re.search(rb"JavaScript|OpenAction", first.data)
    assert first.data == again.data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (TEXT[:5000], Reason.DAMAGED),
        (b"%PDF-1.7\n" + b"basura " * 900, Reason.DAMAGED),
        (b"\xff\xd8\xff\xe0 y nada", Reason.DAMAGED),
        (written(Image.new("1", (20_000, 20_000)), "PNG"), Reason.PIXELS),
        (blank_pdf(MAX_PAGES + 1), Reason.PAGES),
        (locked_pdf(), Reason.PASSWORD),
        (with_zip(scripted_pdf()), Reason.HIDDEN),
        (with_zip(TEXT), Reason.HIDDEN),
    ],
    ids=["cut PNG", "no PDF", "no JPEG", "bomb", "101 pages", "password", "PDF and ZIP", "PNG and ZIP"],
)
def test_a_damaged_or_hostile_file_is_refused_with_its_reason(data: bytes, reason: Reason) -> None:
    assert refused(data) is reason


def test_fifty_megapixels_are_read_within_the_ceiling_of_memory() -> None:
    whole = written(Image.new("RGB", (7_000, 7_000)), "PNG", compress_level=1)
    assert len(shrunk(whole).data) <= PAGE_BYTES


def test_a_picture_that_names_a_page_of_pdf_in_its_head_is_two_things() -> None:
    with pytest.raises(DocumentRefused, match="hidden"):
        sniff(b"\xff\xd8\xff\xfe\x00\x20%PDF-1.4 ...")


def speaking(program: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-c", program)


def test_a_file_that_takes_too_long_is_given_up() -> None:
    begun = time.monotonic()
    with pytest.raises(DocumentRefused, match="costly"):
        Reader(0.3, speaking("import time; time.sleep(60)")).shrink(TEXT, PNG)
    assert time.monotonic() - begun < 5


def test_somebody_who_does_not_want_to_wait_may_cancel() -> None:
    reader = Reader(30, speaking("import time; time.sleep(60)"))
    Timer(0.3, reader.stop).start()
    with pytest.raises(DocumentRefused, match="cancelled"):
        reader.shrink(TEXT, PNG)


@pytest.mark.parametrize("program", ["import os; os.abort()", "print('{\"done\": 9}')", "print('hola')"])
def test_a_decoder_that_dies_is_a_damaged_file(program: str) -> None:
    with pytest.raises(DocumentRefused, match="damaged"):
        Reader(30, speaking(program)).shrink(TEXT, PNG)


def test_the_process_may_not_have_more_than_its_ceiling() -> None:
    program = (
        "from oirs_desktop.attachments.ceiling import set_ceiling as s; s(1 << 28); x = bytearray(1 << 29)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert b"MemoryError" in done.stderr
    assert ctypes.sizeof(ExtendedLimits) == 144  # of winnt.h, 64 bits


def test_a_document_comes_back_as_a_picture(tmp_path: Path) -> None:
    documents = Documents(Vault(tmp_path, KEY, chance()))
    paper = documents.take("C:\\escaneo.pdf", scanned_pdf(2))
    assert (paper.tipo, paper.paginas, paper.nombre) == (PDF, 2, "escaneo.pdf")
    drawn = picture(documents.picture(paper, 1, 600))
    assert drawn.width == 600
    assert drawn.getextrema()[0] < 100
