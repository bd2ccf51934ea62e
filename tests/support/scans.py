"""A scanner on the wrong keyboard."""

from __future__ import annotations

from oirs_core.domain.layout import LATIN, SPANISH

LAYOUTS = {"us": {}, "es": str.maketrans(*SPANISH), "latam": str.maketrans(*LATIN)}


def garble(text: str, keyboard: str, *, caps: bool = False) -> str:
    """Give what the keys of ``text`` on a US keyboard are on another, with or without CapsLock."""
    typed = text.translate(LAYOUTS[keyboard])
    return typed.swapcase() if caps else typed
