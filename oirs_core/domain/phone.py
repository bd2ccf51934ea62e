"""Telephones as they are written in Chile: nine digits; a number of another country begins with ``+``."""

from __future__ import annotations

DIGITS = 9
PREFIX = "56"
FOREIGN = range(8, 16)
"""Digits that a number with its country may have (E.164: fifteen at most)."""
BETWEEN = " .-()/"
ONE_DIGIT_AREA = "29"
"""Mobile phones and Santiago; every other area has two digits."""


def canonical_phone(text: str) -> str:
    """Give the nine digits of a Chilean number however it was written; any other text as it is."""
    bare = text.strip().translate({ord(symbol): None for symbol in BETWEEN})
    digits = bare.removeprefix("+")
    if len(digits) == len(PREFIX) + DIGITS and digits.startswith(PREFIX):
        bare = digits.removeprefix(PREFIX)
    return bare if _is_local(bare) else text


def pretty_phone(text: str) -> str:
    """Write a Chilean number in groups, ``9 8765 4321`` or ``65 2 234567``; any other text as it is."""
    local = canonical_phone(text)
    if not _is_local(local):
        return text
    if local[0] in ONE_DIGIT_AREA:
        return f"{local[0]} {local[1:5]} {local[5:]}"
    return f"{local[:2]} {local[2]} {local[3:]}"


def is_doubtful_phone(text: str) -> bool:
    """Tell whether a number has too few or too many digits to be rung; nothing written is not doubtful."""
    text = text.strip()
    count = digits_in(text)
    if not text or any(symbol.isalpha() for symbol in text):
        return bool(text) and count < DIGITS
    return count not in FOREIGN if text.startswith("+") else not _is_local(canonical_phone(text))


def digits_in(text: str) -> int:
    """Count the digits of a text."""
    return sum(symbol.isdigit() for symbol in text)


def _is_local(text: str) -> bool:
    return len(text) == DIGITS and text.isascii() and text.isdigit()
