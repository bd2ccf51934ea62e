"""The real window on a real counter, for tests that press keys."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QApplication

from oirs_desktop.ui.case.caso import Caso
from oirs_desktop.ui.kit.screen import Kit
from oirs_desktop.ui.kit.tasks import Tasks
from oirs_desktop.ui.look.theme import Look, Theme
from oirs_desktop.ui.window.frame import Window
from tests.support.keys import Keyboard
from tests.support.office import open_office, quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.ui.kit.screen import Screen
    from tests.support.office import Office

S = TypeVar("S", bound="Screen")


class Stage:
    """The window, the office behind it and the hands on its keyboard."""

    def __init__(self, qtbot: QtBot, office: Office, theme: Theme | None = None) -> None:
        self.qtbot, self.office = qtbot, office
        self.tasks = Tasks()
        self.window = Window(theme or Theme())
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
        """Wait until nothing runs and all that was answered is shown."""
        self.qtbot.waitUntil(lambda: self.tasks.idle)
        QApplication.processEvents()

    def until(self, true: Callable[[], object]) -> None:
        """Wait until something is true."""
        self.qtbot.waitUntil(lambda: bool(true()))

    def wait_for(self, name: str) -> None:
        """Wait until a screen is in sight and has what it asked for."""
        self.until(lambda: self.screen.name == name)
        self.rest()

    @property
    def screen(self) -> Screen:
        """The screen in sight."""
        assert self.window.current is not None
        return self.window.current

    def page(self, kind: type[S]) -> S:
        """The screen in sight, which must be of that kind."""
        assert isinstance(self.screen, kind)
        return self.screen

    def case(self) -> Solicitud:
        """What is kept of the case in sight."""
        entity = self.page(Caso).entity
        assert entity is not None
        return self.kept(entity)

    def kept(self, entity: bytes) -> Solicitud:
        """What is kept of a case."""
        case = self.office.store.case(entity)
        assert case is not None
        return case

    def show_case(self, case: Solicitud) -> None:
        """Show the page of a case."""
        self.window.go("caso", case.id)
        self.rest()

    @property
    def toasts(self) -> list[str]:
        """All that the window said."""
        return [toast.text for toast in self.window.toasts.history]


@contextmanager
def open_stage(qtbot: QtBot, folder: Path, look: Look = Look.LIGHT, scale: float = 1.0) -> Iterator[Stage]:
    """Open a counter in ``folder`` with its window, curtain down; everything is closed afterwards."""
    theme = Theme(look, scale)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    # Another test may have dressed the application anew: only what it wears now counts.
    if app.styleSheet() != theme.style_sheet():
        theme.apply(app)
    office = open_office(folder)
    stage = Stage(qtbot, office, theme)
    qtbot.addWidget(stage.window)
    try:
        yield stage
    finally:
        stage.window.close()
        stage.tasks.close()
        office.store.close()


@contextmanager
def open_case(qtbot: QtBot, folder: Path, *, ago: int = 0, delivered: bool = True) -> Iterator[Stage]:
    """Open a counter on the page of its only case, filed ``ago`` ms before now by Rosa Elena."""
    with open_stage(qtbot, folder) as stage:
        case = stage.office.file("Rosa Elena", ago=ago)
        if delivered:
            stage.office.deliver()
        stage.raise_curtain()
        stage.show_case(case)
        yield stage


def show_window(qtbot: QtBot, folder: Path, look: Look = Look.LIGHT, scale: float = 1.0) -> Iterator[Stage]:
    """Open a counter and raise the curtain at once."""
    with open_stage(qtbot, folder, look, scale) as stage:
        stage.raise_curtain()
        yield stage
