"""Sizes with the measure that they are in before them, or a remark behind: 'UK 12', '16 (altered)'."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.sources.cells import Cell, is_missing
from kg.sources.tables import Table, with_columns_read

_BEFORE = re.compile(r"(?:uk|eu|eur|us|size)\.? ?(?=\d)", re.IGNORECASE)
_BEHIND = re.compile(r"(?<=[\d½]) ?\([a-z][a-z -]*\)$", re.IGNORECASE)
_SIZE = re.compile(r"\d+(?:\.5|½)?(?:\s*[-–/]\s*\d+(?:\.5|½)?)?")


def with_plain_sizes(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table whose sizes are numbers, or from one to another; those `named` stay.

    All that stand in a column must be of one measure, however many do not name it.
    """
    return with_columns_read(table, named, _are_sizes, _plain)


def _are_sizes(table: Table, place: int) -> bool:
    cells = (cell.strip() for row in table.rows if isinstance(cell := row.cells[place], str))
    said = [each for each in cells if not is_missing(each)]
    measures = {match[0].casefold().strip(" .") for each in said if (match := _BEFORE.match(each))}
    plain = [str(_plain(each)) for each in said]
    return len(measures) == 1 and all(map(_SIZE.fullmatch, plain))


def _plain(cell: Cell) -> Cell:
    return _BEHIND.sub("", _BEFORE.sub("", cell.strip(), count=1)) if isinstance(cell, str) else cell
