"""Every error that the program knows has a sentence of its own, short and kind."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

import oirs_core
import oirs_desktop
from oirs_core.domain.errors import (
    ActNotAllowed,
    FieldMissing,
    FolioRefused,
    OirsError,
    RutRefused,
    TextTooLong,
    TextUnprintable,
    ValueUnknown,
)
from oirs_core.domain.rules import ERASED
from oirs_desktop.ui.texts.messages import FIELDS, SENTENCES, explain

# Spoken on the terminal by the command that raises them, or never heard by a counter.
ELSEWHERE = ("oirs_desktop.commands", "oirs_desktop.ui.window.hands", "oirs_central")
HARSH = re.compile(r"\b(error|inv[aá]lid|fatal|por favor)", re.IGNORECASE)


def load_all() -> None:
    for package in (oirs_core, oirs_desktop):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not re.search(r"migrations|__main__|\.app$", module.name):
                import_module(module.name)


def errors(root: type[OirsError] = OirsError) -> list[type[OirsError]]:
    below = [sub for cls in root.__subclasses__() for sub in errors(cls)]
    return [root, *below]


def test_every_error_has_its_own_sentence() -> None:
    load_all()
    known = [
        cls
        for cls in errors()
        if cls.__module__.startswith("oirs_") and not cls.__module__.startswith(ELSEWHERE)
    ]
    assert [cls.__name__ for cls in known if cls.code not in SENTENCES] == []
    assert len(known) > len("a few")


SAMPLES = [
    RutRefused(reason="check"),
    RutRefused(reason="empty"),
    FolioRefused(reason="check"),
    FieldMissing(field="materia"),
    TextTooLong(field="relato", length=20_134, limit=20_000, unit="characters"),
    TextTooLong(field="relato", length=61_000, limit=60_000, unit="bytes"),
    TextUnprintable(field="relato", count=1, first=7),
    TextUnprintable(field="relato", count=3, first=7),
    ValueUnknown(field="comuna", value="Macondo"),
    ActNotAllowed(act="Derivacion", estado="cerrada"),
    ActNotAllowed(act="Enmienda", estado=ERASED),
]


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_a_sentence_names_what_it_is_about(sample: OirsError) -> None:
    text = explain(sample).title
    assert text != explain(OirsError()).title
    assert "{" not in text


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_short_and_kind(code: str) -> None:
    message = SENTENCES[code](
        {"field": "relato", "length": 1, "limit": 2, "count": 2, "first": 3, "reason": "x"}
    )
    for sentence in re.split(r"(?<=[.:]) ", f"{message.title} {message.advice}"):
        assert len(sentence.split()) <= 20
    assert not HARSH.search(f"{message.title} {message.advice}")
    assert message.severity in {"info", "warning", "danger"}


def test_the_numbers_stand_in_the_sentence() -> None:
    long = explain(TextTooLong(field="relato", length=20_134, limit=20_000, unit="characters"))
    assert long.title == "Acorte el relato: tiene 20.134 caracteres y caben 20.000."
    assert "posición 7" in explain(TextUnprintable(field="relato", count=1, first=7)).title


def test_every_field_is_called_with_its_article() -> None:
    assert [name for name, words in FIELDS.items() if words.split()[0] not in {"el", "la"}] == []


def test_an_error_without_a_sentence_shows_its_code() -> None:
    class Planted(OirsError):
        code = "planted"

    assert "planted" in explain(Planted()).advice
