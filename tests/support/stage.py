"""A real window on a real counter, played by keys."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from oirs_desktop.ui.frame import Window
from oirs_desktop.ui.screen import Kit
from oirs_desktop.ui.tasks import Tasks
from oirs_desktop.ui.theme import Theme
from tests.support.keys import Keyboard
from tests.support.office import open_office, quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from oirs_desktop.ui.screen import Screen
    from tests.support.office import Office


class Stage:
    """The window, the office behind it and the hands on its keyboard."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.qtbot, self.office = qtbot, office
        self.tasks = Tasks()
        self.window = Window(Theme())
        self.window.resize(1366, 768)
        self.keys = Keyboard(self.window)

    def raise_curtain(self) -> None:
        """Show the window and bring it to life."""
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitActive(self.window)
        kit = Kit(
            self.office.counter,
            self.tasks,
            self.window.theme,
            self.office.clock,
            self.office.sync,
            quiet(),
        )
        self.window.attach(kit)
        self.rest()

    def rest(self) -> None:
        """Wait until nothing runs."""
        self.qtbot.waitUntil(lambda: self.tasks.idle)
        QApplication.processEvents()

    def until(self, true: Callable[[], object]) -> None:
        """Wait until something is true."""
        self.qtbot.waitUntil(lambda: bool(true()))

    @property
    def screen(self) -> Screen:
        """The screen in sight."""
        current = self.window.current
        if current is None:
            raise AssertionError
        return current

    @property
    def toasts(self) -> list[str]:
        """All that the window said."""
        return [toast.text for toast in self.window.toasts.history]


@contextmanager
def open_stage(qtbot: QtBot, folder: Path) -> Iterator[Stage]:
    """Open everything and close it in order."""
    office = open_office(folder)
    stage = Stage(qtbot, office)
    qtbot.addWidget(stage.window)
    try:
        yield stage
    finally:
        stage.window.close()
        stage.tasks.close()
        office.store.close()
