"""Whether this store is a copy, or an older self, of one that has written on elsewhere.

On any doubt a new log is begun: that needs no line and nobody's leave, costs a new label in the folios
and eight bytes, and is right also when the doubt was not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from oirs_desktop import log
from oirs_desktop.session import draw_log
from oirs_desktop.witness import Mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_desktop.store import Store
    from oirs_desktop.witness import Witness

INSTALL_SIZE = 16


class Guard:
    """Compares a store with what is remembered of it outside its folder."""

    def __init__(
        self, store: Store, witness: Witness, public_key: bytes, random: Callable[[int], bytes]
    ) -> None:
        """``public_key``: of this counter, to root a new log; ``random``: that many random bytes."""
        self._store = store
        self._witness = witness
        self._public_key = public_key
        self._random = random
        self._noted: Mark | None = None

    def look(self) -> bool:
        """At the start, before the first folio: begin a new log on any doubt; whether that was done."""
        install, machine = self._store.install()
        doubt = bool(install) and not self._is_ours(install, machine)
        if doubt:
            fresh, label = draw_log(self._random)
            self._store.rotate(fresh, label, self._public_key, "copy")
            log.note("store_copied")
        if doubt or not install:
            # Settled last: when the power goes in between, the doubt is still there at the next start.
            self._store.settle(self._random(INSTALL_SIZE).hex(), self._witness.machine)
        self.note()
        return doubt

    def _is_ours(self, install: str, machine: str) -> bool:
        mark = self._witness.load()
        if mark is None or (mark.install, mark.machine) != (install, machine):
            return False
        head = self._store.head()
        if machine != self._witness.machine or head.log.hex() != mark.log:
            return False
        known = self._store.hash_at(head.log, mark.seq)
        return known is not None and known.hex() == mark.h

    def note(self) -> None:
        """Remember where the log ends now. A mark that lags raises no doubt, so nobody waits for it."""
        head = self._store.head()
        mark = Mark(*self._store.install(), head.log.hex(), head.seq, head.h.hex())
        if mark == self._noted:
            return
        try:
            self._witness.save(mark)
        except OSError as why:
            log.problem("witness", why)
            return
        self._noted = mark
