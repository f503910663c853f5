"""The day of the week on which something takes place, where a table tells the date: 'on a Saturday'."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date as Date  # noqa: N812

from kg.sources.cells import Cell, date, date_form, is_missing
from kg.sources.dates import DateForm
from kg.sources.tables import Row, Table
from kg.sources.usual import header_words
from kg.sources.weekdays import DAYS

WEEKDAY = "weekday"
_EVENTS = frozenset(
    ("date", "when", "event date", "race date", "start date", "departure date", "show date", "concert date")
)
_NEARLY, _SEVERAL = 0.9, 3  # share of cells that are whole dates, different days of the week
_DAYS_OFF = 5  # the place of Saturday


def with_weekdays(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table with the day of the week beside the one column that tells when things take place."""
    known = {day.casefold() for day in DAYS} | {day[:3].casefold() for day in DAYS}
    told = {cell.strip().casefold() for row in table.rows for cell in row.cells if isinstance(cell, str)}
    headers = [each for each in table.columns if header_words(each) in _EVENTS and each not in named]
    if len(headers) != 1 or WEEKDAY in table.columns or told & known:
        return table
    place = table.columns.index(headers[0])
    said = [cell for row in table.rows if isinstance(cell := row.cells[place], str) and not is_missing(cell)]
    form = date_form(said)
    days = [_weekdays(cell, form) for cell in said]
    several = len({each[0] for each in days if each}) >= _SEVERAL
    if not said or sum(map(bool, days)) < _NEARLY * len(said) or not several:
        return table
    rows = [
        Row(row.line, [*row.cells[: place + 1], _weekdays(row.cells[place], form), *row.cells[place + 1 :]])
        for row in table.rows
    ]
    columns = [*table.columns[: place + 1], WEEKDAY, *table.columns[place + 1 :]]
    return replace(table, columns=columns, rows=rows)


def _weekdays(cell: Cell, form: DateForm) -> list[str]:
    """Return the day of the week of a date, and the weekend where it is of one; none where no day is told."""
    day = date(cell, form) if isinstance(cell, str) else None
    if not day or not day % 100 or not day // 100 % 100:
        return []
    at = Date(day // 10_000, day // 100 % 100, day % 100).weekday()
    return [DAYS[at], *(["weekend"] if at >= _DAYS_OFF else [])]
