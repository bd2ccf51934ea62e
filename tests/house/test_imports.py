"""The floors of the house hold, and a wrong import is noticed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.tree import PACKAGES, ROOT

if TYPE_CHECKING:
    from pathlib import Path

PLANTED = {
    "a rule that knows the window": ("oirs_core/domain/planted.py", "import PySide6.QtCore"),
    "a rule that knows SQL": ("oirs_core/domain/planted.py", "import sqlalchemy"),
    "the store looking up at the desk": ("oirs_desktop/store/planted.py", "import oirs_desktop.desk"),
    "the counter calling the centre": ("oirs_desktop/sync/planted.py", "import oirs_central.settings"),
    "the core knowing the counter": ("oirs_core/wire/planted.py", "import oirs_desktop.store"),
    "a second place that speaks HTTP": ("oirs_desktop/reports/planted.py", "import requests"),
    "a second place that makes PDF": ("oirs_desktop/store/planted.py", "import reportlab.pdfgen"),
    "a screen with SQL in it": ("oirs_desktop/ui/planted.py", "import sqlalchemy"),
    "a module that belongs to no floor": ("oirs_desktop/utils.py", ""),
}
# The modules that the planted imports name; they stand already in the finished house.
NAMED = ("oirs_desktop/desk/__init__.py", "oirs_central/settings.py", "oirs_desktop/store/__init__.py")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, target / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", target)
    return target


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the packages in ``folder``, which must win over the installed ones."""
    program = (
        "import sys; sys.path.insert(0, sys.argv.pop(1));"
        "from importlinter.cli import lint_imports_command as run; run()"
    )
    return subprocess.run(
        [sys.executable, "-c", program, str(folder), "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_floors_hold(copy: Path) -> None:
    run = lint_imports(copy)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 broken" in run.stdout


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_wrong_import_fails(copy: Path, fault: str) -> None:
    name, line = PLANTED[fault]
    planted = copy / name
    planted.write_text(f"{line}\n", encoding="utf-8")
    try:
        run = lint_imports(copy)
    finally:
        planted.unlink()
    assert run.returncode != 0
    assert "planted" in run.stdout or "utils" in run.stdout


def test_the_planted_imports_name_modules_that_exist() -> None:
    assert [name for name in NAMED if not (ROOT / name).exists()] == []
