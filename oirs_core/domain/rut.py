"""RUN and RUT: a number and the check digit of module 11 (D.S. 18/1973; python-stdnum ``cl.rut``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from oirs_core.domain.errors import RutRefused

FIRMS_FROM = 50_000_000
MAX_NUMBER = 99_999_999
SHOWN_DIGITS = 3

# ASCII digits only: ``\d`` would take those of full width and of other scripts. The hyphen may be left
# out because a dotted number without its check digit (12.345.678) then fits neither shape; more digits than
# a RUN has are let through here so that they are refused by range, which is the more useful sentence.
_DOTTED = re.compile(r"([0-9]{1,3}(?:[. ][0-9]{3})+)(?: ?- ?)?([0-9Kk])")
_PLAIN = re.compile(r"([0-9]{1,12}?)(?: ?- ?)?([0-9Kk])")


@dataclass(frozen=True, slots=True, order=True)
class Rut:
    """A number from 1 to 99,999,999 and its check digit (``0``-``9`` or ``K``).

    ``str()`` is the canonical form, ``12345678-5``. Building one that does not fit raises RutRefused.
    """

    number: int
    dv: str

    def __post_init__(self) -> None:
        if not 1 <= self.number <= MAX_NUMBER:
            raise RutRefused(reason="range")
        # The right digit is not in the data: a screen that tells it lets a guessed number pass.
        if self.dv != check_digit(self.number):
            raise RutRefused(reason="check")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person types: dots or spaces by thousands, hyphen or none, ``k`` or ``K``, zeros first.

        Raises RutRefused with reason empty, shape, range or check. Other hyphens, other digits and
        dots out of place are refused, not guessed at.
        """
        text = text.strip()
        if not text:
            raise RutRefused(reason="empty")
        match = _PLAIN.fullmatch(text) or _DOTTED.fullmatch(text)
        if match is None:
            raise RutRefused(reason="shape")
        number = int(match[1].replace(".", "").replace(" ", ""))
        return cls(number, match[2].upper())

    def __str__(self) -> str:
        return f"{self.number}-{self.dv}"

    @property
    def is_firm(self) -> bool:
        """Whether the number is in the range given to legal persons (from 50 million on)."""
        return self.number >= FIRMS_FROM

    @property
    def pretty(self) -> str:
        """As the law prints it: ``12.345.678-5``."""
        return f"{self.number:,}-{self.dv}".replace(",", ".")

    @property
    def masked(self) -> str:
        """All but the last three digits and the check digit hidden: ``••.•••.678-5``."""
        body, dv = self.pretty.split("-")
        hidden = re.sub("[0-9]", "•", body[:-SHOWN_DIGITS])
        return f"{hidden}{body[-SHOWN_DIGITS:]}-{dv}"


@lru_cache(maxsize=16)  # one number is read by the form, the desk and the rules
def check_digit(number: int) -> str:
    """Give the check digit of a number: ``0``-``9`` or ``K``."""
    # Not at the top: it brings ssl and pydoc along, and the first window has no use for either.
    from stdnum.cl.rut import calc_check_digit  # noqa: PLC0415

    return str(calc_check_digit(str(number)))
