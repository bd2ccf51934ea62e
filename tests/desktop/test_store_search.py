"""Finding cases: any writing, accents or none, and nothing that a person types is ever a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.events import Materia, Respuesta
from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import DocType
from oirs_core.domain.persona import Persona
from oirs_desktop.store import NewAct
from oirs_desktop.store.reading import match_words
from tests.support.centre import STAMP, Centre, Counter, ingreso

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oirs_desktop.store import Store

NAMES = (
    ("María José", "Ñancupil", "1111111-4"),
    ("Pedro", "Muñoz", "12345678-5"),
    ("ANDRÉS", "O'Higgins Núñez", "7654321-6"),
)
HOSTILE = (
    '"',
    '""',
    '"*',
    "nombre:",
    "nombre: x",
    "{nombre doc} : x",
    "a OR b",
    "NOT",
    "NEAR(a b)",
    "^a",
    "*",
    "-",
    "a - b",
    "(",
    "a) OR (b",
    "'; DROP TABLE event; --",
    "%",
    "a\0b",
    "\0",
    "\ud800",
    "😀",
    "\u202eabc",
    "x" * 5000,
    "a " * 500,
    "\\",
    "á" * 200,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    counter = Counter.make(tmp_path_factory.mktemp("search") / "a", Centre())
    for n, (names, surname, number) in enumerate(NAMES, start=1):
        persona = Persona(DocType.RUN, number, nombres=names, apellido_paterno=surname)
        acts = [NewAct(ingreso(n, persona=persona, materia=Materia("Pensión básica")))]
        counter.store.record(acts, STAMP, counter.random)
    counter.store.record(
        [NewAct(Respuesta("Acuda al CESFAM"))], STAMP, counter.random, counter.store.recent()[0].id
    )
    yield counter.store
    counter.store.close()


def names(rows: list[object]) -> list[str]:
    return [row.name.split()[0] for row in rows]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("munoz", ["Pedro"]),
        ("MUÑOZ", ["Pedro"]),
        ("mun\u0303oz", ["Pedro"]),
        ("ñanc maria", ["María"]),
        ("o'hig", ["ANDRÉS"]),
        ("nuñez andres", ["ANDRÉS"]),
        ("pension", ["ANDRÉS", "Pedro", "María"]),
        ("cesfam", ["ANDRÉS"]),
        ("12.345.678-5", ["Pedro"]),
        ("12345678-5", ["Pedro"]),
        ("123456785", ["Pedro"]),
        ("12 345 678 5", ["Pedro"]),
        ("12.345", ["Pedro"]),
        ("número 2", ["Pedro"]),
        ("tramite numero", ["ANDRÉS", "Pedro", "María"]),
        ("nadie", []),
        ("", []),
        ("   ", []),
    ],
)
def test_a_search_finds(store: Store, text: str, found: list[str]) -> None:
    assert names(store.search(text)) == found  # type: ignore[arg-type]


def test_a_folio_is_found_in_any_writing_and_by_its_end(store: Store) -> None:
    row = store.search("pedro")[0]
    folio = Folio.parse(row.folio)
    spaced = " ".join(folio.groups).lower()
    for text in (folio.text, folio.grouped, spaced, folio.text[-5:], folio.text[-4:], folio.text[7:11]):
        assert row in store.by_folio(text), text
    assert store.search(folio.grouped) == [row]
    assert store.by_folio(folio.text[-3:]) == []
    assert store.by_folio("") == []


def test_a_document_is_found_in_any_writing(store: Store) -> None:
    for text in ("7654321-6", "7.654.321-6", "76543216", " 7.654.321 - 6"):
        assert names(store.by_document(text)) == ["ANDRÉS"]  # type: ignore[arg-type]
    assert store.by_document("") == []


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_typed_is_read_as_a_command(store: Store, text: str) -> None:
    for find in (store.search, store.people, store.by_folio, store.by_document):
        assert isinstance(find(text), list)
    assert len(store.recent(9)) == len(NAMES)


def test_limits_hold(store: Store) -> None:
    assert len(store.search("pension", limit=2)) == 2
    assert len(store.people("a", limit=1)) <= 1


def test_words_are_quoted_and_begin() -> None:
    assert match_words('juan "x" OR') == '"juan"* """x"""* "OR"*'
    assert match_words("* - ()") == ""
