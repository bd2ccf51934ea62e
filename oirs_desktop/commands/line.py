"""The command line of `oirs-desktop`, in Spanish."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NoReturn

USAGE = 64


class Parser(argparse.ArgumentParser):
    """Speaks Spanish and ends with the exit code of sysexits for wrong usage."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, add_help=False, **kwargs)  # type: ignore[arg-type, misc]
        self._positionals.title = "argumentos"
        self._optionals.title = "opciones"
        self.add_argument("-h", "--help", action="help", help="muestra esta ayuda")

    def format_usage(self) -> str:
        """Give the usage line."""
        return super().format_usage().replace("usage:", "uso:", 1)

    def format_help(self) -> str:
        """Give the help page."""
        return super().format_help().replace("usage:", "uso:", 1)

    def error(self, message: str) -> NoReturn:
        """Say what to do, whatever was wrong."""
        _ = message  # in English, and about the parser rather than about the task
        sys.stderr.write(f"{self.format_usage()}No se entiende la orden. Vea: {self.prog} --help\n")
        raise SystemExit(USAGE)


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line. ``verb`` is empty for the window."""
    parser = Parser(
        prog="oirs-desktop", description="Mesón de atención de la OIRS. Sin orden, abre la ventana."
    )
    _common(parser, default=None)
    verbs = parser.add_subparsers(dest="verb", metavar="ORDEN", parser_class=Parser, title="órdenes")
    parser.set_defaults(verb="")
    _enrol(_verb(verbs, "enrol", "inscribe este equipo en una oficina"))
    _import(_verb(verbs, "import-day", "ingresa una lista de atenciones"))
    _verb(verbs, "sync", "intercambia ahora con la central")
    _verb(verbs, "verify", "revisa lo guardado y lo muestra en cifras")
    export = _verb(verbs, "export", "guarda lo que falta enviar en un pendrive u otra carpeta")
    export.add_argument("folder", type=Path, metavar="DESTINO", help="carpeta donde dejar el archivo")
    read = _verb(verbs, "import", "recibe las respuestas de la central que trae un pendrive")
    read.add_argument("places", type=Path, nargs="+", metavar="ORIGEN", help="carpeta o archivos")
    _verb(verbs, "recover-journal", "recupera los actos desde el diario cuando se dañaron los datos")
    day = _verb(verbs, "day", "prueba una lista completa con central y mesones de verdad")
    day.add_argument("file", type=Path, metavar="ARCHIVO")
    day.add_argument(
        "--out", type=Path, default=Path("out"), metavar="CARPETA", help="dónde dejar el resultado"
    )
    demo = _verb(verbs, "demo", "abre una oficina de capacitación; sin pantalla, simula una mañana")
    demo.add_argument(
        "--out", type=Path, default=Path("out"), metavar="CARPETA", help="dónde dejar el resultado"
    )
    demo.add_argument("--morning", action="store_true", help="simula la mañana aunque haya pantalla")
    return parser.parse_args(arguments)


def _verb(verbs: argparse._SubParsersAction[Parser], name: str, sentence: str) -> Parser:
    verb = verbs.add_parser(name, help=sentence, description=f"{sentence[0].upper()}{sentence[1:]}.")
    _common(verb, default=argparse.SUPPRESS)
    return verb


def _common(parser: Parser, default: object) -> None:
    # Before or after the verb: what is given last holds, and a verb does not undo what stood before it.
    parser.add_argument("--data", type=Path, default=default, metavar="CARPETA", help="carpeta de los datos")
    parser.add_argument("--user", default=default, metavar="NOMBRE", help="funcionario que atiende")


def _enrol(verb: Parser) -> None:
    verb.add_argument("url", metavar="URL", help="dirección de la central")
    verb.add_argument("code", metavar="CODIGO", help="código de un solo uso que entrega la central")
    verb.add_argument("--name", default="", metavar="NOMBRE", help="nombre de este equipo en la oficina")
    verb.add_argument(
        "--ca", type=Path, metavar="ARCHIVO", help="certificado de la central (ca.pem), si es propio"
    )
    verb.add_argument(
        "--again",
        action="store_true",
        help="la central olvidó este equipo o es otra: lo inscribe de nuevo y conserva todo lo guardado",
    )
    verb.add_argument(
        "--training", action="store_true", help="guarda las claves en un archivo (capacitación)"
    )


def _import(verb: Parser) -> None:
    verb.add_argument("file", type=Path, metavar="ARCHIVO")
    verb.add_argument("--office", default="", metavar="CODIGO", help="oficina que se espera; otra se rechaza")
    verb.add_argument(
        "--report", type=Path, metavar="ARCHIVO", help="informe por fila, .csv o JSON por línea"
    )
