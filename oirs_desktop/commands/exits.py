"""Exit codes of the commands: those of sysexits, and of a shell's interrupted command."""

from __future__ import annotations

OK, DATA, NO_INPUT, AWAY, CANNOT_WRITE, BUSY, DENIED, WRONG_PLACE = 0, 65, 66, 69, 73, 75, 77, 78
INTERRUPTED = 130
EXIT_CODES = {
    "folder_remote": WRONG_PLACE,
    "folder_read_only": DENIED,
    "store_busy": BUSY,
    "disk_full": CANNOT_WRITE,
    "store_missing": NO_INPUT,
    "not_enrolled": NO_INPUT,
    "offline": BUSY,
    "server_busy": BUSY,
    "not_our_server": AWAY,
    "device_refused": DENIED,
    "centre_failed": AWAY,
    "stick_full": CANNOT_WRITE,
    "stick_gone": NO_INPUT,
    "stick_locked": DENIED,
    "journal_none": NO_INPUT,
}
"""Exit code by code of the error; DATA for the others."""
