"""From the start of the process to the first painted window, and what it costs in memory.

Ours is the real command over an enrolled training store, against ``plain_window``: a bare Qt window
in the same Python. Both end by themselves once painted. Cold: the files of Python, of the packages
and of the product are dropped from the page cache before each start (Linux; what a virtual disk
keeps for itself stays).
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from time import perf_counter
from typing import TYPE_CHECKING

from bench.figure import Figure, Goal, alternating, at_most, median

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
PRODUCT = ("oirs_core", "oirs_desktop", "resources", "bench")
MIB = 1024
MOST_MIB = 110
MOST_TIMES = 2.0
CASES = 50


class Window:
    """A program that is started again and again. ``peaks``: its most memory, MiB, each time."""

    def __init__(self, arguments: list[str], before: Callable[[], None]) -> None:
        self._command = [sys.executable, *arguments]
        self._settings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": ""}
        self._before = before
        self.peaks: list[float] = []

    def start(self) -> float:
        """Milliseconds from the start to the end of the process."""
        self._before()
        with TemporaryFile() as said:
            begun = perf_counter()
            child = subprocess.Popen(  # noqa: S603 - our own
                self._command, env=self._settings, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said
            )
            status, peak = _wait(child)
            took = (perf_counter() - begun) * 1000
            if status != 0:
                said.seek(0)
                raise RuntimeError(f"{self._command} ended with {status}: {said.read()[-500:]!r}")
        self.peaks.append(peak)
        return took


def _wait(child: subprocess.Popen[bytes]) -> tuple[int, float]:
    """Exit code and most memory in MiB; 0 memory where the system does not tell (Windows)."""
    if sys.platform == "win32":
        return child.wait(), 0.0
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    # Kilobytes on Linux, bytes on macOS.
    return child.returncode, usage.ru_maxrss / (MIB if sys.platform == "linux" else MIB * MIB)


def drop_files(folders: list[Path]) -> None:
    """Have the system forget what it read of these files; those in use elsewhere stay."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                handle = os.open(path, os.O_RDONLY)
                try:
                    os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
                finally:
                    os.close(handle)


def run(*, tiny: bool) -> Iterator[Figure]:
    with TemporaryDirectory(prefix="oirs-bench-") as name:
        data = Path(name) / "data"
        # Made by a child: the most memory that the system reports of a program begins at that of its
        # parent, so this process must stay smaller than what it measures.
        making = [sys.executable, "-m", "bench.counter_store", str(data), str(1 if tiny else CASES)]
        subprocess.run(making, check=True, cwd=ROOT)  # noqa: S603 - our own
        yield from warm(data, tiny=tiny)
        if tiny:
            return
        if not hasattr(os, "posix_fadvise"):
            print("window.cold is left out: this system cannot be told to forget files", file=sys.stderr)
        else:
            yield from cold(data, 7)


def warm(data: Path, *, tiny: bool) -> Iterator[Figure]:
    n = 1 if tiny else 15
    ours, bare = _pair(data, lambda: None)
    for window in () if tiny else (ours, bare):
        window.start()  # writes the compiled files of Python, once
        window.peaks.clear()
    yield _start("painted_warm", ours, bare, n)
    if any(ours.peaks):
        yield _memory("painted_rss", ours, bare, at_most(MOST_MIB, of="value"))
    if not tiny:
        yield from opened(data, bare, n)


def opened(data: Path, bare: Window, n: int) -> Iterator[Figure]:
    """Tell when the counter can work: the store open and the screen there. To its end, as the others."""
    ready = Window(["-m", "bench.our_window", "ready", str(data)], lambda: None)
    ready.start()
    ready.peaks.clear()
    times = [ready.start() for _ in range(n)]
    yield Figure(bench="window", figure="ready_warm", value=median(times), unit="ms", n=n)
    if any(ready.peaks):
        yield _memory("ready_rss", ready, bare, None)


def cold(data: Path, n: int) -> Iterator[Figure]:
    paths = sysconfig.get_paths()
    read = [Path(paths["purelib"]), Path(paths["stdlib"]), data, *(ROOT / name for name in PRODUCT)]
    ours, bare = _pair(data, lambda: drop_files(read))
    yield _start("painted_cold", ours, bare, n)


def _pair(data: Path, before: Callable[[], None]) -> tuple[Window, Window]:
    ours = Window(["-m", "bench.our_window", "paint", str(data)], before)
    return ours, Window(["-m", "bench.plain_window"], before)


def _start(figure: str, ours: Window, bare: Window, n: int) -> Figure:
    mine, floors = alternating(n, ours.start, bare.start)
    note = f"from {min(mine):.0f} to {max(mine):.0f}, floor from {min(floors):.0f} to {max(floors):.0f} ms"
    return Figure(
        bench="window",
        figure=figure,
        value=median(mine),
        unit="ms",
        floor=median(floors),
        goal=at_most(MOST_TIMES),
        n=n,
        note=note,
    )


def _memory(figure: str, window: Window, bare: Window, goal: Goal | None) -> Figure:
    return Figure(
        bench="window",
        figure=figure,
        value=median(window.peaks),
        unit="MiB",
        floor=median(bare.peaks),
        goal=goal,
        n=len(window.peaks),
    )
