"""Columns of seasons, 'Apr-Oct' or 'all year': each is read as the list of its months.

So what is open in May is found by May. Of a month that is cut by a day only the whole ones count.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.sources.cells import Cell, is_missing
from kg.sources.tables import Table, with_columns_read

MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)
_SHORT = {month[:3].casefold(): place for place, month in enumerate(MONTHS)}
_WHOLE_YEAR = frozenset(
    ("all year", "all year round", "year round", "all year long", "year-round", "jan-dec")
)
_DAY = r"(?:(?P<day{0}>\d{{1,2}})\.?\s*)?"
_NAMED = r"(?P<month{0}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_JOINT = r"\s*(?:[-–—]|to|until|till|through)\s*"
_SPAN = re.compile(
    _DAY.format(1) + _NAMED.format(1) + _JOINT + _DAY.format(2) + _NAMED.format(2), re.IGNORECASE
)
_FIGURES = re.compile(
    r"(?P<day1>\d{1,2})\.(?P<month1>\d{1,2})\.?" + _JOINT + r"(?P<day2>\d{1,2})\.(?P<month2>\d{1,2})\.?"
)
_ONE = re.compile(_NAMED.format(1), re.IGNORECASE)
_BESIDE = re.compile(r"^(?:(?:weekends?|weekdays|daily|mon|tues?|wed|thu|fri|sat|sun)[\w -]*,|open|from)\s*")
_PARTS = re.compile(r"\b(?:the )?(?:early|mid|start of|beginning of|end|late|end of)[ -](?=[a-z]{3})")
_NEARLY, _SEVERAL = 0.9, 0.5  # shares of cells that are seasons, and of those that are spans
_LAST_DAY = 28  # a month is whole that is left out of after this day


def with_months(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table with lists of months in its columns of seasons; those `named` stay."""
    return with_columns_read(table, named, _are_seasons, _told)


def _are_seasons(table: Table, place: int) -> bool:
    said = [cell for row in table.rows if isinstance(cell := row.cells[place], str) and not is_missing(cell)]
    spans = sum(bool(_SPAN.fullmatch(each) or _FIGURES.fullmatch(each)) for each in map(_plain, said))
    return (
        bool(said)
        and spans >= _SEVERAL * len(said)
        and sum(map(bool, map(_months, said))) >= _NEARLY * len(said)
    )


def _plain(cell: str) -> str:
    """Return a season without what stands around its months: 'weekends only, May - end Sept'."""
    said = _BESIDE.sub("", _PARTS.sub("", " ".join(cell.split()).casefold()))
    return said.replace("easter", "april")  # early in that month, or before it


def _told(cell: Cell) -> Cell:
    months = _months(cell) if isinstance(cell, str) else []
    return months or cell


def _months(cell: str) -> list[str]:
    """Return the whole months that a cell spans; none where it is no season."""
    said = _plain(cell)
    if said in _WHOLE_YEAR:
        return [said, *MONTHS]
    if match := _ONE.fullmatch(said):
        return [MONTHS[_SHORT[match["month1"].casefold()]]]
    match = _SPAN.fullmatch(said) or _FIGURES.fullmatch(said)
    if match is None:
        return []
    first, last = (
        _SHORT.get(match[each].casefold(), -1) if match[each].isalpha() else int(match[each]) - 1
        for each in ("month1", "month2")
    )
    if not (0 <= first < len(MONTHS) and 0 <= last < len(MONTHS)):
        return []
    first += int(match["day1"] or 1) > 1
    last -= int(match["day2"] or _LAST_DAY) < _LAST_DAY
    last += len(MONTHS) * (last < first - 1)
    return [MONTHS[place % len(MONTHS)] for place in range(first, last + 1)]
