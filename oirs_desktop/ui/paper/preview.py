"""The paper as it will come out: a picture of its PDF, made off the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QVBoxLayout

from oirs_desktop.printing.pdfium import PDFIUM
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.widgets import PlainLabel

if TYPE_CHECKING:
    from pathlib import Path

    from oirs_desktop.counter import Paper
    from oirs_desktop.ui.look.theme import Theme

RATIO = 2
"""Drawn at twice the size, so that the small print can be read on a fine screen."""
WIDTH = 400


def raster(pdf: Path, width: int) -> QImage:
    """Draw the first page of ``pdf``, ``width`` pixels wide. Runs as a task."""
    import pypdfium2  # noqa: PLC0415 - 8 MB that the first window must not wait for

    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True, prefer_bgrx=True)
        picture = QImage(
            bytes(bitmap.buffer),
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            QImage.Format.Format_RGBX8888 if bitmap.n_channels > 3 else QImage.Format.Format_RGB888,  # noqa: PLR2004
        )
        return picture.copy()  # the bytes above end with this function


def with_picture(paper: Paper, width: int) -> tuple[Paper, QImage | None]:
    """Draw a paper that was just made; none where it could not be kept. Runs as a task."""
    return paper, raster(paper.pdf, width) if paper.pdf else None


class PaperView(QFrame):
    """A sheet of paper on the page, or the words that it is coming."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("paper")
        self._width = theme.px(WIDTH)
        self.setFixedWidth(min(self._width + 2, theme.px(560)))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        self.picture = PlainLabel("", Text.SMALL)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setMinimumHeight(theme.px(320))
        column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(tr("Comprobante como saldrá en papel"))

    @property
    def wanted_width(self) -> int:
        """Pixels that a picture should be wide."""
        return self._width * RATIO

    def wait(self) -> None:
        """Say that the paper is coming."""
        self.picture.setPixmap(QPixmap())
        self.picture.setText(tr("Preparando el papel…"))

    def show_picture(self, picture: QImage | None) -> None:
        """Show the paper, or say that there is none."""
        if picture is None:
            self.picture.setText(tr("Sin vista del papel."))
            return
        pixmap = QPixmap.fromImage(picture)
        pixmap.setDevicePixelRatio(RATIO)
        self.picture.setPixmap(pixmap)
