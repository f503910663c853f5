"""Rows of a table that are no items: the header again in the middle, a line that closes the table."""

from __future__ import annotations

from dataclasses import replace

from kg.sources.cells import Cell, as_text
from kg.sources.tables import Row, Skipped, Table

_WIDE = 4  # columns of a table in which a row of one cell says nothing of an item


def without_repeats(table: Table) -> Table:
    """Return a table without rows that are its header again, empty or of one cell; these are reported."""
    header = [_plain(each) for each in table.columns]
    kept: list[Row] = []
    left: list[Skipped] = []
    for row in table.rows:
        said = [_plain(cell) for cell in row.cells]
        told = sum(map(bool, said))
        if said == header:
            left.append(Skipped(table.path.name, row.line, "the header again"))
        elif not told:
            left.append(Skipped(table.path.name, row.line, "nothing in it"))
        elif told == 1 and len(header) >= _WIDE and told < sum(map(bool, header)):
            left.append(Skipped(table.path.name, row.line, f"nothing but {next(filter(None, said))[:40]!r}"))
        else:
            kept.append(row)
    return replace(table, rows=kept, no_items=[*table.no_items, *left]) if left else table


def _plain(cell: Cell) -> str:
    return as_text(cell).casefold()
