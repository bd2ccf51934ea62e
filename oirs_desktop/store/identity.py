"""Who this counter is: what the centre granted, the log it writes to, and what tells it from a copy."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from oirs_desktop.store import comeback, state
from oirs_desktop.store.attention import SERIES
from oirs_desktop.store.errors import NotEnrolled

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from oirs_desktop.store.records import Enrolment


class Identity:
    """The part of the store that knows its owner."""

    _head: state.Head | None

    if TYPE_CHECKING:

        def _read(self) -> AbstractContextManager[Connection]: ...
        def _write(self) -> AbstractContextManager[Connection]: ...

    def enrolment(self) -> Enrolment | None:
        """Tell what the centre granted; None before."""
        with self._read() as connection:
            return state.enrolment(connection)

    def enrol(self, enrolment: Enrolment, log: bytes, public_key: bytes) -> None:
        """Keep what the centre granted and write to ``log`` (8 bytes) from now on."""
        with self._write() as connection:
            state.enrol(connection, enrolment, log, public_key)
        self._head = None

    def enrol_anew(self, granted: Enrolment, log: bytes, public_key: bytes) -> None:
        """Keep a new grant of an office that this counter is in; its history and logs stay. NotEnrolled.

        ``log`` (8 bytes) is begun only if the label of its folios had to change.
        """
        with self._write() as connection:
            before = state.enrolment(connection)
            if before is None:
                raise NotEnrolled(reason="enrolment")
            comeback.enrol(connection, before, granted, log, public_key)
        self._head = None

    def rotate(self, log: bytes, label: str, public_key: bytes, why: str = "") -> None:
        """Open a new log with a label of its own, from which folios are numbered anew.

        ``why``: copy or elsewhere, to be told to whoever works here; empty: nobody need know.
        """
        with self._write() as connection:
            state.open_log(connection, log, label, public_key)
            if why:
                state.put(connection, SERIES, json.dumps([label, why]))
            self._head = None

    def head(self) -> state.Head:
        """Tell where the log that this counter writes to ends. NotEnrolled."""
        with self._read() as connection:
            return state.head(connection)

    def hash_at(self, log: bytes, seq: int) -> bytes | None:
        """Give the hash of an event of ``log``; None when it is not here."""
        with self._read() as connection:
            return state.hash_at(connection, log, seq)

    def install(self) -> tuple[str, str]:
        """Give by what this store is told from its copies, and its machine; empty before it was said."""
        with self._read() as connection:
            return state.get(connection, "install") or "", state.get(connection, "machine") or ""

    def settle(self, install: str, machine: str) -> None:
        """Say by what this store is told from its copies (hexadecimal), and on which machine it is."""
        with self._write() as connection:
            state.put(connection, "install", install)
            state.put(connection, "machine", machine)
