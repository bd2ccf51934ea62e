"""Documents that come to a page by themselves: dropped on it, or pasted into it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from oirs_desktop.attachments.intake import read_file
from oirs_desktop.ui.look.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable

_DRAGS = {QEvent.Type.DragEnter, QEvent.Type.DragMove}


@dataclass(frozen=True, slots=True)
class Source:
    """A document that may be read: its name, and how its bytes are got (not on the window's thread)."""

    name: str
    read: Callable[[], bytes]


def source_of(path: Path) -> Source:
    """Make a source of a file."""
    return Source(path.name, lambda: read_file(path))


def sources_in(mime: QMimeData) -> list[Source]:
    """Give the documents on a clipboard or in a drop: files of this machine, or a picture."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if paths:
        return [source_of(path) for path in paths]
    image = mime.imageData() if mime.hasImage() and not mime.hasText() else None
    if isinstance(image, QImage) and not image.isNull():
        return [Source(tr("Imagen pegada.png"), lambda: _png(image))]
    return []


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 90)  # type: ignore[call-overload] # the stubs ask for bytes, Qt for a name
    return bytes(buffer.data().data())


class Arrivals(QObject):
    """Watches one page. Text pasted or dropped into a field stays what it is."""

    came = Signal(object)
    """A list of ``Source``."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        page.setAcceptDrops(True)
        page.installEventFilter(self)
        for kind in (QLineEdit, QPlainTextEdit):
            for editor in page.findChildren(kind):
                editor.installEventFilter(self)
                if isinstance(editor, QPlainTextEdit):
                    editor.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take what is a document; leave the rest."""
        if event.type() in _DRAGS and isinstance(event, QDragMoveEvent):
            return self._offered(event)
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._take(event.mimeData(), event)
        pasted = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste)
        if pasted and event.type() == QEvent.Type.KeyPress:
            return self._take(QGuiApplication.clipboard().mimeData(), event)
        return False

    def _offered(self, event: QDragMoveEvent) -> bool:
        mime = event.mimeData()
        if any(url.isLocalFile() for url in mime.urls()) or (mime.hasImage() and not mime.hasText()):
            event.acceptProposedAction()
            return True
        return False

    def _take(self, mime: QMimeData, event: QEvent) -> bool:
        sources = sources_in(mime)
        if not sources:
            return False
        event.accept()
        self.came.emit(sources)
        return True
