"""Making and changing an office."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from oirs_central.commands.asking import OK, USAGE
from oirs_central.ledger.errors import OfficeUnknown
from oirs_core.domain.catalogue import Catalogue
from oirs_core.domain.errors import OirsError
from oirs_core.domain.events import Funcionario, Oficina
from oirs_core.domain.kinds import Kind

if TYPE_CHECKING:
    import argparse

    from oirs_central.commands.asking import Centre, Parser
    from oirs_central.settings import Settings

TRAINING_BASE = "https://capacitacion.example"
MAX_DAYS = 365


class CommitmentRefused(OirsError):
    """A commitment that is not KIND=DAYS. ``text``."""

    code = "commitment"


def arguments(office: Parser) -> None:
    """Say what may be written after the command."""
    office.add_argument("office", metavar="OFFICE", help="código de la provincia, tres cifras")
    for option, text in (
        ("--name", "nombre; si falta, el de la delegación de la provincia"),
        ("--comuna", "código de la comuna; si falta, la capital de la provincia"),
        ("--base", "dirección pública que se imprime en el código"),
        ("--direccion", "dirección de la oficina"),
        ("--telefono", "teléfono de la oficina"),
        ("--horario", "horario de atención"),
    ):
        office.add_argument(option, help=text)
    office.add_argument(
        "--funcionario",
        nargs=3,
        action="append",
        metavar=("ID", "NOMBRE", "CARGO"),
        help="un funcionario; se repite, y la lista reemplaza a la anterior",
    )
    office.add_argument(
        "--compromiso",
        action="append",
        metavar="TIPO=DIAS",
        help="días hábiles que la oficina promete; se repite",
    )
    office.add_argument("--training", action="store_true", default=None, help="oficina de capacitación")


def office(asked: argparse.Namespace, centre: Centre) -> int:
    """Create an office, or change what is given of it."""
    before = centre.ledger.office_config(asked.office) or _from_province(asked, centre.settings)
    given = {
        "nombre": asked.name,
        "comuna": asked.comuna,
        "base": asked.base,
        "direccion": asked.direccion,
        "telefono": asked.telefono,
        "horario": asked.horario,
        "capacitacion": asked.training,
    }
    if asked.funcionario is not None:
        given["funcionarios"] = tuple(Funcionario(*parts) for parts in asked.funcionario)
    if asked.compromiso is not None:
        given["compromisos"] = dict(_commitment(text) for text in asked.compromiso)
    made = replace(before, **{name: value for name, value in given.items() if value is not None})
    made = replace(made, zona=Catalogue.seed().calendar.zone(made.comuna))
    if not made.base:
        print("Indique con --base la dirección pública que se imprime en el código.", file=sys.stderr)
        return USAGE
    made = centre.ledger.office(made)
    print(f"Oficina {made.codigo}: {made.nombre}. Sus folios comienzan con {made.folio}.")
    return OK


def _from_province(asked: argparse.Namespace, settings: Settings) -> Oficina:
    province = Catalogue.seed().provincias.get(asked.office)
    if province is None and (asked.name is None or asked.comuna is None):
        raise OfficeUnknown(office=asked.office)
    return Oficina(
        codigo=asked.office,
        folio="",
        nombre="" if province is None else province.delegacion,
        institucion=settings.institution_name,
        comuna="" if province is None else province.capital_comuna,
        zona="",
        base=TRAINING_BASE if asked.training else "",
    )


def _commitment(text: str) -> tuple[str, int]:
    kind, _, days = text.partition("=")
    if kind not in set(Kind) or not days.isdecimal() or not 0 < int(days) <= MAX_DAYS:
        raise CommitmentRefused(text=text)
    return kind, int(days)
