"""Sizes of paper by their names of PWG 5101.1, such as ``iso_a4_210x297mm``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_NAME = re.compile(r"_([\d.]+)x([\d.]+)(mm|in)$")
_BOX = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]")
_INCH = 25.4
_POINT = _INCH / 72
_SLACK = 2.0
"""Drivers round: papers that differ by less, in mm, are the same."""
ROLL = 90.0
"""Papers up to this width, in mm, come from a roll: their length says nothing."""


class Sheet(NamedTuple):
    """A paper, upright: width and height in mm."""

    width: float
    height: float

    @classmethod
    def of(cls, wide: float, high: float) -> Sheet:
        """Give the sheet of these sides in mm. A roll is as long as its text, and stands as it is."""
        return cls(wide, high) if wide <= ROLL else cls(min(wide, high), max(wide, high))

    @property
    def roll(self) -> bool:
        """Whether this comes from a roll."""
        return self.width <= ROLL

    def takes(self, other: Sheet) -> bool:
        """Whether a page of the size ``other`` belongs on this paper."""
        if self.roll or other.roll:
            return self.roll and other.width <= self.width + _SLACK
        return abs(self.width - other.width) <= _SLACK and abs(self.height - other.height) <= _SLACK


def sheet_named(name: str) -> Sheet | None:
    """Read the size out of a name; None where it tells none."""
    found = _NAME.search(name)
    if found is None:
        return None
    unit = _INCH if found[3] == "in" else 1.0
    return Sheet.of(float(found[1]) * unit, float(found[2]) * unit)


def sheets_named(names: Iterable[str]) -> dict[str, Sheet]:
    """Give the names that tell a size, in the order given."""
    return {name: sheet for name in names if (sheet := sheet_named(name)) is not None}


def page_of(pdf: Path) -> Sheet | None:
    """Give the size of the first page of one of our PDFs, whose page stands in plain text; else None."""
    found = _BOX.search(pdf.read_bytes())
    return Sheet.of(float(found[1]) * _POINT, float(found[2]) * _POINT) if found else None


OURS = {
    "a4": Sheet(210.0, 297.0),
    "letter": Sheet(215.9, 279.4),
    "a5": Sheet(148.0, 210.0),
    "roll80": Sheet(72.0, 297.0),
}
"""The papers that receipts are drawn for, by the names of `settings.paper`."""


def choose(sheets: Sequence[Sheet], wished: str) -> str:
    """Give the name of the paper to draw for. ``sheets``: those of the printer, the one in use first.

    The paper in use decides. A ``wished`` other than A4 comes first where the printer has it: A4 is what
    stands in the settings when nobody chose. An unknown printer gets what is wished.
    """
    if wished != "a4" and any(sheet.takes(OURS[wished]) for sheet in sheets):
        return wished
    for sheet in sheets:
        for name, ours in OURS.items():
            if sheet.takes(ours):
                return name
    return wished
