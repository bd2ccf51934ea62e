"""Days and hours as people type them."""

from __future__ import annotations

import re
from datetime import date, time

_DAY = re.compile(r"\s*(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}|\d{2}))?\s*")
_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*")
_RUN = re.compile(r"\s*(\d{2})(\d{2})(\d{4})\s*")
_HOUR = re.compile(r"\s*(\d{1,2})[:.h ]?(\d{2})?\s*(?:h|hrs?\.?)?\s*")
CENTURY = 100


def parse_day(text: str, today: date) -> date | None:
    """Read ``24-11-2026``, ``24/11/26``, ``24.11``, ``24112026`` or ISO; None for what is no day.

    Without a year it is the last such day that is not after ``today``; two figures mean the last such
    year as well.
    """
    iso = _ISO.fullmatch(text)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    found = _DAY.fullmatch(text) or _RUN.fullmatch(text)
    if not found:
        return None
    day, month, year = int(found[1]), int(found[2]), found[3]
    if year is None:
        this = _day(today.year, month, day)
        return this if this is not None and this <= today else _day(today.year - 1, month, day)
    if len(year) == len("26"):
        whole = today.year - today.year % CENTURY + int(year)
        return _day(whole if whole <= today.year else whole - CENTURY, month, day)
    return _day(int(year), month, day)


def parse_hour(text: str) -> time | None:
    """Read ``10:30``, ``1030``, ``10.30`` or ``9``; None for what is no hour."""
    found = _HOUR.fullmatch(text)
    if not found:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
