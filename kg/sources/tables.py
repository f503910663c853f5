"""A table as it was read: columns, rows, and the rows that are wrong in themselves."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

Cell = str | list[str]
_FORMULA = ("=", "+", "-", "@")


class Row(NamedTuple):
    """A row's cells in the order of the columns, and its line (of lists and Parquet: its number) from 1."""

    line: int
    cells: list[Cell]


class Skipped(NamedTuple):
    """A row, or a cell, that was left out: where and why."""

    file: str
    line: int
    why: str


@dataclass(frozen=True)
class Table:
    """A file's rows as they are; those that are no items, such as the header again, stand apart."""

    path: Path
    columns: list[str]
    rows: list[Row] = field(default_factory=list)
    bad: list[Skipped] = field(default_factory=list)
    no_items: list[Skipped] = field(default_factory=list)
    written: tuple[str, ...] = ()  # the columns of the file, of which others may have been made

    @cached_property
    def formulas(self) -> int:
        """How many cells a spreadsheet would take for a formula."""
        return sum(map(formulas_of, self.rows))


def formulas_of(row: Row) -> int:
    """Return how many cells of a row a spreadsheet would take for a formula."""
    cells = (cell for cell in row.cells if isinstance(cell, str) and cell.startswith(_FORMULA))
    return sum(1 for cell in cells if not _is_number(cell))


def with_columns_read(
    table: Table,
    named: Collection[str],
    is_read: Callable[[Table, int], bool],
    read: Callable[[Cell], Cell],
) -> Table:
    """Return a table with other cells in the columns, by place, that are to be read; those `named` stay."""
    for place, header in enumerate(table.columns):
        if header and header not in named and is_read(table, place):
            rows = [
                Row(row.line, [*row.cells[:place], read(row.cells[place]), *row.cells[place + 1 :]])
                for row in table.rows
            ]
            table = replace(table, rows=rows)
    return table


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
