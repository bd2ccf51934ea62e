"""One counter in a process of its own: commands as lines of JSON on stdin, answers likewise.

Started by ``ours.py``; times are taken here, with the store open, as those of the other peers are.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from bench.counter_store import DATABASE_KEY, WallClock
from bench.figure import timed
from bench.peers import records
from oirs_core.domain.errors import OirsError
from oirs_core.signature import SigningKey
from oirs_desktop.store import Store
from oirs_desktop.sync.client import Client
from oirs_desktop.sync.cycle import Cycle


def enrolled(folder: Path, url: str, code: str) -> tuple[Store, Cycle]:
    """A counter that has joined and fetched its office."""
    folder.mkdir()
    key, log = SigningKey(os.urandom(32)), os.urandom(8)
    client = Client(url)
    grant = client.enrol(code, key.public, log, folder.name)
    store = Store.create(folder, DATABASE_KEY)
    store.enrol(grant.enrolment(url, folder.name), log, key.public)
    cycle = Cycle(store, client, key, WallClock(), os.urandom)
    cycle.run()
    return store, cycle


class Counter:
    """What the adapter may ask of a counter."""

    def __init__(self, folder: Path, url: str, code: str) -> None:
        self.url = url
        self.store, self.cycle = enrolled(folder, url, code)
        self.dice = random.Random(20250101)

    def load(self, path: str, start: int, n: int, *, single: bool = False) -> dict[str, Any]:
        """Seconds to file so many records of the workload."""
        with Path(path).open(encoding="utf-8") as file:
            lines = list(islice(file, start, start + n))
        store, office = self.store, self.store.office()
        if office is None:
            raise ValueError("no office")
        acts = [(i, records.ingreso_of(json.loads(line), i, office)) for i, line in enumerate(lines, start)]
        if single:
            return {"s": timed(lambda: records.load_one(store, acts, self.dice)) / 1000}
        return {"s": timed(lambda: records.load(store, office, acts, self.dice)) / 1000}

    def sync(self, port: int) -> dict[str, Any]:
        """One conversation with the centre behind a port; the connection is kept for the next one."""
        url = f"http://127.0.0.1:{port}"
        if url != self.url:
            self.cycle.carrier.close()
            self.cycle.carrier = Client(url)
            self.url = url
        begun = time.perf_counter()
        try:
            report = self.cycle.run()
        except OirsError as why:
            return {"s": time.perf_counter() - begun, "ok": False, "error": repr(why)}
        took = time.perf_counter() - begun
        return {"s": took, "ok": True, "pushed": report.pushed, "rounds": report.rounds}

    def count(self) -> dict[str, Any]:
        """How many filings are here, and how many different ones."""
        with self.store._read() as connection:  # noqa: SLF001 - looks past the product
            found = connection.exec_driver_sql("SELECT body FROM event WHERE kind = 'Ingreso'")
            folios = [msgspec.json.decode(body)["relato"].split()[0] for (body,) in found]
        return {"count": len(folios), "distinct": len(set(folios))}


def peak_mib(process: int | str = "self") -> float:
    """Most memory that a process ever held; 0 where that cannot be read."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main(folder: str, url: str, code: str) -> None:
    """Enrol, then obey until stdin ends."""
    counter = Counter(Path(folder), url, code)
    print(json.dumps({"ok": True}), flush=True)
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        said = (
            counter.load(*arguments, single=True)
            if verb == "load_one"
            else getattr(counter, verb)(*arguments)
        )
        print(json.dumps(said | {"peak_rss_mib": peak_mib()}), flush=True)
    counter.store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
