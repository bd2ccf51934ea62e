"""The real window over a real counter, for tests that press keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from oirs_desktop.ui.frame import Window
from oirs_desktop.ui.screen import Kit
from oirs_desktop.ui.tasks import Tasks
from oirs_desktop.ui.theme import Look, Theme
from tests.support.keys import Keyboard
from tests.support.office import Office, open_office, quiet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from oirs_desktop.ui.screen import Screen


@dataclass
class Shown:
    """A window on screen, its counter and the hands on its keyboard."""

    bot: QtBot
    window: Window
    office: Office
    tasks: Tasks
    keys: Keyboard

    @property
    def screen(self) -> Screen:
        """The screen in sight."""
        current = self.window.current
        assert current is not None
        return current

    def settle(self) -> None:
        """Wait until the worker has nothing to do and its results are shown."""
        self.bot.waitUntil(lambda: self.tasks.idle, timeout=5_000)

    def wait_for(self, name: str) -> None:
        """Wait until a screen is in sight and has what it asked for."""
        self.bot.waitUntil(lambda: self.screen.name == name, timeout=5_000)
        self.settle()

    def said(self) -> list[str]:
        """Texts of all toasts so far."""
        return [toast.text for toast in self.window.toasts.history]


def show_window(bot: QtBot, folder: Path, look: Look = Look.LIGHT, scale: float = 1.0) -> Iterator[Shown]:
    """Open a counter in ``folder`` and its window; everything is closed afterwards."""
    theme = Theme(look, scale)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    # Another test may have dressed the application anew: only what it wears now counts.
    if app.styleSheet() != theme.style_sheet():
        theme.apply(app)
    office, tasks = open_office(folder), Tasks()
    window = Window(theme)
    window.resize(1366, 768)
    bot.addWidget(window)
    window.show()
    window.activateWindow()
    bot.waitActive(window)
    window.attach(Kit(office.counter, tasks, theme, office.clock, office.sync, quiet()))
    shown = Shown(bot, window, office, tasks, Keyboard(window))
    shown.settle()
    yield shown
    tasks.close()
    window.close()
    office.store.close()
