"""Card 1 of the form: who is in front of the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oirs_core.domain.errors import FieldMissing, RutRefused
from oirs_core.domain.kinds import DocType, Kind, Medio
from oirs_core.domain.persona import Persona
from oirs_core.domain.rules import NEEDS_PERSON
from oirs_core.domain.rut import Rut
from oirs_desktop.ui import words
from oirs_desktop.ui.choices import ChoiceRow
from oirs_desktop.ui.docline import DocLine
from oirs_desktop.ui.fields import Field
from oirs_desktop.ui.i18n import tr
from oirs_desktop.ui.section import Problem, Section
from oirs_desktop.ui.widgets import Columns, IconLabel, KeyButton

if TYPE_CHECKING:
    from oirs_desktop.store import PersonRow
    from oirs_desktop.ui.theme import Theme

DOCS = (
    (DocType.RUN, tr("RUN")),
    (DocType.PASAPORTE, tr("Pasaporte")),
    (DocType.DNI_EXTRANJERO, tr("Documento extranjero")),
    (DocType.SIN_DOCUMENTO, tr("Sin documento")),
    (DocType.ANONIMO, tr("Anónimo")),
    (DocType.RUT_EMPRESA, tr("Empresa")),
)
MEDIOS = (
    (Medio.PRESENCIAL, tr("En persona")),
    (Medio.TELEFONO, tr("Teléfono")),
    (Medio.CORREO, tr("Correo")),
    (Medio.CARTA, tr("Carta")),
)
CHECKED = frozenset({DocType.RUN, DocType.RUT_EMPRESA})
NAMES = ("nombres", "apellido_paterno", "apellido_materno", "nombre_social")
LINES = ("representante", "representante_run", "telefono", "correo", "direccion")
ANSWER_NEEDS = {Medio.TELEFONO: "telefono", Medio.CORREO: "correo", Medio.CARTA: "direccion"}


class Quien(Section):
    """Document, name, contact, and by which way the person wants the answer."""

    asked = Signal(object, str)
    """Document type and canonical number to look up."""

    settled = Signal(bool)
    """The person is clear and Enter was pressed; True: known from before."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Quién"), "1")
        self._base = Persona()
        self.docs = ChoiceRow(theme, tr("Documento"), DOCS)
        self.line = DocLine()
        self.fields["doc_numero"] = Field(theme, tr("RUN"), self.line)
        self.known = IconLabel(theme)
        self.change = KeyButton(theme, tr("Cambiar datos"), icon="pencil", kind="link")
        self.change.clicked.connect(self.unfold)
        self._build()
        self.docs.changed.connect(self._switch)
        self.line.textEdited.connect(self._typed)
        self.line.entered.connect(self._entered)
        self._switch(DocType.RUN)

    def _build(self) -> None:
        theme = self.theme
        self.column.addWidget(self.docs)
        top = Columns(theme, 600)
        top.add(self.fields["doc_numero"], 2)
        beside = QWidget()
        side = QVBoxLayout(beside)
        side.setContentsMargins(0, theme.px(24), 0, 0)
        side.setSpacing(theme.px(2))
        side.addWidget(self.known)
        side.addWidget(self.change)
        side.addStretch(1)
        top.add(beside, 3)
        self.column.addWidget(top)
        self.more = QWidget()
        self.more.setProperty("ringHost", False)
        column = QVBoxLayout(self.more)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        names = Columns(theme)
        names.add(self.add_line("nombres", tr("Nombres")))
        names.add(self.add_line("apellido_paterno", tr("Primer apellido")))
        names.add(self.add_line("apellido_materno", tr("Segundo apellido"), optional=True))
        column.addWidget(names)
        agent = Columns(theme)
        agent.add(self.add_line("representante", tr("Representante en el mesón"), optional=True), 2)
        agent.add(self.add_line("representante_run", tr("RUN de quien representa"), optional=True))
        column.addWidget(agent)
        contact = Columns(theme)
        contact.add(self.add_line("telefono", tr("Teléfono"), optional=True))
        contact.add(self.add_line("correo", tr("Correo"), optional=True))
        contact.add(self.add_line("nombre_social", tr("Nombre social"), optional=True))
        column.addWidget(contact)
        column.addWidget(self.add_line("direccion", tr("Dirección"), optional=True))
        self.medios = ChoiceRow(theme, tr("Responder por"), MEDIOS)
        self.fields["medio"] = Field(theme, tr("Responder por"), self.medios)
        column.addWidget(self.fields["medio"])
        self.column.addWidget(self.more)
        self.medios.changed.connect(self._address)

    def _address(self, medio: object) -> None:
        self.fields["direccion"].setVisible(medio is Medio.CARTA or bool(self._base.direccion))

    def _switch(self, doc_tipo: object) -> None:
        """Show the fields that this document needs; what stands in the others is kept."""
        firm, nobody = doc_tipo is DocType.RUT_EMPRESA, doc_tipo is DocType.ANONIMO
        self.fields["doc_numero"].setVisible(doc_tipo not in {DocType.SIN_DOCUMENTO, DocType.ANONIMO})
        labels = {DocType.RUN: tr("RUN"), DocType.RUT_EMPRESA: tr("RUT de la empresa")}
        self.fields["doc_numero"].set_label(labels.get(self.doc_tipo, tr("Número")))
        self.fields["nombres"].set_label(tr("Razón social") if firm else tr("Nombres"))
        for name in NAMES:
            self.fields[name].setVisible(not nobody and (not firm or name == "nombres"))
        for name in ("representante", "representante_run"):
            self.fields[name].setVisible(firm)
        self._address(self.medios.value())
        self.clear_problems()
        if nobody:
            self.known.set("info", tr("Puede consultar, reclamar y sugerir sin decir quién es."))
        else:
            self.known.set("", "")
        self.unfold()
        self._typed()

    @property
    def doc_tipo(self) -> DocType:
        """The document chosen."""
        return DocType(str(self.docs.value()))

    def number(self) -> str:
        """Canonical number when it is whole, otherwise empty."""
        if self.doc_tipo not in CHECKED:
            return self.text("doc_numero")
        try:
            return str(Rut.parse(self.text("doc_numero")))
        except RutRefused:
            return ""

    def _typed(self) -> None:
        self.fields["doc_numero"].mend()
        number = self.number()
        if self._base.doc_numero and number != self._base.doc_numero:
            self._forget()
        self.line.asked = bool(number) and number != self._base.doc_numero
        if self.line.asked:
            self.asked.emit(self.doc_tipo, number)

    def _forget(self) -> None:
        """Take out what came from a person of before, unless it was changed by hand."""
        for name in (*NAMES, *LINES):
            if self.fields[name].editor.property("filled") == self.text(name):
                self.set_text(name, "")
        self._base = Persona()
        self.known.set("", "")
        self.unfold()

    def _entered(self) -> None:
        if not self.number() and self.doc_tipo in CHECKED and self.text("doc_numero"):
            self._show(self._judge_number())
            self.line.stay()
        elif self.line.asked:
            self.line.hold()
        elif self._base.doc_numero:
            self.settled.emit(True)

    def _show(self, problems: list[Problem]) -> None:
        for field, text in problems:
            field.set_problem(text)

    def answer(self, number: str, row: PersonRow | None) -> None:
        """Take what the desk knows of ``number``; nothing when another was typed meanwhile."""
        if number != self.number():
            return
        waited = self.line.held
        self.line.asked = False
        if row is not None:
            self.fill(row.persona)
            seen = words.count(row.attentions, tr("atención antes"), tr("atenciones antes"))
            self.known.set("user-check", f"{row.persona.shown_name} · {seen}", "good")
        elif self.doc_tipo in CHECKED:
            self.known.set("circle-check", tr("Número correcto. Es su primera atención aquí."), "good")
        if waited:
            self.settled.emit(row is not None)
        self.line.release()

    def fill(self, persona: Persona) -> None:
        """Put a known person in and fold the fields: there is nothing to type."""
        self.docs.choose(persona.doc_tipo)
        self._base = persona
        number = persona.doc_numero
        shown = Rut.parse(number).pretty if persona.doc_tipo in CHECKED and number else number
        self.set_text("doc_numero", shown)
        for name in (*NAMES, *LINES):
            self.set_text(name, getattr(persona, name))
            self.fields[name].editor.setProperty("filled", getattr(persona, name))
        if persona.nombres:  # an old card tells the first surname only
            self.known.set("user-check", persona.shown_name, "good")
            self.more.hide()
            self.change.show()
        self.line.asked = not persona.nombres
        if self.line.asked and number:
            self.asked.emit(persona.doc_tipo, number)

    @property
    def vacant(self) -> bool:
        """Whether nobody stands here yet."""
        typed = any(self.text(name) for name in (*NAMES, *LINES))
        return self.doc_tipo is DocType.RUN and not self.number() and not typed

    def add_names(self, persona: Persona) -> None:
        """Put in the names that are still missing."""
        for name in NAMES:
            if not self.text(name):
                self.set_text(name, getattr(persona, name))

    def unfold(self) -> None:
        """Show all fields of the person."""
        if self.change.hasFocus():
            self.fields["nombres"].editor.setFocus()
        self.more.show()
        self.change.hide()

    def restored(self) -> None:
        """Look again at what was put in by the form."""
        self._base = Persona()
        self.known.set("", "")
        self.unfold()
        self._typed()

    def persona(self) -> Persona:
        """Give the person as the form says; statistics of before are not carried on."""
        if self.doc_tipo is DocType.ANONIMO:
            return Persona(telefono=self.text("telefono"), correo=self.text("correo"))
        texts = {name: self.text(name) for name in (*NAMES, *LINES)}
        return Persona(
            self.doc_tipo, self.number() or self.text("doc_numero"), comuna=self._base.comuna, **texts
        )

    def medio(self) -> Medio:
        """By which way the person wants the answer."""
        return Medio(str(self.medios.value()))

    def problems(self, tipo: Kind) -> list[Problem]:
        """Everything that keeps this card from being registered, in reading order."""
        found = self._judge_number()
        nobody = self.doc_tipo is DocType.ANONIMO
        for name in (*NAMES, *LINES):
            if not self.fields[name].isHidden():
                needed = name == "nombres" or ANSWER_NEEDS.get(self.medio()) == name
                found += self.judge(name, needed=needed)
        if self.text("representante_run"):
            found += self.tried("representante_run", lambda: Rut.parse(self.text("representante_run")))
        if nobody and tipo in NEEDS_PERSON:
            text = tr("Para este tipo hace falta saber quién es: elija otro documento.")
            found.append((self.fields["medio"], text))
        return found

    def _judge_number(self) -> list[Problem]:
        if self.fields["doc_numero"].isHidden():
            return []
        if self.doc_tipo in CHECKED:
            return self.tried("doc_numero", lambda: Rut.parse(self.text("doc_numero")))
        return self.tried("doc_numero", self._needs_number)

    def _needs_number(self) -> None:
        if not self.text("doc_numero"):
            raise FieldMissing(field="doc_numero")
