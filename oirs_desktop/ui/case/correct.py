"""The panel that corrects what was filed: the fields as they stand now; only what differs is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from oirs_core.domain.enmienda import value_of
from oirs_core.domain.kinds import DocType
from oirs_core.domain.phone import canonical_phone, pretty_phone
from oirs_desktop.desk.amend import enmienda_of
from oirs_desktop.ui.case.acts import FORMS
from oirs_desktop.ui.case.panel import Panel
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.choices import Choice
from oirs_desktop.ui.parts.fields import Field, TextArea, TextLine
from oirs_desktop.ui.parts.options import Option
from oirs_desktop.ui.parts.phone import PhoneField
from oirs_desktop.ui.parts.suggest import Suggest
from oirs_desktop.ui.parts.widgets import Columns, PlainLabel
from oirs_desktop.ui.texts import words
from oirs_desktop.ui.texts.corrections import label

if TYPE_CHECKING:
    from oirs_core.domain.events import Act
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.desk import Desk
    from oirs_desktop.ui.look.theme import Theme

ROWS = (
    ("doc_tipo", "doc_numero"),
    ("nombres", "apellido_paterno", "apellido_materno"),
    ("nombre_social", "representante"),
    ("telefono", "correo"),
    ("direccion", "comuna"),
    ("materia", "medio"),
)
"""Fields side by side, in the order of the form of a new attention."""
NARROW = 620


@dataclass(frozen=True, slots=True)
class Corrected:
    """What stands in the panel: the case as it was when one began, the fields, the reason."""

    case: Solicitud
    values: dict[str, str]
    motivo: str


class CorrectPanel(Panel):
    """Knows the case as it stood when it was opened: a correction that came meanwhile is not overwritten."""

    def __init__(self, theme: Theme, desk: Desk, case: Solicitud) -> None:
        super().__init__(theme, FORMS["corregir"])
        self._desk = desk
        self.seen: Solicitud = case
        comunas = desk.catalogue.comunas
        self._names = {code: row.nombre for code, row in comunas.items()}
        self._codes = {row.nombre: code for code, row in comunas.items()}
        self._fields: dict[str, Field] = {}
        self._warned = ""
        self.head.addWidget(PlainLabel(tr("Ctrl+Enter guarda, Esc lo deja para después"), Text.SMALL))
        for row in ROWS:
            line = Columns(theme, NARROW)
            for name in row:
                self._fields[name] = self._field(name)
                line.add(self._fields[name])
            self.column.addWidget(line)
        self.relato = TextArea(theme, tr("Relato"), lines=3)
        self.motivo = Field(theme, tr("Motivo de la corrección"), TextLine(), optional=True)
        self._fields |= {"relato": self.relato, "motivo": self.motivo}
        self.column.addWidget(self.relato)
        self.column.addWidget(self.motivo)
        self.close_with()
        self.put(None)

    def _field(self, name: str) -> Field:
        if name == "telefono":
            return PhoneField(self.theme, label(name))
        return Field(self.theme, label(name), self._editor(name))

    def _editor(self, name: str) -> Choice | Suggest | TextLine:
        match name:
            case "doc_tipo":
                return Choice(self.theme, [(kind.value, text) for kind, text in words.DOC_TYPES.items()])
            case "medio":
                ways = [(medio.value, words.capital(way)) for medio, way in words.MEDIOS.items()]
                return Choice(self.theme, ways)
            case "comuna":
                return Suggest(self.theme, self._comunas, tr("comuna"))
            case "materia":
                return Suggest(self.theme, self._materias, tr("materia"))
            case _:
                return TextLine()

    def _comunas(self, text: str, limit: int) -> list[Option]:
        rows = self._desk.catalogue.search_comunas(text, limit)
        return [Option(row.nombre, icon="map-pin", value=row.codigo) for row in rows]

    def _materias(self, text: str, limit: int) -> list[Option]:
        rows = self._desk.catalogue.search_materias(text, limit)
        return [Option(row.nombre, value=row.codigo) for row in rows]

    def acts(self) -> tuple[Act, ...]:
        """Make one correction of all that differs from the case as it was opened. DomainError."""
        shown = self.seen.ingreso
        return (enmienda_of(shown, self._values(), self._text("motivo"), self._names),)

    def finish(self, *more: Act) -> None:
        """Hand over; a telephone just typed that cannot be rung is remarked on once before that."""
        field = self._fields["telefono"]
        typed = self._text("telefono")
        if isinstance(field, PhoneField) and field.line.hasFocus() and field.look() and typed != self._warned:
            self._warned = self._text("telefono")
            return
        super().finish(*more)

    def _values(self) -> dict[str, str]:
        return {name: self._value(name) for name in self._fields if name != "motivo"}

    def _value(self, name: str) -> str:
        editor = self._fields[name].editor
        if name == "relato":
            return self.relato.text()
        if isinstance(editor, Choice):
            return str(editor.value())
        text = self._text(name)
        if name == "comuna":
            return self._codes.get(text, text)
        kept = self.seen.ingreso.persona
        if name == "doc_numero" and self._same_number(text):
            return kept.doc_numero
        if name == "telefono":
            same = canonical_phone(text) == canonical_phone(kept.telefono)
            return kept.telefono if same else pretty_phone(text)
        return text

    def _same_number(self, text: str) -> bool:
        """Tell whether a number is the one on file, written in another way."""
        kept = self.seen.ingreso.persona
        return text == _pretty(kept.doc_tipo, kept.doc_numero)

    def _text(self, name: str) -> str:
        editor = self._fields[name].editor
        return editor.text().strip() if isinstance(editor, TextLine) else ""

    def typed(self) -> Corrected:
        """Give what stands in the panel now."""
        return Corrected(self.seen, self._values(), self._text("motivo"))

    def put(self, typed: object) -> None:
        """Show what was typed before over the case as it was then; else the case as it is."""
        self.clear_problems()
        kept = typed if isinstance(typed, Corrected) else None
        if kept is not None:
            self.seen = kept.case
        for name, field in self._fields.items():
            if name == "motivo":
                value = kept.motivo if kept else ""
            else:
                value = kept.values[name] if kept else value_of(self.seen.ingreso, name)
            self._show(name, field, value)

    def _show(self, name: str, field: Field, value: str) -> None:
        editor = field.editor
        if isinstance(field, TextArea):
            field.box.set_text(value)
        elif isinstance(editor, Choice):
            editor.choose(value)
        elif isinstance(editor, Suggest):
            editor.set_value(self._names.get(value, value) if name == "comuna" else value, None)
        elif isinstance(editor, TextLine):
            kept = self.seen.ingreso.persona
            same = name == "doc_numero" and value == kept.doc_numero
            editor.setText(_pretty(kept.doc_tipo, value) if same else value)
            editor.setCursorPosition(0)

    def fields(self) -> dict[str, Field]:
        """Give all fields."""
        return self._fields

    def take_focus(self) -> None:
        """Begin with the name: who has nothing to mend there moves on with Tab."""
        self._fields["nombres"].editor.setFocus(Qt.FocusReason.TabFocusReason)


def _pretty(doc_tipo: DocType, number: str) -> str:
    """``12.345.678-5`` for a RUN; other numbers as they are."""
    if doc_tipo in {DocType.RUN, DocType.RUT_EMPRESA} and number:
        return words.pretty(doc_tipo, number).split(" ", 1)[1]
    return number
