"""What the items of a table are: titles, years and ids, also where the table has no such columns."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from kg.sources.columns import Sheet
from kg.sources.dates import DateForm, date, date_form, year_of
from kg.sources.tables import Row, Skipped
from kg.sources.usual import header_words, headers, squashed
from kg.text import upright
from kg.types import Item, ItemId

_YEAR = re.compile(r"(\d{1,4})(?:\.0*)?")  # a spreadsheet with gaps writes 1990.0

_DATED = re.compile(r"(?P<title>.*\S)\s*\((?P<year>[12]\d{3})\)")
_CODE = re.compile(r"[A-Za-z]{1,5}[-_/ ]?\d{1,6}[A-Za-z]?")
_OF_NUMBERS = re.compile(r"(?:^| )(?:no|nr|num|number|id|ref|#)$")
_SAID = 4  # characters of a code that nothing else is called
_MOST = 0.5  # titles with a year behind them: then it is a year
_LONGEST = 80  # characters of an id


def named(sheet: Sheet, rows: Sequence[Row], noun: str) -> tuple[list[str], list[int | None], list[Skipped]]:
    """Return the titles, empty where a row has none, the years, and cells that should be years and are not.

    Years are whole numbers or those of dates; where there is no column of them, those behind the titles.
    Without a column of titles they are called by their codes, by numbers under a header that says of what,
    "Lot 101", or else the rows are numbered: "wine 17".
    """
    titles = [upright(sheet.cell(row, "title")) for row in rows]
    if "title" not in sheet.at:
        titles = _by_codes(sheet, rows) or [f"{noun} {number}" for number, _ in enumerate(rows, 1)]
    if "year" in sheet.at:
        return titles, *_years(sheet, rows)
    matches = [_DATED.fullmatch(each) for each in titles]
    if sum(map(bool, matches)) <= _MOST * sum(map(bool, titles)):
        return titles, [None] * len(titles), []
    bare = [upright(match["title"]) if match else each for match, each in zip(matches, titles, strict=True)]
    return bare, [int(match["year"]) if match else None for match in matches], []


def _by_codes(sheet: Sheet, rows: Sequence[Row]) -> list[str]:
    """Return what items without names are called by their codes; nothing where these are bare numbers."""
    codes = [sheet.cell(row, "id") for row in rows]
    if all(any(map(str.isalpha, each)) for each in codes):
        return codes
    header = header_words(sheet.header("id"))
    said = _OF_NUMBERS.sub("", header)
    if not said or squashed(header) in {squashed(each) for each in headers("id")}:
        return []
    return [f"{said.capitalize()} {code}" for code in codes] if all(codes) else []


def _years(sheet: Sheet, rows: Sequence[Row]) -> tuple[list[int | None], list[Skipped]]:
    told = [sheet.cell(row, "year") for row in rows]
    form = date_form(dict.fromkeys(each for each in told if each))
    known = {cell: _year(cell, form) for cell in dict.fromkeys(told)}
    wrong = [
        Skipped(sheet.table.path.name, row.line, f"year {cell[:40]!r} is no year or date")
        for row, cell in zip(rows, told, strict=True)
        if cell and known[cell] is None
    ]
    return [known[cell] for cell in told], wrong


def _year(cell: str, form: DateForm) -> int | None:
    match = _YEAR.fullmatch(cell)
    if match and not form.per_second:
        return int(match[1])
    day = date(cell, form)
    return year_of(day) if day else None


def is_code(text: str) -> bool:
    """Tell whether an id is a code that a person may say: 'CV03', 'AB-1204'."""
    return len(text) >= _SAID and _CODE.fullmatch(text) is not None


def once(sheet: Sheet) -> tuple[list[Row], list[Skipped]]:
    """Return the rows that say something new, and those that say what an earlier one said."""
    first: dict[str, int] = {}
    rows: list[Row] = []
    again: list[Skipped] = []
    for row in sheet.table.rows:
        used = [cell for place, cell in enumerate(row.cells) if sheet.table.columns[place]]
        before = first.setdefault(repr(used), row.line)
        if before == row.line:
            rows.append(row)
        else:
            again.append(Skipped(sheet.table.path.name, row.line, f"the same as line {before}"))
    return rows, again


def by_title(items: Iterable[Item]) -> dict[str, ItemId]:
    """Return the items by title, whatever the case, where it is of one item only."""
    found: dict[str, ItemId] = {}
    several: set[str] = set()
    for item in items:
        title = item.title.casefold()
        if title in found:
            several.add(title)
        found[title] = item.id
    return {title: key for title, key in found.items() if title not in several}


def made_ids(items: Sequence[tuple[str, int | None]]) -> list[ItemId]:
    """Return an id for every (title, year), the same whenever the table is read.

    The title as a slug where it is the only one, else with the year, else with a number by the order of the
    rows; a title without a letter or digit has the row's number.
    """
    slugs = [_slug(title) or f"row-{row}" for row, (title, _) in enumerate(items, 1)]
    alone = Counter(slugs)
    dated = [
        f"{slug}-{year}" if alone[slug] > 1 and year else slug
        for slug, (_, year) in zip(slugs, items, strict=True)
    ]
    often = Counter(dated)
    taken = {each for each in dated if often[each] == 1}
    found: list[ItemId] = []
    for each in dated:
        key, number = each, 1
        while often[each] > 1 and (key in taken or number == 1):
            key = f"{each}-{number}"
            number += 1
        taken.add(key)
        found.append(ItemId(key))
    return found


def _slug(title: str) -> str:
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", title).casefold()).strip("-")[:_LONGEST]
