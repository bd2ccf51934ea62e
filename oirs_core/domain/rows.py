"""One row of each reference table; only the columns that the program uses."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Region:
    """`regiones.csv`."""

    codigo: str
    nombre: str
    nombre_corto: str
    orden_geografico: str


@dataclass(frozen=True, slots=True)
class Provincia:
    """`provincias.csv`; ``delegacion`` is the name of its Delegación Presidencial."""

    codigo: str
    nombre: str
    region: str
    capital_comuna: str
    delegacion: str


@dataclass(frozen=True, slots=True)
class Comuna:
    """`comunas.csv`; codes are CUT, five digits."""

    codigo: str
    nombre: str
    otros_nombres: str
    provincia: str
    region: str


@dataclass(frozen=True, slots=True)
class MateriaRow:
    """`materias.csv`; ``nivel`` 1 is a group, 2 a topic whose ``padre`` is its group."""

    codigo: str
    nivel: str
    padre: str
    nombre: str
    derivacion_sugerida: str


@dataclass(frozen=True, slots=True)
class InstitucionRow:
    """`instituciones.csv`; also `municipalidades.csv`: CPLT code for ``clave``, and their ``comuna``."""

    clave: str
    nombre: str
    sigla: str
    tipo: str
    region: str
    nombre_anterior: str
    comuna: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """`countries.csv`; ``frecuente_en_chile`` is si or empty."""

    iso2: str
    nombre: str
    otros_nombres: str
    gentilicio_m: str
    gentilicio_f: str
    frecuente_en_chile: str


@dataclass(frozen=True, slots=True)
class Clasificacion:
    """`clasificaciones.csv`."""

    catalogo: str
    codigo: str
    nombre: str


@dataclass(frozen=True, slots=True)
class Pueblo:
    """`pueblos_indigenas.csv`."""

    clave: str
    nombre: str


@dataclass(frozen=True, slots=True)
class Frase:
    """`frases.csv`, `relatos.csv`: what is typed after a semicolon, and the sentence that it stands for."""

    abreviatura: str
    texto: str


@dataclass(frozen=True, slots=True)
class PlazoRow:
    """`plazos.csv`; only a row with ``verificado`` si may put a norm on paper."""

    tipo_solicitud: str
    plazo: str
    unidad: str
    prorrogable: str
    norma: str
    articulo: str
    nota: str
    verificado: str


def columns(row_class: type) -> tuple[str, ...]:
    """Names of the columns of a table."""
    return tuple(field.name for field in fields(row_class))
