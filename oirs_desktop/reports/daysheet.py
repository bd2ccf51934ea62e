"""The pages of the daybook: head, counts, sentences, then the list of cases over as many pages as needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from oirs_core.domain.dates import long_date
from oirs_desktop.reports import wording
from oirs_desktop.reports.daybook import OUTCOME_WORDS, line, sentences, table
from oirs_desktop.reports.page import BOLD, REGULAR, Flow, Style, glyphs, millimetres, wrap

if TYPE_CHECKING:
    from io import BytesIO

    from oirs_desktop.reports.daybook import Desktop
    from oirs_desktop.store.dayrecords import Day

SIDE = millimetres(16)
FOOT = millimetres(18)
LABEL = 84.0
ROW = 14.0
SIZE = 9.0
SHARES = (0.07, 0.20, 0.15, 0.27, 0.13, 0.18)
COLUMNS = ("Hora", "Folio", "Tipo", "Materia", "Estado", "Atendió")


class Sheets:
    """Draws from top to bottom; ``_y`` is how far it got, in points from the foot."""

    def __init__(self, out: BytesIO, day: Day, desk: Desktop) -> None:
        glyphs()
        self._day, self._desk = day, desk
        self._canvas = Canvas(out, pagesize=A4, invariant=1, lang="es-CL", initialFontName=REGULAR)
        self._canvas.setTitle(f"Libro diario {day.day:%d-%m-%Y}, {desk.counter}")
        self._canvas.setCreator("OIRS Desktop")
        self._width = A4[0] - 2 * SIDE
        self._page = 1
        self._y = A4[1] - SIDE

    def draw(self) -> None:
        """Draw all pages and close the file."""
        self._head()
        self._counts()
        for said in sentences(self._day, self._desk):
            self._put(said.label, said.text)
        if self._day.cases:
            self._list()
        self._signature()
        self._foot()
        self._canvas.save()

    def _head(self) -> None:
        day, desk, flow = self._day, self._desk, Flow(self._width)
        if desk.training:
            flow.text(wording.TRAINING, Style(14, bold=True, centred=True))
            flow.gap(6)
        flow.text(desk.institution, Style(9.5, limit=1))
        flow.text(desk.office, Style(14, bold=True, limit=1))
        flow.gap(6)
        flow.text(f"Libro diario del {long_date(day.day)}", Style(18, bold=True))
        flow.text(f"{desk.counter}. Cerró: {desk.official}.", Style(11))
        flow.gap(6)
        flow.rule(1)
        flow.gap(10)
        self._flow(flow)

    def _counts(self) -> None:
        if self._day.quiet:
            self._put("Atenciones", "No hubo atenciones en este mesón.")
            return
        heads = ("", *OUTCOME_WORDS.values(), "Total")
        self._cells(heads, BOLD, numbers=True)
        rows = table(self._day)
        for words, counts in rows:
            bold = BOLD if words == rows[-1][0] else REGULAR
            self._cells((words, *(str(count) for count in counts)), bold, numbers=True)
        self._y -= 8

    def _put(self, label: str, text: str) -> None:
        flow = Flow(self._width)
        flow.beside(label, Style(10, bold=True))
        flow.text(text, Style(10, indent=LABEL))
        flow.gap(5)
        self._flow(flow)

    def _flow(self, flow: Flow) -> None:
        self._room(min(flow.height, A4[1] - SIDE - FOOT))
        flow.draw(self._canvas, SIDE, self._y)
        self._y -= flow.height

    def _list(self) -> None:
        self._y -= 6
        self._room(3 * ROW)
        self._cells(COLUMNS, BOLD)
        for row in self._day.cases:
            if self._y - ROW < FOOT:
                self._next()
                self._cells(COLUMNS, BOLD)
            self._cells(line(row, self._desk), REGULAR)

    def _cells(self, texts: tuple[str, ...], font: str, *, numbers: bool = False) -> None:
        shares = SHARES if not numbers else (0.35, *(0.13,) * (len(texts) - 1))
        self._room(ROW)
        self._canvas.setFont(font, SIZE)
        x = SIDE
        for place, (text, share) in enumerate(zip(texts, shares, strict=True)):
            width = share * self._width
            shown = wrap(text, font, SIZE, width - 6, 1)[0] if text else ""
            if numbers and place:
                self._canvas.drawRightString(x + width - 6, self._y - SIZE, shown)
            else:
                self._canvas.drawString(x, self._y - SIZE, shown)
            x += width
        self._y -= ROW
        self._canvas.setLineWidth(0.25)
        self._canvas.line(SIDE, self._y + 1.5, SIDE + self._width, self._y + 1.5)

    def _signature(self) -> None:
        self._room(60)
        self._y -= 46
        self._canvas.setLineWidth(0.5)
        self._canvas.line(SIDE, self._y, SIDE + 200, self._y)
        self._canvas.setFont(REGULAR, SIZE)
        self._canvas.drawString(SIDE, self._y - 12, f"Firma de {self._desk.official}")
        self._y -= 14

    def _room(self, height: float) -> None:
        if self._y - height < FOOT:
            self._next()

    def _next(self) -> None:
        self._foot()
        self._canvas.showPage()
        self._page += 1
        self._y = A4[1] - SIDE

    def _foot(self) -> None:
        self._canvas.setFont(REGULAR, SIZE)
        code = self._day.head.code
        self._canvas.drawString(SIDE, FOOT - 16, f"Huella {code[:4]}-{code[4:]}" if code else "")
        self._canvas.drawRightString(SIDE + self._width, FOOT - 16, f"Página {self._page}")
