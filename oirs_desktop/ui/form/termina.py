"""Card 3 of the form: how the attention ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from oirs_core.domain.kinds import Salida
from oirs_core.domain.text import LONG_CHARS
from oirs_desktop.ui.form.que import institucion_of
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.choices import ChoiceRow
from oirs_desktop.ui.parts.fields import Field, TextArea
from oirs_desktop.ui.parts.section import Problem, Section
from oirs_desktop.ui.parts.suggest import Suggest
from oirs_desktop.ui.parts.widgets import IconLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from oirs_core.domain.events import Institucion
    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.parts.options import Option

HINT = tr("; muestra frases frecuentes")
SALIDAS = (
    (Salida.RESPONDIDA, tr("Se responde ahora")),
    (Salida.PENDIENTE, tr("Queda pendiente")),
    (Salida.DERIVADA, tr("Se deriva")),
)


class Termina(Section):
    """Answered now, pending, or handed on to another body."""

    chosen = Signal()

    def __init__(self, theme: Theme, source: Callable[[str, int], Sequence[Option]]) -> None:
        super().__init__(theme, tr("Cómo termina"), "3")
        self.salidas = ChoiceRow(theme, tr("Cómo termina"), SALIDAS)
        self.rows["salida"] = self.salidas
        self.destino = Suggest(theme, source, tr("destino"))
        self.date = IconLabel(theme, wrap=True)
        self.fields = {
            "respuesta": TextArea(theme, tr("Respuesta"), lines=3, hint=HINT),
            "destino": Field(
                theme, tr("Se deriva a"), self.destino, hint=tr("La institución que debe responder.")
            ),
            "motivo": TextArea(theme, tr("Motivo"), lines=2, optional=True),
        }
        self.column.addWidget(self.salidas)
        self.column.addWidget(self.date)
        for field in self.fields.values():
            self.column.addWidget(field)
        self.salidas.changed.connect(self._switch)
        self._switch(Salida.RESPONDIDA)

    def _switch(self, salida: object) -> None:
        self.fields["respuesta"].setVisible(salida is Salida.RESPONDIDA)
        self.fields["destino"].setVisible(salida is Salida.DERIVADA)
        self.fields["motivo"].setVisible(salida is Salida.DERIVADA)
        self.date.setVisible(salida is not Salida.RESPONDIDA)
        self.clear_problems()
        self.chosen.emit()

    @property
    def first(self) -> QWidget:
        """The outcome."""
        return self.salidas

    def salida(self) -> Salida:
        """Give the outcome chosen."""
        return Salida(str(self.salidas.value()))

    def destination(self) -> Institucion | None:
        """Give the body that the case is handed on to."""
        return institucion_of(self.destino) if self.salida() is Salida.DERIVADA else None

    def show_date(self, sentence: str) -> None:
        """Say which date the receipt will promise."""
        self.date.set("calendar-clock", sentence or tr("Sin fecha prometida para este tipo."))

    def problems(self) -> list[Problem]:
        """Everything that keeps this card from being registered, in reading order."""
        if self.salida() is Salida.RESPONDIDA:
            return self.judge("respuesta", needed=True, limit=LONG_CHARS)
        if self.salida() is Salida.DERIVADA:
            return [*self.judge("destino", needed=True), *self.judge("motivo", limit=LONG_CHARS)]
        return []
