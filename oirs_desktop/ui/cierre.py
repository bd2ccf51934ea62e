"""The day's close: what this counter did, to compare with the papers; Enter keeps and prints the daybook."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from oirs_desktop.reports.daybook import (
    NOBODY_CAME,
    NOBODY_THEN,
    OUTCOME_WORDS,
    Said,
    counted,
    sentences,
    table,
)
from oirs_desktop.ui.choices import Flow
from oirs_desktop.ui.i18n import later, local, long_day, number, tr
from oirs_desktop.ui.icons import pixmap
from oirs_desktop.ui.screen import Kit, Screen
from oirs_desktop.ui.theme import Text
from oirs_desktop.ui.timeline import breakable
from oirs_desktop.ui.widgets import (
    Banner,
    Card,
    EmptyState,
    KeyButton,
    PlainLabel,
    PrimaryButton,
    restyle,
)

if TYPE_CHECKING:
    from pathlib import Path

    from oirs_core.domain.errors import OirsError
    from oirs_desktop.store.dayrecords import Day
    from oirs_desktop.ui.theme import Theme

KEPT = {
    "": ("good", later("El libro del día se envió a la impresora."), ""),
    "no_printer": ("good", later("El libro del día quedó guardado."), later("No hay impresora elegida.")),
    "printer_failed": (
        "warning",
        later("El libro del día quedó guardado, pero no se imprimió."),
        later("Revise la impresora y el papel; Enter lo intenta otra vez."),
    ),
    "waiting": (
        "warning",
        later("El libro del día espera en la impresora."),
        later("Revise que esté encendida y con papel."),
    ),
    "roll": (
        "good",
        later("El libro del día quedó guardado."),
        later("No cabe en papel de rollo: imprímalo en otra impresora."),
    ),
    "not_kept": (
        "danger",
        later("No hay espacio en el disco para el libro del día."),
        later("Los casos están guardados. Avise a informática."),
    ),
}
"""Problem of the paper: tone, what happened, what to do."""
TO_REVIEW = {"drafts": later("Ver borradores"), "pending": later("Ver envío")}


class Counts(Card):
    """The cases of the day by kind and by how they stand."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._body: QWidget | None = None

    def tell(self, day: Day) -> None:
        """Write the table anew."""
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(self._theme.px(8))
        grid.setHorizontalSpacing(self._theme.px(16))
        grid.setColumnStretch(0, 1)
        for place, words in enumerate((*OUTCOME_WORDS.values(), "Total"), 1):
            grid.addWidget(PlainLabel(tr(words), Text.SMALL), 0, place, Qt.AlignmentFlag.AlignRight)
        rows = table(day)
        for line, (words, counts) in enumerate(rows, 1):
            role = Text.STRONG if line == len(rows) else Text.BODY
            grid.addWidget(PlainLabel(tr(words), role, wrap=True), line, 0)
            for place, amount in enumerate(counts, 1):
                shown = number(amount) if amount else "·"
                grid.addWidget(PlainLabel(shown, role), line, place, Qt.AlignmentFlag.AlignRight)
        self.column.addWidget(self._body)
        self.setAccessibleName(counted(len(day.cases), "atención", "atenciones"))


