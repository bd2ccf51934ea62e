"""Whom the counter believes at the other end of the line, also when its own clock is years wrong."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from oirs_desktop.sync.errors import AuthorityUnreadable, LinePlain

if TYPE_CHECKING:
    from collections.abc import Callable

RELEASED_MS = 1_795_564_800_000
"""25 November 2026: no clock that says less can be right. ms UTC."""
DAY_MS = 24 * 3600 * 1000
FAR_MS = 3 * 366 * DAY_MS
"""How far a counter may have been without contact, before its own clock is the likelier fault."""
NO_CHECK_TIME = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME of OpenSSL, for which Python has no name."""


@dataclass(frozen=True, slots=True)
class Trust:
    """An authority of the project's own, and how to tell whether this clock can judge a date.

    ``authority``: PEM; empty: those that the system trusts. ``now``: device time, ms UTC.
    ``known``: the latest time that the centre was heard to say, ms UTC, or None.
    """

    authority: str
    now: Callable[[], int]
    known: Callable[[], int | None]

    def clock_is_plausible(self) -> bool:
        """Whether this clock may tell that a certificate is too old or not valid yet."""
        low = max(RELEASED_MS, self.known() or 0)
        return low - DAY_MS <= self.now() <= low + FAR_MS

    def context(self) -> ssl.SSLContext:
        """Give the rules for connections. AuthorityUnreadable."""
        try:
            return ssl.create_default_context(cadata=self.authority or None)
        except ssl.SSLError as why:
            raise AuthorityUnreadable from why

    def judge(self, context: ssl.SSLContext) -> None:
        """Let the dates of certificates go where this clock cannot be right and the authority is our own.

        Then nobody else can have signed, and the centre's signed answer sets the clock straight. A public
        authority says nothing without its dates.
        """
        loose = bool(self.authority) and not self.clock_is_plausible()
        flags = context.verify_flags & ~NO_CHECK_TIME
        context.verify_flags = ssl.VerifyFlags(flags | NO_CHECK_TIME if loose else flags)


def check_line(url: str) -> None:
    """Refuse an address without TLS unless it is this very machine. LinePlain."""
    parts = urlsplit(url)
    here = {"127.0.0.1", "::1", "localhost"}
    if parts.scheme != "https" and parts.hostname not in here:
        raise LinePlain
