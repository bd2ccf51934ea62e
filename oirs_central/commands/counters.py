"""The counters of the offices: letting them in, looking at them, turning them away."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from oirs_central.commands.asking import OK

if TYPE_CHECKING:
    import argparse

    from oirs_central.commands.asking import Centre


def enrol(asked: argparse.Namespace, centre: Centre) -> int:
    """Give a code that enrols one counter."""
    code = centre.auth.new_code(centre.ledger.office_feed(asked.office))
    print(code)
    print("Sirve para un equipo, una vez, dentro de 24 horas.", file=sys.stderr)
    return OK
