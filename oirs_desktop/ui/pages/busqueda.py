"""Find a case by folio, RUN, name or words; the results come while one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from oirs_desktop.ui.kit.screen import Kit, Screen
from oirs_desktop.ui.lists.caselist import CaseList
from oirs_desktop.ui.lists.finding import verdict_of
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.icons import pixmap
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.searchbox import SearchBox
from oirs_desktop.ui.parts.widgets import Banner, Card, EmptyState, PlainLabel
from oirs_desktop.ui.texts import words
from oirs_desktop.ui.texts.lines import line

if TYPE_CHECKING:
    from oirs_core.domain.errors import OirsError
    from oirs_desktop.desk import Desk
    from oirs_desktop.store import CaseRow

BOX_FULL = 7
"""The one box of the counter stops at so many; here we ask for the rest."""
MOST = 50
LEAST = 2
LIST_HEIGHT = 160

START = (
    "search",
    "Escriba un folio, un RUN, un nombre o una palabra del relato.",
    "Del folio bastan los últimos 4 o 5 símbolos.",
)
HINTS = {
    "new_person": (
        "user",
        "Esa persona no tiene casos en este equipo.",
        "Con F2 comienza una atención.",
    ),
    "run_wrong": (
        "id-card",
        "El RUN no calza con su dígito verificador.",
        "Revise el último número con la persona.",
    ),
    "folio_wrong": ("hash", "Ese folio tiene un símbolo cambiado.", "Compare con el comprobante."),
    "no_folio": (
        "hash",
        "No encontramos ese folio en este equipo.",
        "Revise los símbolos, o busque por RUN o por nombre.",
    ),
    "code_wrong": ("qr-code", "Ese código no es de un comprobante nuestro.", "Busque por folio o por RUN."),
    "code_elsewhere": (
        "qr-code",
        "Ese comprobante es de otra oficina o aún no llega a este equipo.",
        "Pruebe de nuevo cuando haya conexión.",
    ),
    "nothing": (
        "search",
        "No encontramos casos con esas palabras.",
        "Pruebe con menos palabras, o solo con el apellido.",
    ),
}
"""What to say by the desk's hint: icon, what it is, what to do."""


@dataclass(frozen=True, slots=True)
class Results:
    """What was found for a text, newest first. ``paper``: what a scanned receipt is worth."""

    text: str
    rows: tuple[CaseRow, ...] = ()
    hint: str = ""
    paper: str = ""


def look_up(desk: Desk, text: str) -> Results:
    """Ask the one box, and the whole index where the box was full; it reads the store, so it is a task."""
    found = desk.find(text)
    rows = found.cases
    if len(rows) >= BOX_FULL:
        more = desk.search(text)
        rows = tuple(more) if len(more) > len(rows) else rows
    return Results(
        text, tuple(sorted(rows, key=lambda row: -row.opened_at)), str(found.hint), str(found.paper or "")
    )


