"""The help that works without a line: first steps, keys, and what to do when something fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from oirs_desktop.ui.i18n import tr
from oirs_desktop.ui.screen import Kit, Screen
from oirs_desktop.ui.theme import Text
from oirs_desktop.ui.widgets import Card, Columns, KeyButton, PlainLabel

if TYPE_CHECKING:
    from oirs_desktop.ui.theme import Theme

STEPS = (
    "Presione F2, escriba el RUN y Enter. Si ya vino antes, sus datos aparecen solos.",
    "¿No tiene RUN o prefiere no darlo? Elija otro documento o Anónimo: igual se atiende.",
    "Escriba las primeras letras de la materia y Enter. Si no está, déjela con sus palabras.",
    "Anote lo que la persona cuenta y marque cómo termina la atención.",
    "Ctrl+Enter registra. El folio aparece grande: dígalo por grupos y entregue el comprobante.",
)
KEYS = (
    ("F1", "Esta ayuda"),
    ("F2", "Nueva atención"),
    ("F3", "Buscar un caso"),
    ("F4", "Anotar en el caso"),
    ("F6", "Responder el caso"),
    ("F7", "Derivar el caso"),
    ("F8", "Casos pendientes"),
    ("F9", "Reimprimir el comprobante"),
    ("F10", "Envío de datos"),
    ("Ctrl+Enter", "Guardar lo que está en pantalla"),
    ("Ctrl+M", "Mostrar el texto a la persona"),
    ("Ctrl+.", "Ver sugerencias para una palabra marcada"),
    ("Ctrl+,", "Preferencias: tamaño y aspecto"),
    ("Enter", "Abrir lo elegido"),
    ("Esc", "Volver, sin perder lo escrito"),
    ("Tab", "Pasar al campo siguiente"),
)
TROUBLES = (
    ("No hay conexión", "Siga atendiendo. Los casos se envían solos cuando vuelve. F10 dice por qué."),
    ("La impresora no responde", "El caso ya está guardado. Dicte el folio; después imprima con F9."),
    ("Hora no confiable", "El reloj no se pudo comprobar. Puede seguir; avise a informática."),
    ("Se cortó la luz", "Abra el programa de nuevo. Lo registrado está guardado."),
)


class Ayuda(Screen):
    """The screen of the help."""

    name = "ayuda"
    title = tr("Ayuda")

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        theme = kit.theme
        self.area.setProperty("noRing", True)
        top = QHBoxLayout()
        top.addWidget(PlainLabel(tr("Ayuda"), Text.TITLE), 1)
        # The key itself belongs to the window: here it is only shown.
        preferences = KeyButton(theme, tr("Preferencias") + "  Ctrl+,", icon="settings")
        preferences.setAccessibleName(tr("Preferencias"))
        preferences.setAccessibleDescription("Ctrl+,")
        preferences.clicked.connect(lambda: self.go.emit("preferencias", None))
        top.addWidget(preferences)
        self.body.addLayout(top)
        pair = Columns(theme, min_width=800)
        left, right = QWidget(), _keys(theme)
        pair.add(left, 5)
        pair.add(right, 4)
        column = _column(left, theme)
        column.addWidget(_steps(theme), 0, 0)
        column.addWidget(_troubles(theme), 1, 0)
        column.setRowStretch(2, 1)
        self.body.addWidget(pair)
        self.body.addStretch(1)

    def enter(self, argument: object) -> None:  # noqa: ARG002 - one page for all
        """Take the focus, so that arrows scroll."""
        self.area.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _column(part: QWidget, theme: Theme) -> QGridLayout:
    grid = QGridLayout(part)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(theme.px(16))
    return grid


def _steps(theme: Theme) -> Card:
    card = Card(theme, tr("Atender a una persona"))
    for place, step in enumerate(STEPS, 1):
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        mark = PlainLabel(str(place), Text.STRONG)
        mark.set_tone("accent")
        mark.setFixedWidth(theme.px(16))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(tr(step), wrap=True), 1)
        card.column.addLayout(row)
    return card


def _troubles(theme: Theme) -> Card:
    card = Card(theme, tr("Si algo no anda"))
    for title, advice in TROUBLES:
        pair = QVBoxLayout()
        pair.setSpacing(theme.px(4))
        pair.addWidget(PlainLabel(tr(title), Text.STRONG, wrap=True))
        pair.addWidget(PlainLabel(tr(advice), wrap=True))
        card.column.addLayout(pair)
    return card


def _keys(theme: Theme) -> Card:
    card = Card(theme, tr("Teclas"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(16))
    grid.setVerticalSpacing(theme.px(12))
    grid.setColumnStretch(1, 1)
    for row, (key, what) in enumerate(KEYS):
        name = PlainLabel(key, Text.STRONG)
        name.set_tone("accent")
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(PlainLabel(tr(what), wrap=True), row, 1)
    card.column.addLayout(grid)
    card.column.addStretch(1)
    return card
