"""Make a document small and harmless: gray, A4 at 150 dpi, at most 60 KB a page, nothing but its picture.

Runs in a process of its own (`reader.py`), so whatever a hostile file does ends there. What comes
out is always written anew: no metadata, no script, no second file inside.
"""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps

from oirs_desktop.attachments.errors import DocumentRefused, Reason
from oirs_desktop.attachments.intake import JPEG, PDF, PNG

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE_BYTES = 60_000
MAX_PIXELS = 50_000_000
MAX_PAGES = 100
SHORT, LONG = 1240, 1754
"""A4 at 150 dots an inch, pixels."""
DPI, POINTS = 150, 72
QUALITIES = (75, 65, 55, 45)
"""Of JPEG, tried in this order; below the last one text is better off in black and white."""
SMALLER = 0.85
WRONG_PASSWORD = 4
"""``FPDF_ERR_PASSWORD`` of fpdfview.h."""
ACTIVE = re.compile(
    rb"/(JS|JavaScript|Launch|OpenAction|AA|Annots|EmbeddedFiles?|Filespec|RichMedia|XFA|URI|GoTo[RE])\b"
)
"""Names of whatever a PDF can do beside being looked at. PDFium writes objects in clear."""

CHANGING = (
    (re.compile(rb"(?<=/CreationDate\(D:)\d{14}"), b"20000101000000"),
    (re.compile(rb"(?<=/ID\[<)[0-9A-F]{32}><[0-9A-F]{32}(?=>\])"), b"0" * 32 + b"><" + b"0" * 32),
)
"""What PDFium writes otherwise each time. Of the same length, so that every offset stays true."""


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A document as it is kept. ``tipo``: MIME type."""

    data: bytes
    tipo: str
    paginas: int = 1


def shrink(data: bytes, tipo: str, tell: Callable[[int, int], None]) -> Shrunk:
    """Make ``data`` small. ``tell(page, pages)`` is called before each page. DocumentRefused."""
    if tipo == PDF:
        return _shrink_pdf(data, tell)
    tell(1, 1)
    return encode(read_picture(data, tipo), lambda picture: Shrunk(_png(picture), PNG))


def draw(data: bytes, tipo: str, page: int, width: int) -> bytes:
    """Draw a page (from 0) of a kept document, at most ``width`` pixels wide, as PNG."""
    if tipo == PDF:
        with _open(data) as document:
            gray = _render(document[page], width / _size(document[page])[0])
    else:
        gray = read_picture(data, tipo)
        gray.thumbnail((width, width * 8))
    return _png(gray)


# --- pictures


def read_picture(data: bytes, tipo: str) -> Image.Image:
    """Decode a picture: upright, gray, at most A4 at 150 dpi, without anything else that came with it."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit stands three lines below; Pillow's would only warn
    image: Image.Image = Image.open(io.BytesIO(data), formats=["JPEG" if tipo == JPEG else "PNG"])
    if image.width * image.height > MAX_PIXELS:
        raise DocumentRefused(Reason.PIXELS)
    image.draft("L", (LONG, LONG))  # a JPEG is decoded smaller at once; of a PNG nothing changes
    if (factor := min(image.size) // LONG) > 1 and image.mode in {"L", "LA", "RGB", "RGBA", "CMYK"}:
        image = image.reduce(factor)  # before any copy is made: 50 megapixels are 200 MB
    ImageOps.exif_transpose(image, in_place=True)
    gray = _gray(image)
    gray.info = {}  # colour profile and comment would be written again
    gray.thumbnail(_box(gray), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return gray


def _gray(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits: the upper eight are what can be seen
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        whole = image.convert("LA")
        paper = Image.new("L", whole.size, 255)
        paper.paste(whole.getchannel("L"), mask=whole.getchannel("A"))
        return paper
    return image.convert("RGB").convert("L") if image.mode in {"CMYK", "YCbCr", "LAB"} else image.convert("L")


def _box(image: Image.Image) -> tuple[int, int]:
    return (SHORT, LONG) if image.height >= image.width else (LONG, SHORT)


def encode(gray: Image.Image, flat: Callable[[Image.Image], Shrunk]) -> Shrunk:
    """Write a gray picture in at most 60 KB: JPEG while it reads well, text in black and white (``flat``)."""
    for quality in QUALITIES:
        data = _jpeg(gray, quality)
        if len(data) <= PAGE_BYTES:
            return Shrunk(data, JPEG)
    if is_text(gray):
        plain = flat(_black_and_white(gray))
        if len(plain.data) <= PAGE_BYTES:
            return plain
    while len(data := _jpeg(gray, QUALITIES[-1])) > PAGE_BYTES:
        gray = gray.resize((max(1, round(gray.width * SMALLER)), max(1, round(gray.height * SMALLER))))
    return Shrunk(data, JPEG)


def is_text(gray: Image.Image) -> bool:
    """Whether a picture is mostly paper with some ink on it, and little between the two."""
    counts = ImageOps.autocontrast(gray, cutoff=1).histogram()
    total = sum(counts)
    ink, between = sum(counts[:96]), sum(counts[96:192])
    return 0.002 * total < ink < 0.3 * total and between < 0.15 * total


def _black_and_white(gray: Image.Image) -> Image.Image:
    clear = ImageOps.autocontrast(gray, cutoff=1)
    return clear.point(lambda value: 255 if value > 144 else 0).convert("1", dither=Image.Dither.NONE)  # noqa: PLR2004 - a little above the middle keeps thin strokes


def _jpeg(gray: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    gray.save(out, "JPEG", quality=quality, optimize=True, dpi=(DPI, DPI))
    return out.getvalue()


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


# --- PDF


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as why:
        locked = why.err_code == WRONG_PASSWORD
        raise DocumentRefused(Reason.PASSWORD if locked else Reason.DAMAGED) from why


def _shrink_pdf(data: bytes, tell: Callable[[int, int], None]) -> Shrunk:
    with _open(data) as document:
        pages = len(document)
        if not pages:
            raise DocumentRefused(Reason.DAMAGED)
        if pages > MAX_PAGES:
            raise DocumentRefused(Reason.PAGES)
        if len(data) <= PAGE_BYTES * pages:
            bare = _written_anew(document)
            if len(bare) <= PAGE_BYTES * pages and ACTIVE.search(bare) is None:
                return Shrunk(bare, PDF, pages)
    with _open(data) as document:
        document.init_forms()  # or what stands in the fields of a form would not be drawn
        return Shrunk(_drawn_anew(document, tell), PDF, pages)


def _written_anew(document: pypdfium2.PdfDocument) -> bytes:
    """Copy the pages alone into a new file: scripts, forms, attached files and metadata stay behind."""
    for page in document:
        pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    with pypdfium2.PdfDocument.new() as fresh:
        fresh.import_pages(document)
        return _saved(fresh)


def _drawn_anew(document: pypdfium2.PdfDocument, tell: Callable[[int, int], None]) -> bytes:
    """Make a new file of the pictures of the pages."""
    pages = len(document)
    with pypdfium2.PdfDocument.new() as fresh:
        for number in range(pages):
            tell(number + 1, pages)
            page = document[number]
            size = _size(page)
            scale = min(DPI / POINTS, SHORT / min(size), LONG / max(size))
            picture = encode(_render(page, scale), partial(_fax, size=size))
            _add_page(fresh, picture, size)
            page.close()
        return _saved(fresh)


def _size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    width, height = page.get_size()
    if not all(math.isfinite(side) and side >= 1 for side in (width, height)):
        raise DocumentRefused(Reason.DAMAGED)
    return width, height


def _render(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return picture.convert("L")


def _fax(picture: Image.Image, size: tuple[float, float]) -> Shrunk:
    """Write a black and white picture as a page of its own, as a fax is written (CCITT group 4)."""
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=picture.width * POINTS / size[0])
    return Shrunk(out.getvalue(), PDF)


def _add_page(fresh: pypdfium2.PdfDocument, picture: Shrunk, size: tuple[float, float]) -> None:
    if picture.tipo == PDF:
        with pypdfium2.PdfDocument(picture.data) as single:
            fresh.import_pages(single)
        return
    page = fresh.new_page(*size)
    image = pypdfium2.PdfImage.new(fresh)
    image.load_jpeg(io.BytesIO(picture.data), inline=True)
    image.set_matrix(pypdfium2.PdfMatrix().scale(*size))
    page.insert_obj(image)
    page.gen_content()
    page.close()


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    data = out.getvalue()
    for pattern, instead in CHANGING:
        data = pattern.sub(instead, data)
    return data
