"""What card 1 of the form is made of; `quien.py` tells how it behaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from oirs_core.domain.kinds import DocType, Medio
from oirs_desktop.ui.form.docline import DocLine
from oirs_desktop.ui.form.estadistica import Estadistica
from oirs_desktop.ui.form.naming import Capitals
from oirs_desktop.ui.lists.people import SameName
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.choices import ChoiceRow
from oirs_desktop.ui.parts.fields import ENTER, Field, plain
from oirs_desktop.ui.parts.options import Option
from oirs_desktop.ui.parts.phone import PhoneField
from oirs_desktop.ui.parts.section import Section
from oirs_desktop.ui.parts.suggest import Suggest
from oirs_desktop.ui.parts.widgets import Banner, Columns, IconLabel, KeyButton, PlainLabel
from oirs_desktop.ui.texts import words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from oirs_core.domain.catalogue import Catalogue
    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.parts.fields import TextLine

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
OF_OFFICE = tr("La de la oficina. Cámbiela si es otra.")
AGENT_RUN = "representante_run"
NAMES = ("nombres", "apellido_paterno", "apellido_materno")


class FoldButton(KeyButton):
    """Enter passes it by, as it leaves every other field; Space and its key unfold."""

    passed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter."""
        if event.key() in ENTER and plain(event):
            self.passed.emit()
        else:
            super().keyPressEvent(event)


class QuienParts(Section):
    """The widgets in reading order: document, names, who speaks for them, contact, what is folded."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Quién"), "1")
        self._catalogue: Catalogue | None = None
        self.docs = ChoiceRow(theme, tr("Documento"), DOCS)
        self.rows["doc_tipo"] = self.docs
        self.line = DocLine()
        self.fields["doc_numero"] = Field(theme, tr("RUN"), self.line)
        self.known = IconLabel(theme)
        self.before = KeyButton(theme, "", "Alt+T", icon="history", kind="link")
        self.change = KeyButton(theme, tr("Cambiar &datos"), icon="pencil", kind="link")
        self.same = SameName(theme)
        self.medios = ChoiceRow(theme, tr("Cómo responder"), MEDIOS)
        self.comuna = Suggest(theme, self._comunas, tr("comuna"))
        self.statistics = Estadistica(theme)
        self._build()

    def _build(self) -> None:
        theme = self.theme
        kinds = QVBoxLayout()
        kinds.setSpacing(theme.px(4))
        kinds.addWidget(PlainLabel(tr("Documento"), Text.STRONG))
        kinds.addWidget(self.docs)
        self.column.addLayout(kinds)
        self.top = top = Columns(theme, 600)
        top.add(self.fields["doc_numero"], 2)
        top.add(self._beside(), 3)
        self.column.addWidget(top)
        self.more = QWidget()
        self.more.setProperty("ringHost", False)
        column = QVBoxLayout(self.more)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        self._more_column = column
        self.agent_part = self._minor()
        for part in (self._names(), self.same, self.agent_part, self._contact()):
            column.addWidget(part)
        column.addWidget(self.add_line("direccion", tr("Dirección"), optional=True))
        self.fields["medio"] = Field(theme, tr("Cómo responder"), self.medios)
        column.addWidget(self.fields["medio"])
        fold, rest = self._rest()
        column.addWidget(fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(rest)
        self.column.addWidget(self.more)

    @property
    def last(self) -> QWidget:
        """Where Tab leaves this card."""
        return self.statistics.choices["discapacidad"]

    def _beside(self) -> QWidget:
        beside, theme = QWidget(), self.theme
        side = QVBoxLayout(beside)
        side.setContentsMargins(0, theme.px(24), 0, 0)
        side.setSpacing(theme.px(2))
        side.addWidget(self.known)
        links = QHBoxLayout()
        links.addWidget(self.before)
        links.addWidget(self.change)
        links.addStretch(1)
        side.addLayout(links)
        side.addStretch(1)
        self.before.hide()
        return beside

    def _names(self) -> QWidget:
        names = Columns(self.theme)
        names.add(self.add_line("nombres", tr("Nombres")))
        names.add(self.add_line("apellido_paterno", tr("Primer apellido")))
        names.add(self.add_line("apellido_materno", tr("Segundo apellido"), optional=True))
        for name in NAMES:
            Capitals(self.fields[name].editor)  # type: ignore[arg-type] # a line
        return names

    def _minor(self) -> QWidget:
        """Make the line of who speaks for the person, under the words that ask for it."""
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        self.minor = Banner(self.theme)
        self.minor.hide()
        agent = Columns(self.theme)
        agent.add(self.add_line("representante", tr("Representante en el mesón"), optional=True), 2)
        agent.add(self.add_line("representante_run", tr("RUN de quien representa"), optional=True))
        Capitals(self.fields["representante"].editor)  # type: ignore[arg-type] # a line
        run: TextLine = self.fields[AGENT_RUN].editor  # type: ignore[assignment] # a line too
        run.editingFinished.connect(lambda: run.setText(words.as_written(AGENT_RUN, self.raw(AGENT_RUN))))
        column.addWidget(self.minor)
        column.addWidget(agent)
        return part

    def _contact(self) -> QWidget:
        contact = Columns(self.theme)
        self.fields["telefono"] = PhoneField(self.theme, tr("Teléfono"), optional=True)
        contact.add(self.fields["telefono"])
        contact.add(self.add_line("correo", tr("Correo"), optional=True))
        self.fields["comuna"] = Field(self.theme, tr("Comuna"), self.comuna, optional=True)
        self.comuna.textChanged.connect(lambda _: self.fields["comuna"].set_hint(""))
        contact.add(self.fields["comuna"])
        return contact

    def _rest(self) -> tuple[QWidget, QWidget]:
        """Make what is folded: it is asked of few people."""
        theme = self.theme
        text = tr("Más datos: nombre social, representante, estadística")
        self.fold = FoldButton(theme, text, "Alt+M", icon="chevron-down", kind="link")
        self.rest = QWidget()
        self._rest_column = column = QVBoxLayout(self.rest)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.add_line("nombre_social", tr("Nombre social"), optional=True))
        self.fields |= self.statistics.fields
        column.addWidget(self.statistics)
        self.rest.hide()
        return self.fold, self.rest

    def put_comuna(self, code: str, hint: str = "") -> None:
        """Put a comuna in by its code; an empty one empties the line. ``hint``: where it comes from."""
        row = self._catalogue.comunas.get(code) if self._catalogue is not None else None
        self.comuna.set_value(row.nombre if row is not None else "", code or None)
        self.fields["comuna"].set_hint(hint)

    def place_agent(self, *, inside: bool) -> None:
        """Put who speaks for the person on top of what is unfolded, or under the names while it is folded.

        So nothing opens above the hands, and a child's adult is asked for although all is folded.
        """
        if inside == self.rest.isAncestorOf(self.agent_part):
            return
        if self.agent_part.isAncestorOf(QApplication.focusWidget() or self):
            self.fold.setFocus(Qt.FocusReason.OtherFocusReason)
        if inside:
            self._rest_column.insertWidget(0, self.agent_part)
        else:
            self._more_column.insertWidget(2, self.agent_part)
        agent, run = (self.fields[name].editor for name in ("representante", "representante_run"))
        before = self.fold if inside else self.fields["apellido_materno"].editor
        for one, other in ((before, agent), (agent, run)):
            self.setTabOrder(one, other)

    def _comunas(self, text: str, limit: int) -> list[Option]:
        if self._catalogue is None:
            return []
        rows = self._catalogue.search_comunas(text, limit)
        return [Option(row.nombre, value=row.codigo) for row in rows]
