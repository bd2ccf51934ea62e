"""Documents wait here to be read, one after the other, on the thread of the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from oirs_desktop.attachments.errors import DocumentRefused, Reason
from oirs_desktop.ui.look.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from oirs_core.domain.errors import OirsError
    from oirs_core.domain.events import Adjunto
    from oirs_desktop.ui.kit.screen import Kit
    from oirs_desktop.ui.paper.arrivals import Source


class Readings(QObject):
    """What is read and what waits for it."""

    told = Signal(str)
    """What it is doing, in words; empty when nothing is left to do."""

    taken = Signal(object)
    """An ``Adjunto``, put away on the disk."""

    refused = Signal(str, object)
    """Name of a document and the ``OirsError`` for which it was not taken."""

    _paged = Signal(int, int)

    def __init__(self, kit: Kit, owner: QWidget) -> None:
        super().__init__(owner)
        self._kit = kit
        self._waiting: list[Source] = []
        self._reading: Source | None = None
        self._given_up = False
        self._paged.connect(self._show_page)

    @property
    def busy(self) -> bool:
        """Whether a document is being read."""
        return self._reading is not None

    def add(self, sources: Iterable[Source]) -> None:
        """Read these too."""
        self._waiting.extend(sources)
        self._next()

    def stop(self) -> None:
        """Give up what is being read and what waits for it."""
        self._waiting.clear()
        self._given_up = True
        if self._reading is not None and self._kit.counter.documents is not None:
            self._kit.counter.documents.stop()

    def _next(self) -> None:
        documents, now = self._kit.counter.documents, self._kit.clock.now()
        if self._reading is not None or documents is None:
            return
        if not self._waiting:
            self.told.emit("")
            return
        source = self._reading = self._waiting.pop(0)
        self._given_up = False
        self.told.emit(tr("Leyendo {name}…").format(name=source.name))

        def read() -> Adjunto:
            documents.sweep(now)
            return documents.take(source.name, source.read(), self._paged.emit)

        self._kit.tasks.apart(read, self._taken, self._refused)

    def _show_page(self, page: int, pages: int) -> None:
        if self._reading is not None and pages > 1:
            text = tr("Leyendo {name}: página {page} de {pages}…")
            self.told.emit(text.format(name=self._reading.name, page=page, pages=pages))

    def _taken(self, paper: Adjunto) -> None:
        if self._given_up:  # it was done in the same moment
            self._refused(DocumentRefused(Reason.CANCELLED))
        elif isValid(self):  # else its panel was put away; the bytes are forgotten by themselves
            self._reading = None
            self.taken.emit(paper)
            self._next()

    def _refused(self, error: OirsError) -> None:
        if isValid(self):
            name = self._reading.name if self._reading is not None else ""
            self._reading = None
            self.refused.emit(name, error)
            self._next()
