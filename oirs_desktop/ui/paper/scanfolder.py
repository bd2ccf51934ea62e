"""Watches the folder of the scanner and tells of each file that has come and stopped growing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal
from shiboken6 import isValid

from oirs_desktop.attachments.folders import Scans

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from oirs_core.domain.errors import OirsError
    from oirs_desktop.ui.kit.tasks import Tasks

LOOK_MS = 1_500
"""Between two looks: a file that has one size in both has stopped growing."""


class ScanFolder(QObject):
    """Looks on the documents' thread, for the folder may lie on a slow network."""

    came = Signal(object)
    """A tuple of ``Path``."""

    def __init__(self, folder: Path, tasks: Tasks, owner: QWidget) -> None:
        super().__init__(owner)
        self._tasks, self._scans = tasks, Scans(folder)
        self._looking = False
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(self.look)
        self._watcher = QFileSystemWatcher(self)  # a network tells nothing: hence the clock too
        self._watcher.directoryChanged.connect(self.look)

    def start(self) -> None:
        """Look now and then."""
        self._clock.start()
        self.look()

    def stop(self) -> None:
        """Let the disk rest."""
        self._clock.stop()

    def look(self) -> None:
        """Look once, unless nobody sees the page or the last look is still on its way."""
        if not self._looking and self._clock.isActive():
            self._looking = True
            self._tasks.apart(self._scans.look, self._looked, self._failed)

    def _looked(self, paths: tuple[Path, ...]) -> None:
        self._looking = False
        if not isValid(self):
            return
        if self._scans.there and not self._watcher.directories():  # not before: a dead network would hold us
            self._watcher.addPath(str(self._scans.folder))
        if paths:
            self.came.emit(paths)

    def _failed(self, _error: OirsError) -> None:
        self._looking = False
