"""Names of files on a stick: office, counter and date, in symbols that every file system takes."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from oirs_core.wire.bundle import SUFFIX, Kind

if TYPE_CHECKING:
    from oirs_core.wire.bundle import Facts

WORDS = {Kind.UP: "envio", Kind.DOWN: "respuesta", Kind.JOURNAL: "diario"}
LONGEST = 24


def file_name(facts: Facts, counter: str) -> str:
    """``oirs-104-meson-1-20261126-104200-envio.oirs``. ``counter``: its name or label; the time is UTC."""
    made = datetime.fromtimestamp(facts.made / 1000, tz=UTC)
    return (
        f"oirs-{plain(facts.office)}-{plain(counter)}-{made:%Y%m%d-%H%M%S}-{WORDS[Kind(facts.kind)]}{SUFFIX}"
    )


def plain(text: str) -> str:
    """Small letters and digits, joined by hyphens."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:LONGEST] or "x"
