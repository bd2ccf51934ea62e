"""One centre for each test, once on SQLite and once on PostgreSQL."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from oirs_central.app import Central, build
from oirs_central.settings import Settings
from oirs_core.domain.events import Oficina
from tests.support.postgres import empty
from tests.support.stranger import AT, Counter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

OFFICES = ("082", "022")


def office(code: str) -> Oficina:
    return Oficina(code, "", f"Oficina {code}", "SGI", "08201", "America/Santiago", "https://oirs.example")


class Chance:
    """Bytes that look random and are the same each time."""

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, size: int) -> bytes:
        self.drawn += 1
        return sha256(self.drawn.to_bytes(8, "big")).digest()[:size]


class Clock:
    """Moves when told to."""

    def __init__(self) -> None:
        self.now = AT

    def __call__(self) -> int:
        return self.now


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    if request.param == "sqlite":
        yield Settings(tmp_path / "central")
        return
    url: str = request.getfixturevalue("postgres_url")
    yield Settings(tmp_path / "central", url)
    empty(url)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def central(settings: Settings, clock: Clock) -> Iterator[Central]:
    built = build(settings, clock, Chance())
    for code in OFFICES:
        built.ledger.office(office(code))
    built.ledger.publish({"feriados_cl": "fecha,nombre\n2026-09-18,Independencia\n"})
    yield built
    built.close()


@pytest.fixture
def enrolled(central: Central) -> Callable[[int], Counter]:
    """Enrol the counter with that seed in the first office."""

    def enrol(seed: int = 1, code: str = OFFICES[0]) -> Counter:
        return Counter(central, seed).enrol(central.auth.new_code(central.ledger.office_feed(code)))

    return enrol
