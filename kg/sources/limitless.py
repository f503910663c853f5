"""Words among the numbers of a column that say as much as a number: 'unlimited', 'none', 'next day'.

What is unlimited is more than any number, and so is 'none' where the header names a limit ('Max height').
Of money, times and counts 'none' is 0; a pool of no length is none, so beside lengths yes and no stand apart.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from kg.sources.cells import Cell, is_missing, number, number_form
from kg.sources.labelled import NOTE
from kg.sources.tables import Row, Table, with_columns_read
from kg.sources.usual import header_unit, header_words, zero_is_none
from kg.units import dimension
from kg.values import UNLIMITED

_BOUNDLESS = re.compile(
    r"(?:unlimited|limitless|uncapped|unrestricted|∞|(?:no|without) (?:limit|cap|max(?:imum)?|restrictions?))"
    r"(?: [a-z]+)?",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"(?:none|no|nil|without)(?: [a-z-]+)?|rolling(?: [a-z]+)?", re.IGNORECASE)
_ANYBODY = re.compile(r"(?:any|all|every)(?: ages?)?|everyone|anyone|family", re.IGNORECASE)  # of an age
_PLAIN = re.compile(r"none|no|nil|unlimited|limitless|∞|no (?:limit|maximum|max)", re.IGNORECASE)
_PLAIN_YES = frozenset(("yes", "y", "included"))
_PLAIN_NO = frozenset(("no", "none", "n", "nil"))
_BOUNDING = frozenset("limit limits max maximum cap cutoff cut until restriction restrictions latest".split())
_JUDGED = frozenset("rating ratings score scores stars grade mark date year".split())
_EXTENTS = {"length": "length", "area": "area", "volume": "volume"}
_MEASURED = frozenset(
    "height width depth length size distance range diameter area volume capacity climb".split()
)
_PAID = frozenset("fee fees charge charges deposit cost costs price surcharge supplement".split())
_NONE_IS_ZERO = frozenset(("", "time", "data", "share"))
_SOON = {
    "same day": "0 days",
    "today": "0 days",
    "next day": "1 day",
    "next working day": "1 day",
    "overnight": "1 day",
    "tomorrow": "1 day",
    "a week": "1 week",
    "one week": "1 week",
    "a fortnight": "2 weeks",
    "fortnight": "2 weeks",
    "a month": "1 month",
}
_MOSTLY, _AGAIN = 0.4, 2  # share of numbers, times that a word occurs
_DURATION = re.compile(
    r"[\d.,–—-]+(?: ?to ?\d+)? ?(?:working |business )?(?:days?|weeks?|months?|hours?|hrs?)"
)


def with_words_as_numbers(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table whose columns of numbers have numbers for such words; those `named` stay."""
    table = with_columns_read(table, named, _are_waits, _as_wait)
    for header in list(table.columns):
        if header and header not in named:
            table = _as_numbers(table, header)
    return table


def with_named_numbers(table: Table, named: Collection[str]) -> Table:
    """Return a table whose `named` columns of numbers have numbers for such words, as a guess has them."""
    for header in named:
        if header in table.columns:
            table = _as_numbers(table, header, alone=True)
    return table


def _as_numbers(table: Table, header: str, *, alone: bool = False) -> Table:
    """Return a table with a column of numbers read; `alone` no other column stands beside it then."""
    said = _said(table, header)
    numbers = [each for each in said if number(each) is not None or each[:1].isdecimal()]
    words = [each for each in said if each not in numbers]
    if zero_is_none(header) and "0" in numbers:
        table, said = _without_zeros(table, header), [each for each in said if each != "0"]
    if len(numbers) < _AGAIN or not words or _PLAIN_YES & {each.casefold() for each in words}:
        return table
    if extent := _extent_of(header, numbers, words):
        return table if alone else _with_extent(table, header, extent)
    if len(numbers) >= _MOSTLY * len(said) and any(_number_of(e, header, said) for e in words):
        return _with_numbers(table, header, said, noted=not alone)
    return table


def _without_zeros(table: Table, header: str) -> Table:
    """Return a table in which nothing is told where its header says that 0 is none: 'Buggy (0 = none)'."""
    return with_columns_read(
        table,
        (),
        lambda read, place: read.columns[place] == header,
        lambda cell: "" if isinstance(cell, str) and cell.strip() == "0" else cell,
    )


