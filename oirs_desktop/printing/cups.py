"""Printers of Linux and macOS, by the commands of CUPS: text stays text."""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
import time
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from oirs_desktop.printing.libcups import LibCups
from oirs_desktop.printing.papers import Sheet, page_of, sheets_named
from oirs_desktop.printing.printers import JobState, PrinterFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")
TIMEOUT = 10.0
ASKING = 2.0
"""Seconds for a question that somebody may wait for."""
KEEP, KEEP_SILENCE = 30.0, 300.0
"""Seconds that an answer holds, and that a server that gave none is not asked again."""
_JOB = re.compile(r"request id is (\S+-\d+)")
_STATES = {
    **dict.fromkeys((3, 4, 5, 6), JobState.WAITING),
    **dict.fromkeys((7, 8), JobState.FAILED),
    9: JobState.DONE,
}
"""By job-state of IPP (RFC 8011, 5.3.7)."""


class Kept(NamedTuple, Generic[T]):
    """An answer, and the second until which it holds."""

    value: T
    until: float


class CupsPrinters:
    """`lp` and `lpstat` of the search path; a machine without them has no printer."""

    def __init__(self, timeout: float = TIMEOUT, clock: Callable[[], float] = time.monotonic) -> None:
        """``timeout``: seconds that a command may take, because a lost print server never answers.

        ``clock``: seconds, only forward; answers are kept for a while, so that no question is asked
        at each key stroke, and so that a server that does not answer is left in peace.
        """
        self._timeout = timeout
        self._clock = clock
        self._default: Kept[str | None] = Kept(None, -math.inf)
        self._papers: dict[str, Kept[dict[str, Sheet]]] = {}
        try:
            self._library: LibCups | None = LibCups(min(timeout, ASKING) / 2)  # it tries twice
        except (OSError, AttributeError):  # a CUPS older or newer than this one
            self._library = None

    def names(self) -> list[str]:
        """Give the queues by name."""
        return self._ask("lpstat", "-e").split()

    def default(self) -> str | None:
        """Give the system's default queue, or the only one there is."""
        now = self._clock()
        if now >= self._default.until:
            try:
                self._default = Kept(self._find_default(), now + KEEP)
            except subprocess.TimeoutExpired:
                self._default = Kept(self._default.value, now + KEEP_SILENCE)
        return self._default.value

    def _find_default(self) -> str | None:
        try:
            told = self._run("lpstat", "-d", timeout=ASKING)
        except FileNotFoundError:
            return None
        _, found, name = told.stdout.partition(": ")
        if not told.returncode and found and name.strip():
            return name.strip()
        names = self.names()
        return names[0] if len(names) == 1 else None

    def sheets(self, printer: str) -> list[Sheet]:
        """Give the papers of the queue, the one in use first; empty when they are not known."""
        return list(self._sheets(printer).values())

    def _sheets(self, printer: str) -> dict[str, Sheet]:
        now = self._clock()
        kept = self._papers.get(printer)
        if kept is None or now >= kept.until:
            names = self._library.papers(printer) if self._library else []
            wait = KEEP_SILENCE if names is None else KEEP
            known = kept.value if kept and names is None else sheets_named(names or [])
            kept = self._papers[printer] = Kept(known, now + wait)
        return kept.value

    def send(self, pdf: Path, title: str, printer: str) -> str:
        """Hand the PDF to ``lp`` for the paper of its size; give the job's id. Raises PrinterFailed."""
        if not pdf.is_file():
            raise PrinterFailed(reason="file")
        try:
            # An absolute path never begins with a dash: it cannot be read as an option.
            answer = self._run(
                "lp", "-d", printer, "-t", title, *self._media(pdf, printer), str(pdf.resolve())
            )
        except FileNotFoundError as why:
            raise PrinterFailed(reason="none") from why
        except subprocess.TimeoutExpired as why:
            raise PrinterFailed(reason="silent") from why
        if answer.returncode:
            raise PrinterFailed(reason="refused", status=answer.returncode)
        job = _JOB.search(answer.stdout)
        return job[1] if job else ""

    def _media(self, pdf: Path, printer: str) -> list[str]:
        """Choose the queue's paper for the pages of the PDF. PrinterFailed when it has none.

        CUPS takes a paper that the printer lacks and drops the job later, or cuts the page.
        """
        sheets = self._sheets(printer)
        if not sheets:
            return []
        page = page_of(pdf)
        if page is None:
            return []
        fitting = [name for name, sheet in sheets.items() if sheet.takes(page)]
        if not fitting:
            raise PrinterFailed(reason="paper")
        # The paper in use is not asked for: a printer may know it by another name than its driver.
        return [] if fitting[0] == next(iter(sheets)) else ["-o", f"media={fitting[0]}"]

    def state(self, job: str) -> JobState:
        """Ask what became of the job: CUPS cancels a paper that the printer lacks without a word."""
        number = job.rpartition("-")[2]
        if self._library is None or not number.isdecimal():
            return JobState.UNKNOWN
        return _STATES.get(self._library.job_state(int(number)) or 0, JobState.UNKNOWN)

    def _ask(self, *command: str) -> str:
        """Give what a command says; nothing when it is missing, late or unwilling."""
        try:
            answer = self._run(*command)
        except (FileNotFoundError, subprocess.TimeoutExpired):
            return ""
        return "" if answer.returncode else answer.stdout

    def _run(self, *command: str, timeout: float = TIMEOUT) -> subprocess.CompletedProcess[str]:
        program = shutil.which(command[0])
        if program is None:
            raise FileNotFoundError(command[0])
        return subprocess.run(  # noqa: S603 - a list, no shell; the values are a queue, a folio and a path
            [program, *command[1:]],
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=min(timeout, self._timeout),
            # The answers are read, so they must come in one language.
            env={**os.environ, "LC_ALL": "C"},
        )
