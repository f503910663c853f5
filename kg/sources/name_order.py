"""Names of people whose surname stands first in some cells: 'Bowie, David' beside 'David Bowie'."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.sources.cells import Cell
from kg.sources.tables import Table, with_columns_read

_TURNED = re.compile(r"(?P<last>[^\W\d_][^,;/&]*), (?P<first>[^\W\d_][^,;/&]*)")


def with_names_in_order(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table whose names are in one order where a column has the same name in both."""
    return with_columns_read(table, named, _has_both, _in_order)


def _has_both(table: Table, place: int) -> bool:
    said = {cell.strip().casefold() for row in table.rows if isinstance(cell := row.cells[place], str)}
    turned = (match for each in said if (match := _TURNED.fullmatch(each)))
    return any(f"{match['first']} {match['last']}" in said for match in turned)


def _in_order(cell: Cell) -> Cell:
    match = _TURNED.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return f"{match['first']} {match['last']}" if match else cell
