"""Card 2 of the form: what the person came for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from oirs_core.domain.events import Institucion, Materia
from oirs_core.domain.kinds import Kind
from oirs_core.domain.text import LONG_CHARS
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.choices import Choice
from oirs_desktop.ui.parts.fields import Field, TextArea
from oirs_desktop.ui.parts.options import Option
from oirs_desktop.ui.parts.section import Problem, Section
from oirs_desktop.ui.parts.suggest import Suggest
from oirs_desktop.ui.parts.widgets import Columns
from oirs_desktop.ui.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from oirs_core.domain.catalogue import Catalogue
    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.paper.adjuntos import Adjuntos

RELATO_LINES = 4
HOUR_MS = 3_600_000


class Que(Section):
    """Kind, topic, institution and what the person tells."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Qué"), "2")
        self.catalogue: Catalogue | None = None
        self.adjuntos: Adjuntos | None = None
        self.comuna = ""
        """Code of the comuna of the office: bodies near it are suggested first."""
        self.tipo = Choice(theme, [(kind, words.KINDS[kind]) for kind in Kind])
        self.materia = Suggest(theme, self._materias, tr("materia"))
        self._last: Option | None = None
        self._last_at = 0
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

    def add_documents(self, adjuntos: Adjuntos) -> Adjuntos:
        """Take documents too; they belong to the state of this card."""
        self.adjuntos = adjuntos
        self.column.addWidget(adjuntos)
        return adjuntos

    def state(self) -> dict[str, str]:
        """Give texts, choices and the documents taken so far."""
        return super().state() | (self.adjuntos.state() if self.adjuntos is not None else {})

    def restore(self, state: Mapping[str, str]) -> None:
        """Put in what ``state`` gave."""
        super().restore(state)
        if self.adjuntos is not None:
            self.adjuntos.restore(state)

    def _materias(self, text: str, limit: int) -> list[Option]:
        if self.catalogue is None:
            return []
        rows = self.catalogue.search_materias(text, limit) if text else []
        found = [Option(row.nombre, value=row.codigo) for row in rows]
        last = self._last
        if last is not None and last.value and (not text or last.value in {row.value for row in found}):
            rest = [row for row in found if row.value != last.value]
            found = [replace(last, aside=tr("la anterior")), *rest][:limit]
        return found or not_listed(text)

    def remember(self, topic: Materia, now: int) -> None:
        """Offer this topic first for an hour: people come with the same thing. ``now``: ms UTC."""
        self._last, self._last_at = Option(topic.texto, value=topic.codigo), now
        self.offer_last(now)

    def offer_last(self, now: int) -> None:
        """Say which topic was the last, or forget it after an hour."""
        if self._last is not None and now - self._last_at > HOUR_MS:
            self._last = None
        last = self._last.title if self._last is not None and self._last.value else ""
        self.fields["materia"].set_hint(tr("Última: {topic}. ↓ la toma.").format(topic=last) if last else "")
        self.materia.offers = bool(last)

    def instituciones(self, text: str, limit: int) -> list[Option]:
        """Suggest public bodies; the derivation asks here too."""
        return [] if self.catalogue is None else bodies(self.catalogue, self.comuna, text, limit)

    @property
    def first(self) -> QWidget:
        """The topic: the kind is mostly right as it stands."""
        return self.materia

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
