"""Bodies of earlier versions, brought up to the one that this program folds.

Bytes on disk never change; what is read from them does. A kind whose shape changes gets the next version in
``events.VERSIONS`` and one pure function here, which stays for ever with a golden sample for each version
(``tests/golden/bodies.json``). The functions take and give plain JSON values and see nothing else.

One body lies outside of the history, without its version: ``office.config`` at the centre. A step that
changes Oficina rewrites it in its migration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Body = dict[str, Any]

UPCASTERS: dict[tuple[str, int], Callable[[Body], Body]] = {}
"""By kind and version: how a body becomes one of the next version. Today every kind is in its first."""

KIND_SCHEMA = {"Supresion": 2}
"""The schema (``wire/messages.SCHEMA``) that first knew a kind; 1 where it does not stand here."""


def upcast(kind: str, v: int, to: int, body: Body) -> Body:
    """Bring a body from version ``v`` up to version ``to``, step by step.

    A version that nobody ever wrote has no function: the body is then tried as it is.
    """
    for version in range(v, to):
        step = UPCASTERS.get((kind, version))
        if step is not None:
            body = step(body)
    return body
