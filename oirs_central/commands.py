"""The commands of the centre, in Spanish; exit codes are those of sysexits."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

from oirs_central.engine import DatabaseAway, SchemaNewer
from oirs_central.ledger.errors import FolioUnknown, OfficeUnknown, TableTooLarge
from oirs_central.settings import INSTITUTION, INSTITUTION_NAME, Settings
from oirs_core.domain.catalogue import Catalogue
from oirs_core.domain.errors import ActNotAllowed, FolioRefused, OirsError, TextTooLong
from oirs_core.domain.events import Funcionario, Oficina, Respuesta
from oirs_core.domain.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from oirs_central.auth import Auth
    from oirs_central.ledger import Ledger

OK, USAGE, DATA, MISSING, AWAY, CANNOT_WRITE = 0, 64, 65, 66, 69, 73
HOST, PORT = "127.0.0.1", 8470
TRAINING_BASE = "https://capacitacion.example"
MAX_DAYS = 365


class CommitmentRefused(OirsError):
    """A commitment that is not KIND=DAYS. ``text``."""

    code = "commitment"


SENTENCES: tuple[tuple[type[Exception], int, str], ...] = (
    (OfficeUnknown, MISSING, "No existe la oficina {office}: créela con «oirs-central office»."),
    (CommitmentRefused, USAGE, "«{text}» no se entiende: escriba por ejemplo consulta=5."),
    (FolioUnknown, MISSING, "Ningún caso tiene el folio {folio}."),
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


class Centre(Protocol):
    """What a command needs of the centre that `app` builds."""

    @property
    def settings(self) -> Settings:
        """Where its things are."""

    @property
    def ledger(self) -> Ledger:
        """Events, feeds, offices."""

    @property
    def auth(self) -> Auth:
        """Codes and counters."""

    def seed(self) -> list[str]:
        """Publish the shipped tables."""

    def serve(self, host: str, port: int, ready: Callable[[int], None]) -> None:
        """Answer at an address until told to stop; ``ready`` gets the port."""

    def close(self) -> None:
        """Let the database go."""


class Parser(argparse.ArgumentParser):
    """Ends with the exit code for wrong usage."""

    def error(self, message: str) -> NoReturn:
        """Say what was not understood."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


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
    serve = verbs.add_parser("serve", parents=[shared], help="atiende a los equipos de las oficinas")
    serve.add_argument("--host", default=HOST, help="dirección donde escuchar")
    serve.add_argument("--port", type=int, default=PORT, help="puerto; 0 toma uno libre")
    serve.add_argument("--with-stdin", action="store_true", help="termina cuando se cierra su entrada")
    verbs.add_parser("migrate", parents=[shared], help="pone al día la base de datos y los catálogos")
    _office_arguments(verbs.add_parser("office", parents=[shared], help="crea o cambia una oficina"))
    enrol = verbs.add_parser("enrol", parents=[shared], help="da un código para inscribir un equipo")
    enrol.add_argument("office", metavar="OFFICE", help="código de la oficina")
    answer = verbs.add_parser("answer", parents=[shared], help="responde un caso")
    answer.add_argument("folio", metavar="FOLIO")
    answer.add_argument("text", metavar="TEXT", help="la respuesta")
    answer.add_argument("--user", required=True, help="quién responde")
    answer.add_argument("--signature", default="", help="nombre y cargo que firman")
    verbs.add_parser("check", parents=[shared], help="revisa todas las cadenas, firmas y cuentas")
    dump = verbs.add_parser("dump", parents=[shared], help="escribe los casos de una oficina")
    dump.add_argument("office", metavar="OFFICE", help="código de la oficina")
    return parser


def _office_arguments(office: Parser) -> None:
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


def run(asked: argparse.Namespace, build: Callable[[], Centre]) -> int:
    """Run one command; gives its exit code."""
    centre = None
    try:
        centre = build()
        return VERBS[asked.verb](asked, centre)
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


def _serve(asked: argparse.Namespace, centre: Centre) -> int:
    centre.seed()

    def ready(port: int) -> None:
        print(f"OIRS central escuchando en http://{asked.host}:{port}", flush=True)
        if asked.with_stdin:
            threading.Thread(target=_end_with_stdin, name="stdin", daemon=True).start()

    centre.serve(asked.host, asked.port, ready)
    return OK


def _end_with_stdin() -> None:
    """Stop when whoever started this is gone, even killed: its end of the pipe closes on every system."""
    while os.read(0, 4096):
        pass
    signal.raise_signal(signal.SIGTERM)


def _migrate(_asked: argparse.Namespace, centre: Centre) -> int:
    changed = centre.seed()
    print(f"Base de datos al día. Catálogos publicados: {', '.join(changed) or 'ninguno nuevo'}.")
    return OK


def _office(asked: argparse.Namespace, centre: Centre) -> int:
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
    office = replace(before, **{name: value for name, value in given.items() if value is not None})
    office = replace(office, zona=Catalogue.seed().calendar.zone(office.comuna))
    if not office.base:
        print("Indique con --base la dirección pública que se imprime en el código.", file=sys.stderr)
        return USAGE
    office = centre.ledger.office(office)
    print(f"Oficina {office.codigo}: {office.nombre}. Sus folios comienzan con {office.folio}.")
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


def _enrol(asked: argparse.Namespace, centre: Centre) -> int:
    code = centre.auth.new_code(centre.ledger.office_feed(asked.office))
    print(code)
    print("Sirve para un equipo, una vez, dentro de 24 horas.", file=sys.stderr)
    return OK


def _answer(asked: argparse.Namespace, centre: Centre) -> int:
    centre.ledger.add(asked.folio, Respuesta(asked.text, firma=asked.signature), asked.user)
    print("Respuesta guardada: llegará a la oficina en su próximo contacto.")
    return OK


def _check(_asked: argparse.Namespace, centre: Centre) -> int:
    found = centre.ledger.verify()
    for sentence in found:
        print(sentence)
    print("Todo calza." if not found else f"No calza: {len(found)}.")
    return DATA if found else OK


def _dump(asked: argparse.Namespace, centre: Centre) -> int:
    sys.stdout.buffer.write(centre.ledger.dump(centre.ledger.office_feed(asked.office)) + b"\n")
    sys.stdout.buffer.flush()
    return OK


VERBS: dict[str, Callable[[argparse.Namespace, Centre], int]] = {
    "serve": _serve,
    "migrate": _migrate,
    "office": _office,
    "enrol": _enrol,
    "answer": _answer,
    "check": _check,
    "dump": _dump,
}
