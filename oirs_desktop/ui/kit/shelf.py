"""The forms that are not registered yet: the one on screen and those that wait, kept on the disk."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_core.domain.errors import OirsError
    from oirs_desktop.desk import Desk
    from oirs_desktop.session import Clock
    from oirs_desktop.store import DraftRow
    from oirs_desktop.ui.kit.tasks import Tasks

SAVE_MS = 2_000
"""How often what is being typed is written down."""
MOST_WAITING = 5
BEGUN_MS = 30 * 24 * 3_600_000
"""What was begun in a case and left so long is let go."""


class Shelf(QObject):
    """The only one that writes forms, so what it knows is what lies on the disk, a moment later.

    ``slot``: of the form on screen, 0 while that is empty; ``rows``: all forms, the latest first;
    ``left_over``: slots that lay there when the program was opened.
    """

    changed = Signal()
    """Another form waits, or one less."""

    kept = Signal(object)
    """The form on screen was written: its ``DraftRow``."""

    failed = Signal(object)
    """It could not be written: the ``OirsError``."""

    emptied = Signal()
    """The form on screen was let go from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[DraftRow] = []
        self.slot = 0
        self.left_over: frozenset[int] = frozenset()
        self._desk: Desk | None = None
        self._tasks: Tasks | None = None
        self._clock: Clock | None = None
        self._ready = False
        self._form = ""
        self.ask: Callable[[], None] = _nothing
        """Asks the form on screen for what stands in it; put in by that form."""
        self.ask_begun: Callable[[], None] = _nothing
        self.begun: dict[str, DraftRow] = {}
        """Texts begun in cases, in slots below zero, by the label that their page gave them."""
        self._unwritten: set[str] = set()

    def open(self, desk: Desk, tasks: Tasks, clock: Clock) -> None:
        """Read what was left; a second call does nothing."""
        if self._desk is not None:
            return
        self._desk, self._tasks, self._clock = desk, tasks, clock
        tasks.run(desk.drafts, self._loaded, self.failed.emit)

    def _loaded(self, rows: list[DraftRow]) -> None:
        self.rows = [row for row in rows if row.slot > 0]
        self.left_over = frozenset(row.slot for row in self.rows)
        self._ready = True
        self._load_begun([row for row in rows if row.slot < 0])
        self.changed.emit()

    def _load_begun(self, rows: list[DraftRow]) -> None:
        oldest = self._clock.now() - BEGUN_MS if self._clock is not None else 0
        for row in rows:
            label, _, form = row.form.partition("\n")
            self.begun[label] = replace(row, form=form)
            if row.saved_at < oldest:
                self.keep_begun(label, "")

    def keep_begun(self, label: str, form: str) -> None:
        """Write a text begun in a case if it is new; empty: let it go."""
        known, desk, clock = self.begun.get(label), self._desk, self._clock
        as_known = form == (known.form if known else "") and label not in self._unwritten
        if not self._ready or desk is None or clock is None or as_known:
            return
        self._unwritten.discard(label)
        slot = known.slot if known else min([0, *(row.slot for row in self.begun.values())]) - 1
        if form:
            self.begun[label] = row_of(slot, desk.session.user.id, clock.now(), form)
            self._write_begun(label, lambda: desk.save_draft(slot, f"{label}\n{form}"))
        else:
            self.begun.pop(label, None)
            self._write_begun(label, lambda: desk.drop_draft(slot))

    def _write_begun(self, label: str, fn: Callable[[], object]) -> None:
        def missed(error: OirsError) -> None:
            self._unwritten.add(label)  # so that the next look writes it again
            self.failed.emit(error)

        if self._tasks is not None:
            self._tasks.run(fn, _nothing, missed)

    @property
    def waiting(self) -> list[DraftRow]:
        """Forms other than the one on screen, the latest first."""
        return [row for row in self.rows if row.slot != self.slot]

    @property
    def full(self) -> bool:
        """Whether no more can wait."""
        return len(self.waiting) >= MOST_WAITING

    def keep(self, form: str) -> None:
        """Write the form on screen if it says something new; empty: there is nothing to keep."""
        if not self._ready or form == self._form:
            return
        self._form = form
        if form:
            self.slot = self.slot or self._free()
            self._write(self.slot, form)
        elif self.slot:
            self._forget(self.slot)
            self.slot = 0

    def park(self, form: str) -> bool:
        """Let the form on screen wait and free the screen. False, and nothing happens: too many wait."""
        if form and (self.full or not self._ready):
            return False
        self.keep(form)
        self.slot, self._form = 0, ""
        self.changed.emit()
        return True

    def take(self, row: DraftRow, form: str) -> str:
        """Put a form that waits on screen; ``form``, which was there, waits in its place. Gives its text."""
        self.keep(form)
        known = next((other for other in self.rows if other.slot == row.slot), row)
        self.slot, self._form = known.slot, known.form
        self.changed.emit()
        return known.form

    def drop(self, slot: int) -> None:
        """Let a form go; ``put_back`` with its row takes that back."""
        self._forget(slot)
        if slot == self.slot:
            self.slot, self._form = 0, ""
            self.emptied.emit()
        self.changed.emit()

    def put_back(self, form: str) -> None:
        """Let a form wait that was let go a moment ago."""
        self._write(self._free(), form)
        self.changed.emit()

    def registered(self) -> None:
        """Forget the form on screen: it became a case, and left the disk in that transaction."""
        self.rows = self.waiting
        self.slot, self._form = 0, ""

    def finish(self) -> None:
        """Write what was typed last; the program is being closed."""
        self.ask()
        self.ask_begun()
        if self._tasks is not None:
            self._tasks.finish()

    def _free(self) -> int:
        taken = {row.slot for row in self.rows} | {self.slot}
        return next(n for n in count(1) if n not in taken)

    def _write(self, slot: int, form: str) -> None:
        if self._desk is None or self._clock is None:
            return
        desk, user, now = self._desk, self._desk.session.user.id, self._clock.now()
        others = [row for row in self.rows if row.slot != slot]
        self.rows = [row_of(slot, user, now, form), *others]
        self._run(lambda: desk.save_draft(slot, form), self.kept.emit)

    def _forget(self, slot: int) -> None:
        if self._desk is None:
            return
        desk = self._desk
        self.rows = [row for row in self.rows if row.slot != slot]
        self._run(lambda: desk.drop_draft(slot), _nothing)

    def _run(self, fn: Callable[[], object], done: Callable[[object], None]) -> None:
        if self._tasks is not None:
            self._tasks.run(fn, done, self._missed)

    def _missed(self, error: OirsError) -> None:
        self._form = "?"  # so that the next look writes it again
        self.failed.emit(error)


def _nothing(_: object = None) -> None:
    """Nobody waits for it."""


def row_of(slot: int, user: str, now: int, form: str) -> DraftRow:
    """Make a row to keep; the store is not loaded before the window has been painted."""
    from oirs_desktop.store import DraftRow  # noqa: PLC0415 - see above

    return DraftRow(slot, user, now, form)
