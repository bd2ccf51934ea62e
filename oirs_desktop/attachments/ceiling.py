"""A ceiling on the memory of this process, set by itself before it reads anything from outside."""

from __future__ import annotations

import ctypes
import sys

LIMIT = 1 << 30
"""Bytes. A picture of 50 megapixels with its steps takes less than half of it."""
PROCESS_MEMORY = 0x100
"""``JOB_OBJECT_LIMIT_PROCESS_MEMORY`` of winnt.h."""
EXTENDED_LIMITS = 9
"""``JobObjectExtendedLimitInformation``."""


class BasicLimits(ctypes.Structure):
    """``JOBOBJECT_BASIC_LIMIT_INFORMATION``."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """``JOBOBJECT_EXTENDED_LIMIT_INFORMATION``."""

    _fields_ = (
        ("BasicLimitInformation", BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def set_ceiling(limit: int = LIMIT) -> None:
    """Let this process have at most ``limit`` bytes; asking for more then fails in this process only."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
        limits = ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = PROCESS_MEMORY
        limits.ProcessMemoryLimit = limit
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        done = kernel.SetInformationJobObject(
            job, EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
        ) and kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))
        if not done:
            raise OSError(ctypes.get_last_error(), "job")
    else:
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
