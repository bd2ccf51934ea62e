"""A real centre in its own process, for the training office and for the proof of a day."""

from __future__ import annotations

import re
import subprocess
import sys
from threading import Thread
from typing import TYPE_CHECKING, Self

from oirs_desktop.commands.errors import CentreFailed

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from oirs_core.domain.events import Oficina

READY = re.compile(rb"https?://[\w.\-]+:\d+")
COMMAND_S = 120
STOP_S = 10


class Centre:
    """`oirs_central` on 127.0.0.1 with its SQLite in ``folder``; runs while the ``with`` lasts."""

    def __init__(self, folder: Path, port: int = 0, database: str = "") -> None:
        """``port``: 0 takes a free one; ``database``: its address, else SQLite in ``folder``."""
        self.folder = folder
        self._database = ("--db", database) if database else ()
        self.url = ""
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start, and wait until it answers. Raises CentreFailed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        command = self._command("serve", "--with-stdin", "--port", str(self._port))
        with (self.folder / "central.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
                command, stdout=subprocess.PIPE, stderr=log, stdin=subprocess.PIPE
            )
        self.url = self._wait_ready(self._process)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it, gently first."""
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    @property
    def pid(self) -> int:
        """Its process; 0 while it does not run."""
        return 0 if self._process is None else self._process.pid

    def _wait_ready(self, process: subprocess.Popen[bytes]) -> str:
        if process.stdout is None:
            raise CentreFailed(step="serve")
        for line in process.stdout:
            found = READY.search(line)
            if found:
                # What it says later must not fill the pipe and block it.
                Thread(target=process.stdout.read, name="centre-output", daemon=True).start()
                return found[0].decode("ascii")
        self.__exit__(None, None, None)
        raise CentreFailed(step="serve")

    def office(self, office: Oficina) -> None:
        """Create or change an office. Its folio symbols are the centre's own."""
        arguments = [office.codigo, "--name", office.nombre, "--comuna", office.comuna, "--base", office.base]
        for name in ("direccion", "telefono", "horario"):
            arguments += [f"--{name}={getattr(office, name)}"]
        for user in office.funcionarios:
            arguments += ["--funcionario", user.id, user.nombre, user.cargo]
        for kind, days in office.compromisos.items():
            arguments += ["--compromiso", f"{kind}={days}"]
        self.run("office", *arguments, *(["--training"] if office.capacitacion else []))

    def code(self, office: str) -> str:
        """Give a one-time code for a new counter of the office."""
        return self.run("enrol", office).decode("ascii").strip()

    def answer(self, folio: str, text: str, user: str, signature: str) -> None:
        """Answer a case at the centre."""
        self.run("answer", folio, text, "--user", user, "--signature", signature)

    def dump(self, office: str) -> bytes:
        """Give the canonical dump of an office's cases."""
        return self.run("dump", office).removesuffix(b"\n")

    def check(self) -> str:
        """Check all chains and signatures; what the centre says of them. CentreFailed when they break."""
        return self.run("check").decode("utf-8").strip()

    def run(self, verb: str, *arguments: str) -> bytes:
        """Run one of its commands to the end. CentreFailed when it refuses."""
        done = subprocess.run(  # noqa: S603 - our own module, our own arguments
            self._command(verb, *arguments), capture_output=True, timeout=COMMAND_S, check=False
        )
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise CentreFailed(step=verb, said=said[-1] if said else "")
        return done.stdout

    def _command(self, verb: str, *arguments: str) -> list[str]:
        utf8 = "-X", "utf8"  # names have accents, and a console of Windows has code pages
        return [
            sys.executable,
            *utf8,
            "-m",
            "oirs_central",
            verb,
            "--data",
            str(self.folder),
            *self._database,
            *arguments,
        ]
