"""Reads a list of attentions: which columns it has, and what a row says."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from oirs_core.domain.errors import FieldMissing, ValueUnknown
from oirs_core.domain.events import Institucion, Materia
from oirs_core.domain.kinds import DocType, Kind, Lugar, Medio, Salida
from oirs_core.domain.persona import Persona
from oirs_desktop.commands.errors import ListRefused, RowRefused
from oirs_desktop.desk import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from oirs_core.domain.catalogue import Catalogue

V = TypeVar("V", bound=StrEnum)

COLUMNS = (
    "n",
    "oficina",
    "fecha_hora_local",
    "lugar",
    "funcionario",
    "tipo",
    "materia",
    "doc_tipo",
    "doc_numero",
    "nombres",
    "apellido_paterno",
    "apellido_materno",
    "nombre_social",
    "genero",
    "fecha_nacimiento",
    "nacionalidad",
    "pueblo_originario",
    "discapacidad",
    "comuna",
    "direccion",
    "telefono",
    "correo",
    "medio_respuesta",
    "institucion_aludida",
    "relato",
    "salida",
    "respuesta",
    "derivada_a",
    "adjuntos",
)
PERSON = (
    *("doc_numero", "nombres", "apellido_paterno", "apellido_materno", "nombre_social"),
    *("telefono", "correo", "direccion", "comuna", "nacionalidad", "fecha_nacimiento"),
    *("genero", "pueblo_originario", "discapacidad"),
)
"""Columns that go into the person under the same name."""
MAX_FILE = 64 << 20
MAX_CELL = 1 << 22
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Row:
    """``line``: where it begins in the file; ``cells``: as many as it has, whatever they hold."""

    line: int
    cells: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def values(self) -> Mapping[str, str]:
        """Column to text; RowRefused when the row has another number of cells than the heading."""
        if len(self.cells) != len(self.columns):
            raise RowRefused(reason="cells", found=len(self.cells), expected=len(self.columns))
        return dict(zip(self.columns, self.cells, strict=True))

    def peek(self, column: str) -> str:
        """Text of a column, empty when the row is too short."""
        index = self.columns.index(column)
        return self.cells[index] if index < len(self.cells) else ""


def read_list(path: Path) -> list[Row]:
    """Read a whole list: CSV in UTF-8 with commas and double quotes. Raises ListRefused."""
    text = _decoded(_bytes(path))
    # The limit is one of the csv module; a long relato must be refused as a row, not as a file.
    before = csv.field_size_limit(MAX_CELL)
    try:
        return _parsed(text)
    finally:
        csv.field_size_limit(before)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise ListRefused(reason="large", limit=MAX_FILE >> 20)
        return path.read_bytes()
    except OSError as why:
        raise ListRefused(reason="unreadable") from why


def _decoded(raw: bytes) -> str:
    head = raw[:4096]
    # UTF-16 without a mark has a zero in every other byte; a single one is a fault of its row.
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(0) * 8 > len(head):
        raise ListRefused(reason="utf16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise ListRefused(reason="encoding", line=raw.count(b"\n", 0, why.start) + 1) from why


def _parsed(text: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        heading = tuple(cell.strip() for cell in next(reader, []))
        _check_heading(heading)
        rows, line = [], reader.line_num
        for cells in reader:
            if cells:
                rows.append(Row(line + 1, tuple(cells), heading))
            line = reader.line_num
    except csv.Error as why:
        raise ListRefused(reason="quotes", line=reader.line_num) from why
    if not rows:
        raise ListRefused(reason="empty")
    return rows


def _check_heading(heading: tuple[str, ...]) -> None:
    if not any(heading):
        raise ListRefused(reason="empty")
    if len(heading) == 1 and (";" in heading[0] or "\t" in heading[0]):
        raise ListRefused(reason="delimiter")
    missing = [name for name in COLUMNS if name not in heading]
    if missing:
        raise ListRefused(reason="missing", columns=_listed(missing))
    surplus = [name for n, name in enumerate(heading) if name not in COLUMNS or name in heading[:n]]
    if surplus:
        raise ListRefused(reason="surplus", columns=_listed(surplus))


def _listed(names: list[str], limit: int = 6) -> str:
    shown = [name[:40] or "(sin nombre)" for name in names[:limit]]
    return ", ".join(shown) + (" …" if len(names) > limit else "")


def draft_of(row: Row, catalogue: Catalogue) -> Draft:
    """Give what the form would have held. Raises RowRefused or a DomainError."""
    cells = row.values
    lugar, _, localidad = cells["lugar"].partition(":")
    topic = catalogue.materia_named(cells["materia"])
    return Draft(
        persona=_persona(cells),
        tipo=_member(Kind, "tipo", cells["tipo"]),
        materia=Materia(cells["materia"], topic.codigo if topic else ""),
        relato=_lines(cells["relato"]),
        salida=_member(Salida, "salida", cells["salida"]),
        respuesta=_lines(cells["respuesta"]),
        destino=_body(cells["derivada_a"], catalogue),
        lugar=_member(Lugar, "lugar", lugar),
        localidad=localidad.strip(),
        medio=_member(Medio, "medio_respuesta", cells["medio_respuesta"] or Medio.PRESENCIAL),
        institucion=_body(cells["institucion_aludida"], catalogue),
        adjuntos=tuple(name.strip() for name in cells["adjuntos"].split(";") if name.strip()),
        declared=_when(cells["fecha_hora_local"]),
    )


def _body(name: str, catalogue: Catalogue) -> Institucion | None:
    """Give a public body by its name; one that the catalogue does not have is kept as text."""
    if not name.strip():
        return None
    known = catalogue.institucion_named(name)
    return Institucion(name, known.clave if known else "")


def _persona(cells: Mapping[str, str]) -> Persona:
    doc_tipo = _member(DocType, "doc_tipo", cells["doc_tipo"])
    texts = {name: cells[name] for name in PERSON}
    texts["comuna"] = texts["comuna"].strip()
    return Persona(doc_tipo=doc_tipo, **texts)


def _member(closed: type[V], field: str, text: str) -> V:
    if not text.strip():
        raise FieldMissing(field=field)
    try:
        return closed(text.strip())
    except ValueError as why:
        raise ValueUnknown(field=field, value=text[:40]) from why


def _lines(text: str) -> str:
    """Restore line breaks: backslash and n in these lists, CR LF by some spreadsheets."""
    return text.replace("\r\n", "\n").replace("\\n", "\n")


def _when(text: str) -> datetime:
    """Local date and time without a zone: the office's own is meant."""
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError as why:
        raise RowRefused(reason="date", value=text[:40]) from why
    has_time = ":" in text
    if not has_time or when.tzinfo is not None or not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise RowRefused(reason="date", value=text[:40])
    return when
