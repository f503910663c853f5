"""Times with the half of the day that they are in, '7:45 am', as times of the day: '07:45'."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.sources.cells import Cell, is_missing
from kg.sources.tables import Table, with_columns_read

_TIME = re.compile(
    r"(?P<hour>1[0-2]|0?\d)(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?m\.?", re.IGNORECASE
)
_NAMED = {"noon": "12:00", "midday": "12:00", "12 noon": "12:00", "midnight": "00:00"}
_HALF = 12  # hours


def with_whole_days(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table whose columns of such times count the hours of a whole day; those `named` stay."""
    return with_columns_read(table, named, _are_times, _as_time)


def _are_times(table: Table, place: int) -> bool:
    cells = (cell.strip() for row in table.rows if isinstance(cell := row.cells[place], str))
    said = [each for each in cells if not is_missing(each)]
    times = sum(_TIME.fullmatch(each) is not None for each in said)
    return times > 0 and times + sum(each.casefold() in _NAMED for each in said) == len(said)


def _as_time(cell: Cell) -> Cell:
    said = cell.strip() if isinstance(cell, str) else ""
    match = _TIME.fullmatch(said)
    if match is None:
        return _NAMED.get(said.casefold(), cell)
    hour = int(match["hour"]) % _HALF + _HALF * (match["half"].casefold() == "p")
    return f"{hour:02}:{match['minute'] or '00'}"
