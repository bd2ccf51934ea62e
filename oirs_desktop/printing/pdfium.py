"""PDFium may be called from one thread at a time; window and printer draw on two."""

from __future__ import annotations

from threading import Lock

PDFIUM = Lock()
"""Held around each call of pypdfium2."""
