"""Years that are told by a century, a decade or an age, among years: '12th century', '1930s', 'Georgian'.

Such a cell is read as the year in the middle of its time. The ages stand in a column of their own as well,
as people ask for them by name.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from kg.sources.cells import Cell, is_missing, is_unknown
from kg.sources.tables import Row, Table
from kg.sources.undated import SAID_YEAR, year_said

AGE = "age"  # ends the header of the ages
_AGES = {
    "medieval": (1066, 1485),
    "tudor": (1485, 1603),
    "elizabethan": (1558, 1603),
    "jacobean": (1603, 1625),
    "stuart": (1603, 1714),
    "georgian": (1714, 1830),
    "regency": (1811, 1820),
    "victorian": (1837, 1901),
    "edwardian": (1901, 1910),
    "interwar": (1918, 1939),
}
_PERIOD = re.compile(r" (?:period|era|times|age)$")
_SPAN = re.compile(
    r"(?:(?P<part>early|mid|late)[ -])?(?:(?P<century>\d{1,2})(?:st|nd|rd|th) (?:century|cent\.?|c\.?)"
    r"|(?P<decade>(?:1\d|20)\d0)'?s)",
    re.IGNORECASE,
)
_PARTS = {"": (0.0, 1.0), "early": (0.0, 0.33), "mid": (0.33, 0.67), "late": (0.67, 1.0)}
_YEARS = range(1000, 2101)
_NEARLY, _SOME, _AGAIN = 0.85, 0.2, 2  # shares of cells that are any time, and that tell a year; spans


def with_eras(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table with years for such cells, and a column of the ages they name; those `named` stay."""
    for header in list(table.columns):
        if header and header not in named and (told := _told(table, header)):
            table = _read(table, header, aged=any(_age(each) for each in told))
    return table


def _told(table: Table, header: str) -> list[str]:
    """Return the cells of a column of years of which some tell a longer time; none of any other column."""
    place = table.columns.index(header)
    cells = (cell.strip() for row in table.rows if isinstance(cell := row.cells[place], str))
    said = [each for each in cells if not (is_missing(each) or is_unknown(each))]
    spans = [each for each in said if _age(each) or _SPAN.fullmatch(each)]
    years = sum(_year(each) != "" for each in said)
    mostly = years + len(spans) >= _NEARLY * len(said) and years >= _SOME * len(said)
    return spans if len(spans) >= _AGAIN and mostly else []


def _year(said: str) -> str:
    match = SAID_YEAR.fullmatch(said)
    year = year_said(match) if match is not None else ""
    return year if year and int(year) in _YEARS else ""


def _age(said: str) -> tuple[int, int] | None:
    return _AGES.get(_PERIOD.sub("", said.casefold()))


def _middle(said: str) -> str:
    """Return the year in the middle of a time; nothing where a cell tells none."""
    if age := _age(said):
        return str(sum(age) // 2)
    match = _SPAN.fullmatch(said)
    if match is None:
        return _year(said)
    first, years = (int(match["decade"]), 10) if match["decade"] else (100 * int(match["century"]) - 100, 100)
    low, high = _PARTS[(match["part"] or "").casefold()]
    return str(first + round(years * (low + high) / 2))


def _read(table: Table, header: str, *, aged: bool) -> Table:
    place = table.columns.index(header)

    def read(cell: Cell) -> list[Cell]:
        said = cell.strip() if isinstance(cell, str) else ""
        return [_middle(said) if said else cell, *([said if _age(said) else ""] if aged else [])]

    rows = [
        Row(row.line, [*row.cells[:place], *read(row.cells[place]), *row.cells[place + 1 :]])
        for row in table.rows
    ]
    names = [header, f"{header} {AGE}"] if aged else [header]
    return replace(table, columns=[*table.columns[:place], *names, *table.columns[place + 1 :]], rows=rows)
