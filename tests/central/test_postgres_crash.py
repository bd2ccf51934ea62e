"""PostgreSQL is stopped at once while several counters push: what was answered stands (I5, I17, R-13)."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import DBAPIError

from oirs_central.app import build
from oirs_central.settings import Settings
from tests.central.conftest import Chance, Clock, office
from tests.support.postgres import prepare, running
from tests.support.stranger import Counter, filing

if TYPE_CHECKING:
    from pathlib import Path

    from oirs_central.app import Central

pytestmark = pytest.mark.postgres
CRASHES, PAUSE_S = 2, 0.4


class Writing(threading.Thread):
    """A counter that files and sends until told to stop; what was answered is what it has seen."""

    def __init__(self, counter: Counter, stopped: threading.Event) -> None:
        super().__init__(daemon=True)
        self.counter, self.stopped = counter, stopped
        self.failures = 0
        self.bug: BaseException | None = None

    def run(self) -> None:
        while not self.stopped.is_set():
            self.counter.write(filing())
            try:
                self.counter.sync()
            except DBAPIError:  # the server went, or is not there yet
                self.failures += 1
                time.sleep(0.02)
            except BaseException as why:  # noqa: BLE001 - a thread must not swallow it
                self.bug = why
                return


def test_i17_what_was_answered_survives_a_stop_without_goodbye(tmp_path: Path) -> None:
    with running() as server:
        url = server.create("crash")
        prepare(url)
        central = build(Settings(tmp_path, url), Clock(), Chance())
        central.ledger.office(office("082"))
        counters = [Counter(central, n).enrol(central.auth.new_code("o/SGI/082")) for n in (1, 2, 3)]
        stopped = threading.Event()
        writers = [Writing(counter, stopped) for counter in counters]
        for writer in writers:
            writer.start()
        for _ in range(CRASHES):
            time.sleep(PAUSE_S)
            server.stop_at_once()
            server.start()
        time.sleep(PAUSE_S)
        stopped.set()
        for writer in writers:
            writer.join()
        assert [writer.bug for writer in writers] == [None] * 3
        assert sum(writer.failures for writer in writers) >= CRASHES
        _settle(central, counters)
        central.close()


def _settle(central: Central, counters: list[Counter]) -> None:
    for counter in counters * 2:
        counter.sync()
    assert central.ledger.verify() == []  # positions 1 to n, every chain
    links = {tuple(counter.office.links) for counter in counters}
    assert len(links) == 1
    hashes = counters[0].office.hashes
    assert len(hashes) == len(set(hashes))
    assert {event.h for counter in counters for event in counter.own} <= set(hashes)
