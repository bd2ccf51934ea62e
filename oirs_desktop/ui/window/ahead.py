"""What the window makes ready while nobody presses a key, in turns too short to be felt."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oirs_desktop.ui.window.frame import Window

FIRST_MS = 600
PAUSE_MS = 15
"""Between two turns, so that a key never waits for more than one of them."""
PAGES = """
    form.estadistica form.quienparts form.quien parts.suggest form.que lists.timeline paper.viewer
    kit.chooser paper.adjuntos form.citizen form.donde form.termina form.enquiries form.formdrafts
    form.nueva kit.sending outbox.enviowords kit.stickwork outbox.enviodocs outbox.envioissues
    outbox.enviostick outbox.envio case.acts case.correct texts.stories case.caso paper.kept
    paper.comprobante pages.busqueda pages.pendientes
"""
MODULES = (
    "oirs_core.domain.catalogue",
    "oirs_desktop.attachments.folders",
    *(f"oirs_desktop.ui.{name}" for name in PAGES.split()),
)
"""Read one a turn: together they take longer than the window may be held."""


class Ahead(QObject):
    """The form, so that F2 answers at once; and what was typed before the window changed its looks."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.kept: dict[str, object] = {}
        """What was typed in screens that are not built anew yet, by their names."""
        self._dressing = False
        self._left: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._turn)

    def begin(self, after_ms: int) -> None:
        """Begin, from the start, in so many milliseconds."""
        self._left = self._turns()
        self._timer.start(after_ms)

    def keep(self) -> None:
        """Take what is typed anywhere, and rest: the screens are about to be taken down."""
        self._timer.stop()
        for name, screen in self._window.screens.items():
            typed = screen.keep()  # first: a screen that is left may free its box for the next person
            screen.leave()
            if typed is not None:
                self.kept[name] = typed

    def make(self, name: str) -> Iterator[None]:
        """Build one screen; each part, up to a ``yield``, is one turn."""
        if name == "nueva":
            yield from self._form()
        elif name not in self._window.screens:
            self._window.make(name)
            yield

    def changed(self, key: str) -> None:
        """Have the window dress anew when a setting of its looks was changed."""
        if key in {"theme", "text_size"}:
            QTimer.singleShot(0, self, self._dress_when_idle)

    def _dress_when_idle(self) -> None:
        """Wait for what runs: its result belongs to the screen that asked."""
        kit, worn = self._window.kit, self._window.theme
        if kit is None:
            return
        if self._dressing or not kit.tasks.idle:
            QTimer.singleShot(PAUSE_MS, self, self._dress_when_idle)
            return
        theme = kit.tastes.theme()
        if (theme.look, theme.scale) != (worn.look, worn.scale):
            self._dressing = True
            try:
                self._window.wear(theme)
            finally:
                self._dressing = False

    def _turn(self) -> None:
        if next(self._left, self) is not self:
            self._timer.start(PAUSE_MS)

    def _turns(self) -> Iterator[None]:
        """Each part, up to a ``yield``, is one turn."""
        for name in MODULES:
            import_module(name)
            yield
        if "nueva" not in self._window.screens:
            yield from self._form()
        for name in list(self.kept):
            if name in self.kept:
                self._window.make(name)
            yield

    def _form(self) -> Iterator[None]:
        from oirs_desktop.ui.form.que import Que  # noqa: PLC0415 - read just now, in its turn
        from oirs_desktop.ui.form.quien import Quien  # noqa: PLC0415

        quien = Quien(self._window.theme)
        yield
        que = Que(self._window.theme)
        yield
        if "nueva" not in self._window.screens:  # F2 was quicker
            self._window.make("nueva", quien, que)
        yield
