"""What stands in the tree of the project, and what may not."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from typing import TYPE_CHECKING

import pytest

from oirs_core.resources import resource
from tests.support.tree import MODULES, ROOT, TESTS, relative

if TYPE_CHECKING:
    from pathlib import Path

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Names that say nothing: a file is named after the one noun that lives in it.
EMPTY_NAMES = {"utils", "util", "common", "helpers", "base", "manager", "controller", "service", "repository"}


def test_the_lock_names_no_host() -> None:
    assert re.findall(r"https?://|--index-url|--extra-index|--find-links|@ file", LOCK) == []


def test_every_package_of_the_lock_has_a_version_and_a_hash() -> None:
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    assert [e.splitlines()[0] for e in entries if "==" not in e or "--hash=sha256:" not in e] == []


def test_the_lock_holds_every_package_that_is_asked_for() -> None:
    asked = re.findall(
        r"^[A-Za-z][\w.-]*", (ROOT / "requirements.in").read_text(encoding="utf-8"), re.MULTILINE
    )
    locked = {name.lower() for name in re.findall(r"^[\w.-]+", LOCK, re.MULTILINE)}
    assert [name for name in asked if name.lower() not in locked] == []


def test_every_exception_of_the_style_check_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ignores = text.split("ignore = [", 1)[1].split("]\n", 1)[0].strip().splitlines()
    assert PYPROJECT["tool"]["ruff"]["lint"]["select"] == ["ALL"]
    assert [line for line in ignores if "#" not in line] == []


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_is_named_after_a_noun(path: Path) -> None:
    assert path.stem not in EMPTY_NAMES


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=relative)
def test_a_suppressed_check_says_which_one(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    blanket = r"#\s*(?:noqa(?!:)|type:\s*ignore(?!\[))"
    assert re.findall(blanket, text) == []


def test_fonts_icons_and_tables_come_with_their_licence() -> None:
    for parts in (("fonts", "OFL.txt"), ("icons", "LICENSE"), ("catalogues", "README.md")):
        assert resource(*parts).stat().st_size > len(parts)
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_a_missing_resource_is_noticed() -> None:
    with pytest.raises(FileNotFoundError):
        resource("catalogues", "nothing.csv")


@pytest.mark.skipif(shutil.which("make") is None, reason="Windows has tasks.ps1 instead of make")
def test_every_target_of_make_explains_itself() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [name for name in phony[1].split() if f"make {name} " not in shown] == []
