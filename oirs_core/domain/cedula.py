"""The code on a Chilean identity card, as a scanner types it: RUN and name, nothing else.

Cards since 2013 carry an address of the Registro Civil, cards of 2002-2013 a text of fixed columns with a
fingerprint behind. The address is read, never opened. Serial number, dates, country and fingerprint are
looked at only to find the columns and the check digits (ICAO 9303), and are not kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote_to_bytes

from oirs_core.domain.errors import CedulaRefused, RutRefused
from oirs_core.domain.kinds import DocType
from oirs_core.domain.layout import is_address, readings
from oirs_core.domain.persona import Persona
from oirs_core.domain.rut import Rut

_ADDRESS = re.compile(
    r"https?://(?:[a-z0-9-]+\.)*registrocivil\.cl(?::[0-9]+)?/"
    r"(?P<path>docstatus|usuarios-portal/pages/DocumentRequestStatus\.xhtml)\?(?P<query>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BEGUN = re.compile(r"https?://(?:[a-z0-9-]+\.)*registrocivil\.cl/", re.IGNORECASE)
HOME = "https://portal.sidiv.registrocivil.cl/"
_HAS_RUN = re.compile(r"(?:^|&)RUN=", re.IGNORECASE)
_RUN = re.compile(r"[0-9]{1,8}-[0-9Kk]")
# 0-9 RUN without hyphen, 9-19 number of the request; scanners drop or double what pads the columns.
_OLD = re.compile(r"(?P<run>[0-9]{6,8}[0-9Kk]) {0,2}[0-9]{9} ?(?=[^\W\d_])")
# 19-49 first surname, then country, expiry and serial number.
_SURNAME = re.compile(r"(?P<surname>[^\x00]{1,30}?)[\x00 ]*[A-Z]{3}[0-9]{6}[A-Z][0-9]{9}")
_WORDS = re.compile(r"[^\W\d_]+(?:[ '’-]+[^\W\d_]+)*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]")
_CUT = re.compile(r"%[0-9A-Fa-f]?$")
_PARTICLES = frozenset({"de", "del", "la", "las", "los", "el", "y", "da", "do", "dos", "di", "van", "von"})

MRZ_LENGTH = 24
_MRZ_FIELDS = ((0, 9), (10, 16), (17, 23))
"""Number, birth and expiry; the check digit stands behind each."""
_MRZ_WEIGHTS = (7, 3, 1)
_MRZ_VALUES = {symbol: value for value, symbol in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {
    "<": 0
}


class Card(StrEnum):
    """Which document the code stands on, as the code says it."""

    CEDULA = "CEDULA"
    CEDULA_EXT = "CEDULA_EXT"
    PASAPORTE_PG = "PASAPORTE_PG"
    PASAPORTE_OFICIAL = "PASAPORTE_OFICIAL"
    CEDULA_2002 = "CEDULA_2002"
    OTHER = ""


@dataclass(frozen=True, slots=True)
class Cedula:
    """RUN and, where the code tells it, the name as printed on the card (capitals).

    ``partial``: the end of the code was missing, so nothing but the RUN's own digit vouches for it.
    """

    run: Rut
    nombres: str = ""
    apellidos: str = ""
    kind: Card = Card.OTHER
    partial: bool = False

    @property
    def persona(self) -> Persona:
        """Give the person for the form: names with capitals only where they begin."""
        first, second = _surnames(self.apellidos)
        return Persona(DocType.RUN, str(self.run), _spoken(self.nombres), first, second)


def parse(text: str) -> Cedula:
    """Read a scanned code, also when a Spanish keyboard or CapsLock garbled it.

    CedulaRefused with reason shape (no identity card), short (ends before the RUN does), run or check.
    """
    text = text.strip("\r\n\t ")
    if not is_address(text):
        return _old(text)
    ours = False
    for reading in readings(_CONTROL.sub("", text)):
        match = _ADDRESS.fullmatch(reading)
        if match and _HAS_RUN.search(match["query"]):
            return _current(match["path"].lower(), match["query"])
        ours = ours or _BEGUN.match(reading) is not None or HOME.startswith(reading.lower())
    raise CedulaRefused(reason="short" if ours else "shape")


def is_old(text: str) -> bool:
    """Whether a text begins like the code of 2002-2013, with a RUN whose digit fits."""
    match = _OLD.match(text)
    if match is None:
        return False
    try:
        Rut.parse(match["run"])
    except RutRefused:
        return False
    return True


def _current(path: str, query: str) -> Cedula:
    pairs = (part.partition("=") for part in query.split("&"))
    fields = {key.upper(): value for key, _, value in reversed(list(pairs))}
    run, mrz = fields.get("RUN", ""), fields.get("MRZ", "").upper()
    if not _RUN.fullmatch(run):
        raise CedulaRefused(reason="short")
    if len(mrz) > MRZ_LENGTH or (len(mrz) == MRZ_LENGTH and not _is_mrz(mrz)):
        raise CedulaRefused(reason="check")
    name, whole = _name(fields.get("NAME", ""))
    given, _, family = name.partition("  ")
    kind = fields.get("TYPE", "").upper()
    return Cedula(
        _rut(run),
        " ".join(given.split()),
        " ".join(family.split()),
        Card(kind) if kind in set(Card) else Card.OTHER,
        partial=not whole or (path == "docstatus" and len(mrz) < MRZ_LENGTH),
    )


def _rut(text: str) -> Rut:
    try:
        return Rut.parse(text)
    except RutRefused as why:
        raise CedulaRefused(reason="run") from why


def _is_mrz(mrz: str) -> bool:
    """Whether the three check digits of ICAO 9303 fit."""
    if any(symbol not in _MRZ_VALUES for symbol in mrz):
        return False
    return all(check_digit(mrz[start:end]) == mrz[end] for start, end in _MRZ_FIELDS)


def check_digit(field: str) -> str:
    """Give the digit of ICAO 9303 part 3, 4.9: weights 7, 3, 1 in turn, module 10."""
    return str(sum(_MRZ_VALUES[s] * _MRZ_WEIGHTS[n % 3] for n, s in enumerate(field)) % 10)


def _name(value: str) -> tuple[str, bool]:
    """Decode a name; two spaces stand between names and surnames. Also: whether it came whole."""
    kept = _CUT.sub("", value)
    raw = unquote_to_bytes(kept.replace("+", " "))
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("latin-1")  # so far always: %D1 is Ñ; no name is UTF-8 by chance
    return _CONTROL.sub("", text).strip(), kept == value


def _old(text: str) -> Cedula:
    """Read the columns; ``text`` may be in the wrong case, and its NUL may be spaces or missing."""
    head = _OLD.match(text)
    if head is None:
        raise CedulaRefused(reason="shape")
    run = _rut(head["run"])
    for case in (text, text.swapcase()):
        rest = _SURNAME.match(case, head.end())
        if rest:
            surname = _CONTROL.sub("", rest["surname"]).strip()
            known = _WORDS.fullmatch(surname) is not None  # else it was garbled: better none than a wrong one
            return Cedula(run, "", surname if known else "", Card.CEDULA_2002)
    return Cedula(run, kind=Card.CEDULA_2002, partial=True)


def _spoken(name: str) -> str:
    """``María José`` for ``MARÍA JOSÉ``; a name that is not all capitals stays as it is."""
    if name != name.upper():
        return name
    words = name.lower().split(" ")
    return " ".join(word if word in _PARTICLES else re.sub(r"[^\W\d_]+", _capital, word) for word in words)


def _capital(match: re.Match[str]) -> str:
    return match[0][0].upper() + match[0][1:]


def _surnames(text: str) -> tuple[str, str]:
    """Part two surnames, each with its particles (``de la Fuente Soto``); more than two stay together."""
    names: list[str] = []
    lead = ""
    for word in _spoken(text).split():
        lead = f"{lead} {word}".strip()
        if word.lower() not in _PARTICLES:
            names.append(lead)
            lead = ""
    if len(names) == 2 and not lead:  # noqa: PLR2004 - two surnames
        return names[0], names[1]
    return _spoken(text), ""
