"""The manual for officials: short, true to the program, and its PDFs made from its text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from oirs_desktop.ui.texts.keytable import KEYS
from oirs_desktop.ui.texts.topics import STEPS, TOPICS, TROUBLES, WORDS
from tests.support.legible import inflesz
from tests.support.manual import NotInManual, main, render
from tests.support.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "docs" / "manual"
MOST_PAGES = 12
MOST_WORDS = 20
READ_BY_ALL = 60
"""On the INFLESZ scale (quality.md U-13)."""
LETTERS = {"r"}
"""What one types, set like a key."""
HARSH = re.compile(r"\b(error(es)?|inv[aá]lid[oa]s?|fatal|por favor)\b", re.IGNORECASE)


def source(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


@cache
def rendered(name: str) -> bytes:
    return render(FOLDER / f"{name}.md")


def fresh(name: str) -> tuple[str, ...]:
    return pages(rendered(name))


def pictures(data: bytes) -> list[int]:
    """Check sums of the pictures, in their order."""
    document = pypdfium2.PdfDocument(data)
    try:
        found = [page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]) for page in document]
        return [crc32(picture.get_data()) for page in found for picture in page]
    finally:
        document.close()


def pages(data: bytes) -> tuple[str, ...]:
    """Text of each page."""
    document = pypdfium2.PdfDocument(data)
    try:
        return tuple(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def sentences(text: str) -> list[str]:
    """Sentences of a Markdown text, cells and items for themselves."""
    plain = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("`", "").replace("**", "")
    return [part.strip() for part in re.split(r"[.!?:;]\s|\n|\|", plain)]


@pytest.mark.parametrize(("name", "most"), [("manual", MOST_PAGES), ("teclas", 1)])
def test_the_manual_has_at_most_12_pages_and_the_sheet_one(name: str, most: int) -> None:
    assert 1 <= len(fresh(name)) <= most


@pytest.mark.parametrize("name", ["manual", "teclas"])
def test_the_pdf_in_the_tree_says_and_shows_what_text_and_pictures_do(name: str) -> None:
    kept = (FOLDER / f"{name}.pdf").read_bytes()
    assert pages(kept) == fresh(name), "run: make manual"
    assert pictures(kept) == pictures(rendered(name)), "pictures were taken anew; run: make manual"


def test_the_sheet_holds_every_key_and_no_other() -> None:
    rows = re.findall(r"^\| `(.+)` \| (.+) \|$", source("teclas"), re.MULTILINE)
    assert rows == [tuple(key) for key in KEYS]


@pytest.mark.parametrize("name", ["manual", "teclas"])
def test_every_key_of_the_manual_is_one_of_the_program(name: str) -> None:
    named = set(re.findall(r"`([^`]+)`", source(name)))
    beside = {f"Alt+{n}" for n in range(2, 4)}
    assert named - {key.name for key in KEYS} - beside - LETTERS == set()


def test_every_picture_of_the_manual_exists_and_says_what_it_shows() -> None:
    found = re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", source("manual"))
    assert len(found) >= 8
    assert [path for words, path in found if not words or not (FOLDER / path).is_file()] == []


def test_the_manual_tells_of_everything_that_an_official_may_meet() -> None:
    text = source("manual").casefold()
    wanted = ("conexión", "impresora", "se cortó la luz", "hora está mal", "extranjera", "lector", "escáner")
    more = ("en espera", "corregir", "derivar", "cierre del día", "preferencias", "nunca", "borrador")
    assert [word for word in (*wanted, *more) if word not in text] == []


@pytest.mark.parametrize("name", ["manual", "teclas"])
def test_its_sentences_have_at_most_20_words_and_are_kind(name: str) -> None:
    text = source(name)
    assert [part for part in sentences(text) if len(part.split()) > MOST_WORDS] == []
    assert HARSH.findall(text) == []


def test_the_help_has_at_most_20_words_a_sentence() -> None:
    lines = [line for topic in TOPICS.values() for line in topic.lines]
    lines += [*STEPS, *(text for pair in (*TROUBLES, *WORDS) for text in pair)]
    assert [part for line in lines for part in sentences(line) if len(part.split()) > MOST_WORDS] == []


def test_manual_and_help_are_read_by_everybody() -> None:
    lines = [line for topic in TOPICS.values() for line in topic.lines]
    helped = ". ".join([*lines, *STEPS, *(text for pair in (*TROUBLES, *WORDS) for text in pair)])
    assert inflesz(helped) >= READ_BY_ALL
    assert inflesz(re.sub(r"!\[[^\]]*\]\([^)]*\)", "", source("manual"))) >= READ_BY_ALL
    office = "La tramitación administrativa solicitada requerirá antecedentes debidamente legalizados."
    assert inflesz(office) < READ_BY_ALL


@pytest.mark.parametrize("text", ["# T\n\n> cita", "# T\n\n[enlace](x)", "# T\n\nuna 漢 letra"])
def test_what_the_renderer_cannot_show_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.md").write_text(text, encoding="utf-8")
    with pytest.raises(NotInManual):
        main(tmp_path)
    assert not (tmp_path / "x.pdf").exists()
