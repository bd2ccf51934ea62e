"""Why a document was not taken, or cannot be shown: one error, told apart by its reason."""

from __future__ import annotations

from enum import StrEnum

from oirs_core.domain.errors import OirsError


class Reason(StrEnum):
    """The words to each stand in `ui/refusals.py`."""

    KIND = "kind"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    BIG = "big"
    PIXELS = "pixels"
    PAGES = "pages"
    DAMAGED = "damaged"
    PASSWORD = "password"  # noqa: S105 - the name of a reason
    HIDDEN = "hidden"
    COSTLY = "costly"
    CANCELLED = "cancelled"
    CASE = "case"
    TWICE = "twice"
    NONE = "none"
    BUSY = "busy"
    DISK = "disk"
    GONE = "gone"
    CHANGED = "changed"


class DocumentRefused(OirsError):
    """A document that was not taken, or cannot be given back. ``reason``: a ``Reason``."""

    code = "document"

    def __init__(self, reason: Reason) -> None:
        """Keep the reason; names of files are personal data and stay out."""
        super().__init__(reason=reason.value)

    @property
    def reason(self) -> Reason:
        """Why."""
        return Reason(str(self.data["reason"]))
