"""Attentions in any number, the same ones for the same seed: names and words of the day in `tests/data`.

Words are drawn one by one from everything told that day, so they are as frequent in the relatos as
they were in those of the day; some words of that day fell only once and are rare here too.
"""

from __future__ import annotations

import csv
import random
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from oirs_core.domain.events import Materia
from oirs_core.domain.kinds import DocType, Kind, Medio, Salida
from oirs_core.domain.persona import Persona
from oirs_core.domain.rut import Rut, check_digit
from oirs_desktop.desk import Draft

DAY = Path(__file__).parents[1] / "tests" / "data" / "dia_de_meson.csv"
LOWEST, HIGHEST = 5_000_000, 26_999_999
SHORTEST, LONGEST = 300, 700
FIRST_DAY = datetime(2026, 1, 5, 9)  # noqa: DTZ001 - local to whichever office it is declared in
TURNS = 600


class Attentions:
    """``draft(i)`` depends on the seed and on i alone."""

    def __init__(self, seed: int = 20260101) -> None:
        self._seed = seed

    @cached_property
    def _day(self) -> list[dict[str, str]]:
        with DAY.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def words(self) -> list[str]:
        """Everything told that day, each word as often as it fell."""
        return [word for row in self._day for word in row["relato"].replace("\\n", " ").split()]

    def column(self, name: str) -> list[str]:
        """What stood in a column that day, empty cells left out."""
        return [row[name] for row in self._day if row[name]]

    @cached_property
    def _pools(self) -> dict[str, list[str]]:
        names = ("nombres", "apellido_paterno", "apellido_materno", "materia", "comuna")
        return {name: self.column(name) for name in names}

    def draft(self, i: int, salida: Salida = Salida.PENDIENTE) -> Draft:
        """An attention with a RUN of its own and 300 to 700 characters of relato."""
        dice = random.Random(f"{self._seed}/{i}")
        pick = {name: dice.choice(pool) for name, pool in self._pools.items()}
        number = dice.randint(LOWEST, HIGHEST)
        persona = Persona(
            doc_tipo=DocType.RUN,
            doc_numero=str(Rut(number, check_digit(number))),
            nombres=pick["nombres"],
            apellido_paterno=pick["apellido_paterno"],
            apellido_materno=pick["apellido_materno"],
            telefono=f"+56 9 {dice.randint(1000, 9999)} {dice.randint(1000, 9999)}",
            correo=f"persona{i}@example.com",
            comuna=pick["comuna"],
        )
        return Draft(
            persona=persona,
            tipo=dice.choice((Kind.CONSULTA, Kind.CONSULTA, Kind.RECLAMO, Kind.PETICION)),
            materia=Materia(pick["materia"]),
            relato=self._told(dice),
            salida=salida,
            respuesta="" if salida is Salida.PENDIENTE else self._told(dice)[:SHORTEST].strip(),
            medio=Medio.CORREO,
        )

    def _told(self, dice: random.Random) -> str:
        length = dice.randint(SHORTEST, LONGEST)
        words = dice.choices(self.words, k=length // 4)
        return " ".join(words)[:length].strip()


def spread(i: int) -> datetime:
    """A moment of a working morning; consecutive ones are minutes apart."""
    return FIRST_DAY + timedelta(days=i // TURNS, minutes=i % TURNS)
