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


class NoAgreement(SyncError):
    """Both sides hold different histories and could not find where they part."""

    code = "no_agreement"


class SyncBroken(SyncError):
    """A fault of the program during the conversation. ``kind``: class of the exception."""

    code = "sync_broken"
