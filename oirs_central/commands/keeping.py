"""What must not stay, and what must not get lost: erasure by a resolution, backups, snapshots."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from oirs_central.commands.asking import OK

if TYPE_CHECKING:
    import argparse

    from oirs_central.commands.asking import Centre, Parser


def erase_arguments(erase: Parser) -> None:
    """Say what may be written after ``erase``."""
    erase.add_argument("what", metavar="FOLIO|HECHO", help="el caso, o uno solo de sus hechos")
    erase.add_argument("--reason", required=True, help="la resolución que lo ordena, como se mostrará")


def erase(asked: argparse.Namespace, centre: Centre) -> int:
    """Take personal data out of a case, everywhere."""
    notice = centre.ledger.erase(asked.what, asked.reason)
    centre.blobs.drop_erased()
    centre.snapshots()
    print(f"Hechos suprimidos: {len(notice.hechos)}. Cada equipo los suprime en su próximo contacto.")
    print("Siguen en los respaldos y pendrives anteriores: destrúyalos según su plazo.", file=sys.stderr)
    return OK


def backup_arguments(backup: Parser) -> None:
    """Say what may be written after ``backup``."""
    backup.add_argument("to", metavar="TO", type=Path, help="archivo nuevo, fuera de este equipo")


def backup(asked: argparse.Namespace, centre: Centre) -> int:
    """Copy the database, read the copy back, and tell the counters how far it goes."""
    copy = centre.backup(asked.to)
    print(f"Respaldo revisado: {copy.events} hechos en {asked.to}. Guárdelo fuera de la central.")
    print("La clave de la central y los documentos no van en él: respáldelos aparte.", file=sys.stderr)
    return OK


def restore_arguments(restore: Parser) -> None:
    """Say what may be written after ``restore``."""
    restore.add_argument("source", metavar="FROM", type=Path, help="el respaldo")


def restore(asked: argparse.Namespace, centre: Centre) -> int:
    """Put a backup into a database that holds nothing yet."""
    copy = centre.restore(asked.source)
    print(f"Repuestos {copy.events} hechos. Los equipos devolverán lo que falte en su próximo contacto.")
    return OK


def snapshot(_asked: argparse.Namespace, centre: Centre) -> int:
    """Make the files that new counters begin with."""
    for made in centre.snapshots():
        print(f"{made.feed}: {made.pos} hechos, {made.size} bytes.")
    print("Copias de arranque al día.")
    return OK
