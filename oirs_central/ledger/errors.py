"""What the ledger does not take. Nothing is changed when one of these is raised."""

from __future__ import annotations

from oirs_core.domain.errors import OirsError


class LedgerError(OirsError):
    """Root of the ledger's refusals."""

    code = "ledger"


class ProtocolUnknown(LedgerError):
    """A request of another protocol version. ``proto``."""

    code = "proto"


class FeedForeign(LedgerError):
    """A feed, or a log of a feed, that is none of the asker's office."""

    code = "feed_foreign"


class GroupUnsigned(LedgerError):
    """A group that no key of the office has signed."""

    code = "group_unsigned"


class OfficeUnknown(LedgerError):
    """No such office. ``office``."""

    code = "office_unknown"


class OfficesFull(LedgerError):
    """All 961 pairs of folio symbols of the institution are given."""

    code = "offices_full"


class FolioUnknown(LedgerError):
    """No case has this folio. ``folio``."""

    code = "folio_unknown"


class NothingToErase(LedgerError):
    """The case, or the event, holds no personal data any more."""

    code = "nothing_to_erase"


class TableTooLarge(LedgerError):
    """A catalogue table that does not fit one event. ``name``, ``size``, ``limit`` in bytes."""

    code = "table_too_large"
