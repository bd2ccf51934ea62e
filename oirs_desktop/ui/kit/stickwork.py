"""A stick at work: beside everything else, with its progress and a brake. It outlives the screen."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from oirs_desktop.sync.cycle import Report
from oirs_desktop.sync.errors import Cancelled
from oirs_desktop.sync.schedule import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from oirs_core.domain.errors import OirsError
    from oirs_desktop.sync.answers import Imported
    from oirs_desktop.sync.usb import Exported, Usb
    from oirs_desktop.ui.kit.tasks import Tasks

T = TypeVar("T")
WAIT_S = 3.0
"""The end of the program waits no longer for a stick that does not answer."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What is done now. ``out``: towards the centre; ``done`` of ``total`` events or files, 0 unknown."""

    out: bool
    folder: str
    done: int = 0
    total: int = 0
    stopping: bool = False


class StickWork(QObject):
    """One thing at a time, on a thread of its own: the store takes turns with whoever registers."""

    changed = Signal()
    _told = Signal(int, int)

    def __init__(self, usb: Usb, tasks: Tasks, heard: Callable[[Outcome], None]) -> None:
        """``heard``: is told what an answer changed, as after an exchange."""
        super().__init__()
        self.usb = usb
        self._tasks = tasks
        self._heard = heard
        self._stop, self._rest = threading.Event(), threading.Event()
        self._rest.set()
        self.doing: Doing | None = None
        self.result: Exported | Imported | OirsError | None = None
        self.was_out = True
        self._told.connect(self._go_on)

    def export(self, folder: Path) -> None:
        """Write what waits into ``folder``."""
        self._begin(Doing(out=True, folder=str(folder)))
        self._run(lambda: self.usb.export(folder, self._tell, self._stop.is_set), self._exported)

    def read(self, folder: Path) -> None:
        """Take in the answers in ``folder``."""
        self._begin(Doing(out=False, folder=str(folder)))
        self._run(lambda: self.usb.read(folder, self._tell_file), self._read)

    def cancel(self) -> None:
        """Stop at the next place where nothing is half done."""
        if self.doing is not None:
            self._stop.set()
            done = self.doing
            self.doing = Doing(done.out, done.folder, done.done, done.total, stopping=True)
            self.changed.emit()

    def close(self) -> None:
        """Stop, and wait a little for it: the store is closed after."""
        self._stop.set()
        self._rest.wait(WAIT_S)

    def _begin(self, doing: Doing) -> None:
        self._stop.clear()
        self.doing, self.result, self.was_out = doing, None, doing.out
        self.changed.emit()

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._rest.clear()

        def guarded() -> T:
            try:
                return work()
            finally:
                self._rest.set()

        self._tasks.afar(guarded, done, self._failed)

    def _tell(self, done: int, total: int) -> None:
        self._told.emit(done, total)

    def _tell_file(self, done: int, total: int) -> None:
        self._told.emit(done, total)
        if self._stop.is_set() and done < total:
            raise Cancelled

    def _go_on(self, done: int, total: int) -> None:
        if self.doing is not None:
            was = self.doing
            self.doing = Doing(was.out, was.folder, done, total, was.stopping)
            self.changed.emit()

    def _exported(self, done: Exported) -> None:
        self._end(done)

    def _read(self, done: Imported) -> None:
        self._heard(Outcome(Report(cases=done.cases, office=done.office, catalogue=done.catalogue), None))
        self._end(done)

    def _failed(self, error: OirsError) -> None:
        if not self.was_out:  # files before the one that failed may have brought something
            self._heard(Outcome(Report(office=True), None))
        self._end(error)

    def _end(self, result: Exported | Imported | OirsError) -> None:
        self.doing, self.result = None, result
        self.changed.emit()
