"""A counter killed in the middle of an exchange, again and again; a real centre at the other end."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from oirs_desktop import app
from oirs_desktop.commands.training import OFFICE, open_training
from oirs_desktop.commands.visitors import VISITS
from tests.support.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from oirs_desktop.commands.training import Training

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

PROGRAM = textwrap.dedent("""
    import os, signal, sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[1])
    from contextlib import contextmanager
    from oirs_desktop import app
    from oirs_desktop.store import engine
    from tests.support.office import DRAFT, person
    from oirs_desktop.desk import Draft

    machine = app.open_counter(app.Place(Path(sys.argv[2]), url=sys.argv[3]))
    moment, exchange, writing = sys.argv[4], machine.client.exchange, engine.writing

    def die(*_):
        os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def cut(connection):
        with writing(connection):
            yield
            die()  # all is written and nothing is committed

    def carry(frame):
        if moment == "before the request":
            die()
        answer = exchange(frame)
        if moment == "before the answer is read":
            die()
        if moment == "before the answer is kept":
            engine.writing = cut
        return answer

    machine.client.exchange = carry
    for n in range(100_000):
        case = machine.counter.desk.open(Draft(**{**DRAFT, "persona": person(f"Persona {n}")})).case
        print(case.ingreso.folio, flush=True)
        if n > 1:
            machine.sync()
""")
MOMENTS = ("before the request", "before the answer is read", "before the answer is kept", "anywhere")


@contextmanager
def training(folder: Path) -> Iterator[Training]:
    world = app.build_world()
    with open_training(folder, lambda path: app.choose_keystore(path, training=True), world, print) as opened:
        yield opened


def work_until_killed(opened: Training, moment: str) -> list[str]:
    """Register and send in another process; the folios that it had said when it died."""
    command = [sys.executable, "-c", PROGRAM, str(ROOT), str(opened.counter), opened.centre.url, moment]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line.strip())
            if moment == "anywhere" and len(said) == 9:
                process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    return said


def test_nothing_is_lost_or_doubled_wherever_the_power_goes(tmp_path: Path) -> None:
    with training(tmp_path) as opened:
        said = [folio for moment in MOMENTS for folio in work_until_killed(opened, moment)]
        assert len(said) >= 3 * len(MOMENTS)
        machine = app.open_counter(app.Place(opened.counter, url=opened.centre.url))
        try:
            machine.sync()
            assert machine.store.queue().pending == 0
            kept = [row.folio for row in machine.store.recent(1_000)]
            assert set(said) <= set(kept)
            assert len(kept) == len(set(kept))
            assert len(kept) - len(VISITS) - len(said) <= 1  # one may have been kept and not been said
            assert machine.store.dump() == opened.centre.dump(OFFICE.codigo)
            assert opened.centre.dump(OFFICE.codigo).count(b"\n") == len(kept) - 1
            before = machine.store.cursors()
            machine.sync()
            assert machine.store.cursors() == before
        finally:
            machine.close()
        opened.centre.check()
