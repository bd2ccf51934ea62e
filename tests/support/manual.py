"""Makes the PDFs of the manual from its Markdown: ``python -m tests.support.manual docs/manual``.

Knows what the manual uses and refuses the rest: headings, paragraphs, lists, tables, pictures (alone in
their paragraph), strong words, and `keys`. A first line ``<!-- columnas: 2 -->`` sets a page in columns.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from PIL import Image as Picture
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFontFamily
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    Image,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from oirs_desktop.reports.page import BOLD, REGULAR, glyphs
from oirs_desktop.ui.look.theme import TOKENS, Look

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MARGIN = 18 * mm
GAP = 7 * mm
PICTURE_WIDTH = 118 * mm
SHEET_SIZE = 8.8
ARROWS = {"←": "flecha izquierda", "→": "flecha derecha"}
"""The bundled font has no arrows."""
COLUMNS = re.compile(r"^<!-- columnas: (\d) -->\n")
INK = TOKENS[Look.LIGHT]


class NotInManual(ValueError):
    """The Markdown uses something that the renderer does not know."""


@dataclass(frozen=True, slots=True)
class Styles:
    """``size``: of the body in points; ``width``: of a column."""

    size: float
    width: float

    def of(self, name: str) -> ParagraphStyle:
        """Give the style of body, h1, h2, h3, cell, head, item or caption."""
        size = self.size
        bold = name in {"h1", "h2", "h3", "head"}
        scale = {"h1": 2.0, "h2": 1.5, "h3": 1.15, "caption": 0.85, "cell": 0.95, "head": 0.95}.get(name, 1.0)
        return ParagraphStyle(
            name,
            fontName=BOLD if bold else REGULAR,
            fontSize=size * scale,
            leading=size * scale * 1.32,
            textColor=HexColor(INK.muted if name == "caption" else INK.ink),
            spaceBefore=size * {"h2": 1.2, "h3": 0.8}.get(name, 0),
            spaceAfter=size * {"cell": 0, "head": 0, "item": 0.3, "caption": 0.9}.get(name, 0.55),
            alignment=TA_CENTER if name == "caption" else 0,
            leftIndent=size * 1.7 if name == "item" else 0,
            keepWithNext=name in {"h1", "h2", "h3"},
        )


def inline(node: SyntaxTreeNode) -> str:
    """Give the markup of a paragraph: strong words and keys, everything else as it stands."""
    marks = {"strong": ("<b>", "</b>"), "softbreak": (" ", ""), "text": ("", "")}
    marks["code_inline"] = (f'<font name="{BOLD}" color="{INK.accent}">', "</font>")
    made = []
    for part in node.children:
        if part.type not in marks:
            raise NotInManual(part.type)
        before, after = marks[part.type]
        made.append(before + (inline(part) if part.nester_tokens else escape(drawn(part.content))) + after)
    return "".join(made)


def drawn(text: str) -> str:
    """Give text in letters that the font has; NotInManual when there is one without."""
    for arrow, words in ARROWS.items():
        text = text.replace(arrow, words)
    strange = {letter for letter in text if ord(letter) not in glyphs()}
    if strange:
        raise NotInManual(*strange)
    return text


def picture(image: SyntaxTreeNode, folder: Path, styles: Styles) -> Flowable:
    """Give a picture with its caption, its frame around it."""
    path = folder / str(image.attrs["src"])
    with Picture.open(path) as opened:
        wide, high = opened.size
    width = min(PICTURE_WIDTH, styles.width)
    if high > wide:
        width *= 0.55
    framed = Table(
        [[Image(str(path), width, width * high / wide)]], style=[("BOX", (0, 0), (-1, -1), 0.6, INK.line)]
    )
    caption = Paragraph(escape(drawn(image.content)), styles.of("caption"))
    return KeepTogether([framed, Spacer(0, 3), caption])


def table(rows: list[list[SyntaxTreeNode]], styles: Styles) -> Flowable:
    """Give a table; its first column is as wide as its longest word needs."""
    body = [
        [Paragraph(inline(cell), styles.of("cell" if line else "head")) for cell in row]
        for line, row in enumerate(rows)
    ]
    share = 0.3 if len(rows[0]) == 2 else 1 / len(rows[0])
    widths = [styles.width * share, styles.width * (1 - share)] if len(rows[0]) == 2 else None
    pad = styles.size * 0.28
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, HexColor(INK.accent)),
        ("LINEBELOW", (0, 1), (-1, -1), 0.35, HexColor(INK.hairline)),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
    ]
    made = Table(body, widths, style=style, repeatRows=1, hAlign="LEFT")
    made.spaceAfter = styles.size * 0.7
    return made


def parts(node: SyntaxTreeNode, folder: Path, styles: Styles) -> list[Flowable]:
    """Give what one block becomes on the page."""
    match node.type:
        case "heading":
            return [Paragraph(inline(node.children[0]), styles.of(node.tag))]
        case "paragraph" if [part.type for part in node.children[0].children] == ["image"]:
            return [picture(node.children[0].children[0], folder, styles)]
        case "paragraph":
            return [Paragraph(inline(node.children[0]), styles.of("body"))]
        case "bullet_list" | "ordered_list":
            return items(node, styles)
        case "table":
            rows = [row for part in node.children for row in part.children]
            return [table([[cell.children[0] for cell in row.children] for row in rows], styles)]
        case _:
            raise NotInManual(node.type)


def items(node: SyntaxTreeNode, styles: Styles) -> list[Flowable]:
    """Give the items of a list, each one paragraph, and a little white after them."""
    made: list[Flowable] = []
    for place, item in enumerate(node.children, 1):
        if [part.type for part in item.children] != ["paragraph"]:
            raise NotInManual(node.type)
        mark = f"{place}." if node.type == "ordered_list" else "•"
        text = inline(item.children[0].children[0])
        made.append(Paragraph(text, styles.of("item"), bulletText=mark))
    return [*made, Spacer(0, styles.size * 0.3)]


def render(path: Path) -> bytes:
    """Give the PDF of one file; the same bytes for the same text and pictures."""
    text = path.read_text(encoding="utf-8")
    found = COLUMNS.match(text)
    columns = int(found[1]) if found else 1
    text = text[found.end() :] if found else text
    glyphs()
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    title = next(token.content for token in tokens if token.type == "inline")
    width = (letter[0] - 2 * MARGIN - (columns - 1) * GAP) / columns
    styles = Styles(10.5 if columns == 1 else SHEET_SIZE, width)
    height = letter[1] - 2 * MARGIN
    frames = [Frame(MARGIN + n * (width + GAP), MARGIN, width, height, 0, 0, 0, 0) for n in range(columns)]
    out = BytesIO()
    document = BaseDocTemplate(
        out, pagesize=letter, title=title, lang="es-CL", invariant=1, creator="OIRS Desktop"
    )

    def foot(canvas: Canvas, page: BaseDocTemplate) -> None:
        canvas.setFont(REGULAR, 8.5)
        canvas.setFillColor(HexColor(INK.muted))
        canvas.drawString(MARGIN, MARGIN * 0.55, f"{title} · OIRS Desktop")
        canvas.drawRightString(letter[0] - MARGIN, MARGIN * 0.55, str(page.page))

    document.addPageTemplates([PageTemplate("page", frames, onPage=foot)])
    blocks = SyntaxTreeNode(tokens).children
    document.build([part for block in blocks for part in parts(block, path.parent, styles)])
    return out.getvalue()


def main(folder: Path) -> None:
    """Write the PDF beside each file."""
    for path in sorted(folder.glob("*.md")):
        path.with_suffix(".pdf").write_bytes(render(path))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
