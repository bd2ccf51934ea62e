"""What can go wrong between a counter and its centre. None of it stops the counter."""

from __future__ import annotations

from oirs_core.domain.errors import OirsError


class SyncError(OirsError):
    """An exchange that did not come to its end; local data are as they were."""

    code = "sync"


class Offline(SyncError):
    """No line, or no centre at its end."""

    code = "offline"


class NotOurServer(SyncError):
    """Something answered that is not the centre: a captive portal, a proxy, another key."""

    code = "not_our_server"


class ServerBusy(SyncError):
    """The centre answered that it cannot take it now. ``status``: HTTP status."""

    code = "server_busy"


class DeviceRefused(SyncError):
    """The centre does not know this device any more, or it was withdrawn. ``status``."""

    code = "device_refused"


class CodeRefusedByServer(SyncError):
    """The enrolment code was used, has expired or does not exist."""

    code = "enrol_code"


class AuthorityUnreadable(SyncError):
    """The file of the authority holds no certificate."""

    code = "authority"


class LinePlain(SyncError):
    """An address without TLS that is not on this machine: names would travel for all to read."""

    code = "line_plain"


class DocumentAway(SyncError):
    """The centre does not have the document, or not all of it yet."""

    code = "document_away"


class NoAgreement(SyncError):
    """Both sides hold different histories and could not find where they part."""

    code = "no_agreement"


class SyncBroken(SyncError):
    """A fault of the program during the conversation. ``kind``: class of the exception."""

    code = "sync_broken"
