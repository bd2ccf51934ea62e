"""A whole list with a real centre in its own process and real HTTP."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from oirs_desktop import app
from oirs_desktop.commands.attentions import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

BASE = {
    "fecha_hora_local": "2026-10-03T11:02:10",
    "lugar": "gobierno_en_terreno:Caleta Buena",
    "funcionario": "Wilson Mamani Cortés",
    "tipo": "consulta",
    "materia": "Apostilla",
    "doc_tipo": "run",
    "doc_numero": "12.345.678-5",
    "nombres": "Paulina",
    "relato": "Pregunta por la apostilla de su título.",
    "salida": "respondida_en_el_acto",
    "respuesta": "Se le explica.",
}
ROWS = (
    {"n": "1", "oficina": "022"},
    {"n": "2", "oficina": "022", "fecha_hora_local": "2026-10-03T11:09:40"},  # the same case minutes later
    {"n": "3", "oficina": "022", "tipo": "reclamo", "salida": "pendiente"},
    {"n": "4", "oficina": "052", "comuna": "05201"},
    {"n": "5", "oficina": "052", "doc_numero": "12.345.678-9"},
    {"n": "6", "oficina": "999"},
    {"n": "7", "oficina": "022"},  # the very same row again
)


def test_a_day_is_played_synchronised_and_proven(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "lista.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({**BASE, **row} for row in ROWS)
    code = app.main(["day", str(path), "--out", str(tmp_path / "out")])
    said = capsys.readouterr().out
    assert code == app.OK, said
    facts = json.loads((tmp_path / "out" / "day" / "resumen.json").read_text(encoding="utf-8"))
    assert facts["oficinas"] == {"022": 3, "052": 1}
    assert (facts["tomadas"], facts["rechazadas"], facts["ya_estaban"]) == (4, 2, 1)
    assert facts["problemas"] == []
    rows = (tmp_path / "out" / "day" / "filas.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(row)["n"] for row in rows] == [row["n"] for row in ROWS]
    assert "iguales byte a byte" in said
