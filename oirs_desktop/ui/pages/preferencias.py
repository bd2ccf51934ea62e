"""Size, colours and spelling of this counter, applied at once; what the program is, where its data lie."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QWidget

from oirs_desktop.settings import FILE_NAME, Settings
from oirs_desktop.ui.kit.screen import LAID_OUT_MS, Kit, Screen
from oirs_desktop.ui.kit.tastes import SIZES
from oirs_desktop.ui.look.i18n import later, tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.choices import ChoiceRow
from oirs_desktop.ui.parts.fields import Field
from oirs_desktop.ui.parts.widgets import Card, Columns, Heading, KeyButton, PlainLabel
from oirs_desktop.ui.texts.version import program_version

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOKS = ("system", "light", "dark", "contrast")
SPELLING = ((True, later("Sí")), (False, later("No")))
NAMES = {
    "paper": later("Papel del comprobante"),
    "scans": later("Carpeta del escáner"),
    "printer": later("Impresora"),
    "theme": later("Aspecto"),
    "text_size": later("Tamaño"),
    "language": later("Idioma"),
    "spelling": later("Ortografía"),
    "sync_timeout_s": later("Espera a la central (segundos)"),
    "sync_pause_max_s": later("Pausa entre intentos (segundos)"),
    "documents_mb_a_day": later("Documentos por día (MB)"),
    "journal_days": later("Días de la segunda copia"),
    "archive_months": later("Antigüedad para archivar (meses)"),
    "journal_folder": later("Carpeta de la segunda copia"),
    "log_level": later("Detalle del registro técnico"),
}
"""Settings as a person calls them."""
EVERYDAY = ("paper", "printer", "theme", "text_size", "spelling", "language")
"""What an official may want to know; the rest is for whoever looks after the machine."""
VALUES: dict[str | bool, str] = {
    "": later("la del equipo"),
    "system": later("Según el equipo"),
    "light": later("Claro"),
    "dark": later("Oscuro"),
    "contrast": later("Alto contraste"),
    True: later("Sí"),
    False: later("No"),
    "letter": later("carta"),
    "a4": later("A4"),
    "a5": later("A5"),
    "roll80": later("rollo de 80 mm"),
    "es": "Español",
    "en": "English",
    "debug": later("todo"),
    "info": later("normal"),
    "error": later("solo fallas"),
}
"""Values as a person calls them."""


class Preferencias(Screen):
    """The screen of the preferences."""

    name = "preferencias"
    title = tr("Preferencias")

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        theme = kit.theme
        self.sizes = self._row(tr("Tamaño"), "text_size", [(size, f"{size} %") for size in SIZES])
        self.looks = self._row(tr("Aspecto"), "theme", [(look, tr(VALUES[look])) for look in LOOKS])
        self.spelling = self._row(
            tr("Marcar palabras dudosas"), "spelling", [(value, tr(words)) for value, words in SPELLING]
        )
        card = Card(theme, tr("Pantalla"))
        hint = tr("Ctrl y + agranda, Ctrl y - achica, Ctrl y 0 vuelve al 100\u00a0%.")
        card.column.addWidget(Field(theme, tr("Tamaño"), self.sizes, hint=hint))
        card.column.addWidget(Field(theme, tr("Aspecto"), self.looks))
        hint = tr("Subraya lo que no está en el diccionario. Nunca cambia el texto.")
        card.column.addWidget(Field(theme, tr("Marcar palabras dudosas"), self.spelling, hint=hint))
        self.about = Card(theme, tr("Acerca de"))
        self.support = KeyButton(theme, tr("Para soporte"), icon="chevron-down", kind="link")
        self.support.clicked.connect(self._fold)
        self._open = self._can_print = False
        self.body.addWidget(Heading(tr("Preferencias")))
        card.column.addStretch(1)
        self.about.column.addWidget(self.support, 0, Qt.AlignmentFlag.AlignLeft)
        self.about.column.addStretch(1)
        self.technical = Card(theme, tr("Para soporte"))
        self.technical.hide()
        pair = Columns(theme, min_width=860)
        pair.add(card, 7)
        pair.add(self.about, 5)
        self.body.addWidget(pair)
        self.body.addWidget(self.technical)  # as wide as the page: its lines have three cells
        self.body.addStretch(1)
        self._parts: tuple[QWidget, ...] = ()

    def _row(self, label: str, key: str, options: Sequence[tuple[object, str]]) -> ChoiceRow:
        row = ChoiceRow(self.kit.theme, label, options)
        row.choose(getattr(self.kit.tastes.settings, key))
        row.changed.connect(lambda value: self._set(key, value))
        return row

    def _set(self, key: str, value: Any) -> None:  # noqa: ANN401 - what the row offers
        self.kit.tastes.set(self.kit.tasks, self.trouble, key, value)
        self._load()

    def enter(self, argument: object) -> None:
        """Take the focus and read where each setting comes from."""
        del argument
        self.sizes.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._load()

    def _load(self) -> None:
        self.kit.tasks.run(self._read, self._show, self.trouble)

    def _read(self) -> frozenset[str]:
        self._can_print = self.kit.counter.printer() is not None
        return self.kit.tastes.kept()

    def _fold(self) -> None:
        """Show or hide what support asks for."""
        self._open = not self._open
        self.support.set_icon("chevron-up" if self._open else "chevron-down")
        self.support.setAccessibleDescription(tr("desplegado") if self._open else tr("plegado"))
        self.technical.setVisible(self._open)
        if self._open:
            QTimer.singleShot(LAID_OUT_MS, self, lambda: self.show_both(self.support, self.support))

    def _show(self, kept: frozenset[str]) -> None:
        for part in self._parts:
            part.hide()
            part.deleteLater()
        values = self._values(kept)
        everyday = [(name, words) for key, name, words, _ in values if key in EVERYDAY]
        version = [(tr("Versión"), program_version())]
        for_support = [*self._facts(), *((name, words, source) for _, name, words, source in values)]
        self._parts = (self._table([*version, *everyday]), self._table(for_support))
        self.about.column.insertWidget(1, self._parts[0])
        self.technical.column.addWidget(self._parts[1])

    def _table(self, lines: Sequence[tuple[str, ...]]) -> QWidget:
        """Make a grid of lines of two or three cells; the second takes the room of a third."""
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.kit.theme.px(16))
        grid.setVerticalSpacing(self.kit.theme.px(6))
        grid.setColumnStretch(1, 1)
        for place, cells in enumerate(lines):
            for column, text in enumerate(cells):
                role, wrap = (Text.SMALL, Text.BODY, Text.SMALL)[column], column == 1
                grid.addWidget(PlainLabel(text, role, wrap=wrap), place, column)
        return rows

    def _facts(self) -> list[tuple[str, str]]:
        path = self.kit.tastes.path
        if path is None:
            return []
        # A path has no spaces to break at: after each bar it may.
        return [
            (tr("Carpeta de datos"), _breakable(str(path.parent))),
            (tr("Archivo de ajustes"), FILE_NAME),
        ]

    def _values(self, kept: frozenset[str]) -> list[tuple[str, str, str, str]]:
        """Give key, name, value in words and where it comes from, of each setting."""
        settings = self.kit.tastes.settings
        lines = []
        for part in fields(Settings):
            source = tr("del archivo") if part.name in kept else tr("valor normal")
            words = _words(getattr(settings, part.name))
            if part.name == "printer":
                words = self._printer(words)
            shown = f"{words} %" if part.name == "text_size" else words
            lines.append((part.name, tr(NAMES.get(part.name, part.name)), shown, source))
        return lines

    def _printer(self, words: str) -> str:
        """Say where it is chosen, or what to do where there is none."""
        if not self._can_print:
            return tr("no hay en este equipo; pídala a informática")
        return tr("{name}; se elige en el comprobante").format(name=words)


def _words(value: str | int | bool) -> str:  # noqa: FBT001 - any value of a setting
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return tr(VALUES[value]) if value in VALUES else str(value)


def _breakable(path: str) -> str:
    return path.replace("/", "/\u200b").replace("\\", "\\\u200b")
