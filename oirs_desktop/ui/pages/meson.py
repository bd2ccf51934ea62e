"""The counter: one box from which everything starts, and the last attentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oirs_core.domain.persona import Persona
from oirs_desktop.ui.kit.screen import LAID_OUT_MS, Kit, Screen
from oirs_desktop.ui.lists.finding import (
    Tell,
    comuna_words,
    person_in,
    recent_row,
    rows_of,
    sentence_of,
    verdict_of,
)
from oirs_desktop.ui.lists.parked import ParkedCard
from oirs_desktop.ui.look.i18n import moment, tr
from oirs_desktop.ui.look.theme import Text, Theme
from oirs_desktop.ui.parts.options import Option, OptionList
from oirs_desktop.ui.parts.searchbox import LensLine
from oirs_desktop.ui.parts.widgets import Banner, Card, EmptyState, Heading, KeyButton, PlainLabel
from oirs_desktop.ui.texts.messages import explain

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from oirs_core.domain.catalogue import Catalogue
    from oirs_core.domain.errors import OirsError
    from oirs_desktop.desk import Desk, Found
    from oirs_desktop.store import CaseRow

WAIT_MS = 90
FROM_LETTERS = 2
RECENT = 3


def look_up(desk: Desk, text: str) -> tuple[Found, Catalogue | None]:
    """Ask the one box; with the tables where there may be namesakes to tell apart."""
    found = desk.find(text)
    return found, desk.catalogue if len(found.people) > 1 else None


class Box(LensLine):
    """The large field; arrows move the choice in the list under it."""

    def __init__(self, theme: Theme, results: OptionList) -> None:
        super().__init__(theme, tr("Escanee la cédula o escriba RUN, folio o nombre"))
        self._results = results
        self.waiting = results
        """List in which the arrows choose while nothing is typed."""
        self.setAccessibleName(tr("¿Qué necesita? Escanee la cédula o escriba RUN, folio o nombre"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose a result, or one of those that wait."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            rows = self._results if self.text().strip() else self.waiting
            rows.choose(1 if event.key() == Qt.Key.Key_Down else -1)
            rows.bring()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
        else:
            super().keyPressEvent(event)


class Meson(Screen):
    """The first screen."""

    name = "meson"
    title = tr("Mesón")

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, width=760)
        theme = kit.theme
        self._shown_for = ""
        self._asked_for = ""
        self._open_when_found = ""
        self._found: Found | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._ask)
        self.results = OptionList(theme, tr("Resultados"))
        self.results.picked.connect(self._open)
        self.box = Box(theme, self.results)
        self.box.textEdited.connect(self._typed)
        self.box.entered.connect(self._entered)
        self.hint = PlainLabel("", Text.BODY, wrap=True)
        self.hint.hide()
        self.paper = Banner(theme)
        self.paper.hide()
        self.found_card = Card(theme)
        self.found_card.column.setContentsMargins(*[theme.px(8)] * 4)
        self.found_card.column.addWidget(self.results)
        self.found_card.hide()
        self.recent_part = self._recent_part()
        kit.shelf.open(kit.counter.desk, kit.tasks, kit.clock)
        self.parked = ParkedCard(kit)
        self.parked.resumed.connect(lambda row: self.go.emit("nueva", row))
        self.parked.said.connect(self.said)
        self.box.waiting = self.parked.list
        self.body.addSpacing(theme.px(24))
        self.body.addWidget(Heading(tr("¿A quién atiende?")))
        self.body.addWidget(self.box)
        self.body.addWidget(self._practice(), 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.paper)
        self.body.addWidget(self.found_card)
        self.body.addWidget(self.parked)
        self.body.addWidget(self.recent_part)
        self.body.addStretch(1)

    def _practice(self) -> KeyButton:
        """Offer the guided attention, in a training office only."""
        words = tr("¿Primera vez? Practique una atención")
        self.practice = KeyButton(self.kit.theme, words, "Ctrl+G", icon="lightbulb", kind="link")
        self.practice.clicked.connect(lambda: self.go.emit("guia", None))
        if not self.kit.counter.desk.session.office.capacitacion:
            self.practice.hide()
        return self.practice

    def _offer_practice(self) -> None:
        """Not while somebody is looked for: the results stand right under the field."""
        training = self.kit.counter.desk.session.office.capacitacion
        self.practice.setVisible(training and not self._asked_for)

    def _recent_part(self) -> QWidget:
        theme = self.kit.theme
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, theme.px(16), 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(PlainLabel(tr("Últimas atenciones"), Text.STRONG))
        card = Card(theme)
        card.column.setContentsMargins(*[theme.px(8)] * 4)
        self.recent = OptionList(theme, tr("Últimas atenciones"))
        self.recent.picked.connect(self._open)
        advice = tr("Escriba el RUN de la persona y pulse Enter, o pulse F2.")
        self.nobody = EmptyState(theme, "inbox", tr("Todavía no hay atenciones en este mesón."), advice)
        self.nobody.hide()
        card.column.addWidget(self.recent)
        card.column.addWidget(self.nobody)
        column.addWidget(card)
        return part

    def enter(self, argument: object) -> None:
        """Take the focus, with what stands in the box selected, and read the last attentions."""
        del argument
        self.box.setFocus()
        self.box.selectAll()
        self.parked.load()
        self._load_recent()

    def keep(self) -> object:
        """Give what stands in the box."""
        return self.box.text()

    def take_back(self, kept: object) -> None:
        """Put it in again."""
        self.box.setText(str(kept))

    def leave(self) -> None:
        """Free the box for the next person."""
        self._wait.stop()
        self.box.clear()
        self._show_nothing()

    def paper_of(self) -> bytes | None:
        """F9 copies the receipt of the case chosen among the results."""
        chosen = self.results.chosen if self.box.text().strip() else None
        return chosen.value if chosen is not None and isinstance(chosen.value, bytes) else None

    def refresh(self, cases: frozenset[bytes]) -> None:
        """Read the last attentions again."""
        del cases
        self._load_recent()

    def _load_recent(self) -> None:
        desk = self.kit.counter.desk
        self.kit.tasks.run(lambda: desk.recent(RECENT), self._show_recent, self.trouble)

    def _show_recent(self, rows: list[CaseRow]) -> None:
        self.recent.fill([self._recent_row(row) for row in rows])
        self.recent.clearSelection()
        self.recent.setVisible(bool(rows))
        self.nobody.setVisible(not rows)

    def _when(self, at: int) -> str:
        return moment(at, self.kit.zone, self.kit.clock.now())

    def _recent_row(self, row: CaseRow) -> Option:
        return recent_row(row, self._when(row.opened_at))

    def _typed(self, text: str) -> None:
        self.paper.hide()
        self._open_when_found = ""
        if len(text.strip()) < FROM_LETTERS:
            self._wait.stop()
            self._show_nothing()
            return
        self._wait.start()

    def _entered(self) -> None:
        text = self.box.text().strip()
        if not text:
            self.parked.resume()
            return
        if text == self._shown_for:
            self._open_found()
            return
        self._open_when_found = text
        self._ask()

    def _ask(self) -> None:
        self._wait.stop()
        text = self.box.text().strip()
        if text in {self._asked_for, ""}:
            return
        self._asked_for = text
        desk = self.kit.counter.desk
        self.kit.tasks.run(
            lambda: look_up(desk, text),
            lambda seen: self._show(text, *seen),
            lambda error: self._failed(text, error),
        )

    def _failed(self, text: str, error: OirsError) -> None:
        message = explain(error)
        if text == self._asked_for:
            self._asked_for = ""
            self.paper.set(message.severity, message.title, message.advice)
            self.paper.show()

    def _show(self, text: str, found: Found, catalogue: Catalogue | None) -> None:
        if text != self._asked_for:
            return
        self._shown_for, self._found = text, found
        rows = rows_of(found.people, found.cases, Tell(self._when, comuna_words(catalogue)))
        self.results.fill(rows)
        self.found_card.setVisible(bool(rows))
        self.recent_part.setVisible(not rows)
        self.hint.setText(sentence_of(found.hint))
        if found.hint == "archived":
            self.kit.sync.wake()  # it was asked for: with a line it is here in a moment
        self.hint.setVisible(bool(self.hint.text()))
        if found.paper is not None:
            self.paper.set(*verdict_of(found.paper))
            self.paper.show()
        self._offer_practice()
        if self._open_when_found == text:
            self._open_found()
        else:
            QTimer.singleShot(LAID_OUT_MS, self, self._bring_first)

    def _bring_first(self) -> None:
        """In large letters the field goes to the top, so that the row that Enter takes is seen under it."""
        self.results.bring()
        bar = self.area.verticalScrollBar()
        if bar.value():
            bar.setValue(self.box.y() - self.kit.theme.px(8))

    def _show_nothing(self) -> None:
        self._shown_for = self._asked_for = self._open_when_found = ""
        self._found = None
        self.results.fill(())
        self.found_card.hide()
        self.paper.hide()
        self.recent_part.show()
        self.hint.hide()
        self._offer_practice()
        self.area.verticalScrollBar().setValue(0)

    def _open_found(self) -> None:
        self._open_when_found = ""
        found, chosen = self._found, self.results.chosen
        if found is None:
            return
        if chosen is not None:
            self._open(chosen)
        elif found.hint == "new_person":
            self.go.emit("nueva", person_in(self._shown_for))
        else:
            self.box.selectAll()

    def _open(self, option: Option) -> None:
        paper = self._found.paper if self._found else None
        if isinstance(option.value, Persona):
            self.go.emit("nueva", option.value)
        elif isinstance(option.value, bytes):
            self.go.emit("caso", option.value)
            if paper is not None:
                tone, title, advice = verdict_of(paper)
                self.say(f"{title} {advice}".strip(), tone)
