"""Look at a document in the page: read-only, one page at a time, drawn in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from oirs_desktop.ui.kit.chooser import size_words
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.theme import FIELD_HEIGHT, Text
from oirs_desktop.ui.parts.buttons import KeyButton
from oirs_desktop.ui.parts.choices import Flow
from oirs_desktop.ui.parts.widgets import ElidedLabel, PlainLabel
from oirs_desktop.ui.texts.messages import explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from oirs_core.domain.errors import OirsError
    from oirs_core.domain.events import Adjunto
    from oirs_desktop.attachments.documents import Documents
    from oirs_desktop.ui.kit.screen import Kit

WIDTH = 720
STEPS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Left: -1}
SCROLLS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
LINE = 60
LAID_OUT_MS = 30
"""The page has found its place by then; earlier one would scroll to where it is not."""


class PageView(QWidget):
    """A picture as wide as there is room, and as high as that makes it."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.image = QImage()
        self._drawn = QPixmap()
        self.setMaximumWidth(width)

    def show_image(self, image: QImage) -> None:
        """Show a picture; a null one takes no room."""
        self.image = image
        self._fit()
        self.update()

    def _fit(self) -> None:
        if self.image.isNull():
            self.setFixedHeight(0)
            return
        self.setFixedHeight(max(1, round(self.image.height() * self.width() / self.image.width())))
        smooth = Qt.TransformationMode.SmoothTransformation
        whole = QPixmap.fromImage(self.image)
        same = self.image.width() == self.width()
        self._drawn = whole if same else whole.scaledToWidth(max(1, self.width()), smooth)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture again."""
        if event.size().width() != event.oldSize().width():
            self._fit()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture."""
        if not self.image.isNull():
            painter = QPainter(self)
            painter.drawPixmap(0, 0, self._drawn)
            painter.end()
        event.accept()


class Viewer(QFrame):
    """One document."""

    closed = Signal()
    drawn = Signal()
    _came = Signal(object, object, object)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._came.connect(self._arriving)
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
        self.before.show_key(tr("RePág"))
        self.after = KeyButton(theme, tr("Página siguiente"), icon="arrow-right", kind="link")
        self.after.show_key(tr("AvPág"))
        self.close_button = KeyButton(theme, tr("Cerrar la vista"), icon="x", kind="link")
        self.close_button.show_key("Esc")
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self.close_button.clicked.connect(self.leave)
        column.addWidget(self.title)
        hands = QWidget()
        row = Flow(hands, theme.px(8))
        self.where.setMinimumHeight(theme.px(FIELD_HEIGHT))
        for part in (self.where, self.before, self.after, self.close_button):
            row.addWidget(part)
        column.addWidget(hands)
        self.said, self.picture = PlainLabel("", wrap=True), PageView(theme.px(WIDTH))
        column.addWidget(self.said)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.picture, 1000)
        middle.addStretch(1)
        column.addLayout(middle)

    def look_at(self, paper: Adjunto) -> None:
        """Show a document from its first page."""
        self.paper, self.page = paper, 0
        self.picture.show_image(QImage())
        self.title.setText(paper.nombre)
        self.setAccessibleName(tr("Vista de {name}").format(name=paper.nombre))
        self.show()
        self._draw()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Put the document away."""
        self.paper = None
        self.picture.show_image(QImage())
        self.hide()
        self.closed.emit()

    def _turn(self, step: int) -> None:
        if self.paper is not None and 0 <= self.page + step < self.paper.paginas:
            self.page += step
            self._draw()

    def _scroll(self, lines: int) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            bar = above.verticalScrollBar()
            bar.setValue(bar.value() + lines * self._kit.theme.px(LINE))

    def _draw(self) -> None:
        paper, page, documents = self.paper, self.page, self._kit.counter.documents
        if paper is None or documents is None:
            return
        many = paper.paginas > 1
        self.where.setText(tr("Página {n} de {all}").format(n=page + 1, all=paper.paginas) if many else "")
        for button in (self.before, self.after):
            button.setVisible(many)
        if not documents.here(paper):
            self._bring(documents, paper)
            return
        if self.picture.image.isNull():  # else the page before stays until the next one is there
            self._say(tr("Abriendo el documento…"))
        width = self._kit.theme.px(WIDTH)
        self._kit.tasks.apart(
            lambda: QImage.fromData(documents.picture(paper, page, width)),
            lambda image: self._show(paper, page, image),
            lambda why: self._failed(paper, why),
        )

    def _bring(self, documents: Documents, paper: Adjunto) -> None:
        """Fetch a colleague's document from the centre. To leave is to stop; what has come stays."""
        self._arriving(paper, 0, paper.tamano)
        self._kit.tasks.afar(
            lambda: documents.fetch(paper, self._told(paper), lambda: isValid(self) and self.paper == paper),
            lambda _: self._draw() if isValid(self) and self.paper == paper else None,
            lambda why: self._failed(paper, why),
        )

    def _told(self, paper: Adjunto) -> Callable[[int, int], None]:
        """Bring the progress to this thread."""

        def tell(here: int, size: int) -> None:
            if isValid(self):
                self._came.emit(paper, here, size)

        return tell

    def _arriving(self, paper: Adjunto, here: int, size: int) -> None:
        if paper == self.paper:
            text = tr("Está en otro equipo. Se trae de la central: {share} % de {size}. Esc lo detiene.")
            self._say(text.format(share=here * 100 // max(size, 1), size=size_words(size)))

    def _show(self, paper: Adjunto, page: int, image: QImage) -> None:
        if isValid(self) and (paper, page) == (self.paper, self.page):
            self.said.hide()
            self.picture.show_image(image)
            QTimer.singleShot(LAID_OUT_MS, self, self.drawn.emit)

    def _say(self, text: str) -> None:
        self.picture.show_image(QImage())
        self.said.setText(text)
        self.said.show()

    def _failed(self, paper: Adjunto, error: OirsError) -> None:
        if isValid(self) and paper == self.paper:
            message = explain(error)
            self._say(f"{message.title} {message.advice}")
            QTimer.singleShot(LAID_OUT_MS, self, self.drawn.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages; Esc puts the document away and nothing else."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in STEPS:
            self._turn(STEPS[Qt.Key(event.key())])
        elif event.key() in SCROLLS:
            self._scroll(SCROLLS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
