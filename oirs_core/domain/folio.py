"""The number on the receipt, ``OOY-LLLL-NNNN-C``; its parts and why they are so stand in `docs/event.md`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from oirs_core.domain.errors import FolioRefused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTWXYZ"
"""31 symbols: no I, L, O, U; no V, because B and V sound alike in Spanish."""

_SYMBOLS = frozenset(ALPHABET)
LENGTH = 12
OFFICE_LENGTH = 2
LABEL_LENGTH = 4
LAST_NUMBER = 9999

_SHAPE = re.compile(r"(?P<office>..)(?P<year>.)(?P<label>.{4})(?P<number>[0-9]{4})(?P<check>.)")
# Spaces, dots and anything that a keyboard or a paper may show for a hyphen.
_SEPARATORS = re.compile(r"[\s.'_\-\u2010-\u2015\u2212]+")
# Only ASCII letters are raised: ``upper`` would make other letters ours, such as the dotless i.
_READ = str.maketrans("abcdefghijklmnopqrstuvwxyzOIL", "ABCDEFGH1JK1MN0PQRSTUVWXYZ011")
_NAMES = {
    "0": "cero",
    "1": "uno",
    "2": "dos",
    "3": "tres",
    "4": "cuatro",
    "5": "cinco",
    "6": "seis",
    "7": "siete",
    "8": "ocho",
    "9": "nueve",
    "A": "a",
    "B": "be",
    "C": "ce",
    "D": "de",
    "E": "e",
    "F": "efe",
    "G": "ge",
    "H": "hache",
    "J": "jota",
    "K": "ka",
    "M": "eme",
    "N": "ene",
    "P": "pe",
    "Q": "cu",
    "R": "erre",
    "S": "ese",
    "T": "te",
    "W": "doble ve",
    "X": "equis",
    "Y": "i griega",
    "Z": "zeta",
}


def spell(symbols: str) -> str:
    """Say symbols of the alphabet one by one: «ka siete cu dos»."""
    return " ".join(_NAMES[symbol] for symbol in symbols)


@dataclass(frozen=True, slots=True)
class Folio:
    """``text``: 12 symbols in capitals, no separators. Building one that does not fit raises FolioRefused."""

    text: str

    def __post_init__(self) -> None:
        if not self.text:
            raise FolioRefused(reason="empty")
        if not _SYMBOLS.issuperset(self.text):
            raise FolioRefused(reason="symbol")
        if len(self.text) != LENGTH:
            raise FolioRefused(reason="length")
        if _SHAPE.fullmatch(self.text) is None or self.number == 0:
            raise FolioRefused(reason="number")
        if check_symbol(self.text[:-1]) != self.text[-1]:
            raise FolioRefused(reason="check")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a folio typed, spelled or scanned: any case, separators or none, O as 0, I and L as 1.

        Raises FolioRefused with reason empty, symbol, length, number or check.
        """
        return cls(canonical(text))

    @classmethod
    def build(cls, office: str, year: int, label: str, number: int) -> Self:
        """Make a folio of two symbols of the office, the year, four of the log label and 1 to 9999."""
        if len(office) != OFFICE_LENGTH or len(label) != LABEL_LENGTH:
            raise FolioRefused(reason="length")
        if not 1 <= number <= LAST_NUMBER:
            raise FolioRefused(reason="number")
        payload = f"{office}{ALPHABET[year % len(ALPHABET)]}{label}{number:04d}"
        if not _SYMBOLS.issuperset(payload):
            raise FolioRefused(reason="symbol")
        return cls(payload + check_symbol(payload))

    def __str__(self) -> str:
        return self.grouped

    @property
    def groups(self) -> tuple[str, str, str, str]:
        """Office with year, log label, number and check symbol, as they are read and printed."""
        return (self.text[:3], self.text[3:7], self.text[7:11], self.text[11])

    @property
    def grouped(self) -> str:
        """As printed: ``8K6-A2RT-0042-Y``."""
        return "-".join(self.groups)

    @property
    def spoken(self) -> str:
        """As dictated over a telephone: «ocho ka seis, a dos erre te, cero cero cuatro dos, i griega»."""
        return ", ".join(spell(group) for group in self.groups)

    @property
    def office(self) -> str:
        """Two symbols that the centre gave to the office."""
        return self.text[:OFFICE_LENGTH]

    @property
    def label(self) -> str:
        """Four symbols of the log that gave the number."""
        return self.text[3:7]

    @property
    def number(self) -> int:
        """1 to 9999 in its log and year."""
        return int(self.text[7:11])


@lru_cache(maxsize=16)  # building a folio asks for it, and checking what was built asks again
def check_symbol(payload: str) -> str:
    """Give the last symbol of a folio from the eleven before it (ISO 7064 Mod 31,2)."""
    # Not at the top: it brings ssl and pydoc along, and the first window has no use for either.
    from stdnum.iso7064.mod_37_2 import calc_check_digit  # noqa: PLC0415

    return str(calc_check_digit(payload, alphabet=ALPHABET))


def canonical(text: str) -> str:
    """Give the symbols of a folio or of a part of one as ``Folio.text`` has them, without checking them."""
    return _SEPARATORS.sub("", text).translate(_READ)
