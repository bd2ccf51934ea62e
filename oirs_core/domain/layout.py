"""What a scanner types when it takes the keyboard for another one, and how to read it back.

A scanner is a keyboard: it presses the keys that would give its text on a keyboard of the United States.
Where the system believes in a Spanish or Latin American one, other characters come out, and CapsLock turns
the case around. Both tables are those of ``xkeyboard-config`` (symbols ``es`` and ``latam``); the layouts of
Windows of the same names agree in every key that is here. A test compares them with the installed files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SPANISH = ("@^&*()-_=+]};:<>/?#`~\\|", "\"&/()='?¡¿+*ñÑ;:-_·ºªçÇ")
LATIN = ("@^&*()-_=+]};:<>/?`~\\|'\"", "\"&/()='?¿¡+*ñÑ;:-_|°}]{[")
"""Keys of a US keyboard, and in the same order what they give on ``es`` and on ``latam``.

Dead keys give nothing by themselves and are left out; all other keys are the same.
"""

TABLES = tuple(str.maketrans(given, pressed) for pressed, given in (SPANISH, LATIN))

_HEAD = re.compile(r"https?(?:://|ñ--)", re.IGNORECASE)
HEADS = ("https://", "http://", "httpsñ--", "httpñ--")
"""How an address begins, as it is and as a Spanish keyboard gives it, in lower case."""


def is_address(text: str) -> bool:
    """Whether a text begins like a scanned address, garbled or not."""
    return _HEAD.match(text) is not None


def readings(text: str) -> Iterator[str]:
    """Give all that a scanned text may have been, the likeliest first; the caller knows its own by shape."""
    turned = text.startswith("HTTP")  # CapsLock: nobody writes an address in capitals
    for case in (text.swapcase(), text) if turned else (text,):
        if "ñ--" not in case[:8].lower():
            yield case
            continue
        for table in TABLES:
            yield case.translate(table)
