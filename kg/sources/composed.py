"""Columns whose cells say two things: '4.5 (606)' is a rating and its votes, '256 GB SSD' a size and a type.

Each is read as two columns. What the second is called stands in brackets in the header, or follows from the
first: a way is a distance, and a count of a rating is one of ratings.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from kg.sources.cells import Cell, is_missing
from kg.sources.tables import Row, Table
from kg.sources.usual import header_words
from kg.units import Unit, dimension, unit_of

_NEARLY, _HALF = 0.8, 0.5  # shares of cells that must be so
_REVIEWS = frozenset(("reviews", "review", "votes"))
_TWO = re.compile(r"(?P<first>[^()]+?)\s*\((?P<second>[^()]+)\)")
_COUNT = re.compile(r"\d{1,3}(?:[,.' ]\d{3})+|\d+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?(?:\s*/\s*\d+)?")
_AMOUNT = re.compile(r"\d+(?:[.,]\d+)?\s*(?P<unit>[^\W\d_]{1,10})")
_TYPED = re.compile(r"(?P<first>\d+(?:[.,]\d+)? ?[A-Z]{1,3}) (?P<second>[A-Za-z][A-Za-z0-9 +]{1,20})")
_NAMED = re.compile(r"(?P<first>.+?)\s*\((?P<second>[^()\d]{3,})\)")


def with_parts(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table with two columns for every one whose cells say two things; those `named` stay."""
    for header in list(table.columns):
        if header and header not in named and (second := _second_of(table, header)):
            table = _split(table, header, second)
    return table


def _second_of(table: Table, header: str) -> tuple[str, str] | None:
    """Return what the two parts of a column are called; None where its cells have no two parts."""
    place = table.columns.index(header)
    said = [cell.strip() for row in table.rows if isinstance(cell := row.cells[place], str)]
    said = [cell for cell in said if not is_missing(cell)]
    typed = sum(bool(_TYPED.fullmatch(cell)) for cell in said)
    if typed >= max(2, _HALF * len(said)) and typed + sum(map(_is_amount, said)) >= _NEARLY * len(said):
        return header, f"{header} type"
    pairs = [match for cell in said if (match := _TWO.fullmatch(cell))]
    if len(said) < len(("one", "other")) or len(pairs) < _NEARLY * len(said):
        return None
    told = _NAMED.fullmatch(header.strip())
    first = told["first"] if told and unit_of(told["second"]) is None else header
    if sum(_is_counted(match) for match in pairs) >= _NEARLY * len(pairs):
        if told is None and header_words(header).rpartition(" ")[2] in _REVIEWS:
            return "rating", header_words(header)  # '4.2 (15)' under reviews
        return first, told["second"] if told and first != header else "number of ratings"
    units = {dimension(unit.name) for match in pairs if (unit := _unit_in(match["second"]))}
    measured = sum(_unit_in(match["second"]) is not None for match in pairs) >= _NEARLY * len(pairs)
    if not measured or len(units) != 1 or any(map(_NUMBER.fullmatch, (match["first"] for match in pairs))):
        return None
    kind = {"length": "distance to", "time": "time to"}.get(units.pop())
    return (first, f"{kind} {header_words(first)}") if kind else None


def _is_counted(match: re.Match[str]) -> bool:
    return bool(_NUMBER.fullmatch(match["first"]) and _COUNT.fullmatch(match["second"]))


def _is_amount(said: str) -> bool:
    return _unit_in(said) is not None


def _unit_in(said: str) -> Unit | None:
    match = _AMOUNT.fullmatch(said.strip())
    return unit_of(match["unit"]) if match else None


def _split(table: Table, header: str, names: tuple[str, str]) -> Table:
    place = table.columns.index(header)
    columns = [*table.columns[:place], *names, *table.columns[place + 1 :]]
    rows = [
        Row(row.line, [*row.cells[:place], *_parts(row.cells[place]), *row.cells[place + 1 :]])
        for row in table.rows
    ]
    return replace(table, columns=columns, rows=rows)


def _parts(cell: Cell) -> tuple[Cell, Cell]:
    said = cell.strip() if isinstance(cell, str) else ""
    match = _TYPED.fullmatch(said) or _TWO.fullmatch(said)
    return (match["first"], match["second"]) if match else (cell, "")
