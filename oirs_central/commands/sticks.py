"""The command that takes in what sticks bring, and leaves the answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from oirs_central.bundles import Verdict
from oirs_central.commands.asking import DATA, OK

if TYPE_CHECKING:
    import argparse

    from oirs_central.bundles import Result
    from oirs_central.commands.asking import Centre, Parser

WORDS = {
    Verdict.NEW: "se recibieron {new} actos.",
    Verdict.KNOWN: "ya se había recibido: nada cambió.",
    Verdict.PARTLY: "se recibieron {new} actos; los otros {known} ya estaban.",
    Verdict.TORN: "le falta el final: se recibió lo que venía entero, {new} actos nuevos.",
    Verdict.REVOKED: "es de un equipo retirado: sus {new} actos quedan en cuarentena, a la vista.",
    Verdict.MISSING: "faltan envíos anteriores de ese equipo: se recibieron {new} actos.",
    Verdict.CHANGED: "llegó alterado: no se recibió nada. Pida otra copia.",
    Verdict.FOREIGN: "es de otra institución: no se recibió nada.",
    Verdict.UNKNOWN: "es de un equipo que no está inscrito aquí: no se recibió nada.",
    Verdict.SEALED: "está cerrado para otra central: no se recibió nada.",
    Verdict.NEWER: "es de una versión más nueva: actualice este programa.",
    Verdict.ANSWER: "es una respuesta de la central: va al equipo, no viene de él.",
    Verdict.OTHER: "no es un envío de este programa: no se tocó.",
    Verdict.UNREAD: "no se puede leer: revise el pendrive.",
}
NO_ROOM = "No hubo espacio para todos sus documentos: libere disco y repita."
WELL = frozenset({Verdict.NEW, Verdict.KNOWN, Verdict.PARTLY, Verdict.REVOKED, Verdict.ANSWER})


def sentence(result: Result) -> str:
    """Say in one line what became of a file."""
    who = f" (oficina {result.office}, {result.name})" if result.name else ""
    words = WORDS[result.verdict].format(new=result.new, known=result.given - result.new)
    papers = f" Documentos completos: {result.papers}." if result.papers else ""
    full = f" {NO_ROOM}" if result.full else ""
    return f"{result.path.name}{who}: {words}{papers}{full}"


def arguments(bundle: Parser) -> None:
    """Add what the command needs."""
    bundle.add_argument("places", type=Path, nargs="+", metavar="IN", help="carpeta o archivos que llegaron")
    bundle.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="carpeta donde dejar las respuestas"
    )


def bundle(asked: argparse.Namespace, centre: Centre) -> int:
    """Take the files in and write the answers."""
    well = True

    def tell(result: Result) -> None:
        nonlocal well
        well = well and result.verdict in WELL and not result.full
        print(sentence(result), flush=True)

    answers = centre.post.take(asked.places, asked.out, tell)
    print(f"Respuestas: {len(answers)}.")
    return OK if well else DATA
