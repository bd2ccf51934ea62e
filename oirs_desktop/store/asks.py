"""Which word of the centre is the latest, when words come by stick: told by what they answer, by no clock.

A file that goes out has an id, and the answer names the files that the centre had read by then. So it was
said after they were written. Whatever the centre says over the line closes all that are out: an answer to
them may be older than that. An answer by stick closes those that went out before what it answers; of two
answers to the same file the earlier begins beyond where the later leads back to, and is refused.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from oirs_desktop.store import state

if TYPE_CHECKING:
    from collections.abc import Collection
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

OPEN = "asks"
MOST = 32
"""Older ones are forgotten: their answers still bring what is new, and take nothing back."""


def _open(connection: Connection) -> list[str]:
    found: list[str] = json.loads(state.get(connection, OPEN) or "[]")
    return found


def note(connection: Connection, name: str) -> None:
    """Note a file that goes out."""
    state.put(connection, OPEN, json.dumps([*_open(connection), name][-MOST:]))


def is_open(connection: Connection, names: Collection[str]) -> bool:
    """Whether the centre was not heard, as far as we know, since one of these files was written."""
    return any(name in names for name in _open(connection))


def close(connection: Connection, names: Collection[str]) -> None:
    """Close what went out before the last of these files."""
    known = _open(connection)
    last = max((at for at, name in enumerate(known) if name in names), default=-1)
    if last > 0:
        state.put(connection, OPEN, json.dumps(known[last:]))


def close_all(connection: Connection) -> None:
    """Note that the line spoke."""
    if state.get(connection, OPEN) is not None:
        state.drop(connection, OPEN)


class Asking:
    """The part of the store that knows which of its files an answer may still come to."""

    if TYPE_CHECKING:

        def _read(self) -> AbstractContextManager[Connection]: ...
        def _write(self) -> AbstractContextManager[Connection]: ...

    def asking(self, name: str) -> None:
        """Note that a file with this id goes out and asks."""
        with self._write() as connection:
            note(connection, name)

    def is_latest(self, names: Collection[str]) -> bool:
        """Whether an answer to these files is a later word than all that was heard of the centre."""
        with self._read() as connection:
            return is_open(connection, names)

    def answered(self, names: Collection[str]) -> None:
        """Note that an answer to these files was taken in whole."""
        with self._write() as connection:
            close(connection, names)
