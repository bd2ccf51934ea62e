"""The floor of the start: a small window of bare Qt that ends when it has been painted once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Last(QLabel):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)


app = QApplication(sys.argv)
window = QMainWindow()
inside = QWidget()
column = QVBoxLayout(inside)
for widget in (QLabel("RUN"), QLineEdit(), QPushButton("Buscar"), QTableWidget(20, 6), Last("listo")):
    column.addWidget(widget)
window.setCentralWidget(inside)
window.resize(1024, 700)
window.show()
sys.exit(app.exec())
