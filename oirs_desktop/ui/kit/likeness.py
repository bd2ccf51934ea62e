"""Whether what is being typed begins like one of our codes."""

from __future__ import annotations

import re
from enum import Enum, auto

from oirs_core.domain.cedula import HOME, is_old
from oirs_core.domain.layout import HEADS, SPANISH

SURE = 8
"""An address is told by so many characters; with its beginning lost, by half as many again."""
SURE_BEHEADED = 12

_HOMES = (HOME, HOME.translate(str.maketrans(*SPANISH)).lower())
_COLUMNS = re.compile(r"[0-9]{1,9}|[0-9]{6,8}[0-9Kk] {0,2}[0-9]{0,9} ?")


class Likeness(Enum):
    """No code, perhaps one, surely one."""

    NO = auto()
    MAYBE = auto()
    YES = auto()


def likeness(text: str) -> Likeness:
    """Judge the beginning of a burst of keys, at least one character."""
    low = text.lower()
    if is_old(text):
        return Likeness.YES
    if _COLUMNS.fullmatch(text):
        return Likeness.MAYBE
    for head in HEADS:
        if low.startswith(head) or head.startswith(low):
            return Likeness.YES if len(low) >= max(SURE, len(head)) else Likeness.MAYBE
    if any(low in home for home in _HOMES):
        return Likeness.YES if len(low) >= SURE_BEHEADED else Likeness.MAYBE
    return Likeness.NO
