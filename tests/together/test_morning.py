"""What `make run` does on a machine with no screen, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter as Tally
from typing import TYPE_CHECKING

from oirs_core.domain.kinds import Salida
from oirs_desktop import app
from oirs_desktop.commands.visitors import VISITS

if TYPE_CHECKING:
    from pathlib import Path

ENDS = {Salida.RESPONDIDA: "respondida", Salida.PENDIENTE: "ingresada", Salida.DERIVADA: "derivada"}


def test_a_morning_is_played_with_keys_and_counted_at_the_centre(tmp_path: Path) -> None:
    plain = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DISPLAY", "WAYLAND", "QT_"))
    }
    order = [sys.executable, "-m", "oirs_desktop", "demo", "--out", str(tmp_path)]
    done = subprocess.run(order, env=plain, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (app.OK, ""), done.stdout
    facts = json.loads((tmp_path / "resumen.json").read_text(encoding="utf-8"))
    assert (facts["de_esta_manana"], facts["casos_en_la_central"]) == (5, 5 + len(VISITS))
    before = Tally(ENDS[visit.salida] for visit in VISITS)
    assert Tally(facts["por_estado"]) - before == {"derivada": 1, "ingresada": 1, "respondida": 3}
    assert facts["mesón_igual_a_la_central"] is True
    assert len(list((tmp_path / "comprobantes").glob("*.pdf"))) == 5
    assert len(list(tmp_path.glob("*.png"))) == 10
    assert str(tmp_path) in done.stdout
