"""The files of the project, for the tests that watch over the house."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("oirs_core", "oirs_desktop", "oirs_central")
# A migration is frozen once it has run somewhere, and Alembic writes the frame of it.
MODULES = sorted(p for name in PACKAGES for p in (ROOT / name).rglob("*.py") if "versions" not in p.parts)
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def relative(path: Path) -> str:
    """Path from the root of the project with forward slashes, as a person would write it."""
    return path.relative_to(ROOT).as_posix()
