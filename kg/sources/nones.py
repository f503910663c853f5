"""Cells that say 'None' as people do: there is none; programs write it where nothing is known."""

from __future__ import annotations

from collections.abc import Collection

from kg.sources.cells import NONE, Cell, date, flag, is_missing, number
from kg.sources.tables import Table, with_columns_read

_WRITTEN = "None"
_MOSTLY = 0.5  # share of cells that are no labels


def with_nones(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table whose categories have a label for 'None', where only categories have such cells."""
    places = [place for place in range(len(table.columns)) if _WRITTEN in _said(table, place)]
    if not places or any(_is_measured(_said(table, place)) for place in places):
        return table
    return with_columns_read(table, named, lambda _, place: place in places, _as_label)


def _said(table: Table, place: int) -> list[str]:
    return [cell.strip() for row in table.rows if isinstance(cell := row.cells[place], str)]


def _is_measured(said: list[str]) -> bool:
    """Tell whether most cells of a column are numbers, dates or flags."""
    told = [each for each in said if not is_missing(each)]
    other = [e for e in told if number(e) is not None or date(e) is not None or flag(e) is not None]
    return not told or len(other) >= _MOSTLY * len(told)


def _as_label(cell: Cell) -> Cell:
    return NONE if isinstance(cell, str) and cell.strip() == _WRITTEN else cell
