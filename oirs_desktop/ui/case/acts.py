"""The panels in which an official answers, derives, notes, closes or reopens a case, in the page itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from oirs_core.domain.events import Anotacion, Cierre, Derivacion, Institucion, Reapertura, Respuesta
from oirs_core.domain.kinds import OPEN, Estado, Medio
from oirs_desktop.desk.templates import Template, templates_for
from oirs_desktop.ui.case.panel import Form, Panel
from oirs_desktop.ui.case.relato import Relato
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.buttons import KeyButton
from oirs_desktop.ui.parts.choices import ChoiceRow
from oirs_desktop.ui.parts.fields import Field, TextArea
from oirs_desktop.ui.parts.options import Option
from oirs_desktop.ui.parts.phrases import Phrases
from oirs_desktop.ui.parts.picks import Picks
from oirs_desktop.ui.parts.suggest import Suggest
from oirs_desktop.ui.texts import words

if TYPE_CHECKING:
    from oirs_core.domain.events import Act
    from oirs_desktop.desk import Desk
    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.texts.term import CaseView

SHOWS_RELATO = {"responder", "derivar"}
NOWHERE = Institucion("")
ANY = frozenset(Estado)
SHORTEST, LONGEST = 4, 20
"""Letters of what may be a body's short name in the place of a reason."""
ANSWERED = "Se entregó la respuesta a la persona."
"""Reason of a closing that follows an answer in one go."""
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
            said="Se guardó la respuesta.",
            estados=ANY - {Estado.CERRADA},
            not_now="El caso está cerrado. Para responder, reábralo primero con Alt+R.",
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
            said="Se derivó el caso.",
            estados=OPEN,
            not_now="El caso ya terminó. Para derivarlo, reábralo primero con Alt+R.",
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
            said="Se guardó la nota.",
            estados=ANY,
        ),
        Form(
            name="adjuntar",
            title="Adjuntar documentos",
            label="Adjuntar",
            keys="Ctrl+J",
            icon="paperclip",
            save="Adjuntar al caso",
            field="nombre",
            asks="Documento",
            said="Se adjuntó lo elegido.",
            estados=ANY,
        ),
        Form(
            name="corregir",
            title="Corregir lo ingresado",
            label="Corregir",
            keys="Alt+C",
            icon="pencil",
            save="Guardar corrección",
            field="motivo",
            asks="Motivo",
            said="Se corrigió el caso.",
            estados=ANY,
        ),
        Form(
            name="cerrar",
            title="Cerrar el caso",
            label="Cerrar",
            keys="Alt+E",
            icon="lock",
            save="Cerrar el caso",
            field="motivo",
            asks="Motivo del cierre",
            said="Se cerró el caso.",
            estados=ANY - {Estado.CERRADA},
            not_now="El caso ya está cerrado.",
        ),
        Form(
            name="reabrir",
            title="Reabrir el caso",
            label="Reabrir",
            keys="Alt+R",
            icon="lock-open",
            save="Reabrir el caso",
            field="motivo",
            asks="Motivo de la reapertura",
            said="Se reabrió el caso.",
            estados=ANY - OPEN,
            not_now="El caso sigue abierto: puede responderlo con F6.",
        ),
    )
}
"""The acts that a person writes, in the order of the rail."""
HAND_ON = "El programa solo lo anota. Envíe usted los antecedentes a esa institución, con su oficio o correo."
CLOSED_TOO = "Se guardó la respuesta y se cerró el caso."


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a panel; kept for each case until it is saved."""

    text: str = ""
    medio: Medio = Medio.PRESENCIAL
    destino: Institucion = NOWHERE


class ActPanel(Panel):
    """A long text, and what else the act needs."""

    def __init__(self, theme: Theme, form: Form, desk: Desk, view: CaseView) -> None:
        super().__init__(theme, form)
        self._desk, self._view = desk, view
        ways = [(medio, words.capital(way)) for medio, way in words.MEDIOS.items()]
        self.medio = ChoiceRow(theme, tr("Se entregó"), ways)
        self.destino = Suggest(theme, self._bodies, tr("Institución"))
        self.destino_field = Field(theme, tr("Institución"), self.destino, hint=tr(HAND_ON))
        self.area = TextArea(theme, tr(form.asks), lines=3, optional=form.optional)
        Phrases(theme, self.area.box).known = desk.catalogue.frases
        self.medio_field = Field(theme, tr("Se entregó"), self.medio)
        self.writes = self.area.box
        self._filled, self._notice = "", False
        if form.name in SHOWS_RELATO:
            self.column.addWidget(Relato(theme, view.case.ingreso.relato))
        if (picks := self._picks()) is not None:
            self.column.addWidget(picks)
        self.column.addWidget(self.destino_field)
        self.column.addWidget(self.area)
        self.column.addWidget(self.medio_field)
        self.destino_field.setVisible(form.name == "derivar")
        self.medio_field.setVisible(form.name == "responder")
        self.medio.changed.connect(self._heed)
        self.area.box.textChanged.connect(self._heed_body if form.name == "derivar" else self._heed)
        self.close_with(*([self._both()] if form.name == "responder" else []))
        self.put(None)

    def _both(self) -> KeyButton:
        keys = ("Ctrl+Shift+Return", "Ctrl+Shift+Enter")
        both = KeyButton(self.theme, tr("Responder y cerrar"), keys)
        both.clicked.connect(lambda: self.finish(Cierre(ANSWERED)))
        return both

    def _picks(self) -> Picks | None:
        if self.form.name == "responder":
            rows = [(t.titulo, t) for t in templates_for(self._view.case.ingreso.tipo)]
            picks = Picks(self.theme, tr("Respuestas listas"), rows)
            picks.picked.connect(self._fill)
            return picks
        if self.form.name == "derivar" and self._view.destinations:
            rows_to = [(one.nombre, one) for one in self._view.destinations]
            picks = Picks(self.theme, tr("Usadas hace poco"), rows_to)
            picks.picked.connect(self._send_to)
            return picks
        return None

    def _fill(self, template: Template) -> None:
        """Write a ready answer: in the place of another one, else after what stands there."""
        text, box = template.fill(self._view.case, self._desk.session.office), self.area.box
        before = self.area.text()
        if self._filled:
            before = before.removesuffix(self._filled)
        box.set_text(f"{before.rstrip()}\n{text}" if before.strip() else text)
        self._filled, self._notice = text, template.aviso
        if template.aviso and self.medio.value() is Medio.PRESENCIAL:
            persona = self._view.case.ingreso.persona
            by = Medio.TELEFONO if persona.telefono else Medio.CORREO if persona.correo else Medio.PRESENCIAL
            self.medio.choose(by)
        self._heed()
        box.moveCursor(QTextCursor.MoveOperation.End)
        box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _heed(self) -> None:
        """Say what does not go together: a text that only gives notice, and an answer handed over."""
        notice = self._notice and bool(self._filled) and self._filled in self.area.text()
        if notice and self.medio.value() is Medio.PRESENCIAL:
            words_of_it = tr("Ese texto avisa, todavía no entrega. Elija por dónde se avisó.")
            self.medio_field.set_hint(words_of_it, "triangle-alert", "warning")
        elif notice:
            self.medio_field.set_hint(tr("Así se avisó. Cámbielo si fue de otra manera."))
        else:
            self.medio_field.set_hint("")

    def _heed_body(self) -> None:
        """Say to whom it goes when a body's name is typed where the reason stands."""
        text, to = self.area.text().strip(), self.destino.text().strip()
        named = SHORTEST <= len(text) <= LONGEST and bool(to) and text.casefold() not in to.casefold()
        if named and self._desk.catalogue.search_instituciones(text, 1, self._desk.session.office.comuna):
            told = tr("Esto es el motivo. El caso va a {to}; Mayús+Tab lo cambia.").format(to=to)
            self.area.set_hint(told, "triangle-alert", "warning")
        else:
            self.area.set_hint("")

    def missing_line(self) -> Suggest | None:
        """Give the line of the destination while it is empty."""
        asked = self.form.name == "derivar" and not self.destino.text().strip()
        return self.destino if asked else None

    def _send_to(self, body: Institucion) -> None:
        self.destino.set_value(body.nombre, body.clave or None)
        self.destino.setCursorPosition(0)  # a long name is read from its beginning
        self._heed_body()
        self.area.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bodies(self, text: str, limit: int) -> list[Option]:
        """Suggest bodies; those used lately come first where the words fit both."""
        rows = self._desk.catalogue.search_instituciones(text, limit, self._desk.session.office.comuna)
        lately = [one.clave for one in self._view.destinations]
        rows.sort(key=lambda row: lately.index(row.clave) if row.clave in lately else len(lately))
        return [Option(row.nombre, icon="landmark", value=row.clave) for row in rows]

    def acts(self) -> tuple[Act, ...]:
        """Make the act of what stands in the panel; the rules look at it when it is recorded."""
        text = self.area.text()
        match self.form.name:
            case "responder":
                return (Respuesta(text, Medio(str(self.medio.value())), self._desk.session.user.nombre),)
            case "derivar":
                return (Derivacion(self._destino(), text),)
            case "anotar":
                return (Anotacion(text),)
            case "cerrar":
                return (Cierre(text),)
            case _:
                return (Reapertura(text),)

    def typed(self) -> Typed:
        """Give what stands in the panel now."""
        return Typed(self.area.text(), Medio(str(self.medio.value())), self._destino())

    def _destino(self) -> Institucion:
        return Institucion(self.destino.text().strip(), str(self.destino.value() or ""))

    def put(self, typed: object) -> None:
        """Show what was typed before, without old complaints; else an empty form, by the way asked for."""
        self.clear_problems()
        kept = typed if isinstance(typed, Typed) else Typed(medio=self._view.case.ingreso.medio)
        self.area.box.set_text(kept.text)
        self.medio.choose(kept.medio)
        self.destino.set_value(kept.destino.nombre, kept.destino.clave or None)

    def fields(self) -> dict[str, Field]:
        """Give the long text and the destination."""
        return {self.form.field: self.area, "destino": self.destino_field}

    def take_focus(self) -> None:
        """Put the cursor where one begins to write."""
        first = self.destino if self.form.name == "derivar" else self.area.box
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
