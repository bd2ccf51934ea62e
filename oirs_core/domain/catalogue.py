"""The reference tables of the counter: read when first asked for, never changed, searched as one types."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self, TypeVar

from oirs_core.domain.calendar import Calendar
from oirs_core.domain.errors import ValueUnknown
from oirs_core.domain.near import nearness
from oirs_core.domain.palabras import EMPTY, TABLE, Palabras, check_palabras, telling
from oirs_core.domain.rows import (
    Clasificacion,
    Comuna,
    Country,
    Frase,
    InstitucionRow,
    MateriaRow,
    PlazoRow,
    Provincia,
    Pueblo,
    Region,
    columns,
)
from oirs_core.domain.search import Index, entry_of, fold_text, search
from oirs_core.domain.table import header, rows
from oirs_core.resources import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


__all__ = ["Catalogue", "fold_text"]

R = TypeVar("R")

MUNICIPALIDADES = ("codigo_cplt", "nombre", "region", "comuna")
FERIADOS = ("fecha", "nombre", "tipo", "estado", "regiones", "provincias", "comunas")
MUNICIPALIDAD = "municipalidad"
ROW_CLASSES: dict[str, type] = {
    "regiones": Region,
    "provincias": Provincia,
    "comunas": Comuna,
    "materias": MateriaRow,
    "countries": Country,
    "clasificaciones": Clasificacion,
    "pueblos_indigenas": Pueblo,
    "plazos": PlazoRow,
}
OPTIONAL: dict[str, type] = {"frases": Frase, "relatos": Frase}
"""Tables that a centre of before does not have."""


class Catalogue:
    """All tables, each read when first asked for. Safe to share between threads: nothing in it changes."""

    def __init__(self, tables: Mapping[str, str]) -> None:
        """``tables``: name without ending, CSV text. Use ``from_csv``, which looks at the headers."""
        self._tables = tables

    @classmethod
    def from_csv(cls, tables: Mapping[str, str]) -> Self:
        """Take the tables; ValueUnknown (the table, its missing column) before any of them is used.

        Tables and columns that this program does not know are let be: a newer centre may send them.
        """
        needed = {name: columns(row) for name, row in ROW_CLASSES.items()}
        needed |= {name: columns(row) for name, row in OPTIONAL.items() if name in tables}
        needed |= {"instituciones": columns(InstitucionRow)[:-1]}
        needed |= {"municipalidades": MUNICIPALIDADES, "feriados_cl": FERIADOS}
        for name, wanted in needed.items():
            header(name, tables.get(name, ""), wanted)
        check_palabras(tables.get(TABLE, EMPTY))
        return cls(dict(tables))

    @classmethod
    def seed(cls) -> Self:
        """Give the tables that ship with the program."""
        paths = resource("catalogues").glob("*.csv")
        return cls.from_csv({path.stem: path.read_text(encoding="utf-8") for path in paths})

    def check(self) -> None:
        """Read every table now; ValueUnknown at the first row that does not fit. For who publishes one."""
        for name in dir(type(self)):
            if isinstance(getattr(type(self), name), cached_property):
                getattr(self, name)

    @cached_property
    def regiones(self) -> Mapping[str, Region]:
        """By code, from north to south."""
        found = sorted(self._rows("regiones", Region), key=lambda row: int(row.orden_geografico or 0))
        return {row.codigo: row for row in found}

    @cached_property
    def provincias(self) -> Mapping[str, Provincia]:
        """By code of three digits."""
        return {row.codigo: row for row in self._rows("provincias", Provincia)}

    @cached_property
    def comunas(self) -> Mapping[str, Comuna]:
        """By code of five digits."""
        return {row.codigo: row for row in self._rows("comunas", Comuna)}

    @cached_property
    def materias(self) -> Mapping[str, MateriaRow]:
        """By code."""
        return {row.codigo: row for row in self._rows("materias", MateriaRow)}

    @cached_property
    def instituciones(self) -> Mapping[str, InstitucionRow]:
        """By key: public bodies, then municipalities."""
        names = columns(InstitucionRow)[:-1]
        found = [InstitucionRow(*row) for row in rows("instituciones", self._text("instituciones"), names)]
        town_halls = rows("municipalidades", self._text("municipalidades"), MUNICIPALIDADES)
        found += [
            InstitucionRow(k, name, "", MUNICIPALIDAD, region, "", c) for k, name, region, c in town_halls
        ]
        return {row.clave: row for row in found}

    @cached_property
    def paises(self) -> Mapping[str, Country]:
        """By ISO 3166 alfa-2."""
        return {row.iso2: row for row in self._rows("countries", Country)}

    @cached_property
    def pueblos(self) -> Mapping[str, Pueblo]:
        """By key."""
        return {row.clave: row for row in self._rows("pueblos_indigenas", Pueblo)}

    @cached_property
    def clasificaciones(self) -> Mapping[str, tuple[Clasificacion, ...]]:
        """By name of the list (``identidad_genero``, ``discapacidad_origen``...), in its own order."""
        lists: dict[str, tuple[Clasificacion, ...]] = {}
        for row in self._rows("clasificaciones", Clasificacion):
            lists[row.catalogo] = (*lists.get(row.catalogo, ()), row)
        return lists

    @cached_property
    def palabras(self) -> Palabras:
        """Everyday words for the topics; none where a centre sends no such table."""
        return Palabras(self._tables.get(TABLE, EMPTY), self.materias.values())

    @cached_property
    def plazos(self) -> tuple[PlazoRow, ...]:
        """Every term of the table, verified or not."""
        return tuple(self._rows("plazos", PlazoRow))

    @cached_property
    def frases(self) -> tuple[Frase, ...]:
        """Frequent phrases, in the order of the table; empty where nobody sent any."""
        return tuple(self._rows("frases", Frase)) if "frases" in self._tables else ()

    @cached_property
    def relatos(self) -> tuple[Frase, ...]:
        """As ``frases``, for what a person tells; empty where nobody sent any."""
        return tuple(self._rows("relatos", Frase)) if "relatos" in self._tables else ()

    @cached_property
    def calendar(self) -> Calendar:
        """Business days and zones by comuna."""
        return Calendar.from_csv(self._text("feriados_cl"), self._text("comunas"))

    def search_materias(self, text: str, limit: int = 8) -> list[MateriaRow]:
        """Topics and groups by their own words, those of their group, or everyday words for them."""
        typed = fold_text(text)
        for wanted in dict.fromkeys((typed, telling(typed))):
            found = search(self._materia_index, wanted, len(self._materia_index), self._likely(wanted))
            if found:
                found.sort(key=lambda row: self._first(row, wanted))
                return found[:limit]
        return []

    def _first(self, row: MateriaRow, wanted: str) -> int:
        """Of what an everyday word means, only the likeliest goes before a topic that is called so."""
        means = self.palabras.first(row.codigo, wanted)
        return min(means, 1) if fold_text(row.nombre).startswith(f"{wanted} ") else means

    def _likely(self, typed: str) -> Callable[[MateriaRow], int]:
        return lambda row: self.palabras.place(row.codigo, typed)

    def search_instituciones(self, text: str, limit: int = 8, comuna: str = "") -> list[InstitucionRow]:
        """Public bodies and municipalities by name, sigla or former name; near ``comuna`` (code) first."""
        return search(self._institucion_index, text, limit, nearness(self.comunas, comuna))

    def search_comunas(self, text: str, limit: int = 8) -> list[Comuna]:
        """Comunas by name or another spelling of it."""
        return search(self._comuna_index, text, limit)

    def search_paises(self, text: str, limit: int = 8) -> list[Country]:
        """Countries by name, another spelling, or the word for their people."""
        return search(self._pais_index, text, limit)

    def institucion_named(self, nombre: str) -> InstitucionRow | None:
        """Give the body of exactly that name, whatever its accents and capitals."""
        return self._institucion_names.get(fold_text(nombre))

    def materia_named(self, nombre: str) -> MateriaRow | None:
        """Give the topic of exactly that name, whatever its accents and capitals."""
        return self._materia_names.get(fold_text(nombre))

    @cached_property
    def _institucion_names(self) -> dict[str, InstitucionRow]:
        return {entry.name: row for entry, row in reversed(self._institucion_index)}

    @cached_property
    def _materia_names(self) -> dict[str, MateriaRow]:
        return {entry.name: row for entry, row in self._materia_index}

    @cached_property
    def _materia_index(self) -> Index[MateriaRow]:
        found = self.materias.values()
        groups = {row.codigo: row.nombre for row in found}
        said = self.palabras
        return [(entry_of(r.nombre, f"{groups.get(r.padre, '')} {said.of(r.codigo)}"), r) for r in found]

    @cached_property
    def _institucion_index(self) -> Index[InstitucionRow]:
        found = self.instituciones.values()
        return [(entry_of(row.nombre, f"{row.sigla} {row.nombre_anterior}", row.sigla), row) for row in found]

    @cached_property
    def _comuna_index(self) -> Index[Comuna]:
        return [(entry_of(row.nombre, row.otros_nombres), row) for row in self.comunas.values()]

    @cached_property
    def _pais_index(self) -> Index[Country]:
        # Those whose people come to our counters most stand first among equals.
        found = sorted(self.paises.values(), key=lambda row: (row.frecuente_en_chile != "si", row.nombre))
        return [
            (entry_of(row.nombre, f"{row.otros_nombres} {row.gentilicio_m} {row.gentilicio_f}"), row)
            for row in found
        ]

    def _rows(self, table: str, row_class: type[R]) -> list[R]:
        return [row_class(*row) for row in rows(table, self._text(table), columns(row_class))]

    def _text(self, table: str) -> str:
        if table not in self._tables:
            raise ValueUnknown(field=table, value="")
        return self._tables[table]
