"""Where the bundled fonts, icons and catalogues stand."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1] / "resources"


def resource(*parts: str) -> Path:
    """Give the path of one bundled file or folder, for example ``resource("catalogues", "comunas.csv")``.

    The path is absolute. Raises FileNotFoundError when the program was copied without it, because a
    counter with half of its catalogues would print wrong due dates.
    """
    path = _ROOT.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(path)
    return path