class Lines(Card):
    """What there is besides the counts: label at the left, words at the right, an icon where to look."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._body: QWidget | None = None
        self.said: tuple[Said, ...] = ()

    def tell(self, said: list[Said]) -> None:
        """Write the lines anew."""
        self.said = tuple(said)
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        self._body, px = QWidget(), self._theme.px
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(12))
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for place, one in enumerate(said):
            grid.addWidget(PlainLabel(tr(one.label), Text.STRONG), place, 0, top)
            sign = PlainLabel()
            icon, token = ("triangle-alert", "warning") if one.tone == "warning" else ("check", "good")
            sign.setPixmap(pixmap(icon, getattr(self._theme.tokens, token), px(20)))
            grid.addWidget(sign, place, 1, top)
            words = PlainLabel(breakable(one.text), wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(words, place, 2)
        self.column.addWidget(self._body)


class Cierre(Screen):
    """The screen of the day's close."""

    name = "cierre"
    title = "Cierre del día"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        theme = kit.theme
        self.shown: date | None = None
        self.day: Day | None = None
        self._busy = False
        self.state = Banner(theme)
        self.quiet = Card(theme)
        self.empty = EmptyState(theme, "circle-check", "")
        self.quiet.column.addWidget(self.empty)
        self.counts, self.lines = Counts(theme), Lines(theme)
        self.finish = PrimaryButton(theme, tr("Cerrar el día"), "Enter", icon="file-check")
        self.finish.clicked.connect(self._close)
        self.drafts = KeyButton(theme, tr(TO_REVIEW["drafts"]), icon="pencil")
        self.drafts.clicked.connect(lambda: self.go.emit("meson", None))
        self.pending = KeyButton(theme, tr(TO_REVIEW["pending"]), icon="send")
        self.pending.clicked.connect(lambda: self.go.emit("envio", None))
        self.body.addLayout(self._top(theme))
        self.body.addWidget(self._keys(theme))
        self.body.addWidget(self.state)
        for part in (self.quiet, self.counts, self.lines):
            self.body.addWidget(part)
        self.body.addStretch(1)
        for hidden in (self.state, self.quiet, self.counts, self.lines, self.drafts, self.pending):
            hidden.hide()

    def _top(self, theme: Theme) -> QVBoxLayout:
        self.heading = PlainLabel("", Text.TITLE, wrap=True)
        self.about = PlainLabel("", Text.SMALL)
        self.before = KeyButton(theme, tr("Día anterior"), "Alt+Left", icon="arrow-left", kind="key")
        self.after = KeyButton(theme, tr("Día siguiente"), "Alt+Right", icon="arrow-right", kind="key")
        self.before.show_key("Alt+←")
        self.after.show_key("Alt+→")
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        words = QVBoxLayout()
        words.addWidget(self.heading)
        words.addWidget(self.about)
        return words

    def _keys(self, theme: Theme) -> QWidget:
        """Put what to do next right under the heading, so that it is in sight at 200 % too."""
        keys = QWidget()
        line = Flow(keys, theme.px(8))
        for button in (self.finish, self.before, self.after, self.drafts, self.pending):
            line.addWidget(button)
        return keys

    @property
    def today(self) -> date:
        """Give the day of the office now."""
        return local(self.kit.clock.now(), self.kit.zone).date()

    def enter(self, argument: object) -> None:
        """Show today, or the day that ``argument`` is."""
        self.shown = argument if isinstance(argument, date) else self.today
        self.state.hide()
        self._load()
        self.finish.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self, cases: frozenset[bytes]) -> None:  # noqa: ARG002 - any news changes what is to be sent
        """Read the day again."""
        self._load()

    def _step(self, days: int) -> None:
        if self.shown is None:
            return
        wanted = self.shown + timedelta(days=days)
        if wanted > self.today:
            self.say(tr("Ese día aún no llega."))
            return
        self.shown = wanted
        self.state.hide()
        self._load()

    def _load(self) -> None:
        wanted, desk = self.shown, self.kit.counter.desk
        if wanted is not None:
            self.kit.tasks.run(lambda: desk.day(wanted), self._show, self.trouble)

    def _show(self, day: Day) -> None:
        if day.day != self.shown:
            return
        self.day = day
        counter = self.kit.counter
        today = day.day == self.today
        self.heading.setText(tr("Cierre del día") if today else tr("Cierre de otro día"))
        served = counted(len(day.cases), "atención", "atenciones")
        self.about.setText(f"{long_day(day.day)}  ·  {counter.desk.session.enrolment.name}  ·  {served}")
        self.empty.title.setText(tr(NOBODY_CAME if today else NOBODY_THEN))
        self.quiet.setVisible(day.quiet)
        self.counts.tell(day)
        self.counts.setVisible(not day.quiet)
        self.lines.tell(sentences(day, counter.desktop()))
        self.lines.show()
        self.drafts.setVisible(bool(day.drafts))
        self.pending.setVisible(bool(day.pending))
        self.finish.setText(tr("Cerrar otra vez") if counter.daybook(day).exists() else tr("Cerrar el día"))
        self.finish.setAccessibleName(self.finish.text())
        self.finish.updateGeometry()

    def _close(self) -> None:
        """Keep the daybook of the day in sight, and print it where there is a printer."""
        day, counter = self.day, self.kit.counter
        if self._busy or day is None or day.day != self.shown:
            return
        self._busy = True
        self.state.set("info", tr("Preparando el libro del día…"))
        self.state.show()
        wanted, desk = day.day, counter.desk
        self.kit.tasks.run(lambda: counter.close_day(desk.day(wanted)), self._kept, self._failed)

    def _kept(self, path: Path | None) -> None:
        counter = self.kit.counter
        if path is None:
            self._done("not_kept")
        else:
            self.kit.tasks.aside(lambda: counter.send_day(path), self._done, self._failed)
        self._load()

    def _done(self, problem: str) -> None:
        self._busy = False
        tone, title, advice = KEPT[problem]
        self.state.set(tone, tr(title), tr(advice) if advice else "")
        restyle(self.state, "tone", tone)
        self.area.verticalScrollBar().setValue(0)

    def _failed(self, error: OirsError) -> None:
        self._busy = False
        self.state.hide()
        self.trouble(error)
