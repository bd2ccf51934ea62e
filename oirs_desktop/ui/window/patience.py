"""Says so when the store has worked for more than a second: an old disk, or a very large question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.toast import Toast

if TYPE_CHECKING:
    from oirs_desktop.ui.kit.tasks import Tasks
    from oirs_desktop.ui.window.frame import Window

LOOK_MS = 250
SAID_AFTER_MS = (1_000, 10_000, 60_000)


class Patience(QObject):
    """The window is never held meanwhile, so nothing has to be given up: one may go on writing, or leave."""

    def __init__(self, tasks: Tasks, window: Window) -> None:
        super().__init__(window)
        self._tasks, self._window = tasks, window
        self._seen, self._said = 0, 0
        self._clock = QElapsedTimer()
        timer = QTimer(self)
        timer.setInterval(LOOK_MS)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Look how long one and the same task has been at work."""
        if self._tasks.busy and self._tasks.ended == self._seen and self._clock.isValid():
            waited = self._clock.elapsed()
            if self._said < len(SAID_AFTER_MS) and waited >= SAID_AFTER_MS[self._said]:
                self._said += 1
                self._say(waited // 1_000)
            return
        self._seen, self._said = self._tasks.ended, 0
        if self._tasks.busy:
            self._clock.start()
        else:
            self._clock.invalidate()

    def _say(self, seconds: int) -> None:
        text = tr("El disco está ocupado: van {n} s. Puede seguir escribiendo; nada se pierde.")
        self._window.say(Toast(text.format(n=seconds), tone="warning"))
