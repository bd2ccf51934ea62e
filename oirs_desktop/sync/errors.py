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


class DictionaryUnknown(NotOurServer):
    """The centre does not hold the dictionary that a frame was packed with."""


class ServerBusy(SyncError):
    """The centre answered that it cannot take it now. ``status``: HTTP status."""

    code = "server_busy"


class DeviceRefused(SyncError):
    """The centre does not know this device any more, or it was withdrawn. ``status``."""

    code = "device_refused"


class DeviceForgotten(DeviceRefused):
    """The centre does not know this device: it was put back from a backup, or is another one. ``status``."""

    code = "device_forgotten"


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


class FetchStopped(SyncError):
    """The person did not want to wait for the document; what has come of it stays."""

    code = "fetch_stopped"


class NoAgreement(SyncError):
    """Both sides hold different histories and could not find where they part."""

    code = "no_agreement"


class SyncStopped(Offline):
    """Somebody stopped it, as if the line were down; it goes on by itself after a while, or when asked to."""

    code = "sync_stopped"


class SyncBroken(SyncError):
    """A fault of the program during the conversation. ``kind``: class of the exception."""

    code = "sync_broken"


class StickError(SyncError):
    """A folder or file of a stick that could not be used; what is in the store is as it was."""

    code = "stick"


class StickFull(StickError):
    """No room for the file; what was begun of it was taken away."""

    code = "stick_full"


class StickGone(StickError):
    """The stick was taken out, or the folder is not there."""

    code = "stick_gone"


class StickLocked(StickError):
    """The folder may be read but not written to."""

    code = "stick_locked"


class StickUnready(StickError):
    """The counter was enrolled before there were such files: it must reach the centre by the line once."""

    code = "stick_unready"


class Cancelled(StickError):
    """The official stopped it; nothing is left of the file."""

    code = "stick_cancelled"


class AnswerStrange(StickError):
    """A file of a stick that is no answer of our centre: of another kind, or of another key."""

    code = "answer_strange"


class AnswerNewer(StickError):
    """An answer that a later version of the program wrote."""

    code = "answer_newer"


class AnswerForeign(StickError):
    """An answer for another counter. ``office``: of that one."""

    code = "answer_foreign"


class AnswerChanged(StickError):
    """An answer of which bytes are not as the centre wrote them; nothing of it was taken."""

    code = "answer_changed"


class AnswerTorn(StickError):
    """An answer whose end is missing; what was whole was taken."""

    code = "answer_torn"


class AnswerEarly(StickError):
    """An answer that follows one that has not been imported yet."""

    code = "answer_early"


class AnswerMisfit(StickError):
    """An answer that does not fit what is here; a new one must be asked for."""

    code = "answer_misfit"
