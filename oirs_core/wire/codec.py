"""Acts to the frozen bytes of an event body and back; the only place that does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from oirs_core import chain
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import VERSIONS, Content
from oirs_core.domain.upcast import upcast


@dataclass(frozen=True, slots=True)
class Unknown:
    """An event of a kind or version that this program does not know: kept, shown, not folded."""

    kind: str
    v: int


_NUMBERS = (int, float)


def _lean(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        # The number 0 is a value; an empty text, list or block and a false flag are not.
        return {k: v if type(v) is str else _lean(v) for k, v in value.items() if v or type(v) in _NUMBERS}
    if isinstance(value, list | tuple):
        return [_lean(part) for part in value]
    return value


def encode_body(content: Content) -> bytes:
    """Canonical JSON of an act, fields at their empty default left out. EventRefused if too large."""
    body = chain.canonical(_lean(msgspec.to_builtins(content)))
    if len(body) > chain.MAX_BODY:
        raise EventRefused(reason="size")
    return body


def decode_body(kind: str, v: int, body: bytes) -> Content | Unknown:
    """Act of a body; Unknown for kinds and versions from later programs.

    Bodies of earlier versions are brought up to this one (`domain/upcast`). Unknown fields are ignored here
    and kept in the bytes. EventRefused when a known kind does not hold what it must.
    """
    cls, version = VERSIONS.get(kind, (None, 0))
    if cls is None or v > version:
        return Unknown(kind, v)
    try:
        if v == version:
            return msgspec.json.decode(body, type=cls)
        old = msgspec.json.decode(body, type=dict[str, Any])
        return msgspec.convert(upcast(kind, v, version, old), type=cls)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as why:
        raise EventRefused(reason="shape") from why


def kind_of(content: Content) -> tuple[str, int]:
    """Kind and version that stand in the header of an act."""
    name = type(content).__name__
    return name, VERSIONS[name][1]
