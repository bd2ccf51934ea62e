from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from oirs_desktop.printing.cups import CupsPrinters
from oirs_desktop.printing.printers import JobState, PrinterFailed, system_printers

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="CUPS is the way of Linux and macOS")

LPSTAT = """#!/bin/sh
test "$LC_ALL" = C || exit 9
case "$*" in
  "-e") printf 'Laser\\nTermica\\n' ;;
  "-d") echo "system default destination: Laser" ;;
  "-W not-completed -o Laser") echo "Laser-3  rosa  13000  Thu 26 Nov 2026" ;;
  "-l -W completed -o Laser")
    printf 'Laser-1  rosa  13000  Thu\\n\\tStatus: \\n\\tAlerts: job-completed-successfully\\n'
    printf 'Laser-2  rosa  13000  Thu\\n\\tStatus: \\n\\tAlerts: job-canceled-by-system\\n' ;;
esac
"""
LP = """#!/bin/sh
printf '%s\\n' "$@" > "$OUT"
cat "$5" >> "$OUT"
echo "request id is Laser-7 (1 file(s))"
"""


def program(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that stands first on the search path; what it lacks is not found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "cat", "printf", "sleep"):
        (folder / name).symlink_to(f"/bin/{name}" if os.path.exists(f"/bin/{name}") else f"/usr/bin/{name}")  # noqa: PTH110
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("OUT", str(tmp_path / "out"))
    return folder


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "-o raw.pdf"
    path.write_text("papel", encoding="utf-8")
    return path


def test_a_machine_without_a_spooler_has_no_printer(path: Path, pdf: Path) -> None:
    assert path.is_dir()
    printers = CupsPrinters()
    assert printers.names() == []
    assert printers.default() is None
    with pytest.raises(PrinterFailed) as failed:
        printers.send(pdf, "Comprobante", "Laser")
    assert failed.value.code == "printer"
    assert failed.value.data["reason"] == "none"


def test_the_queues_and_the_default_one_are_known(path: Path) -> None:
    program(path, "lpstat", LPSTAT)
    assert CupsPrinters().names() == ["Laser", "Termica"]
    assert CupsPrinters().default() == "Laser"


def test_the_only_queue_is_the_default_one(path: Path) -> None:
    program(
        path,
        "lpstat",
        '#!/bin/sh\ncase "$1" in -e) echo Termica ;; *) echo "no system default destination" ;; esac\n',
    )
    assert CupsPrinters().default() == "Termica"


def test_the_paper_reaches_the_spooler_and_no_value_is_an_option(
    path: Path, pdf: Path, tmp_path: Path
) -> None:
    program(path, "lp", LP)
    assert CupsPrinters().send(pdf, "; rm -rf $HOME", "Laser") == "Laser-7"
    said = (tmp_path / "out").read_text(encoding="utf-8")
    assert said == f"-d\nLaser\n-t\n; rm -rf $HOME\n{pdf}\npapel"


def test_a_spooler_that_refuses_is_a_failure_with_a_reason(path: Path, pdf: Path) -> None:
    program(path, "lp", "#!/bin/sh\necho 'lp: Error - The printer does not exist.' >&2\nexit 1\n")
    with pytest.raises(PrinterFailed) as failed:
        CupsPrinters().send(pdf, "Comprobante", "Laser")
    assert failed.value.data == {"reason": "refused", "status": 1}


def test_a_spooler_that_never_answers_is_left_alone(path: Path, pdf: Path) -> None:
    program(path, "lp", "#!/bin/sh\nexec sleep 5\n")
    with pytest.raises(PrinterFailed) as failed:
        CupsPrinters(timeout=0.2).send(pdf, "Comprobante", "Laser")
    assert failed.value.data["reason"] == "silent"


def test_a_paper_that_is_gone_is_a_failure(path: Path, tmp_path: Path) -> None:
    program(path, "lp", LP)
    with pytest.raises(PrinterFailed) as failed:
        CupsPrinters().send(tmp_path / "gone.pdf", "Comprobante", "Laser")
    assert failed.value.data["reason"] == "file"


@pytest.mark.parametrize(
    ("job", "state"),
    [
        ("Laser-1", JobState.DONE),
        ("Laser-2", JobState.FAILED),
        ("Laser-3", JobState.WAITING),
        ("Laser-4", JobState.UNKNOWN),
        ("", JobState.UNKNOWN),
    ],
)
def test_what_became_of_a_job_is_read_afterwards(path: Path, job: str, state: JobState) -> None:
    program(path, "lpstat", LPSTAT)
    assert CupsPrinters().state(job) is state


def test_this_machine_gets_the_way_of_its_system() -> None:
    assert isinstance(system_printers(), CupsPrinters)
