"""The window and its parts while they are open: painted first, brought to life after, closed in order."""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from oirs_desktop.settings import FILE_NAME, Settings
from oirs_desktop.ui.kit.tasks import Tasks
from oirs_desktop.ui.kit.tastes import Tastes
from oirs_desktop.ui.look.i18n import install_language
from oirs_desktop.ui.window.frame import Window

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from oirs_core.domain.errors import OirsError
    from oirs_desktop.counter import Counter
    from oirs_desktop.session import Clock
    from oirs_desktop.store import Store
    from oirs_desktop.sync.blobs import Sender
    from oirs_desktop.sync.conversation import Conversation
    from oirs_desktop.sync.meter import Meter
    from oirs_desktop.sync.schedule import Outcome, Schedule
    from oirs_desktop.sync.usb import Usb
    from oirs_desktop.ui.outbox.line import Line

FIRST_PAINT_MS = 30
"""Time for the empty window to appear before the store and its libraries are loaded."""
SETTLED_MS = 5_000
"""By then the screens of the day are built."""


class Opened(Protocol):
    """An open counter."""

    store: Store
    counter: Counter
    conversation: Conversation
    sender: Sender
    meter: Meter
    usb: Usb

    def close(self) -> None:
        """Let go of store and line."""


@dataclass(frozen=True)
class Outside:
    """What the window is given.

    ``chance``: a number from 0 to 1, for the pauses between tries. ``settings``: as read at the start.
    """

    folder: Path
    open: Callable[[], Opened]
    clock: Clock
    chance: Callable[[], float]
    settings: Settings = field(default_factory=Settings)


def start_qt(language: str = "es") -> QApplication:
    """Give the application of this process, speaking ``language``."""
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("OIRS Desktop")
    install_language(app, language)
    return app


class Running:
    """Shows the window at once and opens the counter on the store's thread."""

    def __init__(self, outside: Outside) -> None:
        """``problem`` and ``machine`` tell later how it went."""
        self.outside = outside
        self.app = start_qt(outside.settings.language)
        self.tastes = Tastes(outside.folder / FILE_NAME, outside.settings)
        theme = self.tastes.theme()
        theme.apply(self.app)
        self.window = Window(theme)
        self.app.styleHints().colorSchemeChanged.connect(lambda _: self.tastes.changed.emit("theme"))
        self.tasks = Tasks()
        self.machine: Opened | None = None
        self.line: Line | None = None
        self.schedule: Schedule | None = None
        self.problem: OirsError | None = None
        self._closed = False
        self.window.closed.connect(self.close)
        self.window.showMaximized()  # on an old panel every line counts
        QTimer.singleShot(FIRST_PAINT_MS, self.window, self._begin)

    def _begin(self) -> None:
        self.tasks.run(self.outside.open, self._opened, self._failed)

    def _opened(self, machine: Opened) -> None:
        # Not at the top: all of it would be read before the first paint.
        from oirs_desktop.sync.schedule import Schedule  # noqa: PLC0415
        from oirs_desktop.ui.kit.screen import Kit  # noqa: PLC0415
        from oirs_desktop.ui.kit.stickwork import StickWork  # noqa: PLC0415
        from oirs_desktop.ui.outbox.line import Line  # noqa: PLC0415
        from oirs_desktop.ui.window.door import Door  # noqa: PLC0415
        from oirs_desktop.ui.window.patience import Patience  # noqa: PLC0415

        self.machine = machine
        self.line = Line(machine.store, self.outside.clock, self._heard)
        self.schedule = Schedule(machine.conversation, self.line.tell, self.outside.chance)
        self.line.schedule = self.schedule
        self.line.documents_out = machine.sender
        self.line.meter = machine.meter
        self.line.stick = StickWork(machine.usb, self.tasks, self._heard)
        machine.sender.again = self.schedule.wake
        copied, ring = machine.counter.desk.saved, self.schedule.wake

        def saved() -> None:
            copied()  # the second copy of the day
            ring()

        machine.counter.desk.saved = saved
        theme, clock = self.window.theme, self.outside.clock
        self.window.attach(Kit(machine.counter, self.tasks, theme, clock, self.line, self.tastes))
        Door(self.outside.folder, self.window)
        Patience(self.tasks, self.window)
        self.schedule.start()
        # What is loaded now stays to the end. Looking through its 110,000 objects for garbage would hold the
        # window 30 to 55 ms here, and twice as long on an old machine.
        gc.freeze()
        QTimer.singleShot(SETTLED_MS, self.window, gc.freeze)

    def _failed(self, error: OirsError) -> None:
        from oirs_desktop.ui.window.door import knock  # noqa: PLC0415 - only when another instance may be there

        self.problem = error
        self.window.fail(error)
        if error.code == "store_busy" and knock(self.outside.folder):
            self.window.close()  # the first window has come to the front

    def _heard(self, outcome: Outcome) -> None:
        """Take in news of the synchronisation; on the window's thread."""
        report, machine = outcome.report, self.machine
        if machine is None:  # rung while everything was being closed
            return
        news = report.cases if report else frozenset()
        if report is None or not (report.office or report.catalogue):
            self.window.refresh(news)
            return

        def reloaded(_: None) -> None:
            self.window.refresh(news)

        self.tasks.run(machine.counter.desk.reload, reloaded, self.window.fail)

    def close(self) -> None:
        """Close the parts in order: sending, work, store. A second call does nothing."""
        if self._closed:
            return
        self._closed = True
        gc.unfreeze()
        if self.window.kit is not None:
            self.window.kit.shelf.finish()
        machine, self.machine = self.machine, None
        if machine is not None:
            machine.sender.stop()  # not for a chunk of a document should anybody wait
        if self.schedule is not None:
            self.schedule.stop()
        if self.line is not None:
            if self.line.stick is not None:
                self.line.stick.close()
            self.line.close()
        self.tasks.close()
        if machine is not None:
            machine.close()
