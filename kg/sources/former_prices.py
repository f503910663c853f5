"""Whether items cost less than before, where one column tells the price and another one what it was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kg.sources.apart import REDUCED
from kg.sources.cells import Cell, number
from kg.sources.tables import Row, Table
from kg.sources.usual import header_words

_FORMER = frozenset("was rrp msrp old previous original before former formerly usual normal list".split())
_PRICES = frozenset("price prices cost now sale".split())
_TOLD_FOR = "per"
_LEAST, _SOME = 3, 0.1  # cells, and their share, with a former price
_NEARLY = 0.7  # share of cells with a price


def with_former_prices(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table with yes and no behind the column of former prices: is the price lower now?"""
    if REDUCED in table.columns or REDUCED in named:
        return table
    former = [p for p, header in enumerate(table.columns) if _is_former(header) and _has_amounts(table, p)]
    prices = [place for place, header in enumerate(table.columns) if _is_price(header)]
    if len(former) != 1 or not prices:
        return table
    was, now = former[0], min(prices, key=lambda place: (len(table.columns[place]), place))
    told = [(_amount(row.cells[was]), _amount(row.cells[now])) for row in table.rows]
    known = sum(before is not None for before, _ in told)
    if known < max(_LEAST, _SOME * len(told)) or sum(p is not None for _, p in told) < _NEARLY * len(told):
        return table
    rows = [
        Row(row.line, [*row.cells[: was + 1], _is_lower(*pair), *row.cells[was + 1 :]])
        for row, pair in zip(table.rows, told, strict=True)
    ]
    return replace(table, columns=[*table.columns[: was + 1], REDUCED, *table.columns[was + 1 :]], rows=rows)


def _is_former(header: str) -> bool:
    said = header_words(header).split()
    return bool(said) and not _FORMER.isdisjoint(said) and len(said) <= len(("price", "it", "was"))


def _has_amounts(table: Table, place: int) -> bool:
    return any(_amount(row.cells[place]) is not None for row in table.rows)


def _is_price(header: str) -> bool:
    said = header_words(header).split()
    return not _PRICES.isdisjoint(said) and _FORMER.isdisjoint(said) and _TOLD_FOR not in said


def _amount(cell: Cell) -> float | None:
    found = number(cell.strip()) if isinstance(cell, str) and cell.strip() else None
    return found.value if found is not None else None


def _is_lower(was: float | None, now: float | None) -> str:
    if now is None:
        return ""
    return "yes" if was is not None and was > now else "no"
