"""The window: Qt Widgets in Spanish, keyboard first."""

from __future__ import annotations

import ctypes
import sys

_PLENTY = 1 << 60


def keep_none() -> None:
    """Give ``None`` so many references that it is never freed, as Python does itself from 3.12 on.

    PySide6 6.12.0 is compiled as if ``None`` could not die: on Python 3.11 each of its calls that returns
    nothing takes one reference too many, and a window ends in "none_dealloc" within minutes. The count is
    the first field of an object in CPython. Measured: 1,000 ``setText`` cost 1,001 references; 6.11.0 none.
    """
    if sys.implementation.name == "cpython" and sys.version_info < (3, 12):
        ctypes.c_ssize_t.from_address(id(None)).value += _PLENTY


keep_none()
