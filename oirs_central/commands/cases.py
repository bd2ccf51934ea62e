"""Answering a case, and looking at all of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from oirs_central.commands.asking import DATA, OK
from oirs_core.domain.events import Respuesta

if TYPE_CHECKING:
    import argparse

    from oirs_central.commands.asking import Centre, Parser


def answer_arguments(answer: Parser) -> None:
    """Say what may be written after ``answer``."""
    answer.add_argument("folio", metavar="FOLIO")
    answer.add_argument("text", metavar="TEXT", help="la respuesta")
    answer.add_argument("--user", required=True, help="quién responde")
    answer.add_argument("--signature", default="", help="nombre y cargo que firman")


def answer(asked: argparse.Namespace, centre: Centre) -> int:
    """Answer a case by its folio."""
    centre.ledger.add(asked.folio, Respuesta(asked.text, firma=asked.signature), asked.user)
    print("Respuesta guardada: llegará a la oficina en su próximo contacto.")
    return OK


def check(_asked: argparse.Namespace, centre: Centre) -> int:
    """Recompute every chain, signature and count, and read every document: what is missing is wanted."""
    found = centre.ledger.verify() + centre.blobs.verify()
    for sentence in found:
        print(sentence)
    print("Todo calza." if not found else f"No calza: {len(found)}.")
    return DATA if found else OK


def dump(asked: argparse.Namespace, centre: Centre) -> int:
    """Write the canonical dump of an office."""
    sys.stdout.buffer.write(centre.ledger.dump(centre.ledger.office_feed(asked.office)) + b"\n")
    sys.stdout.buffer.flush()
    return OK
