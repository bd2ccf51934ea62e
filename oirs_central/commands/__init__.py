"""The commands of the centre, in Spanish."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from oirs_central.auth import DeviceUnknown
from oirs_central.commands import cases, counters, keeping, offices, serving, sticks
from oirs_central.commands.asking import (
    AWAY,
    CANNOT_WRITE,
    DATA,
    MISSING,
    OK,
    USAGE,
    Parser,
)
from oirs_central.engine import DatabaseAway, SchemaNewer
from oirs_central.ledger.backup import BackupExists, BackupUnsound, RestoreRefused
from oirs_central.ledger.errors import FolioUnknown, NothingToErase, OfficeUnknown, TableTooLarge
from oirs_central.settings import INSTITUTION, INSTITUTION_NAME, Settings
from oirs_core.domain.errors import ActNotAllowed, FieldMissing, FolioRefused, OirsError, TextTooLong

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from oirs_central.commands.asking import Centre

    Verb = tuple[Callable[[argparse.Namespace, Centre], int], Callable[[Parser], None] | None, str]

SENTENCES: tuple[tuple[type[Exception], int, str], ...] = (
    (OfficeUnknown, MISSING, "No existe la oficina {office}: créela con «oirs-central office»."),
    (offices.CommitmentRefused, USAGE, "«{text}» no se entiende: escriba por ejemplo consulta=5."),
    (DeviceUnknown, MISSING, "Ningún equipo tiene ese identificador: vea «oirs-central counters»."),
    (FolioUnknown, MISSING, "Ningún caso tiene el folio {folio}."),
    (NothingToErase, DATA, "Ese caso o hecho ya no tiene datos personales que suprimir."),
    (FieldMissing, USAGE, "Falta escribir la resolución con --reason."),
    (BackupExists, CANNOT_WRITE, "Ya existe {path}: elija otro nombre."),
    (BackupUnsound, DATA, "La copia no calza y no cuenta como respaldo: {reason}"),
    (RestoreRefused, DATA, "La base de datos no está vacía: nada se repuso."),
    (FolioRefused, DATA, "Ese folio no está bien escrito: revise sus doce símbolos."),
    (ActNotAllowed, DATA, "El caso está en estado «{estado}» y no admite esa respuesta."),
    (TextTooLong, DATA, "El texto es demasiado largo: tiene {length} y caben {limit}."),
    (TableTooLarge, DATA, "La tabla {name} mide {size} bytes y caben {limit}: divídala."),
    (SchemaNewer, AWAY, "La base de datos es de una versión más nueva: actualice este programa."),
    (DatabaseAway, AWAY, "La base de datos no responde: revise su dirección y que esté encendida."),
    (OirsError, DATA, "No se pudo: {code}. Revise lo escrito."),
    (PermissionError, CANNOT_WRITE, "No hay permiso para usar {filename}."),
    (OSError, CANNOT_WRITE, "El sistema no lo permite: {strerror} ({filename})."),
)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; ``settings`` of the result is ready to build with."""
    asked = _parser().parse_args(arguments)
    asked.settings = Settings(asked.data, asked.db, asked.key, asked.institution, asked.institution_name)
    return asked


def _parser() -> Parser:
    shared = Parser(add_help=False)
    shared.add_argument("--data", type=Path, default=Path("central"), help="carpeta de la central")
    shared.add_argument(
        "--db", default="", metavar="URL", help="base de datos; si falta, SQLite en la carpeta"
    )
    shared.add_argument(
        "--key", type=Path, metavar="FILE", help="archivo de la clave; si falta, en la carpeta"
    )
    shared.add_argument("--institution", default=INSTITUTION, help="sigla de la institución")
    shared.add_argument("--institution-name", default=INSTITUTION_NAME, help="su nombre, como se imprime")
    parser = Parser(prog="oirs-central", description="Central de las oficinas OIRS.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND", parser_class=Parser)
    for verb, (_, arguments, text) in VERBS.items():
        made = verbs.add_parser(verb, parents=[shared], help=text)
        if arguments is not None:
            arguments(made)
    return parser


def run(asked: argparse.Namespace, build: Callable[[], Centre]) -> int:
    """Run one command; gives its exit code."""
    centre = None
    try:
        centre = build()
        return VERBS[asked.verb][0](asked, centre)
    except (OirsError, OSError) as why:
        _, code, sentence = next(row for row in SENTENCES if isinstance(why, row[0]))
        known = {"filename": getattr(why, "filename", ""), "strerror": getattr(why, "strerror", "")}
        if isinstance(why, OirsError):
            known |= {"code": why.code, **{name: str(value) for name, value in why.data.items()}}
        print(sentence.format_map(known), file=sys.stderr)
        return code
    finally:
        if centre is not None:
            centre.close()


def _migrate(_asked: argparse.Namespace, centre: Centre) -> int:
    changed = centre.seed()
    print(f"Base de datos al día. Catálogos publicados: {', '.join(changed) or 'ninguno nuevo'}.")
    return OK


def _of_office(parser: Parser) -> None:
    parser.add_argument("office", metavar="OFFICE", help="código de la oficina")


VERBS: dict[str, Verb] = {
    "serve": (serving.serve, serving.arguments, "atiende a los equipos de las oficinas"),
    "tls": (serving.tls, serving.tls_arguments, "hace el certificado propio para atender por https"),
    "migrate": (_migrate, None, "pone al día la base de datos y los catálogos"),
    "office": (offices.office, offices.arguments, "crea o cambia una oficina"),
    "enrol": (counters.enrol, _of_office, "da un código para inscribir un equipo"),
    "counters": (counters.counters, _of_office, "lista los equipos de una oficina"),
    "revoke": (counters.revoke, counters.revoke_arguments, "retira un equipo robado o dado de baja"),
    "answer": (cases.answer, cases.answer_arguments, "responde un caso"),
    "check": (cases.check, None, "revisa todas las cadenas, firmas, cuentas y documentos"),
    "erase": (keeping.erase, keeping.erase_arguments, "suprime datos personales de un caso"),
    "backup": (keeping.backup, keeping.backup_arguments, "respalda la base de datos y revisa la copia"),
    "restore": (keeping.restore, keeping.restore_arguments, "repone un respaldo en una base vacía"),
    "snapshot": (keeping.snapshot, None, "prepara las copias de arranque de equipos nuevos"),
    "bundle": (sticks.bundle, sticks.arguments, "recibe lo que traen los pendrives y deja las respuestas"),
    "dump": (cases.dump, _of_office, "escribe los casos de una oficina"),
}
"""By name: what runs it, what adds its arguments, and what it does, for the help."""
