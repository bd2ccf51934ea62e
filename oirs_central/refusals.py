"""What is refused to somebody who is not, or no longer, known to the centre."""

from __future__ import annotations

from oirs_core.domain.errors import OirsError


class AuthError(OirsError):
    """Root of what is refused to somebody who is not, or no longer, known."""

    code = "auth"


class DeviceUnknown(AuthError):
    """No such counter is enrolled."""

    code = "device_unknown"


class DeviceRevoked(AuthError):
    """The counter was enrolled once and may no longer ask."""

    code = "device_revoked"


class RequestUnsigned(AuthError):
    """The signature of the request is not that of the counter it names."""

    code = "request_unsigned"


class CodeUnknown(AuthError):
    """No such enrolment code was given out."""

    code = "code_unknown"


class CodeUsed(AuthError):
    """Another counter has used this code already."""

    code = "code_used"


class CodeExpired(AuthError):
    """The code is older than a day."""

    code = "code_expired"


class DeviceKnown(AuthError):
    """This key or log is enrolled already, by another code."""

    code = "device_known"
