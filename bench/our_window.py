"""The real window, started as `python -m oirs_desktop --data FOLDER` does, that ends by itself.

``paint``: once it has been painted; ``ready``: once its store is open and the screen stands.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from oirs_desktop import app

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QObject

    from oirs_desktop.app import Place

LOOK_MS = 5
until, folder = sys.argv[1:]


def show_window(place: Place) -> int:
    """Do what the product does, and watch for the moment to end."""
    running = app.build_running(place)
    from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415 - not before the product does

    class FirstPaint(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                # The loop turns again only after the whole window is painted.
                QTimer.singleShot(0, running.app.quit)
            return False

    def look() -> None:
        if running.machine is not None or running.problem is not None:
            running.app.quit()

    watcher, clock = FirstPaint(), QTimer()
    if until == "paint":
        running.window.installEventFilter(watcher)
    else:
        clock.timeout.connect(look)
        clock.start(LOOK_MS)
    running.app.exec()
    running.close()
    if running.problem is not None:
        raise running.problem
    return 0


app.show_window = show_window
sys.exit(app.main(["--data", folder]))
