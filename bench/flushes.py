"""How often a registration has the disk flushed, as the system saw it (strace, Linux).

The traced child makes a harmless call of its own, ``getpriority``, before each registration and after
the last, so that every flush falls between two marks.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

FLUSHES = ("fsync", "fdatasync", "sync_file_range", "msync")
MARK = "getpriority"


def flushes_of_each(n: int) -> list[int] | None:
    """Flushes of each of ``n`` registrations; None where there is no strace or it may not trace."""
    strace = shutil.which("strace")
    if strace is None:
        print("register.fsync is left out: no strace on this system", file=sys.stderr)
        return None
    with TemporaryDirectory(prefix="oirs-bench-") as name:
        log = Path(name) / "calls"
        calls = ",".join((*FLUSHES, MARK))
        watched = (sys.executable, "-m", "bench.flushes", str(Path(name) / "store"), str(n))
        command = (strace, "-f", "-qq", "-e", f"trace={calls}", "-e", "signal=none", "-o", str(log), *watched)
        done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own
        if done.returncode:
            print(f"register.fsync is left out: {done.stderr[-300:]}", file=sys.stderr)
            return None
        return between_marks(log.read_text(encoding="utf-8", errors="replace"))


def between_marks(log: str) -> list[int]:
    """Count the flushes between one mark and the next; those outside are of opening and closing."""
    counts: list[int] = []
    for line in log.splitlines():
        call = line.split(maxsplit=1)[-1].split("(")[0]
        if call == MARK:
            counts.append(0)
        elif call in FLUSHES and counts:
            counts[-1] += 1
    return counts[:-1]


def main(folder: Path, n: int) -> None:
    from bench.attentions import Attentions  # noqa: PLC0415 - only the traced child needs these
    from bench.counter_store import make_desk, make_store  # noqa: PLC0415

    store = make_store(folder)
    desk = make_desk(store, os.urandom)
    attentions = Attentions()
    desk.open(attentions.draft(0))
    for i in range(1, n + 1):
        draft = attentions.draft(i)
        os.getpriority(os.PRIO_PROCESS, 0)
        desk.open(draft)
    os.getpriority(os.PRIO_PROCESS, 0)
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
