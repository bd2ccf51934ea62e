"""What text the counter takes: kept as typed, counted in the form, never silently changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from oirs_core.domain.errors import FieldMissing, TextTooLong, TextUnprintable

if TYPE_CHECKING:
    from collections.abc import Sequence

LONG_CHARS = 20_000
LONG_BYTES = 60_000
SHORT_CHARS = 200
SAFE_CHARS = LONG_BYTES // 4
"""A character takes four bytes at most."""
# Categories Cc and Cs of Unicode, but for line feed and tab. As a pattern because a relato is long and
# is checked while the person waits.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def unprintable(text: str) -> list[int]:
    """Positions (0-based) of characters that no paper can show: controls and half characters.

    Line feed and tab are allowed; marks of direction, emojis and decomposed accents are text.
    """
    return [found.start() for found in _UNPRINTABLE.finditer(text)]


def check_text(field: str, text: str, limit: int = SHORT_CHARS) -> str:
    """Return ``text`` as typed if the counter takes it; TextTooLong or TextUnprintable if not."""
    # Most texts are short and need no second look: a printable character is none of the refused ones.
    if len(text) <= limit and len(text) <= SAFE_CHARS and text.isprintable():
        return text
    bad = unprintable(text)
    if bad:
        raise TextUnprintable(field=field, count=len(bad), first=bad[0] + 1)
    if len(text) > limit:
        raise TextTooLong(field=field, length=len(text), limit=limit, unit="characters")
    size = len(text.encode("utf-8"))
    if size > LONG_BYTES:
        raise TextTooLong(field=field, length=size, limit=LONG_BYTES, unit="bytes")
    return text


def all_plain(texts: Sequence[str], limit: int = SHORT_CHARS) -> bool:
    """Say at once that ``check_text`` would take all of these; False says only that one needs a look."""
    return max(map(len, texts)) <= limit and "".join(texts).isprintable()


def required(field: str, text: str, limit: int = SHORT_CHARS) -> str:
    """As ``check_text``, and FieldMissing when nothing but spaces stands there."""
    if not text.strip():
        raise FieldMissing(field=field)
    return check_text(field, text, limit)
