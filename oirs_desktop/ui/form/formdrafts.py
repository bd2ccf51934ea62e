"""The form as a thing that is kept: written every two seconds, parked, taken up again, emptied."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from oirs_desktop.ui.form.foot import Foot
from oirs_desktop.ui.kit.screen import Kit, Screen
from oirs_desktop.ui.kit.shelf import SAVE_MS
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts import state
from oirs_desktop.ui.parts.toast import Toast

if TYPE_CHECKING:
    from oirs_desktop.store import DraftRow
    from oirs_desktop.ui.parts.section import Problem, Section

KIND = "draft"
WAITS = tr("Quedó en espera la atención de {who}.")
EMPTIED = tr("Se vació el formulario. Quedó en espera la atención de {who}.")
FULL = tr("Ya hay cinco atenciones en espera. Termine o descarte una antes de dejar otra.")


class DraftForm(Screen):
    """``cards``: what each holds (``state``) is kept in the draft and comes back with it (``restore``)."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._sending = False
        self._blank = ""
        self.cards: dict[str, Section] = {}
        self.foot = Foot(kit.theme, kit.zone)
        self.shelf = kit.shelf
        self.shelf.open(kit.counter.desk, kit.tasks, kit.clock)

    def begin_keeping(self) -> None:
        """Watch what is typed, from now on. To be called once ``cards`` is full."""
        self._blank = self.form()
        self.foot.empty.clicked.connect(self._discard)
        self.foot.wait.clicked.connect(self._park)
        self.shelf.kept.connect(self._kept)
        self.shelf.failed.connect(self.foot.missed)
        self.shelf.emptied.connect(self._clear)
        self._save = QTimer(self)
        self._save.setInterval(SAVE_MS)
        self._save.timeout.connect(self._keep)
        self._save.start()
        self.shelf.ask = self._keep
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def start_at(self) -> None:
        """Put the focus where an attention begins."""
        raise NotImplementedError

    def go_on_at(self) -> None:
        """Put the focus where an attention taken up again goes on."""
        self.start_at()

    def show_problems(self, problems: list[Problem]) -> None:
        """Show what is missing; nothing takes all messages away."""
        raise NotImplementedError

    def _moved(self, before: QWidget | None, _now: QWidget | None) -> None:
        if before is not None and isValid(self) and isValid(before) and self.isAncestorOf(before):
            self._keep()

    def form(self) -> str:
        """Give everything that stands in the form."""
        return state.dump({name: card.state() for name, card in self.cards.items()})

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed; the place of before does not count."""
        return self.form() == self._blank

    def _kept_form(self) -> str:
        form = self.form()
        return "" if form == self._blank else form

    def _keep(self) -> None:
        # What is being registered leaves the disk with its case: it must not be written again after that.
        if isValid(self) and not self._sending:
            self.shelf.keep(self._kept_form())

    def _kept(self, row: DraftRow) -> None:
        if row.slot == self.shelf.slot:
            self.foot.saved(row)

    def keep(self) -> object:
        """Give everything typed; what waits behind it lies on the shelf."""
        return self.form(), self._blank

    def take_back(self, kept: object) -> None:
        """Put it in again."""
        form, self._blank = cast("tuple[str, str]", kept)
        self._restore(form)

    def leave(self) -> None:
        """Another screen is shown: write what stands here now."""
        self._keep()

    def _park(self) -> bool:
        """Let this attention wait and go back to the counter, which shows it."""
        if not self._away(self._kept_form()):
            return False
        self.go.emit("meson", None)
        return True

    @property
    def is_light(self) -> bool:
        """Whether there is nothing in the form that is worth waiting for."""
        return self.is_blank

    def _waiting_form(self) -> str:
        return "" if self.is_light else self._kept_form()

    def _away(self, form: str) -> bool:
        """Let a form wait and empty the page; say so when no more can wait."""
        if self._sending or not self.shelf.park(form):
            self.say(FULL, "warning")
            return False
        self._restore(self._blank)
        return True

    def _make_room(self, told: str = WAITS) -> bool:
        """Let what stands here wait, if it is worth it, and say so (``told``) with a way back."""
        form = self._waiting_form()
        if not self._away(form):
            return False
        row = next((row for row in self.shelf.rows if row.form == form), None)
        if row is not None:
            self._tell_waiting(row, told)
        return True

    def _tell_waiting(self, row: DraftRow, told: str) -> None:
        whose = state.about(row.form).rstrip(".") or tr("alguien sin nombre")

        def waits() -> bool:
            return any(one.form == row.form for one in self.shelf.waiting)

        self.said.emit(
            Toast(told.format(who=whose), lambda: self._take_up(row.slot), kind=KIND, stands=waits)
        )

    def _take_up(self, slot: int) -> None:
        """Go on with what was let wait a moment ago; what was begun since waits in its place."""
        row = next((row for row in self.shelf.waiting if row.slot == slot), None)
        if row is not None:
            self._resume(row)

    def _resume(self, row: DraftRow) -> None:
        """Go on with an attention that waits; the one on screen waits in its place."""
        if not self._sending and row.slot != self.shelf.slot:
            self._restore(self.shelf.take(row, self._waiting_form()))
        self.go_on_at()

    def _discard(self) -> None:
        if self._make_room(EMPTIED):
            self.start_at()

    def _restore(self, form: str) -> None:
        found = state.load(form)
        for name, card in self.cards.items():
            card.restore(found.get(name, {}))
        self.show_problems([])
        self.foot.calm()

    def _clear(self) -> None:
        self._restore(self._blank)
