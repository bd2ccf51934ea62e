"""Bodies of every version ever written are read as the version of today."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest

from oirs_core.domain import events, upcast
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import VERSIONS, Ingreso
from oirs_core.wire.codec import Unknown, decode_body, encode_body
from tests.support.tree import ROOT

GOLDEN: dict[str, dict[str, Any]] = json.loads(
    (ROOT / "tests/golden/bodies.json").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Prorroga:
    """A kind of act that a test invents: its term was a number of weeks once."""

    dias: int
    motivo: str = ""


def days(body: upcast.Body) -> upcast.Body:
    return {**{name: value for name, value in body.items() if name != "semanas"}, "dias": body["semanas"] * 7}


def reason(body: upcast.Body) -> upcast.Body:
    return {"motivo": "sin motivo", **body}


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in which Prorroga is in its third version."""
    monkeypatch.setitem(events.VERSIONS, "Prorroga", (Prorroga, 3))
    monkeypatch.setitem(upcast.UPCASTERS, ("Prorroga", 1), days)
    monkeypatch.setitem(upcast.UPCASTERS, ("Prorroga", 2), reason)


@pytest.mark.parametrize("kind", sorted(VERSIONS))
def test_every_version_of_a_kind_has_a_golden_sample(kind: str) -> None:
    _, version = VERSIONS[kind]
    assert sorted(GOLDEN[kind]) == [str(n) for n in range(1, version + 1)]


@pytest.mark.parametrize(("kind", "v"), [(kind, int(v)) for kind in GOLDEN for v in GOLDEN[kind]])
def test_a_golden_body_is_read_and_its_newest_form_is_written_alike(kind: str, v: int) -> None:
    sample = GOLDEN[kind][str(v)]
    content = decode_body(kind, v, sample["body"].encode())
    assert not isinstance(content, Unknown)
    assert json.loads(encode_body(content)) == sample["now"]
    if v == VERSIONS[kind][1]:
        assert encode_body(content).decode() == sample["body"]


@pytest.mark.usefixtures("changed")
def test_an_old_body_goes_through_every_step() -> None:
    samples = ((1, b'{"semanas":2}'), (2, b'{"dias":9}'), (3, b'{"dias":9}'))
    read: list[object] = [decode_body("Prorroga", v, body) for v, body in samples]
    assert read == [Prorroga(14, "sin motivo"), Prorroga(9, "sin motivo"), Prorroga(9)]


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize("body", [b"", b"[]", b'{"semanas":"x"}', b'{"semanas":1', b"null"])
def test_an_old_body_that_cannot_be_read_is_set_apart_like_a_new_one(body: bytes) -> None:
    with pytest.raises(EventRefused):
        decode_body("Prorroga", 1, body)


def test_a_newer_version_of_a_known_kind_waits_for_the_update() -> None:
    body = encode_body(decode_body("Ingreso", 1, GOLDEN["Ingreso"]["1"]["body"].encode()))  # type: ignore[arg-type]
    assert decode_body("Ingreso", 2, body) == Unknown("Ingreso", 2)
    assert decode_body("Prorroga", 1, b"{}") == Unknown("Prorroga", 1)


def test_fields_that_nobody_knows_are_passed_over_and_stay_in_the_bytes() -> None:
    body = GOLDEN["Ingreso"]["1"]["body"].encode()
    more = msgspec.json.encode({**msgspec.json.decode(body), "zurdo": [1, {"a": None}]})
    assert isinstance(decode_body("Ingreso", 1, more), Ingreso)
