"""The panels in which an official answers, derives, notes, closes or reopens a case, in the page itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from oirs_core.domain.events import Anotacion, Cierre, Derivacion, Institucion, Reapertura, Respuesta
from oirs_core.domain.kinds import OPEN, Estado, Medio
from oirs_desktop.ui import words
from oirs_desktop.ui.buttons import KeyButton, PrimaryButton
from oirs_desktop.ui.choices import ChoiceRow
from oirs_desktop.ui.fields import Field, TextArea
from oirs_desktop.ui.i18n import tr
from oirs_desktop.ui.messages import explain
from oirs_desktop.ui.que import bodies
from oirs_desktop.ui.suggest import Suggest
from oirs_desktop.ui.widgets import Banner, Card

if TYPE_CHECKING:
    from oirs_core.domain.errors import OirsError
    from oirs_core.domain.events import Act
    from oirs_desktop.desk import Desk
    from oirs_desktop.ui.options import Option
    from oirs_desktop.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Form:
    """What a panel asks for. ``field``: the long text's name in the event; ``keys``: portable, or empty."""

    name: str
    title: str
    label: str
    keys: str
    icon: str
    save: str
    field: str
    asks: str
    estados: frozenset[Estado]
    optional: bool = False


NOWHERE = Institucion("")
ANY = frozenset(Estado)
FORMS = {
    form.name: form
    for form in (
        Form(
            name="responder",
            title="Responder a la persona",
            label="Responder",
            keys="F6",
            icon="reply",
            save="Guardar respuesta",
            field="texto",
            asks="Respuesta",
            estados=ANY - {Estado.CERRADA},
        ),
        Form(
            name="derivar",
            title="Derivar a otra institución",
            label="Derivar",
            keys="F7",
            icon="corner-up-right",
            save="Derivar",
            field="motivo",
            asks="Motivo y lo que se le dijo a la persona",
            estados=OPEN,
            optional=True,
        ),
        Form(
            name="anotar",
            title="Nota interna",
            label="Anotar",
            keys="F4",
            icon="sticky-note",
            save="Guardar nota",
            field="texto",
            asks="Nota",
            estados=ANY,
        ),
        Form(
            name="cerrar",
            title="Cerrar el caso",
            label="Cerrar",
            keys="",
            icon="lock",
            save="Cerrar el caso",
            field="motivo",
            asks="Motivo del cierre",
            estados=ANY - {Estado.CERRADA},
        ),
        Form(
            name="reabrir",
            title="Reabrir el caso",
            label="Reabrir",
            keys="",
            icon="lock-open",
            save="Reabrir el caso",
            field="motivo",
            asks="Motivo de la reapertura",
            estados=ANY - OPEN,
        ),
    )
}
"""The acts that a person writes, in the order of the rail."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a panel; kept for each case until it is saved."""

    text: str = ""
    medio: Medio = Medio.PRESENCIAL
    destino: Institucion = NOWHERE


class ActPanel(Card):
    """One form. It knows nothing of the case: the screen gives it what was typed and takes the act."""

    saved = Signal(object)
    """The ``Act`` to record."""

    closed = Signal()
    """Esc: put away, with the text kept."""

    def __init__(self, theme: Theme, form: Form, desk: Desk) -> None:
        super().__init__(theme, tr(form.title))
        self.form, self._desk = form, desk
        ways = [(medio, words.capital(way)) for medio, way in words.MEDIOS.items()]
        self.medio = ChoiceRow(theme, tr("Se entregó"), ways)
        self.destino = Suggest(theme, self._bodies, tr("Institución"))
        self.destino_field = Field(theme, tr("Institución"), self.destino)
        self.area = TextArea(theme, tr(form.asks), lines=4, optional=form.optional)
        self.banner = Banner(theme)
        self.banner.hide()
        self.column.addWidget(self.banner)
        self.column.addWidget(self.destino_field)
        self.column.addWidget(self.area)
        self.medio_field = Field(theme, tr("Se entregó"), self.medio)
        self.column.addWidget(self.medio_field)
        self.destino_field.setVisible(form.name == "derivar")
        self.medio_field.setVisible(form.name == "responder")
        self.column.addLayout(self._buttons(theme))

    def _buttons(self, theme: Theme) -> QHBoxLayout:
        self.save = PrimaryButton(theme, tr(self.form.save), ("Ctrl+Return", "Ctrl+Enter"))
        self.save.clicked.connect(lambda: self.saved.emit(self.act()))
        close = KeyButton(theme, tr("Dejar para después"), kind="link")
        close.clicked.connect(self.closed)
        close.setAccessibleDescription("Esc")
        row = QHBoxLayout()
        row.addWidget(close)
        row.addStretch(1)
        row.addWidget(self.save)
        return row

    def _bodies(self, text: str, limit: int) -> list[Option]:
        return bodies(self._desk.catalogue, self._desk.session.office.comuna, text, limit)

    def act(self) -> Act:
        """Make the act of what stands in the panel; the rules look at it when it is recorded."""
        text = self.area.text()
        match self.form.name:
            case "responder":
                return Respuesta(text, Medio(str(self.medio.value())), self._desk.session.user.nombre)
            case "derivar":
                return Derivacion(self._destino(), text)
            case "anotar":
                return Anotacion(text)
            case "cerrar":
                return Cierre(text)
            case _:
                return Reapertura(text)

    def typed(self) -> Typed:
        """Give what stands in the panel now."""
        return Typed(self.area.text(), Medio(str(self.medio.value())), self._destino())

    def _destino(self) -> Institucion:
        return Institucion(self.destino.text().strip(), str(self.destino.value() or ""))

    def put(self, typed: Typed) -> None:
        """Show what was typed before, without old complaints."""
        self.clear_problems()
        self.area.box.set_text(typed.text)
        self.medio.choose(typed.medio)
        self.destino.set_value(typed.destino.nombre, typed.destino.clave or None)

    def clear_problems(self) -> None:
        """Take back every complaint."""
        self.banner.hide()
        self.area.set_problem("")
        self.destino_field.set_problem("")

    def complain(self, error: OirsError) -> None:
        """Say at the field what is missing, or above the form what happened."""
        self.clear_problems()
        message = explain(error)
        field = str(error.data.get("field", ""))
        if field in {"destino", self.form.field}:
            place = self.destino_field if field == "destino" else self.area
            place.set_problem(f"{message.title} {message.advice}".strip())
            place.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.banner.set(message.severity, message.title, message.advice)
        self.banner.show()

    def take_focus(self) -> None:
        """Put the cursor where one begins to write."""
        first = self.destino if self.form.name == "derivar" else self.area.box
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from going back a page while the panel is open."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the panel away."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
