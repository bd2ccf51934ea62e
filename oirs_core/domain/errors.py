"""Every refusal of the domain, as a code and data: the sentences are made at the border."""

from __future__ import annotations

from typing import ClassVar


class OirsError(Exception):
    """Root of all errors that the program knows.

    ``code`` is stable and ASCII; ``data`` holds plain values for the sentence that a border
    makes of it. No personal data belongs in either.
    """

    code: ClassVar[str] = "oirs"

    def __init__(self, **data: str | int) -> None:
        """Keep the data that the sentence will need."""
        super().__init__(self.code, data)
        self.data = data


class DomainError(OirsError):
    """A value or an act that the rules do not accept."""

    code = "domain"


class RutRefused(DomainError):
    """A text that is no RUN/RUT. ``reason``: empty, shape, range or check."""

    code = "rut"


class FolioRefused(DomainError):
    """A text that is no folio. ``reason``: empty, length, symbol, number or check."""

    code = "folio"


class FieldMissing(DomainError):
    """A field that the act needs is empty. ``field``: its name in the event body."""

    code = "missing"


class TextTooLong(DomainError):
    """Too long. ``field``, ``length``, ``limit``, ``unit`` (characters or bytes)."""

    code = "too_long"


class TextUnprintable(DomainError):
    """Control characters or halves of characters. ``field``, ``count``, ``first`` (1-based)."""

    code = "unprintable"


class ValueUnknown(DomainError):
    """A value outside its closed list or catalogue. ``field``, ``value``."""

    code = "unknown_value"


class HolidaysUnknown(ValueUnknown):
    """A count that leaves the years whose holidays are known. ``field``: feriados_cl, ``value``: the year."""


class ActNotAllowed(DomainError):
    """The act does not fit the case as it stands. ``act``, ``estado``."""

    code = "not_allowed"


class RoleMissing(DomainError):
    """Only a supervisor may do this. ``act``."""

    code = "role"


class EventRefused(DomainError):
    """Bytes that are no event of ours. ``reason``: shape, size, number, canonical, hash, signature."""

    code = "event"


class CodeRefused(DomainError):
    """A scanned code that is not the one of our receipts. ``reason``: shape or folio."""

    code = "paper_code"


class CedulaRefused(DomainError):
    """A scanned code that gives no RUN. ``reason``: shape, short, run or check."""

    code = "cedula"
