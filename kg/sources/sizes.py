"""Columns of sizes whose header says what each number is: 'W x D x H (cm)' is width, depth and height."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from kg.sources.cells import Cell, is_missing
from kg.sources.tables import Row, Table

_SIDES = {
    "w": "width",
    "width": "width",
    "b": "width",
    "breite": "width",
    "l": "length",
    "length": "length",
    "länge": "length",
    "d": "depth",
    "depth": "depth",
    "t": "depth",
    "tiefe": "depth",
    "h": "height",
    "height": "height",
    "höhe": "height",
}
_SIDE = "|".join(sorted(_SIDES, key=len, reverse=True))
_HEADER = re.compile(rf"(?<!\w)(?:{_SIDE})(?:\s*[x×*/]\s*(?:{_SIDE}))+(?!\w)", re.IGNORECASE)
_UNIT = re.compile(r"(?<!\w)(cm|mm|m|in|inches|ft)(?!\w)", re.IGNORECASE)
_NAMED = re.compile(rf"(?<!\w)({_SIDE})\s*:?\s*(\d+(?:[.,]\d+)?)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_INCHES = re.compile(r"\d\s*(?:\"|″|”|''|in\b|inch)")


def with_sides(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table with a column for every side of a column of sizes; those `named` stay."""
    for header in list(table.columns):
        told = _HEADER.search(header) if header and header not in named else None
        sides = [_SIDES[each.casefold()] for each in re.split(r"\s*[x×*/]\s*", told[0])] if told else []
        if len(sides) > 1 and len(set(sides)) == len(sides) and set(sides).isdisjoint(table.columns):
            unit = match[1] if (match := _UNIT.search(header)) else ""
            table = _split(table, header, sides, unit)
    return table


def _split(table: Table, header: str, sides: list[str], unit: str) -> Table:
    place = table.columns.index(header)
    columns = [*table.columns[:place], *sides, *table.columns[place + 1 :]]
    rows = [
        Row(row.line, [*row.cells[:place], *_sides(row.cells[place], sides, unit), *row.cells[place + 1 :]])
        for row in table.rows
    ]
    return replace(table, columns=columns, rows=rows)


def _sides(cell: Cell, sides: list[str], unit: str) -> list[Cell]:
    """Return what a cell says of each side, with its unit; nothing where it does not say which it is."""
    said = cell if isinstance(cell, str) and not is_missing(cell) else ""
    own = "in" if _INCHES.search(said) else (match[1] if (match := _UNIT.search(said)) else unit)
    named = {_SIDES[side.casefold()]: value for side, value in _NAMED.findall(said)}
    numbers = _NUMBER.findall(said)
    if not named and len(numbers) == len(sides):
        named = dict(zip(sides, numbers, strict=True))
    return [f"{named[side]} {own}".strip() if side in named else "" for side in sides]
