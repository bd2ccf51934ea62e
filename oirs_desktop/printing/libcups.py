"""What the commands of CUPS do not tell, asked of its own library: state of a job, papers of a queue.

`lpstat` cannot stand in: until CUPS 2.4.8 it says "processing-to-stop-point" of each job that ended,
printed or not (github.com/OpenPrinting/cups, pull request 830). `cups-client` brings this library along.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import c_char_p, c_double, c_int, c_void_p
from typing import Final
from urllib.parse import quote

TIMEOUT = 2.0
GET_JOB: Final = 0x0009
GET_PRINTER: Final = 0x000B
_OPERATION, _NAME, _URI, _ENUM = 0x01, 0x42, 0x45, 0x23  # tags of IPP, RFC 8010
_SIGNATURES: dict[str, tuple[object, list[object]]] = {
    "cupsSetServer": (None, [c_char_p]),
    "cupsServer": (c_char_p, []),
    "cupsUser": (c_char_p, []),
    "ippPort": (c_int, []),
    "cupsEncryption": (c_int, []),
    "httpConnect2": (c_void_p, [c_char_p, c_int, c_void_p, c_int, c_int, c_int, c_int, c_void_p]),
    "httpSetTimeout": (None, [c_void_p, c_double, c_void_p, c_void_p]),
    "httpClose": (None, [c_void_p]),
    "ippNewRequest": (c_void_p, [c_int]),
    "ippAddString": (c_void_p, [c_void_p, c_int, c_int, c_char_p, c_char_p, c_char_p]),
    "cupsDoRequest": (c_void_p, [c_void_p, c_void_p, c_char_p]),
    "ippDelete": (None, [c_void_p]),
    "ippFindAttribute": (c_void_p, [c_void_p, c_char_p, c_int]),
    "ippGetCount": (c_int, [c_void_p]),
    "ippGetInteger": (c_int, [c_void_p, c_int]),
    "ippGetString": (c_char_p, [c_void_p, c_int, c_void_p]),
}


class LibCups:
    """Questions to the print server, each on a connection of its own and with a bounded time."""

    def __init__(self, timeout: float = TIMEOUT) -> None:
        """``timeout``: seconds of silence; libcups tries twice. OSError or AttributeError without it."""
        self._library = ctypes.CDLL("libcups.2.dylib" if sys.platform == "darwin" else "libcups.so.2")
        self._timeout = timeout
        for name, (result, arguments) in _SIGNATURES.items():
            function = getattr(self._library, name)
            function.restype, function.argtypes = result, arguments

    def job_state(self, number: int) -> int | None:
        """Give IPP's job-state (RFC 8011, 5.3.7): 3 to 6 not done, 7 canceled, 8 aborted, 9 completed."""
        found = self._ask(GET_JOB, "job-uri", f"ipp://localhost/jobs/{number}", "job-state")
        return found[0] if found and isinstance(found[0], int) else None

    def papers(self, printer: str) -> list[str] | None:
        """Give the papers of a queue by their names of PWG 5101.1, the one in use first; None: no answer."""
        uri = f"ipp://localhost/printers/{quote(printer)}"
        found = self._ask(GET_PRINTER, "printer-uri", uri, "media-default", "media-supported")
        return None if found is None else [name for name in found if isinstance(name, str)]

    def _ask(self, operation: int, key: str, uri: str, *wanted: str) -> list[str | int] | None:
        library, wait = self._library, int(self._timeout * 1000)
        library.cupsSetServer(None)  # forget the one of before: the settings may have changed meanwhile
        server = library.cupsServer(), library.ippPort(), None, 0, library.cupsEncryption()
        http = library.httpConnect2(*server, 1, wait, None)
        if not http:
            return None
        try:
            library.httpSetTimeout(http, self._timeout, None, None)
            request = library.ippNewRequest(operation)
            for tag, name, value in (
                (_URI, key, uri.encode()),
                (_NAME, "requesting-user-name", library.cupsUser()),
            ):
                library.ippAddString(request, _OPERATION, tag, name.encode(), None, value)
            answer = library.cupsDoRequest(http, request, b"/")  # frees the request
            if not answer:
                return None
            try:
                return [value for name in wanted for value in self._values(answer, name)]
            finally:
                library.ippDelete(answer)
        finally:
            library.httpClose(http)

    def _values(self, answer: int, name: str) -> list[str | int]:
        library = self._library
        number = library.ippFindAttribute(answer, name.encode(), _ENUM)
        if number:
            return [library.ippGetInteger(number, 0)]
        found = library.ippFindAttribute(answer, name.encode(), 0)
        texts = [library.ippGetString(found, at, None) for at in range(library.ippGetCount(found))]
        return [text.decode("utf-8", "replace") for text in texts if text]
