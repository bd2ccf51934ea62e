"""What is looked at before anything is decoded: size, first bytes, a second nature, the name.

The name's ending does not count: the first bytes say what a file is.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from oirs_core.domain.rules import MAX_ATTACHMENTS, MAX_CASE_FILES, MAX_FILE
from oirs_core.domain.text import SHORT_CHARS
from oirs_desktop.attachments.errors import DocumentRefused, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from oirs_core.domain.events import Adjunto

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
MAGIC = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
HEAD = 1024
"""A reader of PDF finds its mark anywhere in the first 1,024 bytes (ISO 32000-1, note 14 of annex H)."""
NAMELESS = "documento"


def read_file(path: Path) -> bytes:
    """Read a file of at most 10 MB; never more than that comes into memory."""
    try:
        if not path.is_file():  # a pipe or a device would never end
            raise DocumentRefused(Reason.UNREADABLE)
        with path.open("rb") as file:
            return checked(file.read(MAX_FILE + 1))
    except OSError as why:
        raise DocumentRefused(Reason.UNREADABLE) from why


def checked(data: bytes) -> bytes:
    """Refuse what is empty or larger than 10 MB."""
    if not data:
        raise DocumentRefused(Reason.EMPTY)
    if len(data) > MAX_FILE:
        raise DocumentRefused(Reason.BIG)
    return data


def sniff(data: bytes) -> str:
    """Give the MIME type by the first bytes. Refuses other kinds, and files that are two things at once."""
    kind = next((mime for magic, mime in MAGIC if data.startswith(magic)), "")
    if not kind:
        raise DocumentRefused(Reason.KIND)
    if zipfile.is_zipfile(io.BytesIO(data)) or (kind != PDF and b"%PDF-" in data[:HEAD]):
        raise DocumentRefused(Reason.HIDDEN)
    return kind


def clean_name(name: str) -> str:
    """Give the last part of a name without what cannot be printed, short enough for the event."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(symbol for symbol in last if symbol.isprintable()).strip()
    return shown[:SHORT_CHARS].rstrip() or NAMELESS


def check_room(held: Iterable[Adjunto], fresh: Adjunto) -> None:
    """Refuse what the case holds already, or what would be more than 25 MB or 20 documents in it."""
    papers = tuple(held)
    if any(paper.sha256 == fresh.sha256 for paper in papers):
        raise DocumentRefused(Reason.TWICE)
    if len(papers) >= MAX_ATTACHMENTS or sum(p.tamano for p in papers) + fresh.tamano > MAX_CASE_FILES:
        raise DocumentRefused(Reason.CASE)
