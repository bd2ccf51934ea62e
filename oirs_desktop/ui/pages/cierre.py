"""The day's close: what this counter did, to compare with the papers; Enter keeps and prints the daybook."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oirs_desktop.reports.daybook import NOBODY_CAME, NOBODY_THEN, counted, sentences
from oirs_desktop.ui.kit.screen import Kit, Screen
from oirs_desktop.ui.lists.timeline import breakable
from oirs_desktop.ui.look.i18n import later, local, long_day, tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.pages.daytable import Counts, Lines
from oirs_desktop.ui.parts.choices import Flow
from oirs_desktop.ui.parts.widgets import (
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
    from oirs_desktop.ui.look.theme import Theme

KEPT = {
    "": ("good", later("El libro del día se envió a la impresora."), ""),
    "no_printer": (
        "good",
        later("El libro del día quedó guardado."),
        later("No hay impresora en este equipo: imprima el archivo en otro equipo, o pídala a informática."),
    ),
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


class Cierre(Screen):
    """The screen of the day's close."""

    name = "cierre"
    title = tr("Cierre del día")

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        theme = kit.theme
        self.shown: date | None = None
        self.day: Day | None = None
        self._busy = self._warned = False
        self._book: Path | None = None
        self.state = Banner(theme)
        self.folder = self.state.add_action(tr("Abrir carpeta"), self._open_folder, "Alt+P")
        self.unfinished = Banner(theme, "warning")
        self.drafts = self.unfinished.add_action(
            tr("Ver borradores"), lambda: self.go.emit("meson", None), "Alt+B"
        )
        self.quiet = Card(theme)
        self.empty = EmptyState(theme, "circle-check", "")
        self.quiet.column.addWidget(self.empty)
        self.counts, self.lines = Counts(theme), Lines(theme)
        self.body.addLayout(self._top(theme))
        for part in (self.state, self.unfinished, self.quiet, self.counts, self._keys(theme), self.lines):
            self.body.addWidget(part)
        self.body.addStretch(1)
        hidden = (self.state, self.folder, self.unfinished, self.quiet, self.counts, self.lines, self.pending)
        for part in hidden:
            part.hide()

    def _top(self, theme: Theme) -> QVBoxLayout:
        """Put the one next step beside the heading: at 200 % there is room for figures below it."""
        self.heading = PlainLabel("", Text.TITLE, wrap=True)
        self.about = PlainLabel("", Text.SMALL, wrap=True)
        self.finish = PrimaryButton(theme, tr("Cerrar el día"), "Enter", icon="file-check")
        self.finish.clicked.connect(self._close)
        row, words = QHBoxLayout(), QVBoxLayout()
        row.addWidget(self.heading, 1)
        row.addWidget(self.finish)
        words.addLayout(row)
        words.addWidget(self.about)
        return words

    def _keys(self, theme: Theme) -> QWidget:
        self.before = KeyButton(theme, tr("Día anterior"), "Alt+Left", icon="arrow-left", kind="key")
        self.after = KeyButton(theme, tr("Día siguiente"), "Alt+Right", icon="arrow-right", kind="key")
        self.before.show_key("Alt+←")
        self.after.show_key("Alt+→")
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.pending = KeyButton(theme, tr("Ver &envío"), icon="send")
        self.pending.clicked.connect(lambda: self.go.emit("envio", None))
        keys = QWidget()
        line = Flow(keys, theme.px(8))
        for button in (self.before, self.after, self.pending):
            line.addWidget(button)
        return keys

    @property
    def today(self) -> date:
        """Give the day of the office now."""
        return local(self.kit.clock.now(), self.kit.zone).date()

    def enter(self, argument: object) -> None:
        """Show today, or the day that ``argument`` is."""
        self._turn_to(argument if isinstance(argument, date) else self.today)
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
        self._turn_to(wanted)

    def _turn_to(self, day: date) -> None:
        self.shown, self._warned = day, False
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
        self._offer(quiet=day.quiet)
        self.lines.tell(sentences(day, counter.desktop()))
        self.lines.show()
        self.pending.setVisible(bool(day.pending))
        self._show_unfinished(day.drafts)

    def _offer(self, *, quiet: bool) -> None:
        """Where nobody came there is nothing that has to be closed."""
        restyle(self.finish, "kind", "key" if quiet else "primary")

    def _show_unfinished(self, drafts: int) -> None:
        """Say what waits before it is closed; once that was said, Enter closes all the same."""
        one = drafts == 1
        count = tr("Queda 1 borrador.") if one else tr("Quedan {n} borradores.")
        do = tr("Termínelo o descártelo.") if one else tr("Termínelos o descártelos.")
        self.unfinished.set(
            "warning", count.format(n=drafts), tr("Enter otra vez cierra igual.") if self._warned else do
        )
        self.unfinished.setVisible(bool(drafts))
        day = self.day
        again = day is not None and self.kit.counter.daybook(day).exists()
        plain = tr("Cerrar otra vez") if again else tr("Cerrar el día")
        nobody = day is not None and day.quiet and not again
        self.finish.setText(tr("Cerrar igual") if nobody or (self._warned and drafts) else plain)
        self.finish.setAccessibleName(self.finish.text())
        self.finish.updateGeometry()

    def _close(self) -> None:
        """Keep the daybook of the day in sight, and print it where there is a printer."""
        day, counter = self.day, self.kit.counter
        if self._busy or day is None or day.day != self.shown:
            return
        if day.drafts and not self._warned:
            self._warned = True
            self.state.hide()
            self._show_unfinished(day.drafts)
            self.area.verticalScrollBar().setValue(0)
            return
        self._busy, self._warned = True, False
        self.folder.hide()
        self.state.set("info", tr("Preparando el libro del día…"))
        self.state.show()
        wanted, desk = day.day, counter.desk
        self.kit.tasks.run(lambda: counter.close_day(desk.day(wanted)), self._kept, self._failed)

    def _kept(self, path: Path | None) -> None:
        counter, self._book = self.kit.counter, path
        if path is None:
            self._done("not_kept")
        else:
            self.kit.tasks.aside(lambda: counter.send_day(path), self._done, self._failed)
        self._load()

    def _done(self, problem: str) -> None:
        self._busy = False
        tone, title, advice = KEPT[problem]
        lines = [tr(advice)] if advice else []
        if self._book is not None:
            where = tr("Archivo {name}, en la carpeta {folder}")
            folder = breakable(str(self._book.parent))
            lines.append(where.format(name=self._book.name, folder=folder))
        self.state.set(tone, tr(title), "\n".join(lines))
        self.folder.setVisible(self._book is not None)
        self.area.verticalScrollBar().setValue(0)

    def _open_folder(self) -> None:
        """Show where the book lies, in the program that this machine has for folders."""
        book = self._book
        if book is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(book.parent))):
            self.say(tr("Este equipo no tiene con qué abrir carpetas. Está donde se indica."), "warning")

    def _failed(self, error: OirsError) -> None:
        self._busy = False
        self.state.hide()
        self.trouble(error)
