"""Fonts, measured text and the code: what every paper is drawn with.

User text is only ever measured and drawn as a string. Nothing here parses markup (S-26).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import segno
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from oirs_core.resources import resource

if TYPE_CHECKING:
    from collections.abc import Sequence

REGULAR = "OIRS-Regular"
BOLD = "OIRS-Bold"
LEADING = 1.28
MISSING = "■"
ELLIPSIS = "…"
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"})
_SKIN_TONES = range(0x1F3FB, 0x1F400)


@cache
def glyphs() -> frozenset[int]:
    """Register the bundled fonts once; give the code points that both of them can draw."""
    found: list[set[int]] = []
    for name, file in ((REGULAR, "Regular"), (BOLD, "Bold")):
        font = TTFont(name, str(resource("fonts", f"AtkinsonHyperlegibleNext-{file}.ttf")))
        pdfmetrics.registerFont(font)
        found.append(set(font.face.charToGlyph))
    return frozenset(found[0] & found[1])


def shown(text: str) -> str:
    """Give ``text`` as the bundled font can draw it; what is stored stays as typed.

    Accents are composed; marks of direction and joiners are dropped; white space becomes one
    kind of space; a letter that the font lacks (an emoji) becomes one visible box.
    """
    known = glyphs()
    drawn: list[str] = []
    for c in unicodedata.normalize("NFC", text):
        if c == "\n":
            drawn.append(c)
        elif c.isspace():
            drawn.append(" ")
        elif unicodedata.category(c) in _DROPPED or ord(c) in _SKIN_TONES:
            continue
        else:
            drawn.append(c if ord(c) in known else MISSING)
    return "".join(drawn)


def width_of(text: str, font: str, size: float) -> float:
    """Width in points of text that went through ``shown``."""
    return float(pdfmetrics.stringWidth(text, font, size))


def wrap(text: str, font: str, size: float, width: float, limit: int = 0) -> list[str]:
    """Break text into lines no wider than ``width`` points; ``limit`` > 0 clips with an ellipsis.

    A word wider than the line is broken where it must be. Line feeds are kept.
    """
    glyphs()
    lines: list[str] = []
    for paragraph in shown(text).split("\n"):
        lines += _fill(paragraph.split(" "), font, size, width)
        if limit and len(lines) > limit:
            break
    return clip(lines, limit, font, size, width) if limit else lines


def _fill(words: list[str], font: str, size: float, width: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in (piece for w in words if w for piece in _pieces(w, font, size, width)):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, font, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def _pieces(word: str, font: str, size: float, width: float) -> list[str]:
    if width_of(word, font, size) <= width:
        return [word]
    pieces, piece = [], ""
    for c in word:
        if piece and width_of(piece + c, font, size) > width:
            pieces.append(piece)
            piece = ""
        piece += c
    return [*pieces, piece]


def clip(
    lines: list[str], limit: int, font: str, size: float, width: float, end: str = ELLIPSIS
) -> list[str]:
    """Keep ``limit`` lines; the last one ends in ``end`` when something was left out."""
    if len(lines) <= limit:
        return lines
    last = lines[limit - 1]
    while last and width_of(last + end, font, size) > width:
        last = last[:-1]
    return [*lines[: limit - 1], last.rstrip(" ,.;:") + end]


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set. ``indent`` in points; ``limit``: most lines, 0 for all."""

    size: float
    bold: bool = False
    indent: float = 0.0
    limit: int = 0
    centred: bool = False
    end: str = ELLIPSIS

    @property
    def font(self) -> str:
        """Name of the registered font."""
        return BOLD if self.bold else REGULAR


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of text, placed: ``x`` from the left, ``y`` down from the top, to the base line."""

    x: float
    y: float
    text: str
    font: str
    size: float


@dataclass(slots=True)
class Flow:
    """A column that is measured first and drawn later. All lengths in points."""

    width: float
    height: float = 0.0
    marks: list[Mark] = field(default_factory=list)
    rules: list[tuple[float, float]] = field(default_factory=list)
    codes: list[tuple[float, float, float]] = field(default_factory=list)

    def text(self, text: str, style: Style) -> None:
        """Set a paragraph under what stands already."""
        room = self.width - style.indent
        lines = wrap(text, style.font, style.size, room)
        if style.limit:
            lines = clip(lines, style.limit, style.font, style.size, room, style.end)
        for line in lines:
            slack = (room - width_of(line, style.font, style.size)) / 2 if style.centred else 0.0
            # The base line stands where ascender and descender share the leading.
            self._mark(style.indent + slack, line, style)
            self.height += style.size * LEADING

    def beside(self, label: str, style: Style, size: float = 0.0) -> None:
        """Set a label on the line that the next ``text`` (of ``size``) begins, without moving down."""
        line = wrap(label, style.font, style.size, self.width - style.indent, 1)[0]
        self.marks.append(
            Mark(style.indent, self.height + (size or style.size), line, style.font, style.size)
        )

    def _mark(self, x: float, line: str, style: Style) -> None:
        self.marks.append(Mark(x, self.height + style.size, line, style.font, style.size))

    def gap(self, points: float) -> None:
        """Leave white."""
        self.height += points

    def rule(self, weight: float = 0.6) -> None:
        """Draw a line across the column."""
        self.rules.append((self.height, weight))

    def code(self, side: float) -> None:
        """Leave room for the code, centred."""
        self.codes.append(((self.width - side) / 2, self.height, side))
        self.height += side

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Put the column on the page with its upper left corner at (``x``, ``top``)."""
        for mark in self.marks:
            canvas.setFont(mark.font, mark.size)
            canvas.drawString(x + mark.x, top - mark.y, mark.text)
        for y, weight in self.rules:
            canvas.setLineWidth(weight)
            canvas.line(x, top - y, x + self.width, top - y)
        for left, y, side in self.codes:
            place_code(canvas, x + left, top - y - side, side)


