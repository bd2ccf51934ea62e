"""Look at a document in the page: read-only, one page at a time, drawn in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout
from shiboken6 import isValid

from oirs_desktop.ui.buttons import KeyButton
from oirs_desktop.ui.i18n import tr
from oirs_desktop.ui.messages import explain
from oirs_desktop.ui.theme import Text
from oirs_desktop.ui.widgets import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from oirs_core.domain.errors import OirsError
    from oirs_core.domain.events import Adjunto
    from oirs_desktop.ui.screen import Kit

WIDTH = 720
STEPS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Left: -1}


class Viewer(QFrame):
    """One document."""

    closed = Signal()
    drawn = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        theme = kit.theme
        self._kit = kit
        self.paper: Adjunto | None = None
        self.page = 0
        self.setObjectName("card")
        self.setProperty("ringHost", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.setSpacing(theme.px(8))
        self.title, self.where = ElidedLabel("", Text.STRONG), PlainLabel("", Text.SMALL)
        self.before = KeyButton(theme, tr("Página anterior"), icon="arrow-left", kind="link")
        self.after = KeyButton(theme, tr("Página siguiente"), icon="arrow-right", kind="link")
        self.close_button = KeyButton(theme, tr("Cerrar la vista"), icon="x", kind="link")
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self.close_button.clicked.connect(self.leave)
        row = QHBoxLayout()
        row.addWidget(self.title, 1)
        for part in (self.where, self.before, self.after, self.close_button):
            row.addWidget(part)
        column.addLayout(row)
        self.picture = PlainLabel("", wrap=True)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.picture)

    def look_at(self, paper: Adjunto) -> None:
        """Show a document from its first page."""
        self.paper, self.page = paper, 0
        self.title.setText(paper.nombre)
        self.setAccessibleName(tr("Vista de {name}").format(name=paper.nombre))
        self.show()
        self._draw()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Put the document away."""
        self.paper = None
        self.picture.setPixmap(QPixmap())
        self.hide()
        self.closed.emit()

    def _turn(self, step: int) -> None:
        if self.paper is not None and 0 <= self.page + step < self.paper.paginas:
            self.page += step
            self._draw()

    def _draw(self) -> None:
        paper, page, documents = self.paper, self.page, self._kit.counter.documents
        if paper is None or documents is None:
            return
        many = paper.paginas > 1
        self.where.setText(tr("Página {n} de {all}").format(n=page + 1, all=paper.paginas) if many else "")
        for button in (self.before, self.after):
            button.setVisible(many)
        self.picture.setText(tr("Abriendo el documento…"))
        width = self._kit.theme.px(WIDTH)
        self._kit.tasks.apart(
            lambda: QImage.fromData(documents.picture(paper, page, width)),
            lambda image: self._show(paper, page, image),
            lambda why: self._failed(paper, why),
        )

    def _show(self, paper: Adjunto, page: int, image: QImage) -> None:
        if isValid(self) and (paper, page) == (self.paper, self.page):
            self.picture.setPixmap(QPixmap.fromImage(image))
            self.drawn.emit()

    def _failed(self, paper: Adjunto, error: OirsError) -> None:
        if isValid(self) and paper == self.paper:
            message = explain(error)
            self.picture.setText(f"{message.title} {message.advice}")
            self.drawn.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages; Esc puts the document away and nothing else."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in STEPS:
            self._turn(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
