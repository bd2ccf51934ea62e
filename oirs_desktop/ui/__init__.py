"""The window: Qt Widgets in Spanish, keyboard first."""

from __future__ import annotations

import ctypes
import sys

_PLENTY = 1 << 60
_CONSTANTS = (None, True, False, NotImplemented, Ellipsis)


def keep_constants() -> None:
    """Give the constants of Python so many references that they are never freed, as Python 3.12 does itself.

    PySide6 6.12.0 is compiled as if they could not die: on Python 3.11 each of its calls that returns
    nothing takes one reference of ``None`` too many (1,000 ``setText`` cost 1,000; with 6.11.0 none), some
    take one of ``False``, and the program ends in "none_dealloc" within minutes. The count is the first
    field of an object in CPython.
    """
    if sys.implementation.name == "cpython" and sys.version_info < (3, 12):
        for constant in _CONSTANTS:
            ctypes.c_ssize_t.from_address(id(constant)).value += _PLENTY


keep_constants()