def _said(table: Table, header: str) -> list[str]:
    place = table.columns.index(header)
    told = [cell.strip() for row in table.rows if isinstance(cell := row.cells[place], str)]
    return [each for each in told if each == "none" or not is_missing(each)]


def _number_of(word: str, header: str, every: Sequence[str]) -> str:
    """Return the number that a word says as much as; nothing where it says none."""
    if _BOUNDLESS.fullmatch(word):
        return UNLIMITED
    said = header_words(header).split()
    if _ANYBODY.fullmatch(word) and {"age", "ages"} & set(said):
        return UNLIMITED if _BOUNDING & set(said) else "0"
    if not _NOTHING.fullmatch(word) or _JUDGED & set(said):
        return ""
    if _BOUNDING & set(said):
        return UNLIMITED
    form = number_form(every, header_unit(header))
    if form.free and _PAID.isdisjoint(said):
        return ""  # where parking is free there is one
    measured = dimension(form.unit) or ""
    return "0" if measured in _NONE_IS_ZERO or measured.startswith("money") else ""


def _with_numbers(table: Table, header: str, every: Sequence[str], *, noted: bool) -> Table:
    place = table.columns.index(header)

    def read(cell: Cell) -> list[Cell]:
        said = cell.strip() if isinstance(cell, str) else ""
        word = said and (said == "none" or not is_missing(said)) and number(said) is None
        meant = _number_of(said, header, every) if word else ""
        return [meant or cell, said if meant and not _PLAIN.fullmatch(said) else ""]

    told = [read(row.cells[place]) for row in table.rows]
    noted = noted and any(note for _, note in told) and f"{header} {NOTE}" not in table.columns
    rows = [
        Row(row.line, [*row.cells[:place], *(both if noted else both[:1]), *row.cells[place + 1 :]])
        for row, both in zip(table.rows, told, strict=True)
    ]
    names = [header, f"{header} {NOTE}"] if noted else [header]
    columns = [*table.columns[:place], *names, *table.columns[place + 1 :]]
    return replace(table, columns=columns, rows=rows)


def _extent_of(header: str, numbers: Sequence[str], words: Sequence[str]) -> str:
    """Return what numbers beside 'no' measure of a thing that there may be: the 'length' of a pool."""
    unit = number_form(numbers).unit
    plain = words and {each.casefold() for each in words} <= _PLAIN_NO
    long = _EXTENTS.get(dimension(unit) or "", "") if plain and not header_unit(header) else ""
    said = set(header_words(header).split())
    return "" if said & (_BOUNDING | _MEASURED) else long


def _with_extent(table: Table, header: str, extent: str) -> Table:
    place = table.columns.index(header)

    def parted(cell: Cell) -> list[Cell]:
        said = cell.strip() if isinstance(cell, str) else ""
        if said.casefold() in _PLAIN_NO or said == "0":
            return ["no", ""]
        return ["", ""] if is_missing(said) else ["yes", cell]

    rows = [
        Row(row.line, [*row.cells[:place], *parted(row.cells[place]), *row.cells[place + 1 :]])
        for row in table.rows
    ]
    columns = [
        *table.columns[: place + 1],
        f"{header_words(header)} {extent}",
        *table.columns[place + 1 :],
    ]
    return replace(table, columns=columns, rows=rows)


def _are_waits(table: Table, place: int) -> bool:
    """Tell whether cells are durations with words for short ones among them: 'next day', '2-3 days'."""
    told = [cell.strip().casefold() for row in table.rows if isinstance(cell := row.cells[place], str)]
    said = [each for each in told if not is_missing(each)]
    soon = sum(each in _SOON for each in said)
    return soon > 0 and soon + sum(bool(_DURATION.fullmatch(each)) for each in said) == len(said) > soon


def _as_wait(cell: Cell) -> Cell:
    said = cell.strip().casefold() if isinstance(cell, str) else ""
    plain = re.sub(r" (?:working|business)(?= day)", "", said)
    return _SOON.get(plain, plain if plain != said else cell)
