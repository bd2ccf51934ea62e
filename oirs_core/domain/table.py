"""Reads the CSV tables of the catalogue: strict about what is needed, blind to columns it does not know."""

from __future__ import annotations

import csv
from io import StringIO
from operator import itemgetter
from typing import TYPE_CHECKING

from oirs_core.domain.errors import ValueUnknown

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterator, Sequence


def header(table: str, text: str, columns: Sequence[str]) -> list[int]:
    """Give the places of ``columns`` (two or more); ValueUnknown with the table and the first missing one."""
    names = next(_reader(text), [])
    for column in columns:
        if column not in names:
            raise ValueUnknown(field=table, value=column)
    return [names.index(column) for column in columns]


def rows(table: str, text: str, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Give the cells of ``columns``, row by row; ValueUnknown with the line number of a row cut short."""
    places = header(table, text, columns)
    pick = itemgetter(*places)
    reader = _reader(text)
    next(reader)
    for row in reader:
        if not row:
            continue
        if len(row) <= max(places):
            raise ValueUnknown(field=table, value=reader.line_num)
        yield pick(row)


def several(cell: str) -> list[str]:
    """Parts of a cell that holds a list (``a|b``)."""
    return [part for part in cell.split("|") if part]


def _reader(text: str) -> Reader:
    # A spreadsheet puts a mark before the first name; a cell may hold line breaks, which stay as they are.
    return csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""))
