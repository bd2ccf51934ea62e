"""The data-protection notice of the receipt, by the law in force on the day of filing.

No article is cited: only laws. A change of wording is a new version, never an edit, because the
case remembers which text its person was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from oirs_core.domain.articles import named


@dataclass(frozen=True, slots=True)
class Notice:
    """One version of the notice: first day on which it is printed, and its three sentences."""

    version: str
    since: date
    sentences: tuple[str, str, str]

    def lines(self, institution: str) -> list[str]:
        """Give the sentences with the name of the responsible institution."""
        # replace and not format: a brace in the name of an institution is only a brace
        return [s.replace("{institution}", named(institution)) for s in self.sentences]


_USE = "Responde por sus datos {institution}; se usan solo para atender su solicitud y en estadísticas."
_RIGHTS_21719 = (
    "Sus derechos, gratis y en esta oficina: acceso, rectificación, supresión, oposición, portabilidad"
    " y bloqueo. Puede reclamar ante la Agencia de Protección de Datos Personales."
)

NOTICES = (
    Notice(
        "19628-1",
        date.min,
        (
            _USE,
            "Base legal: Ley 19.880, DS 680 de 1990 y Ley 19.628, sobre protección de la vida privada.",
            "Sus derechos, gratis y en esta oficina: conocer, corregir, eliminar o bloquear sus datos.",
        ),
    ),
    Notice(
        "21719-1",
        date(2026, 12, 1),
        (
            _USE,
            "Base legal: Ley 19.880, DS 680 de 1990 y Ley 21.719, sobre protección de datos personales.",
            _RIGHTS_21719,
        ),
    ),
)
"""Oldest first."""


def notice_for(day: date) -> Notice:
    """Give the notice that was in force on ``day`` (local date of the filing)."""
    return max((n for n in NOTICES if n.since <= day), key=lambda n: n.since)
