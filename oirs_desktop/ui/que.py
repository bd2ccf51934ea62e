"""Card 2 of the form: what the person came for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oirs_core.domain.events import Institucion, Materia
from oirs_core.domain.kinds import Kind
from oirs_core.domain.text import LONG_CHARS
from oirs_desktop.ui import words
from oirs_desktop.ui.choices import Choice
from oirs_desktop.ui.fields import Field, TextArea
from oirs_desktop.ui.i18n import tr
from oirs_desktop.ui.options import Option
from oirs_desktop.ui.section import Problem, Section
from oirs_desktop.ui.suggest import Suggest
from oirs_desktop.ui.widgets import Columns

if TYPE_CHECKING:
    from oirs_core.domain.catalogue import Catalogue
    from oirs_desktop.ui.theme import Theme

RELATO_LINES = 4


class Que(Section):
    """Kind, topic, institution and what the person tells."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Qué"), "2")
        self.catalogue: Catalogue | None = None
        self.comuna = ""
        """Code of the comuna of the office: bodies near it are suggested first."""
        self.tipo = Choice(theme, [(kind, words.KINDS[kind]) for kind in Kind])
        self.materia = Suggest(theme, self._materias, tr("materia"))
        self.institucion = Suggest(theme, self.instituciones, tr("institución"))
        self.relato = TextArea(theme, tr("Relato"), lines=RELATO_LINES)
        self.fields = {
            "tipo": Field(theme, tr("Tipo"), self.tipo),
            "materia": Field(theme, tr("Materia"), self.materia),
            "institucion": Field(
                theme, tr("Institución"), self.institucion, hint=tr("De quién se trata."), optional=True
            ),
            "relato": self.relato,
        }
        top = Columns(theme, 720)
        top.add(self.fields["tipo"], 4)
        top.add(self.fields["materia"], 6)
        top.add(self.fields["institucion"], 5)
        self.column.addWidget(top)
        self.column.addWidget(self.relato)

    def _materias(self, text: str, limit: int) -> list[Option]:
        if self.catalogue is None:
            return []
        rows = self.catalogue.search_materias(text, limit)
        return [Option(row.nombre, value=row.codigo) for row in rows] or not_listed(text)

    def instituciones(self, text: str, limit: int) -> list[Option]:
        """Suggest public bodies; the derivation asks here too."""
        return [] if self.catalogue is None else bodies(self.catalogue, self.comuna, text, limit)

    def kind(self) -> Kind:
        """Give the kind chosen."""
        return Kind(str(self.tipo.value()))

    def topic(self) -> Materia:
        """Give the topic: of the catalogue, or the words as typed."""
        return Materia(self.text("materia"), str(self.materia.value() or ""))

    def body_named(self) -> Institucion | None:
        """Give the institution that the case is about, if one was named."""
        return institucion_of(self.institucion)

    def problems(self) -> list[Problem]:
        """Everything that keeps this card from being registered, in reading order."""
        return [
            *self.judge("materia", needed=True),
            *self.judge("institucion"),
            *self.judge("relato", needed=True, limit=LONG_CHARS),
        ]


def bodies(catalogue: Catalogue, comuna: str, text: str, limit: int) -> list[Option]:
    """Suggest public bodies, those near an office in ``comuna`` (code) first, each with where it is."""
    options: list[Option] = []
    for row in catalogue.search_instituciones(text, limit, comuna):
        region = catalogue.regiones.get(row.region)
        where = region.nombre_corto if region and row.comuna else ""
        options.append(Option(row.nombre, aside=where, value=row.clave))
    return options or not_listed(text)


def not_listed(text: str) -> list[Option]:
    """Say that the words stay as they are typed."""
    words = tr("No está en el catálogo: se guardará «{text}»").format(text=text)
    return [Option(words, icon="pencil")]


def institucion_of(line: Suggest) -> Institucion | None:
    """Give the body named in a line: with its key, or with the words as typed; None when empty."""
    name = line.text().strip()
    return Institucion(name, str(line.value() or "")) if name else None
