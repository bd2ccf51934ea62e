"""Age on a day, the bracket that statistics use, and when an adult speaks for a child."""

from __future__ import annotations

from datetime import date

REFUSED = "No Revelado"
"""Answer, in any field of the statistics, of who prefers not to say (HL7 Chile, identidad de género 7)."""

CHILD = 14
SENSITIVE = 16
ADULT = 18
TRAMOS = ((0, 13), (14, 17), (18, 29), (30, 44), (45, 59), (60, 74))


def birth_of(text: str) -> date | None:
    """Give the day of an ISO text; None where nothing, a refusal or something else stands."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def age_on(birth: date, day: date) -> int:
    """Count whole years; who was born on 29 February turns on 1 March in common years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def tramo(age: int) -> str:
    """Name the bracket: ``18 a 29 años``."""
    for first, last in TRAMOS:
        if first <= age <= last:
            return f"{first} a {last} años"
    return f"{TRAMOS[-1][1] + 1} años o más"


def needs_adult(age: int, *, sensitive: bool) -> bool:
    """Tell whether mother, father or guardian must give the data (Ley 21.719, art. 16 quáter).

    Below 14 always; below 16 for sensitive data (``sensitive``: origin or disability was given).
    """
    return age < CHILD or (sensitive and age < SENSITIVE)