def open_page(width: float, height: float, title: str, code: str) -> tuple[Canvas, BytesIO]:
    """Begin a PDF of one page that knows the code as a form named ``code``, one point wide."""
    glyphs()
    out = BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1, lang="es-CL", initialFontName=REGULAR)
    canvas.setTitle(title)
    canvas.setCreator("OIRS Desktop")
    canvas.beginForm("code", 0, 0, 1, 1)
    _fill_code(canvas, code)
    canvas.endForm()
    return canvas, out


def close_page(canvas: Canvas, out: BytesIO) -> bytes:
    """End the page and give the bytes of the PDF."""
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def place_code(canvas: Canvas, x: float, y: float, side: float) -> None:
    """Draw the code with its lower left corner at (``x``, ``y``) on a white ground."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(side, side)
    canvas.doForm("code")
    canvas.restoreState()


def _fill_code(canvas: Canvas, code: str) -> None:
    matrix = segno.make(code, error="m", micro=False, boost_error=False).matrix
    side = 1 / len(matrix)
    path = canvas.beginPath()
    for column, row, across, down in merged(matrix):
        path.rect(column * side, 1 - (row + down) * side, across * side, down * side)
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)


def merged(matrix: Sequence[Sequence[int]]) -> list[tuple[int, int, int, int]]:
    """Cover the dark squares by rectangles (column, row, across, down), each square once."""
    done: list[tuple[int, int, int, int]] = []
    live: dict[tuple[int, int], int] = {}
    for y, row in enumerate([*matrix, bytes(len(matrix[0]))]):
        runs = _runs(row)
        done += [(x, top, across, y - top) for (x, across), top in live.items() if (x, across) not in runs]
        live = {run: live.get(run, y) for run in runs}
    return done


def _runs(row: Sequence[int]) -> dict[tuple[int, int], None]:
    """Dark runs of a row as (first column, length), in order."""
    found: dict[tuple[int, int], None] = {}
    start = -1
    for x, dark in enumerate([*row, 0]):
        if dark and start < 0:
            start = x
        elif not dark and start >= 0:
            found[start, x - start] = None
            start = -1
    return found


def millimetres(value: float) -> float:
    """Give points for ``value`` millimetres."""
    return float(value * mm)
