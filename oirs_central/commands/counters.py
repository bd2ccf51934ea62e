"""The counters of the offices: letting them in, looking at them, turning them away."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from oirs_central.commands.asking import OK
from oirs_core import chain

if TYPE_CHECKING:
    import argparse

    from oirs_central.commands.asking import Centre, Parser


def enrol(asked: argparse.Namespace, centre: Centre) -> int:
    """Give a code that enrols one counter."""
    code = centre.auth.new_code(centre.ledger.office_feed(asked.office))
    print(code)
    print("Sirve para un equipo, una vez, dentro de 24 horas.", file=sys.stderr)
    return OK


def counters(asked: argparse.Namespace, centre: Centre) -> int:
    """List the counters of an office, one a line: id, label, name, since when, and what is odd about it."""
    for row in centre.auth.counters(centre.ledger.office_feed(asked.office)):
        since = datetime.fromtimestamp(row.enrolled_ms / 1000, tz=UTC).strftime("%d-%m-%Y")
        odd = [f"{row.branches} veces escribió otra copia de este equipo"] if row.branches else []
        odd += ["retirado"] if row.revoked else []
        print(f"{chain.b64(row.device)}  {row.label}  {row.name}  desde {since}  {', '.join(odd)}".rstrip())
    return OK


def revoke_arguments(revoke: Parser) -> None:
    """Say what may be written after ``revoke``."""
    revoke.add_argument("device", metavar="DEVICE", help="identificador del equipo, como lo da «counters»")


def revoke(asked: argparse.Namespace, centre: Centre) -> int:
    """Turn a counter away; what it wrote stays, and what it still has may be brought on a stick."""
    centre.auth.revoke(chain.unb64(asked.device))
    print("El equipo ya no puede intercambiar datos. Lo que envió antes se conserva.")
    return OK
