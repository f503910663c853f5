"""Columns of intervals, "2-4" or "30 to 60 min": each is read as two, what is least and what is most.

So 3 players are between both. A single number is both ends; "2+" has no most.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from kg.sources.cells import Cell, is_missing, number
from kg.sources.tables import Row, Table
from kg.sources.usual import header_unit

_NUMBER = r"\d+(?:[.,]\d+)?"
_SIGN = r"(?P<sign>[€$£])?\s?"
_INTERVAL = re.compile(
    rf"{_SIGN}(?P<low>{_NUMBER})\s*(?P<unit>°?[^\W\d]*)\.?\s*(?:[-–—]|to|bis|\.\.)\s*[€$£]?\s?(?P<high>{_NUMBER})\s*(?P<rest>°?[^\W\d]*)\.?"
)
_MOST_ONLY = re.compile(
    rf"(?:up to|max\.?|bis|until|<=?|≤)\s*(?P<high>{_NUMBER})\s*(?P<rest>°?[^\W\d]*)\.?", re.IGNORECASE
)
_SINGLE = re.compile(rf"{_SIGN}(?P<low>{_NUMBER})\s*(?P<rest>°?[^\W\d]*)\.?(?P<more>\+?)")
_LEAST_ONLY = re.compile(
    rf"(?:from|ab|starting (?:at|from))\s+(?P<said>[€$£]?\s?{_NUMBER}\s*[^\W\d]*)", re.IGNORECASE
)
_MANY, _NEARLY = 0.1, 0.95  # shares of cells that are intervals, and that are these or single numbers
_FIRST_YEAR = 1000.0  # a pair of larger numbers may be years, or parts of a code
LEAST, MOST = "min", "max"


def with_ends(table: Table, named: Collection[str] = (), *, guess: bool = True) -> Table:
    """Return a table with the least and the most of every column of intervals in its place.

    Columns that are `named` stay; without `guess` only those are read so whose ends are.
    """
    for header in list(table.columns):
        wanted = guess or f"{LEAST} {header}" in named or f"{MOST} {header}" in named
        if header and header not in named and wanted and _are_intervals(table, header):
            table = _split(table, header)
    return table


def _are_intervals(table: Table, header: str) -> bool:
    place = table.columns.index(header)
    cells = [row.cells[place] for row in table.rows]
    said = [cell.strip() for cell in cells if isinstance(cell, str) and not is_missing(cell)]
    if not said or len(said) + cells.count("") < len(cells) * _NEARLY:
        return False
    counted = bool(header_unit(header)) or any(map(_names_unit, said))
    several = sum(_is_interval(cell, counted=counted) for cell in said)
    single = sum(_is_single(cell) for cell in said)
    return several >= max(2, _MANY * len(said)) and several + single >= _NEARLY * len(said)


def _is_single(cell: str) -> bool:
    """Tell whether a cell is one number, in any form where it is a duration: '1h 40'."""
    told = bool(_SINGLE.fullmatch(cell) or _MOST_ONLY.fullmatch(cell) or _LEAST_ONLY.fullmatch(cell))
    return told or ((found := number(cell)) is not None and found.unit == "min" and interval(cell) is None)


def _is_interval(cell: str, *, counted: bool) -> bool:
    """Tell whether a cell is an interval; large numbers are only where their unit is told."""
    ends = interval(cell)
    return ends is not None and (counted or ends[1] < _FIRST_YEAR)


def _names_unit(cell: str) -> bool:
    match = _INTERVAL.fullmatch(cell)
    return match is not None and bool(match["unit"] or match["rest"] or match["sign"])


def interval(cell: str) -> tuple[float, float] | None:
    """Return the least and the most that a cell tells; None where it is no interval."""
    match = _INTERVAL.fullmatch(cell)
    if match is None:
        return None
    low, high = (float(match[end].replace(",", ".")) for end in ("low", "high"))
    return (low, high) if low <= high else None


def _split(table: Table, header: str) -> Table:
    place = table.columns.index(header)
    columns = [*table.columns[:place], f"{LEAST} {header}", f"{MOST} {header}", *table.columns[place + 1 :]]
    rows = [
        Row(row.line, [*row.cells[:place], *_ends(row.cells[place]), *row.cells[place + 1 :]])
        for row in table.rows
    ]
    return replace(table, columns=columns, rows=rows)


def _ends(cell: Cell) -> tuple[str, str]:
    """Return the least and the most that a cell says, each with its unit, empty where it says none."""
    said = cell.strip() if isinstance(cell, str) else ""
    if match := _INTERVAL.fullmatch(said):
        sign, unit = match["sign"] or "", match["rest"] or match["unit"]
        return f"{sign}{match['low']} {unit}".strip(), f"{sign}{match['high']} {unit}".strip()
    if match := _LEAST_ONLY.fullmatch(said):
        return match["said"], ""
    if match := _MOST_ONLY.fullmatch(said):
        return "", f"{match['high']} {match['rest']}".strip()
    if match := _SINGLE.fullmatch(said):
        one = f"{match['sign'] or ''}{match['low']} {match['rest']}".strip()
        return one, "" if match["more"] else one
    return (said, said) if said and _is_single(said) else ("", "")
