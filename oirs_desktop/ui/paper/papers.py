"""One document in the list of those to be added, and the tick that says it was compared with the original."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStyle, QStyleOptionButton, QWidget

from oirs_desktop.ui.kit.chooser import size_words
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.icons import pixmap
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.buttons import KeyButton
from oirs_desktop.ui.parts.fields import ENTER, plain
from oirs_desktop.ui.parts.widgets import Columns, ElidedLabel, PlainLabel
from oirs_desktop.ui.texts import words

if TYPE_CHECKING:
    from oirs_core.domain.events import Adjunto
    from oirs_desktop.ui.look.theme import Theme


class Tick(QCheckBox):
    """A box to tick: Space ticks, Enter moves on, the mark is a sign and not a colour alone."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on, as in every other field."""
        if event.key() in ENTER and plain(event):
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark over the box of the sheet."""
        super().paintEvent(event)
        if self.isChecked():
            option = QStyleOptionButton()
            self.initStyleOption(option)
            box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            size = self._theme.px(16)
            spot = box.center().x() - size // 2 + 1, box.center().y() - size // 2 + 1
            painter = QPainter(self)
            painter.drawPixmap(*spot, pixmap("check", self._theme.tokens.on_accent, size))
            painter.end()


class PaperRow(QWidget):
    """Name, pages and size; tick, look, take away."""

    looked = Signal(object)
    dropped = Signal(object)
    ticked = Signal()

    def __init__(self, theme: Theme, paper: Adjunto) -> None:
        super().__init__()
        self._paper = paper
        left, right = QWidget(), QWidget()
        who, does = QHBoxLayout(left), QHBoxLayout(right)
        for line in (who, does):
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(theme.px(8))
        sign = PlainLabel()
        sign.setPixmap(pixmap("paperclip", theme.tokens.muted, theme.px(20)))
        pages = words.count(paper.paginas, tr("página"), tr("páginas"))
        who.addWidget(sign)
        who.addWidget(ElidedLabel(paper.nombre, Text.STRONG), 1)
        who.addWidget(PlainLabel(f"{pages}  ·  {size_words(paper.tamano)}", Text.SMALL))
        self.tick = Tick(theme, tr("Cotejado con el original"))
        self.tick.setChecked(paper.cotejado)
        self.tick.setAccessibleName(tr("{name}: cotejado con el original").format(name=paper.nombre))
        self.tick.toggled.connect(self.ticked)
        look = KeyButton(theme, tr("&Ver"), icon="eye", kind="link")
        drop = KeyButton(theme, tr("&Quitar"), icon="x", kind="link")
        look.setAccessibleName(tr("Ver {name}").format(name=paper.nombre))
        drop.setAccessibleName(tr("Quitar {name}").format(name=paper.nombre))
        look.clicked.connect(lambda: self.looked.emit(self.paper))
        drop.clicked.connect(lambda: self.dropped.emit(self))
        does.addWidget(self.tick)
        does.addStretch(1)
        does.addWidget(look)
        does.addWidget(drop)
        pair = Columns(theme, min_width=760, spacing=12)
        pair.add(left, 5)
        pair.add(right, 4)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(pair)

    @property
    def paper(self) -> Adjunto:
        """The document as it will be recorded."""
        return replace(self._paper, cotejado=self.tick.isChecked())
