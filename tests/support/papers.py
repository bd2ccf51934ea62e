"""Documents as people bring them, and as nobody should."""

from __future__ import annotations

import io
import zipfile
from random import Random

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from oirs_core.resources import resource

TEXT = "De acuerdo con lo conversado la persona pide copia del expediente y adjunta sus antecedentes"


def scan(seed: int = 1, size: tuple[int, int] = (1240, 1754)) -> Image.Image:
    """A sheet of dense text, gray, as a scanner sees it."""
    chance = Random(seed)
    font = ImageFont.truetype(str(next(resource("fonts").glob("*.ttf"))), 20)
    words, sheet = TEXT.split(), Image.new("L", size, 250)
    pen = ImageDraw.Draw(sheet)
    for y in range(80, size[1] - 80, 28):
        pen.text((80, y), " ".join(chance.choice(words) for _ in range(15)), fill=20, font=font)
    return sheet


def written(image: Image.Image, form: str, **options: object) -> bytes:
    """Bytes of a picture in a format of Pillow's."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def scanned_pdf(pages: int = 2) -> bytes:
    """A PDF of a scanner set to its best: some 400 KB a page."""
    sheets = [scan(seed) for seed in range(pages)]
    return written(sheets[0], "PDF", save_all=True, append_images=sheets[1:], quality=90, resolution=150)


def blank_pdf(pages: int) -> bytes:
    """A PDF of empty pages."""
    with pypdfium2.PdfDocument.new() as document:
        for _ in range(pages):
            document.new_page(595, 842)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def scripted_pdf() -> bytes:
    """A small PDF that runs a script when it is opened."""
    action = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R" + action + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    return _pdf(objects)


def locked_pdf() -> bytes:
    """A PDF that asks for a password (standard handler, revision 2, keys made up)."""
    key = b"<" + b"41" * 32 + b">"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O" + key + b"/U" + key + b">>",
    )
    identity = b"/Encrypt 4 0 R/ID[<" + b"42" * 16 + b"><" + b"42" * 16 + b">]"
    return _pdf(objects, identity)


def _pdf(objects: tuple[bytes, ...], more: bytes = b"") -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    size = len(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    return data + b"trailer\n<</Size %d/Root 1 0 R" % size + more + b">>\nstartxref\n%d\n%%%%EOF\n" % start


def with_zip(data: bytes) -> bytes:
    """The same file with an archive behind it: two things at once."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("programa.exe", b"MZ")
    return data + out.getvalue()
