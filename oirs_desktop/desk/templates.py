"""Answers that are given often: a short list by kind of case, with the words of the case filled in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from oirs_core.domain.table import rows
from oirs_core.resources import resource

if TYPE_CHECKING:
    from oirs_core.domain.events import Oficina
    from oirs_core.domain.kinds import Kind
    from oirs_core.domain.solicitud import Solicitud

MOST = 5
"""As many as can be taken in at one glance, each with a key of its own."""
EVERY = "*"
COLUMNS = ("codigo", "tipos", "titulo", "texto", "aviso")


@dataclass(frozen=True, slots=True)
class Template:
    """An answer with gaps ``{nombre} {folio} {oficina} {materia}``. ``tipos``: of ``Kind``, or ``*``."""

    codigo: str
    tipos: frozenset[str]
    titulo: str
    texto: str
    aviso: bool = False
    """Only gives notice: the person is not there, or does not have the answer yet."""

    def fill(self, case: Solicitud, office: Oficina) -> str:
        """Write the answer to a case; braces that somebody typed into a name stay as they are."""
        persona = case.ingreso.persona
        values = {
            "{nombre}": persona.shown_name or "Estimada persona",
            "{folio}": _grouped(case.ingreso.folio),
            "{oficina}": office.nombre,
            "{materia}": _inside(case.ingreso.materia.texto),
        }
        parts, rest = [], self.texto
        while rest:
            found = [(place, gap) for gap in values if (place := rest.find(gap)) >= 0]
            if not found:
                break
            place, gap = min(found)
            parts += [rest[:place], values[gap]]
            rest = rest[place + len(gap) :]
        return "".join([*parts, rest])


def _inside(materia: str) -> str:
    """Write a topic as it stands inside a sentence; abbreviations keep their capitals."""
    return materia[:1].lower() + materia[1:] if materia[1:2].islower() else materia


def _grouped(folio: str) -> str:
    return f"{folio[:3]}-{folio[3:7]}-{folio[7:11]}-{folio[11:]}"


@cache
def bundled() -> tuple[Template, ...]:
    """Read the list that ships with the program, in its order."""
    text = resource("templates", "respuestas.csv").read_text(encoding="utf-8")
    return tuple(
        Template(codigo, frozenset(tipos.split("|")), titulo, texto, aviso == "si")
        for codigo, tipos, titulo, texto, aviso in rows("respuestas", text, COLUMNS)
    )


def templates_for(kind: Kind) -> tuple[Template, ...]:
    """Give the answers that fit a kind: its own first, then those for every kind."""
    own = [one for one in bundled() if kind.value in one.tipos]
    every = [one for one in bundled() if EVERY in one.tipos]
    return tuple([*own, *every][:MOST])
