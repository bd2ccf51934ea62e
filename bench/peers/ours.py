"""Our counter and our centre in the common scenario of the peers.

    PEERS=FOLDER python -m bench.peers.ours --only first,incr --n 10000 [--store postgres]

``PEERS`` names the folder of ``suite.py``, ``common.py`` and ``proxy.py``; figures are lines of JSON.
"""

from __future__ import annotations

import importlib
import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import psycopg

from bench.counter_store import OFFICE
from oirs_central.settings import DATABASE_NAME
from tests.support import postgres

if TYPE_CHECKING:
    from pathlib import Path

if "PEERS" not in os.environ:
    raise SystemExit("PEERS must name the folder of suite.py")
sys.path.insert(0, os.environ["PEERS"])
suite: Any = importlib.import_module("suite")
common: Any = importlib.import_module("common")

INGRESOS = "SELECT body FROM event WHERE kind = 'Ingreso'"
RECORDS = 45_000
"""As many as the longest scenario files."""
STOP_S = 10


@dataclass
class Client:
    """A counter in its own process."""

    tag: str
    process: subprocess.Popen[str]

    def ask(self, verb: str, *arguments: object) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([verb, *arguments]) + "\n")
        self.process.stdin.flush()
        return self.read()

    def read(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the counter {self.tag} has ended with {self.process.wait()}")
        said: dict[str, Any] = json.loads(line)
        return said


class Ours(suite.Peer):  # type: ignore[misc] - its base comes from a folder named at run time
    """Counter over SQLCipher, centre over SQLite or PostgreSQL; everything is durable."""

    name = "oirs"
    store = "sqlite"

    def args(self, parser: Any) -> None:  # noqa: ANN401 - as the suite passes it
        parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")

    def configure(self, chosen: Any) -> None:  # noqa: ANN401 - as the suite passes it
        self.store = chosen.store
        self.name = "oirs" if self.store == "sqlite" else "oirs-postgres"
        self.lines = [common.dumps(record) for record in common.Workload().records(RECORDS)]

    def start(self, folder: Path) -> None:
        self.folder, self.clients = folder, []
        self.workload = folder / "w.ndjson"
        self.workload.write_text("\n".join(self.lines) + "\n", encoding="utf-8")
        self.centre = [sys.executable, "-m", "oirs_central"]
        self.options = ["--data", str(folder / "central")]
        if self.store == "postgres":
            self._pg = postgres.running()
            self.address = self._pg.__enter__().create("bench")
            self.options += ["--db", self.address]
        self._command(
            "office",
            OFFICE.codigo,
            "--name",
            OFFICE.nombre,
            "--comuna",
            OFFICE.comuna,
            "--base",
            OFFICE.base,
            *_users(),
        )
        self.port = common.free_port()
        command = [*self.centre, "serve", *self.options, "--port", str(self.port)]
        self._server = common.server(command, self.port, log=str(folder / "server.log"))
        self.proc = self._server.__enter__()

    def stop(self) -> None:
        for client in self.clients:
            assert client.process.stdin is not None
            client.process.stdin.close()
            client.process.wait(STOP_S)
        self._server.__exit__(None, None, None)
        if self.store == "postgres":
            self._pg.__exit__(None, None, None)

    def _command(self, verb: str, *arguments: str) -> str:
        done = subprocess.run(  # noqa: S603 - our own module
            [*self.centre, verb, *self.options, *arguments], check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def new_client(self, tag: str) -> Client:
        code = self._command("enrol", OFFICE.codigo)
        command = [sys.executable, "-m", "bench.peers.our_client", str(self.folder / tag)]
        process = subprocess.Popen(  # noqa: S603 - our own module
            [*command, f"http://127.0.0.1:{self.port}", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        client = Client(tag, process)
        client.read()
        self.clients.append(client)
        return client

    def load(self, client: Client, start: int, n: int) -> float:
        return float(client.ask("load", str(self.workload), start, n)["s"])

    def load_one(self, client: Client, start: int, n: int) -> float:
        return float(client.ask("load_one", str(self.workload), start, n)["s"])

    def sync(self, client: Client, port: int) -> dict[str, Any]:
        return client.ask("sync", port)

    def counts(self, client: Client | None = None) -> dict[str, Any]:
        if client is not None:
            return client.ask("count")
        folios = [msgspec.json.decode(body)["relato"].split()[0] for body in self._bodies()]
        return {"count": len(folios), "distinct": len(set(folios))}

    def _bodies(self) -> list[bytes]:
        if self.store == "postgres":
            with psycopg.connect(self.address) as connection:
                return [bytes(body) for (body,) in connection.execute(INGRESOS)]
        connection = sqlite3.connect(self.folder / "central" / DATABASE_NAME)
        try:
            return [body for (body,) in connection.execute(INGRESOS)]
        finally:
            connection.close()


def _users() -> list[str]:
    users = [("--funcionario", user.id, user.nombre, user.cargo) for user in OFFICE.funcionarios]
    return [part for user in users for part in user]


if __name__ == "__main__":
    suite.run(Ours(), sys.argv[1:])
