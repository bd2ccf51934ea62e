"""Outline icons (lucide) tinted by a colour of the theme; each is drawn once and kept."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from oirs_core.resources import resource

_RATIO = 2.0  # drawn at twice the size: sharp on a scaled display, and cheap


@lru_cache(maxsize=256)
def pixmap(name: str, color: str, size: int) -> QPixmap:
    """Draw icon ``name`` (file name without ending) in ``color`` (``#RRGGBB``), ``size`` pixels square."""
    svg = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    picture = QPixmap(round(size * _RATIO), round(size * _RATIO))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(_RATIO)
    return picture


def icon(name: str, color: str, size: int) -> QIcon:
    """As ``pixmap``, for a button."""
    return QIcon(pixmap(name, color, size))
