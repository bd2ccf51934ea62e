"""Opens documents in a process of their own, which is ended when it takes too long or nobody waits for it.

PDFium and the decoders of pictures read bytes that anybody may have written. Whatever they do with
them, the counter goes on: it waits at most a minute and takes a crash for a damaged file.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any

from oirs_desktop.attachments.errors import DocumentRefused, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

COMMAND = (sys.executable, "-I", "-m", "oirs_desktop.attachments.child")
LIMIT_S = 60.0
NO_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows no black window flashes up."""


class Made:
    """What the process gave: bytes, MIME type and number of pages."""

    def __init__(self, data: bytes, line: dict[str, Any]) -> None:
        self.data = data
        self.tipo = str(line["tipo"])
        self.paginas = int(line["paginas"])


def nobody(_page: int, _pages: int) -> None:
    """Nobody wants to know how far it is."""


class Reader:
    """One document at a time, from any thread but the window's."""

    def __init__(self, limit_s: float = LIMIT_S, command: tuple[str, ...] = COMMAND) -> None:
        """``limit_s``: seconds that a document may take."""
        self._limit_s, self._command = limit_s, command
        self._turn, self._guard = Lock(), Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped: Reason | None = None

    def shrink(self, data: bytes, tipo: str, tell: Callable[[int, int], None] = nobody) -> Made:
        """Make a document small; ``tell(page, pages)`` is called on this thread. DocumentRefused."""
        return self._ask({"verb": "shrink", "tipo": tipo}, data, tell)

    def draw(self, data: bytes, tipo: str, page: int, width: int) -> bytes:
        """Draw a page (from 0), at most ``width`` pixels wide, as PNG. DocumentRefused."""
        return self._ask({"verb": "draw", "tipo": tipo, "page": page, "width": width}, data, nobody).data

    def stop(self, reason: Reason = Reason.CANCELLED) -> None:
        """End what runs now, from any thread; who waits for it gets a DocumentRefused."""
        with self._guard:
            if self._process is not None:
                self._stopped = reason
                self._process.kill()

    def _ask(self, question: dict[str, Any], data: bytes, tell: Callable[[int, int], None]) -> Made:
        with self._turn:
            self._stopped = None
            process = subprocess.Popen(  # noqa: S603 - our own module, in our own Python
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=NO_CONSOLE,
            )
            timer = Timer(self._limit_s, self.stop, (Reason.COSTLY,))
            with self._guard:
                self._process = process
            timer.start()
            try:
                return self._heard(process, json.dumps(question).encode() + b"\n" + data, tell)
            except (OSError, ValueError, KeyError) as why:  # it ended in the middle
                raise DocumentRefused(self._why()) from why
            finally:
                timer.cancel()
                with self._guard:
                    self._process = None
                _end(process)

    def _why(self) -> Reason:
        with self._guard:
            return self._stopped or Reason.DAMAGED

    def _heard(self, process: subprocess.Popen[bytes], sent: bytes, tell: Callable[[int, int], None]) -> Made:
        if process.stdin is None or process.stdout is None:
            raise OSError
        process.stdin.write(sent)
        process.stdin.close()
        while True:
            line = json.loads(process.stdout.readline())
            if "refused" in line:
                raise DocumentRefused(Reason(line["refused"]))
            if "done" in line:
                data = process.stdout.read(line["done"])
                if len(data) != line["done"]:
                    raise OSError
                return Made(data, line)
            tell(line["page"], line["pages"])


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave neither a process nor a pipe behind."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # what it did not read before it ended cannot be flushed
                pipe.close()
