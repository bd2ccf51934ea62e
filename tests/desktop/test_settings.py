"""Settings are declared once; the journal has no place for anybody's data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from oirs_desktop import log
from oirs_desktop.reports.receipt import PaperSize
from oirs_desktop.settings import Settings, SettingWrong, change, document, load, named, parse
from oirs_desktop.store import StoreForeign
from tests.support.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_the_page_of_settings_is_the_declared_one() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == document()


def test_a_file_changes_what_it_names(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    assert load(path) == Settings()
    path.write_text('paper = "roll80"\nsync_timeout_s = 20\n', encoding="utf-8-sig")
    assert load(path) == Settings(paper="roll80", sync_timeout_s=20)


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ("papel = 1", "papel", "unknown"),
        ("paper = 1", "paper", "type"),
        ("sync_timeout_s = true", "sync_timeout_s", "type"),
        ('paper = "a0"', "paper", "choice"),
        ("sync_timeout_s = 1", "sync_timeout_s", "range"),
        ("paper = ", "settings.toml", "syntax"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, text: str, key: str, reason: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingWrong) as why:
        load(path)
    assert why.value.data == {"key": key, "reason": reason}


def test_every_paper_can_be_set() -> None:
    for size in PaperSize:
        assert parse({"paper": size.value}).paper == size.value


def test_a_change_keeps_the_lines_that_somebody_wrote(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('# de la oficina\npaper = "roll80"  # angosto\ntext_size = 125\n', encoding="utf-8")
    assert change(path, text_size=200, theme="dark").theme == "dark"
    assert load(path) == Settings(paper="roll80", text_size=200, theme="dark")
    assert path.read_text(encoding="utf-8").startswith('# de la oficina\npaper = "roll80"  # angosto\n')
    assert named(path) == {"paper", "text_size", "theme"}


def test_a_change_that_cannot_be_used_leaves_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    change(path, spelling=False)
    with pytest.raises(SettingWrong):
        change(path, text_size=110)
    assert load(path) == Settings(spelling=False)
    path.write_text("paper = ", encoding="utf-8")
    with pytest.raises(SettingWrong):
        change(path, spelling=True)
    assert named(path) == frozenset()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Path]:
    log.start(tmp_path, lambda: 1_760_000_000_123)
    yield tmp_path / log.FILE_NAME
    log.stop()


def test_the_journal_is_lines_of_json(journal: Path) -> None:
    log.note("sync", pushed=3, state="ok", why=None)
    (line,) = journal.read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {
        "at": "2025-10-09T08:53:20.123+00:00",
        "level": "info",
        "event": "sync",
        "pushed": 3,
        "state": "ok",
    }


def test_texts_have_no_way_into_the_journal(journal: Path) -> None:
    log.note(
        "sync", who="Juan Pérez", doc="12.345.678-k", phone="987654321", run="12345678-5", much="x" * 100
    )
    log.problem("open", StoreForeign(reason="key", name="Juan Pérez"))
    try:
        int("Juan Pérez")
    except ValueError as why:
        log.problem("parse", why)
    text = journal.read_text(encoding="utf-8")
    assert "Juan" not in text
    assert "678" not in text
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line.get("code") for line in lines] == [None, "store_foreign", "valueerror"]
    assert lines[1]["reason"] == "key"
    assert lines[2]["place"].startswith("test_settings:")
