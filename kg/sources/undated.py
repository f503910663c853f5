"""Dates as others of their column are: '3 May' beside '12 April 2026', "'15" and '2018 model' beside 2020."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from kg.sources.cells import Cell, date, date_form, is_missing, is_unknown
from kg.sources.dates import MONTH, year_of
from kg.sources.profile import is_year
from kg.sources.tables import Row, Table, with_columns_read

_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_NO_YEAR = re.compile(rf"{_WEEKDAY}(?:{_DAY}[ -](?:of )?{MONTH}|{MONTH}[ -]{_DAY})", re.IGNORECASE)
SAID_YEAR = re.compile(
    r"(?P<short>'\d\d)(?: [a-z]+)?|(?P<plate>\d\d)[ -](?:plate|reg)"
    r"|(?:(?:c\.?|ca\.?|circa|about|approx\.?|around|dated|built|made|est\.?|~) ?)?"
    r"(?P<whole>(?:1[0-9]|20)\d\d)(?: [a-z]+)?",
    re.IGNORECASE,
)
_HALF = 50  # of the numbers on a plate
_MOSTLY, _NEARLY = 0.4, 0.9  # shares of cells that are plain years, and of those that are any
_DATED, _AGAIN = 0.15, 2  # share, and number, of dates with a year beside others


def with_years(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table whose dates without a year are of the one that most dates of their column are of.

    In a column of years those that are shortened or called something are years, too.
    """
    table = with_columns_read(table, named, _are_years, _year)
    for place, header in enumerate(table.columns):
        year = _year_of(table, place) if header and header not in named else 0
        if year:
            rows = [
                Row(row.line, [*row.cells[:place], _dated(row.cells[place], year), *row.cells[place + 1 :]])
                for row in table.rows
            ]
            table = replace(table, rows=rows)
    return table


def _are_years(table: Table, place: int) -> bool:
    """Tell whether cells are years, some of them shortened or with a word: "'15", '2018 model'."""
    said = [cell.strip() for row in table.rows if isinstance(cell := row.cells[place], str)]
    said = [cell for cell in said if not (is_missing(cell) or is_unknown(cell))]
    plain = sum(map(is_year, said))
    other = sum(bool(SAID_YEAR.fullmatch(each)) and not is_year(each) for each in said)
    return other > 0 and plain >= _MOSTLY * len(said) and plain + other >= _NEARLY * len(said)


def _year(cell: Cell) -> Cell:
    match = SAID_YEAR.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return year_said(match) if match is not None else cell


def year_said(match: re.Match[str]) -> str:
    """Return the year of a cell that tells one with a word or in short: 2009 of '59 plate'."""
    if match["plate"]:
        return str(2000 + int(match["plate"]) % _HALF)  # from September on they count from 50
    day = date(f"1 Jan {match['short'] or match['whole']}")
    return str(year_of(day)) if day is not None else match[0]


def _year_of(table: Table, place: int) -> int:
    """Return the year that dates of a column without one are of; 0 where there are none such."""
    said = [cell.strip() for row in table.rows if isinstance(cell := row.cells[place], str)]
    said = [cell for cell in said if not (is_missing(cell) or is_unknown(cell))]
    without = sum(map(bool, map(_NO_YEAR.fullmatch, said)))
    form = date_form(said)
    days = [day for cell in said if (day := date(cell, form)) is not None]
    if (
        not without
        or len(days) < max(_AGAIN, _DATED * len(said))
        or len(days) + without < _NEARLY * len(said)
    ):
        return 0
    years = Counter(map(year_of, days))
    return min(years, key=lambda each: (-years[each], -each))


def _dated(cell: Cell, year: int) -> Cell:
    return f"{cell.strip()} {year}" if isinstance(cell, str) and _NO_YEAR.fullmatch(cell.strip()) else cell
