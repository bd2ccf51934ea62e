"""What can be wrong with a list of attentions or with a command line."""

from __future__ import annotations

from oirs_core.domain.errors import OirsError


class ListRefused(OirsError):
    """A file that is no list of attentions; nothing of it was taken.

    ``reason``: unreadable, large, utf16, encoding (with ``line``), empty, delimiter, missing or
    surplus (with ``columns``), quotes (with ``line``), offices (none of them is known).
    """

    code = "list"


class RowRefused(OirsError):
    """A row that cannot be read. ``reason``: cells (with ``found`` and ``expected``) or date."""

    code = "row"


class EnrolledNowhere(OirsError):
    """Enrolment again of a counter that never was."""

    code = "enrolled_nowhere"


class AlreadyEnrolled(OirsError):
    """This data folder belongs to an office already. ``office``: its code."""

    code = "already_enrolled"


class CentreFailed(OirsError):
    """The central process that a command needs did not start or did not do what was asked. ``step``."""

    code = "centre_failed"


class JournalNone(OirsError):
    """No second copy of this counter that its key can open."""

    code = "journal_none"


class UserUnknown(OirsError):
    """No official of the office has that name. ``name``."""

    code = "user_unknown"


class OfficeOther(OirsError):
    """The counter is of another office than the command expects. ``office``: its code."""

    code = "office_other"
