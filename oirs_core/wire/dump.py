"""The canonical dump by which two stores are compared byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oirs_core.chain import b64, canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oirs_core.domain.solicitud import Solicitud


def dump_line(case: Solicitud) -> bytes:
    """One case: id, folio, estado, flags, copies and its events with their reception times."""
    facts = [[b64(fact.h), fact.t_recv] for fact in case.facts]
    flags = sorted(flag.value for flag in case.flags)
    line = [b64(case.id), case.ingreso.folio, case.estado.value, flags, case.copies, facts]
    return canonical(line)


def dump(cases: Iterable[Solicitud]) -> bytes:
    """All cases, sorted by id, a line each."""
    return b"\n".join(dump_line(case) for case in sorted(cases, key=lambda case: case.id))
