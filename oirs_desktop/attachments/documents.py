"""The documents of a counter: from a file to an `Adjunto`, and from an `Adjunto` back to a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from oirs_core.domain.events import Adjunto
from oirs_desktop.attachments.errors import DocumentRefused, Reason
from oirs_desktop.attachments.intake import checked, clean_name, sniff
from oirs_desktop.attachments.reader import Reader, nobody

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from oirs_desktop.attachments.vault import Vault


def always() -> bool:
    """Go on."""
    return True


class Fetcher(Protocol):
    """Whoever brings documents from the centre."""

    def fetch(
        self, sha: str, size: int, tell: Callable[[int, int], None], wanted: Callable[[], bool]
    ) -> None:
        """Bring one; raises OirsError."""

    def stop(self) -> None:
        """Bring nothing any more."""


class Documents:
    """Calls take up to a minute: for a thread of their own. Only ``keep`` is quick."""

    def __init__(self, vault: Vault, reader: Reader | None = None, scans: Path | None = None) -> None:
        """Need only the vault. ``scans``: folder into which the scanner writes, if there is one."""
        self.vault = vault
        self.fetcher: Fetcher | None = None
        """Brings documents of colleagues from the centre."""
        self.scans = scans
        self._reader = reader or Reader()
        self._swept = False

    def take(self, name: str, data: bytes, tell: Callable[[int, int], None] = nobody) -> Adjunto:
        """Take a document in: look at it, make it small, put it away. DocumentRefused.

        The original is not kept: what the case names is the small one.
        """
        made = self._reader.shrink(data, sniff(checked(data)), tell)
        sha = self.vault.take(made.data)
        return Adjunto(sha, made.tipo, len(made.data), clean_name(name), made.paginas)

    def keep(self, papers: Iterable[Adjunto]) -> None:
        """Keep for good what a case is about to name. DocumentRefused."""
        for paper in papers:
            self.vault.keep(paper.sha256)

    def picture(self, paper: Adjunto, page: int, width: int) -> bytes:
        """Draw a page (from 0) as PNG. DocumentRefused, also when the bytes were changed on the disk."""
        return self._reader.draw(self.vault.get(paper.sha256), paper.tipo, page, width)

    def here(self, paper: Adjunto) -> bool:
        """Whether its bytes are on this machine."""
        return self.vault.has(paper.sha256)

    def fetch(
        self, paper: Adjunto, tell: Callable[[int, int], None] = nobody, wanted: Callable[[], bool] = always
    ) -> None:
        """Bring a document that a colleague took in, unless it is here. May take long on a slow line.

        ``tell``: bytes that have come, and all. ``wanted``: False gives up after the piece on its way.
        SyncError, DocumentRefused; the next call goes on where this one ended.
        """
        if self.here(paper):
            return
        if self.fetcher is None:
            raise DocumentRefused(Reason.GONE)
        self.fetcher.fetch(paper.sha256, paper.tamano, tell, wanted)

    def sweep(self, now: int) -> int:
        """Delete what no case wanted, once a run; gives how many files. ``now``: ms UTC."""
        swept, self._swept = self._swept, True
        return 0 if swept else self.vault.sweep(now)

    def stop(self) -> None:
        """End what is being read now."""
        self._reader.stop(Reason.CANCELLED)

    def close(self) -> None:
        """End all that is under way, for good."""
        self.stop()
        if self.fetcher is not None:
            self.fetcher.stop()
