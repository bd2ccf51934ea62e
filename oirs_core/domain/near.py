"""How near a public body is to an office: its own comuna, provincia and region before the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Placed(Protocol):
    """Something with a region (empty: the whole country) and perhaps a comuna."""

    @property
    def region(self) -> str: ...  # noqa: D102
    @property
    def comuna(self) -> str: ...  # noqa: D102


class InProvincia(Protocol):
    """A comuna."""

    @property
    def provincia(self) -> str: ...  # noqa: D102
    @property
    def region(self) -> str: ...  # noqa: D102


OWN_COMUNA, OWN_PROVINCIA, OWN_REGION, COUNTRY, ELSEWHERE = range(5)


def nearness(comunas: Mapping[str, InProvincia], comuna: str) -> Callable[[Placed], int]:
    """Give the function that ranks bodies for an office in ``comuna`` (code), 0 the nearest.

    For a comuna that the table lacks all are equally near.
    """
    own = comunas.get(comuna)

    def rank(body: Placed) -> int:
        if own is None:
            return COUNTRY
        if body.comuna == comuna:
            return OWN_COMUNA
        there = comunas.get(body.comuna)
        if there is not None and there.provincia == own.provincia:
            return OWN_PROVINCIA
        if body.region == own.region:
            return OWN_REGION
        return ELSEWHERE if body.region else COUNTRY

    return rank
