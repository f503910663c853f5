"""Rows of a table whose cells are separated by a mark: which mark it is, and the records."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

from kg.errors import DataError
from kg.sources.lines import SAVE, Lines, opened
from kg.sources.tables import Row, Skipped, Table

MARKS = (",", ";", "\t", "|")  # the likelier first
_TYPES = frozenset(
    "string str text varchar char cat int integer double float real numeric bool boolean date".split()
)
_BADLY = "badly quoted"
_LOOKED_AT = 20  # lines
_SAID = re.compile(
    r'"?sep=(.|\\t|tab)"?,*;*\s*', re.IGNORECASE
)  # a first line that spreadsheets write and read


class _Reader(Protocol):
    """What is used of `csv.reader`'s result, whose class has no public name."""

    line_num: int

    def __next__(self) -> list[str]:
        """Return the cells of the next record."""


def read_separated(path: Path, separator: str = "") -> Table:
    """Read a table of separated cells; the mark is `separator`, or the one of a line `sep=;`, or found.

    Where tabs separate cells and quotes do not pair up they are taken for what they are: many write them so.

    Raises:
        DataError: no columns, a quoted cell that does not end, bytes that are no text.
    """
    try:
        table = _read(path, separator)
    except DataError:
        if not _is_tabbed(path, separator):
            raise
        return _read(path, separator, quoted=False)
    if any(each.why.startswith(_BADLY) for each in table.bad) and _is_tabbed(path, separator):
        other = _read(path, separator, quoted=False)
        return other if len(other.bad) < len(table.bad) else table
    return table


def _is_tabbed(path: Path, separator: str) -> bool:
    with opened(path) as stream:
        return (separator or _mark(list(islice(Lines(path, stream), _LOOKED_AT)), path)) == "\t"


@contextmanager
def read_lazily(path: Path, separator: str = "") -> Iterator[tuple[Table, Iterator[Row]]]:
    """Yield a table, and its rows one after the other; the table has none itself, bad ones join it meanwhile.

    Where tabs separate cells all are read at once: how their quotes are meant is only known of the whole.
    """
    if _is_tabbed(path, separator):
        table = read_separated(path, separator)
        yield table, iter(table.rows)
        return
    with opened(path) as stream:
        yield _begun(path, Lines(path, stream), separator, quoted=True)


def _read(path: Path, separator: str, *, quoted: bool = True) -> Table:
    with opened(path) as stream:
        table, rows = _begun(path, Lines(path, stream), separator, quoted)
        table.rows.extend(rows)
        return table


def _begun(path: Path, feed: Lines, separator: str, quoted: bool) -> tuple[Table, Iterator[Row]]:
    """Return a table of which the header is read, and its rows; bad ones join it as they come."""
    ahead = list(islice(feed, 1))
    before = 0
    if ahead and (said := _SAID.fullmatch(ahead[0])):
        separator = separator or {"tab": "\t", "\\t": "\t"}.get(said[1].casefold(), said[1])
        ahead, before = [], 1
    ahead += islice(feed, _LOOKED_AT - len(ahead))
    mark = separator or _mark(ahead, path)
    spaced = _spaced(ahead, mark)
    reader = csv.reader(
        chain(ahead, feed),
        delimiter=mark,
        strict=True,
        skipinitialspace=spaced,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    bad: list[Skipped] = []
    records = _records(reader, feed, bad, before)
    _, header = next(records, (1, []))
    if bad or not any(map(str.strip, header)):
        remedy = "The first row must hold the columns' names."
        raise DataError("there are no columns in it", path=path, line=1 + before, remedy=remedy)
    table = Table(path, [name.strip() for name in header], [], bad)
    return table, _rows(table, records)


def _rows(table: Table, records: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    bad, name, width = table.bad, table.path.name, len(table.columns)
    is_first = True
    for line, cells in records:
        if is_first and not bad and _TYPES.issuperset(each.strip().casefold() for each in cells):
            bad.append(Skipped(name, line, "the types of the columns, no row"))
            continue
        if len(cells) > width and not any(cells[width:]):
            del cells[width:]  # separators at the end of a row
        if len(cells) == width:
            is_first = False
            yield Row(line, [*cells])
        else:
            bad.append(Skipped(name, line, f"{len(cells)} cells, expected {width}"))


def _mark(lines: Sequence[str], path: Path) -> str:
    """Return the mark by which most lines have as many cells as the first one, and the most of them."""
    usual = "\t" if path.suffix.lower() in (".tsv", ".tab") else MARKS[0]

    def fit(mark: str) -> tuple[bool, float, int, bool]:
        widths = _widths(lines, mark)
        alike = sum(width == widths[0] for width in widths) / len(widths) if widths else 0.0
        several = bool(widths) and widths[0] > 1
        return (
            several,
            1.0 if several and alike >= 0.8 else round(alike, 1),
            widths[0] if several else 0,
            mark == usual,
        )

    return max(sorted(MARKS, key=lambda each: each != usual), key=fit)


def _widths(lines: Sequence[str], mark: str) -> list[int]:
    found: list[int] = []
    reader = csv.reader(iter(lines), delimiter=mark)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return found
        except csv.Error:
            continue
        if cells:
            found.append(len(cells))


def _spaced(lines: Sequence[str], mark: str) -> bool:
    """Tell whether the columns' names have a space after every mark; then quotes may follow one, too."""
    first = lines[0] if lines else ""
    return mark != "\t" and first.count(mark) > 0 and first.count(mark) == first.count(f"{mark} ")


def _records(
    reader: _Reader, feed: Lines, bad: list[Skipped], before: int
) -> Iterator[tuple[int, list[str]]]:
    """Yield (line of its beginning, cells) of every record that is not an empty line.

    A badly quoted line is a bad row; a quote that runs on to other lines may have swallowed good ones.
    """
    while True:
        start = reader.line_num + 1 + before
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if reader.line_num + before > start or "unexpected end" in str(error):
                remedy = f'Is a quote never closed? A quote inside a quoted cell is written "". {SAVE}'
                problem = f"a quoted cell of this row does not end properly ({error})"
                raise DataError(problem, path=feed.path, line=start, remedy=remedy) from None
            bad.append(Skipped(feed.path.name, start, f"{_BADLY} ({error})"))
            continue
        if cells:
            yield start, cells