class Busqueda(Screen):
    """The screen of the search."""

    name = "busqueda"
    title = tr("Buscar")

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        theme = kit.theme
        self.box = SearchBox(theme, tr("Folio, RUN, nombre o palabras"))
        self.box.setAccessibleName(tr("Buscar caso"))
        self.count = PlainLabel("", Text.SMALL)
        self.list = CaseList(theme, tr("Casos encontrados"))
        self.list.setMinimumHeight(theme.px(LIST_HEIGHT))
        self.empty = EmptyState(theme, *START)
        self.pages = QStackedWidget()
        self.blank = Card(theme)
        self.blank.column.addWidget(self.empty)
        self.blank.column.addStretch(1)
        self.pages.addWidget(self.blank)
        self.pages.addWidget(self.list)
        self.body.addWidget(PlainLabel(tr("Buscar un caso"), Text.TITLE))
        self.body.addWidget(self.box)
        self.paper = Banner(theme)
        self.paper.hide()
        self.body.addWidget(self.paper)
        self.body.addWidget(self.count)
        self.body.addWidget(self.pages, 1)
        self.results = Results("")
        self._asked, self._running, self._enter_waits = "", False, False
        self._afresh = False
        self.box.paused.connect(self._ask)
        self.box.entered.connect(self._enter)
        self.box.stepped.connect(self._step)
        self.list.opened.connect(self._open)
        self.list.left.connect(self.box.setFocus)

    def keep(self) -> object:
        """Give what is asked for."""
        return self.box.text()

    def take_back(self, kept: object) -> None:
        """Ask for it again."""
        self.box.setText(str(kept))
        self.box.hurry()

    def enter(self, argument: object) -> None:
        """Put the cursor in the field, with ``argument`` (a text) in it if given; choose the newest case."""
        self._afresh = True
        if isinstance(argument, str) and argument:
            self.box.setText(argument)
            self.box.hurry()
        elif self.results.text:
            self._ask(self.box.text())
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def refresh(self, cases: frozenset[bytes]) -> None:  # noqa: ARG002 - any news may match what was asked
        """Ask again."""
        self._ask(self.box.text())

    def paper_of(self) -> bytes | None:
        """F9 copies the receipt of the case chosen."""
        return self.list.chosen.id if self.results.rows and self.list.chosen else None

    def leave(self) -> None:
        """Forget an Enter that was waiting for results."""
        self._enter_waits = False

    def _step(self, rows: int) -> None:
        self._afresh = False
        self.list.step(rows)

    def _ask(self, text: str) -> None:
        """One question at a time: a text typed meanwhile is asked when the answer is here."""
        text = text.strip()
        self._asked = text
        if self._running:
            return
        if len(text) < LEAST:
            self._show(Results(text))
            return
        self._running = True
        desk = self.kit.counter.desk
        self.kit.tasks.run(lambda: look_up(desk, text), self._answered, self._failed)

    def _answered(self, results: Results) -> None:
        self._running = False
        if results.text != self._asked:
            self._ask(self._asked)
            return
        self._show(results)
        if self._enter_waits:
            self._enter_waits = False
            if len(results.rows) == 1:
                self.list.open_chosen()

    def _failed(self, error: OirsError) -> None:
        self._running = self._enter_waits = False
        self.trouble(error)

    def _show(self, results: Results) -> None:
        afresh = self._afresh or results.text != self.results.text
        self.results, self._afresh = results, False
        now, zone = self.kit.clock.now(), self.kit.zone
        self.list.fill([line(row, now, zone) for row in results.rows], afresh=afresh)
        self.pages.setCurrentWidget(self.list if results.rows else self.blank)
        self.count.setText(_counted(len(results.rows)))
        self.paper.setVisible(bool(results.paper))
        if results.paper:
            self.paper.set(*verdict_of(results.paper))
        if not results.rows:
            known = HINTS.get(results.hint) if len(results.text) >= LEAST else None
            self._explain(*(known or (HINTS["nothing"] if len(results.text) >= LEAST else START)))

    def _explain(self, icon: str, title: str, advice: str) -> None:
        """Say why the list is empty and what to do."""
        theme = self.kit.theme
        self.empty.sign.setPixmap(pixmap(icon, theme.tokens.muted, theme.px(40)))
        self.empty.title.setText(tr(title))
        self.empty.advice.setText(tr(advice))

    def _enter(self) -> None:
        """Open the chosen result; before the results are here, wait for them."""
        text = self.box.text().strip()
        if text and text == self.results.text and not self._running:
            self.list.open_chosen()
            return
        self._enter_waits = bool(text)
        self.box.hurry()

    def _open(self, entity: object) -> None:
        self.go.emit("caso", entity)


def _counted(amount: int) -> str:
    if amount >= MOST:
        return tr("Los {n} casos más nuevos. Escriba más para acotar.").format(n=MOST)
    if not amount:
        return ""
    counted = words.count(amount, tr("caso"), tr("casos"))
    return tr("{count}, del más nuevo al más antiguo").format(count=counted)
