"""Where the paper is when it lies in a file: a key that opens it, its folder, and which printer to use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oirs_desktop.ui.look.i18n import later, tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.choices import Choice
from oirs_desktop.ui.parts.widgets import KeyButton, PlainLabel

if TYPE_CHECKING:
    from pathlib import Path

    from oirs_desktop.ui.kit.screen import Kit

PAPERS = {
    "kept": ("info", later("El comprobante está guardado en PDF."), later("Enter lo imprime.")),
    "": ("good", later("El comprobante se envió a la impresora."), ""),
    "no_printer": (
        "info",
        later("El comprobante quedó guardado en PDF."),
        later("No hay impresora en este equipo: ábralo con Alt+P, o dicte folio y clave."),
    ),
    "printer_failed": (
        "warning",
        later("El caso quedó guardado, pero no se imprimió."),
        later("Revise la impresora y el papel."),
    ),
    "waiting": (
        "warning",
        later("El comprobante espera en la impresora."),
        later("Revise que esté encendida y con papel."),
    ),
    "not_kept": (
        "warning",
        later("El caso quedó guardado, pero no su comprobante."),
        later("Libere espacio e imprima después."),
    ),
}
"""Problem of the paper: tone, what happened, what to do."""
KEPT = "kept"
"""A receipt of before that nobody asked to print."""
ASKED = (
    "info",
    later("El comprobante queda guardado en PDF."),
    later("Cuando haya impresora, F9 lo imprime. Si no la hay, pídala a informática."),
)
"""What is said to who pressed Imprimir all the same."""


class Kept(QWidget):
    """The file of a receipt. ``button`` is placed by whoever shows it, among its other buttons."""

    told = Signal(str, str)
    """Something to say: the words and their tone."""

    found = Signal(bool)
    """Whether this machine has a printer."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        theme = kit.theme
        self._pdf: Path | None = None
        self.button = KeyButton(theme, tr("Abrir PDF"), "Alt+P", icon="external-link")
        self.button.clicked.connect(self.open)
        self.where = PlainLabel("", Text.SMALL, wrap=True)
        self.choice = Choice(theme, ())
        self.choice.setAccessibleName(tr("Impresora"))
        self.choice.activated.connect(lambda _: self._choose())
        self.line = QWidget()
        row = QHBoxLayout(self.line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(PlainLabel(tr("Impresora"), Text.STRONG))
        row.addWidget(self.choice, 1)
        self.line.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.where)
        column.addWidget(self.line)
        self.show_file(None)

    def show_file(self, pdf: Path | None) -> None:
        """Say where the paper is kept; None while there is none."""
        self._pdf = pdf
        self.button.setEnabled(pdf is not None)
        self.where.setVisible(pdf is not None)
        if pdf is not None:
            # A path has no spaces to break at: after each bar it may.
            folder = str(pdf.parent).replace("/", "/\u200b").replace("\\", "\\\u200b")
            words = tr("Archivo {name}, en la carpeta de comprobantes: {folder}")
            self.where.setText(words.format(name=pdf.name, folder=folder))

    def open(self) -> None:
        """Show the file in the program that this machine has for PDF: there it can be printed or copied."""
        if self._pdf is None:
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._pdf))):
            self.told.emit(
                tr("Este equipo no tiene con qué abrir PDF. El archivo está donde se indica."), "warning"
            )

    def look_for_printers(self) -> None:
        """Ask the system which printers there are: it may take seconds, so beside the store."""
        counter = self._kit.counter
        self._kit.tasks.aside(counter.printers, self._show_printers, lambda _error: None)

    def _show_printers(self, names: list[str]) -> None:
        chosen = self._kit.counter.chosen
        self.choice.clear()
        self.choice.addItem(tr("La que usa el equipo"), "")
        for name in names:
            self.choice.addItem(name, name)
        if chosen and chosen not in names:
            self.choice.addItem(tr("{name} (no está)").format(name=chosen), chosen)
        self.choice.choose(chosen)
        self.line.setVisible(bool(names))
        self.found.emit(bool(names))

    def _choose(self) -> None:
        name = str(self.choice.value() or "")
        self._kit.counter.chosen = name
        self._kit.tastes.set(self._kit.tasks, lambda _: self._unkept(), "printer", name)
        self.told.emit(tr("Desde ahora se imprime en {name}.").format(name=self.choice.currentText()), "good")

    def _unkept(self) -> None:
        self.told.emit(tr("La impresora vale por hoy: no se pudo anotar en los ajustes."), "warning")
