"""Columns of days of the week, 'Tue-Sun' or 'daily': each is read as the list of its days.

So what is open on Mondays is found by Monday, and what is open on all of them as open every day.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.sources.cells import Cell, is_missing
from kg.sources.tables import Table, with_columns_read
from kg.sources.usual import header_words

DAYS = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_SHORT = {day[:3].casefold(): place for place, day in enumerate(DAYS)}
_NAMED = r"(mon|tue|wed|thu|fri|sat|sun)(?:s|rs?|rsday|sday|day|nesday|urday)?s?\.?"
_ONE = re.compile(_NAMED, re.IGNORECASE)
_SPAN = re.compile(rf"{_NAMED}\s*(?:[-–—]|to|till|until|through)\s*{_NAMED}", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[,;/&+]|\band\b)\s*", re.IGNORECASE)
_GROUPS = {
    "daily": range(7),
    "every day": range(7),
    "all week": range(7),
    "all days": range(7),
    "7 days a week": range(7),
    "7 days": range(7),
    "weekdays": range(5),
    "weekends": range(5, 7),
    "weekend": range(5, 7),
}
_TOGETHER = (("every day", range(7)), ("weekdays", range(5)), ("weekend", range(5, 7)))
_NEVER = frozenset(("never", "none", "no days"))
_HEADERS = frozenset("closed open opens days day".split())
_NEARLY, _SOME = 0.9, 0.3  # shares of cells that are days, and of those that are spans


def with_days(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table with lists of days in its columns of days of the week; those `named` stay."""
    return with_columns_read(table, named, _are_days, _told)


def _are_days(table: Table, place: int) -> bool:
    said = [cell for row in table.rows if isinstance(cell := row.cells[place], str) and not is_missing(cell)]
    spans = sum(_tells_several(each) for each in said)
    return (
        bool(said)
        and spans >= max(1, (0 if _of_days(table.columns[place]) else _SOME) * len(said))
        and any(map(_names_day, said))
        and sum(bool(_days(each)) or each.strip().casefold() in _NEVER for each in said)
        >= _NEARLY * len(said)
    )


def _of_days(header: str) -> bool:
    """Tell whether a header is of days: 'Closed on', 'Days'."""
    return not _HEADERS.isdisjoint(header_words(header).split())


def _names_day(cell: str) -> bool:
    """Tell whether a cell names a day itself: no 'daily' or 'weekends'."""
    return any(_ONE.fullmatch(part) or _SPAN.fullmatch(part) for part in _PARTS.split(cell.strip()))


def _tells_several(cell: str) -> bool:
    """Tell whether a cell is a span of days, 'Tue-Sun', or several: 'Wed & Sat', 'daily'."""
    return any(map(_SPAN.fullmatch, _PARTS.split(cell.strip()))) or len(_days(cell)) > 1


def _told(cell: Cell) -> Cell:
    days = _days(cell) if isinstance(cell, str) else []
    return days or cell


def _days(cell: str) -> list[str]:
    """Return the days that a cell names, in their order; none where it says anything else."""
    found: set[int] = set()
    for part in _PARTS.split(cell.strip()):
        days = _group(part)
        if not days:
            return []
        found |= set(days)
    groups = [name for name, days in _TOGETHER if found >= set(days)]
    return [*(DAYS[day] for day in sorted(found)), *groups]


def _group(part: str) -> Collection[int]:
    if group := _GROUPS.get(part.casefold()):
        return group
    if one := _ONE.fullmatch(part):
        return (_SHORT[one[1].casefold()],)
    if not (span := _SPAN.fullmatch(part)):
        return ()
    first, last = (_SHORT[each.casefold()] for each in span.groups())
    return [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]
