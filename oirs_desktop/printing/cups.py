"""Printers of Linux and macOS, by the commands of CUPS: text stays text, and no library is bound."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

from oirs_desktop.printing.printers import JobState, PrinterFailed

if TYPE_CHECKING:
    from pathlib import Path

TIMEOUT = 15.0
_JOB = re.compile(r"request id is (\S+-\d+)")
_DONE = "job-completed-successfully"


class CupsPrinters:
    """`lp` and `lpstat` of the search path; a machine without them has no printer."""

    def __init__(self, timeout: float = TIMEOUT) -> None:
        """``timeout``: seconds that a command may take, because a lost print server never answers."""
        self._timeout = timeout

    def names(self) -> list[str]:
        """Give the queues by name."""
        return self._ask("lpstat", "-e").split()

    def default(self) -> str | None:
        """Give the system's default queue, or the only one there is."""
        _, found, name = self._ask("lpstat", "-d").partition(": ")
        if found and name.strip():
            return name.strip()
        names = self.names()
        return names[0] if len(names) == 1 else None

    def send(self, pdf: Path, title: str, printer: str) -> str:
        """Hand the PDF to ``lp``; give the job's id. Raises PrinterFailed."""
        if not pdf.is_file():
            raise PrinterFailed(reason="file")
        try:
            # An absolute path never begins with a dash: it cannot be read as an option.
            answer = self._run("lp", "-d", printer, "-t", title, str(pdf.resolve()))
        except FileNotFoundError as why:
            raise PrinterFailed(reason="none") from why
        except subprocess.TimeoutExpired as why:
            raise PrinterFailed(reason="silent") from why
        if answer.returncode:
            raise PrinterFailed(reason="refused", status=answer.returncode)
        job = _JOB.search(answer.stdout)
        return job[1] if job else ""

    def state(self, job: str) -> JobState:
        """Read the state of the job: CUPS cancels a paper that the printer lacks without a word."""
        printer = job.rpartition("-")[0]
        if not printer:
            return JobState.UNKNOWN
        if job in self._ask("lpstat", "-W", "not-completed", "-o", printer).split():
            return JobState.WAITING
        told = self._ask("lpstat", "-l", "-W", "completed", "-o", printer)
        alerts = _alerts(told, job)
        if alerts is None:
            return JobState.UNKNOWN
        return JobState.DONE if _DONE in alerts else JobState.FAILED

    def _ask(self, *command: str) -> str:
        """Give what a command says; nothing when it is missing, late or unwilling."""
        try:
            answer = self._run(*command)
        except (FileNotFoundError, subprocess.TimeoutExpired):
            return ""
        return "" if answer.returncode else answer.stdout

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
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
            timeout=self._timeout,
            # The answers are read, so they must come in one language.
            env={**os.environ, "LC_ALL": "C"},
        )


def _alerts(told: str, job: str) -> str | None:
    """Give the indented lines under the line of ``job``; None when the job is not listed."""
    lines: list[str] | None = None
    for line in told.splitlines():
        if line[:1].isspace():
            if lines is not None:
                lines.append(line)
        elif lines is not None:
            break
        elif line.split(" ", 1)[0] == job:
            lines = []
    return None if lines is None else "\n".join(lines)
