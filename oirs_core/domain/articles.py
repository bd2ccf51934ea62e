"""The article of a public body in Spanish: «la Superintendencia», «el Servicio», «Carabineros»."""

from __future__ import annotations

_LA = frozenset(
    [
        "Agencia",
        "Armada",
        "Biblioteca",
        "Caja",
        "Casa",
        "Central",
        "Comercializadora",
        "Comisión",
        "Contraloría",
        "Corporación",
        "Corte",
        "Cámara",
        "Defensa",
        "Defensoría",
        "Delegación",
        "Dirección",
        "División",
        "Empresa",
        "Escuela",
        "Fiscalía",
        "Fuerza",
        "Fundación",
        "Gobernación",
        "Ilustre",
        "Intendencia",
        "Junta",
        "Municipalidad",
        "Oficina",
        "Polla",
        "Policía",
        "Presidencia",
        "Secretaría",
        "Seremi",
        "Sociedad",
        "Subdirección",
        "Subsecretaría",
        "Superintendencia",
        "Tesorería",
        "Unidad",
        "Universidad",
        "Zona",
    ]
)
_EL = frozenset(
    [
        "Banco",
        "Centro",
        "Consejo",
        "Consultorio",
        "Departamento",
        "Directorio",
        "Ejército",
        "Estado",
        "Fondo",
        "Gobierno",
        "Hospital",
        "Instituto",
        "Juzgado",
        "Liceo",
        "Ministerio",
        "Parque",
        "Poder",
        "Registro",
        "Senado",
        "Servicio",
        "Tribunal",
    ]
)
BARE = frozenset(["Astilleros", "Carabineros", "ChileAtiende", "Fábricas", "Gendarmería", "Televisión"])
"""First words of names that take none; any word that is not known here takes none either."""
KNOWN = _LA | _EL | BARE


def named(body: str) -> str:
    """Give ``la Superintendencia de Salud`` for ``Superintendencia de Salud``, within a sentence."""
    first = body.split(" ", 1)[0]
    return f"la {body}" if first in _LA else f"el {body}" if first in _EL else body


def to(body: str) -> str:
    """Give ``a la Superintendencia de Salud``, ``al Servicio de Salud``, ``a Carabineros de Chile``."""
    whole = named(body)
    return f"al {body}" if whole.startswith("el ") and whole != body else f"a {whole}"
