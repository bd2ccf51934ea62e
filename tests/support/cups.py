"""A private CUPS with a virtual IPP printer, for as long as a test lasts; nothing of the machine is touched.

Server, printer and message bus have their own folder and ports. The printer keeps each job as a PDF.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PACKAGES = "cups-daemon cups-client cups-filters cups-ipp-utils dbus"
PROGRAMS = ("dbus-daemon", "cupsd", "ippeveprinter", "lpadmin", "lp", "lpstat")
PATHS = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
BUS = """<busconfig><type>session</type><listen>unix:path={folder}/bus</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""
FILES = """ServerRoot {folder}/root
StateDir {folder}/state
CacheDir {folder}/cache
RequestRoot {folder}/spool
TempDir {folder}/tmp
AccessLog {folder}/access.log
ErrorLog {folder}/error.log
PageLog {folder}/page.log
Printcap
"""
SERVER = """Listen 127.0.0.1:{port}
Browsing Off
WebInterface No
LogLevel warn
PreserveJobHistory Yes
JobRetryInterval 1
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
Allow all
</Limit>
</Policy>
"""
ROLL = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "ROLL80.PPD"
*Manufacturer: "Test"
*Product: "(Roll)"
*ModelName: "Roll 80"
*ShortNickName: "Roll 80"
*NickName: "Roll 80"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*FileSystem: False
*cupsVersion: 2.4
*cupsFilter2: "application/pdf application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: X72MMY297MM
*PageSize X72MMY297MM/72 x 297 mm: "<</PageSize[204 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: X72MMY297MM
*PageRegion X72MMY297MM/72 x 297 mm: "<</PageSize[204 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: X72MMY297MM
*ImageableArea X72MMY297MM: "0 0 204 842"
*DefaultPaperDimension: X72MMY297MM
*PaperDimension X72MMY297MM: "204 842"
"""
"""The description that a maker of thermal printers ships."""


class NotHere(Exception):
    """This machine cannot run a CUPS of its own; says why."""


def wait_for(true: Callable[[], object], seconds: float = 10.0) -> None:
    """Poll until something is true. TimeoutError."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)


def free_port() -> int:
    """Give a port of 127.0.0.1 that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Cups:
    """A running print server and its printer."""

    folder: Path
    port: int = field(default_factory=free_port)
    printer_port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def server(self) -> str:
        """Value of CUPS_SERVER."""
        return f"127.0.0.1:{self.port}"

    @property
    def captured(self) -> list[Path]:
        """What lies in the printer's tray."""
        return sorted((self.folder / "out").glob("*.pdf"))

    def run(self, *command: str) -> str:
        """Run a command of CUPS against this server; gives what it says."""
        done = subprocess.run(
            command, env=self._environment(), capture_output=True, check=True, text=True, timeout=20
        )
        return done.stdout

    def queue(self, name: str, uri: str, *options: str) -> None:
        """Install a queue. Its driver is made in the background, and two at a time get lost now and then."""
        driver = self.folder / "root" / "ppd" / f"{name}.ppd"
        for _ in range(4):
            self.run("lpadmin", "-p", name, "-E", "-v", uri, *options)
            with contextlib.suppress(TimeoutError):
                wait_for(driver.exists, 3)
                return
        raise TimeoutError(name)

    def switch_on(self) -> None:
        """Start the printer: letter, legal and A4 on its list, letter in use; prints at once."""
        formats = "application/pdf,image/pwg-raster,image/urf"
        options = ("-n", "localhost", "-r", "off", "-c", shutil.which("true") or "true", "-f", formats)
        self._start("ippeveprinter", "-k", "-d", "out", "-p", str(self.printer_port), *options, "Laser")
        wait_for(lambda: _listens(self.printer_port))

    def switch_off(self) -> None:
        """Pull the printer's plug."""
        self._stop("ippeveprinter")

    @property
    def uri(self) -> str:
        """Address of the printer."""
        return f"ipp://localhost:{self.printer_port}/ipp/print"

    def start(self) -> None:
        """Start bus, server and printer."""
        for name in ("root", "state", "cache", "spool", "tmp", "out"):
            (self.folder / name).mkdir()
        for name, text in {
            "bus.conf": BUS,
            "root/cups-files.conf": FILES,
            "root/cupsd.conf": SERVER,
            "roll.ppd": ROLL,
        }.items():
            filled = text.format(folder=self.folder, port=self.port) if name != "roll.ppd" else text
            (self.folder / name).write_text(filled, encoding="utf-8")
        self._start("dbus-daemon", "--config-file=bus.conf", "--nofork")
        wait_for((self.folder / "bus").exists)
        root = f"{self.folder}/root"
        self._start("cupsd", "-f", "-c", f"{root}/cupsd.conf", "-s", f"{root}/cups-files.conf")
        wait_for(lambda: _listens(self.port))
        self.switch_on()

    def stop(self) -> None:
        """Stop everything that was started here."""
        for name in ("cupsd", "ippeveprinter", "dbus-daemon"):
            if name in self.running:
                self._stop(name)

    def _environment(self) -> dict[str, str]:
        bus = f"unix:path={self.folder}/bus"
        here = {"PATH": PATHS, "CUPS_SERVER": self.server, "DBUS_SYSTEM_BUS_ADDRESS": bus, "LC_ALL": "C"}
        return {**os.environ, **here}

    def _start(self, program: str, *arguments: str) -> None:
        found = shutil.which(program, path=PATHS)
        if found is None:
            raise NotHere(program)
        with (self.folder / f"{program}.log").open("ab") as log:
            self.running[program] = subprocess.Popen(
                [found, *arguments],
                cwd=self.folder,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _stop(self, program: str) -> None:
        process = self.running.pop(program)
        # What a server started to reach a printer that hangs would outlive it.
        told = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        children = told.read_text(encoding="ascii").split() if told.exists() else []
        process.kill()
        process.wait()
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)


@contextlib.contextmanager
def running() -> Iterator[Cups]:
    """Start a CUPS and stop it at the end. NotHere with what to install."""
    missing = [name for name in PROGRAMS if shutil.which(name, path=PATHS) is None]
    if missing:
        raise NotHere(f"no {', '.join(missing)}: apt-get install --no-install-recommends {PACKAGES}")
    # A socket's path has about 100 letters at most: not in the long folder of a test.
    folder = Path(tempfile.mkdtemp(prefix="oirs-cups-"))
    folder.chmod(0o755)
    cups = Cups(folder)
    try:
        try:
            cups.start()
        except TimeoutError as why:
            logs = "\n".join(log.read_text(errors="replace")[-500:] for log in folder.glob("*.log"))
            raise NotHere(f"CUPS did not start: {logs}") from why
        yield cups
    finally:
        cups.stop()
        shutil.rmtree(folder, ignore_errors=True)
