"""Enrolment on the wire (`docs/protocol.md`): what a counter sends, and what it gets back. JSON both ways.

Keys, ids and signatures stand in base64url.
"""

from __future__ import annotations

import msgspec


class Again(msgspec.Struct, frozen=True):
    """Added by a counter that was enrolled before."""

    label: str
    feed: str
    signature: str


class Asked(msgspec.Struct, frozen=True):
    """What a counter sends to be enrolled."""

    code: str
    public_key: str
    log: str
    name: str
    again: Again | None = None


class Granted(msgspec.Struct, frozen=True):
    """What it gets back. ``server_ms``: the centre's clock, ms UTC."""

    device: str
    institution: str
    office: str
    label: str
    feeds: tuple[str, ...]
    server_key: str
    server_ms: int
    seal_key: str = ""
