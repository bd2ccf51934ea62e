from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from oirs_desktop.printing.cups import CupsPrinters
from oirs_desktop.printing.handover import LOOKS, Handover
from oirs_desktop.printing.papers import OURS, choose, page_of, sheets_named
from oirs_desktop.printing.printers import JobState, PrinterFailed, system_printers
from oirs_desktop.reports.receipt import PaperSize, render
from tests.support.paper import receipt

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="CUPS is the way of Linux and macOS")

LPSTAT = """#!/bin/sh
test "$LC_ALL" = C || exit 9
case "$*" in
  "-e") printf 'Laser\\nTermica\\n' ;;
  "-d") echo "system default destination: Laser" ;;
esac
"""
LP = """#!/bin/sh
printf '%s\\n' "$@" > "$OUT"
cat "$5" >> "$OUT"
echo "request id is Laser-7 (1 file(s))"
"""


class Queue(CupsPrinters):
    """A queue whose jobs fare as they are told."""

    def __init__(self, states: list[JobState]) -> None:
        super().__init__()
        self.states, self.sent = states, 0

    def send(self, pdf: Path, title: str, printer: str) -> str:
        assert pdf.is_dir()
        assert title
        assert printer == "Laser"
        self.sent += 1
        return f"Laser-{self.sent}"

    def state(self, job: str) -> JobState:
        assert job == f"Laser-{self.sent}" or self.states[0] is JobState.FAILED
        return self.states.pop(0)


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
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "no.sock"))  # not the printers of this machine
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


def test_nothing_is_said_of_a_job_that_nobody_can_ask_about(path: Path) -> None:
    assert path.is_dir()
    assert CupsPrinters().state("Laser-1") is JobState.UNKNOWN
    assert CupsPrinters().state("") is JobState.UNKNOWN
    assert CupsPrinters().sheets("Laser") == []


def test_a_silent_server_is_not_asked_again_for_a_while(path: Path, tmp_path: Path) -> None:
    program(path, "lpstat", f"#!/bin/sh\necho x >> {tmp_path}/asked\nexec sleep 5\n")
    now = [0.0]
    printers = CupsPrinters(timeout=0.2, clock=lambda: now[0])
    assert [printers.default(), printers.default()] == [None, None]
    assert (tmp_path / "asked").read_text(encoding="utf-8") == "x\n"
    program(path, "lpstat", LPSTAT)
    now[0] = 301.0
    assert printers.default() == "Laser"


@pytest.mark.parametrize(
    ("names", "wished", "chosen"),
    [
        (["na_letter_8.5x11in", "iso_a4_210x297mm"], "a4", "letter"),
        (["iso_a4_210x297mm", "na_letter_8.5x11in"], "a4", "a4"),
        (["iso_a4_210x297mm", "iso_a5_148x210mm"], "a5", "a5"),
        (["iso_a4_210x297mm"], "a5", "a4"),
        (["custom_71.97x297.04mm_71.97x297.04mm"], "a4", "roll80"),
        (["om_roll_80x200mm"], "a4", "roll80"),
        (["na_legal_8.5x14in", "na_letter_8.5x11in"], "a4", "letter"),
        (["na_legal_8.5x14in", "custom_min_1x1in"], "a4", "a4"),
        ([], "roll80", "roll80"),
    ],
)
def test_the_receipt_is_drawn_for_the_paper_in_the_printer(
    names: list[str], wished: str, chosen: str
) -> None:
    assert choose(list(sheets_named(names).values()), wished) == chosen


@pytest.mark.parametrize("size", list(PaperSize))
def test_the_size_of_our_pages_is_read_from_the_file(tmp_path: Path, size: PaperSize) -> None:
    pdf = tmp_path / "paper.pdf"
    pdf.write_bytes(render(receipt(), size))
    page = page_of(pdf)
    assert page is not None
    assert OURS[size].takes(page)
    assert not any(OURS[other].takes(page) for other in PaperSize if other is not size)


def test_a_job_that_waits_is_not_sent_twice(tmp_path: Path) -> None:
    queue = Queue([JobState.WAITING] * len(LOOKS) + [JobState.WAITING, JobState.DONE])
    pauses: list[float] = []
    handover = Handover(pauses.append)
    assert handover.put(queue, tmp_path, "Comprobante", "Laser") is JobState.WAITING
    assert sum(pauses) <= 10
    assert handover.put(queue, tmp_path, "Comprobante", "Laser") is JobState.DONE
    assert queue.sent == 1


def test_a_job_that_the_system_dropped_is_sent_again(tmp_path: Path) -> None:
    queue = Queue([JobState.WAITING] * len(LOOKS) + [JobState.FAILED, JobState.DONE])
    handover = Handover(lambda _: None)
    assert handover.put(queue, tmp_path, "Comprobante", "Laser") is JobState.WAITING
    assert handover.put(queue, tmp_path, "Comprobante", "Laser") is JobState.DONE
    assert queue.sent == 2


def test_this_machine_gets_the_way_of_its_system() -> None:
    assert isinstance(system_printers(), CupsPrinters)
