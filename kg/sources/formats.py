"""Rows of a person's own tables: CSV, TSV, JSON lines or Parquet, by the file's ending.

Cells are data: never evaluated, never changed. A row that is wrong in itself is kept apart with its line.
"""

from __future__ import annotations

import codecs
import csv
import importlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol

from kg.errors import DataError, UsageError
from kg.sources.files import MAX_LINE, need

Cell = str | list[str]
_FORMULA = ("=", "+", "-", "@")
_SAVE = "Save the table again as UTF-8 CSV with one row a line."


class Reader(Protocol):
    """What is used of `csv.reader`'s result, whose class has no public name."""

    line_num: int

    def __next__(self) -> list[str]:
        """Return the cells of the next record."""


class Row(NamedTuple):
    """A row's cells in the order of the columns, and its line (of Parquet: its number) from 1."""

    line: int
    cells: list[Cell]


class Skipped(NamedTuple):
    """A row, or a cell, that was left out: where and why."""

    file: str
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows as they are. `formulas` counts cells that a spreadsheet would take for a formula."""

    path: Path
    columns: list[str]
    rows: list[Row] = field(default_factory=list)
    bad: list[Skipped] = field(default_factory=list)
    formulas: int = 0


def read_rows(path: Path) -> Table:
    """Read every row of a table; a row is bad if it is ragged, or not a flat JSON object.

    Raises:
        UsageError: the format is unknown, or needs what is not installed.
        DataError: a file that cannot be read as that format: missing, not UTF-8, NUL bytes, an absurdly long
            line, a quoted cell that does not end, two columns of one name.
    """
    suffix = path.suffix.lower()
    if suffix not in _FORMATS:
        raise UsageError(
            f"{path}: tables of format {suffix or 'without an ending'!r} cannot be read."
            f"\n  Known: {', '.join(_FORMATS)}. From a spreadsheet, save as CSV (UTF-8)."
        )
    if not need(path, "Check the path.").is_file():
        raise DataError("expected a file, found a folder", path=path, remedy="Give the table inside it.")
    table = _FORMATS[suffix](path)
    if twice := [name for name in table.columns if name and table.columns.count(name) > 1]:
        raise DataError(f"two columns are called {twice[0]!r}", path=path, remedy="Rename one of them.")
    return table


def _separated(path: Path) -> Table:
    with _opened(path) as stream:
        return _separated_lines(path, _Lines(path, stream))


def _separated_lines(path: Path, feed: _Lines) -> Table:
    first = next(feed, "")
    mark = "\t" if path.suffix.lower() == ".tsv" else ","
    if mark == "," and "," not in first and ";" in first:
        mark = ";"  # as spreadsheets write where the comma is the decimal point
    reader = csv.reader(chain((first,), feed), delimiter=mark, strict=True)
    bad: list[Skipped] = []
    records = _records(reader, feed, bad)
    _, header = next(records, (1, []))
    if bad or not any(map(str.strip, header)):
        remedy = "The first row must hold the columns' names."
        raise DataError("there are no columns in it", path=path, line=1, remedy=remedy)
    columns = [name.strip() for name in header]
    rows: list[Row] = []
    for line, cells in records:
        if len(cells) > len(columns) and not any(cells[len(columns) :]):
            del cells[len(columns) :]  # separators at the end of a row
        if len(cells) == len(columns):
            rows.append(Row(line, [*cells]))
        else:
            bad.append(Skipped(path.name, line, f"{len(cells)} cells, expected {len(columns)}"))
    return Table(path, columns, rows, bad, _formulas(rows))


def _records(reader: Reader, feed: _Lines, bad: list[Skipped]) -> Iterator[tuple[int, list[str]]]:
    """Yield (line of its beginning, cells) of every record that is not an empty line.

    A badly quoted line is a bad row; a quote that runs on to other lines may have swallowed good ones.
    """
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if feed.ended or reader.line_num > start:
                remedy = f'Is a quote never closed? A quote inside a quoted cell is written "". {_SAVE}'
                problem = f"a quoted cell of this row does not end properly ({error})"
                raise DataError(problem, path=feed.path, line=start, remedy=remedy) from None
            bad.append(Skipped(feed.path.name, start, f"badly quoted ({error})"))
            continue
        if cells:
            yield start, cells


def _json_lines(path: Path) -> Table:
    objects: list[tuple[int, dict[str, Cell]]] = []
    bad: list[Skipped] = []
    with _opened(path) as stream:
        for line, text in enumerate(_Lines(path, stream), 1):
            try:
                if text.strip():
                    objects.append((line, _flat(json.loads(text))))
            except (ValueError, RecursionError) as error:
                bad.append(Skipped(path.name, line, f"not a flat JSON object ({error})"))
    columns = list(dict.fromkeys(name for _, each in objects for name in each))
    rows = [Row(line, [each.get(name, "") for name in columns]) for line, each in objects]
    return Table(path, columns, rows, bad, _formulas(rows))


def _parquet(path: Path) -> Table:
    try:
        parquet: Any = importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise UsageError(
            f"{path}: reading Parquet needs pyarrow: install Usher with the `parquet` extra, or save as CSV."
        ) from None
    try:
        columns: dict[str, list[object]] = parquet.read_table(path).to_pydict()
    except (OSError, ValueError, NotImplementedError) as error:
        raise DataError(f"not a Parquet file ({error})", path=path, remedy="Write the file again.") from None
    rows: list[Row] = []
    bad: list[Skipped] = []
    for line, values in enumerate(zip(*columns.values(), strict=True), 1):
        try:
            rows.append(Row(line, [_cell(value) for value in values]))
        except ValueError as error:
            bad.append(Skipped(path.name, line, str(error)))
    return Table(path, list(columns), rows, bad, _formulas(rows))


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise DataError(f"cannot be read ({error.strerror})", path=path) from None


class _Lines:
    """The lines of a text file with their ends, without a byte-order mark; `ended` after the last."""

    def __init__(self, path: Path, stream: BinaryIO):
        self.path, self.ended, self.number = path, False, 0
        self._raw = stream

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        raw = self._raw.readline(MAX_LINE + 1)
        if not raw:
            self.ended = True
            raise StopIteration
        self.number += 1
        if len(raw) > MAX_LINE:
            raise self._error(f"a line of more than {MAX_LINE:,} bytes", _SAVE)
        if b"\0" in raw:
            raise self._error("a NUL byte: UTF-16 or no text", f"iconv -f UTF-16 -t UTF-8, or: {_SAVE}")
        try:
            return (raw.removeprefix(codecs.BOM_UTF8) if self.number == 1 else raw).decode("utf-8")
        except UnicodeDecodeError:
            remedy = "Convert it: iconv -f ENCODING -t UTF-8; old spreadsheets often write WINDOWS-1252."
            raise self._error("not UTF-8", remedy) from None

    def _error(self, problem: str, remedy: str) -> DataError:
        return DataError(problem, path=self.path, line=self.number, remedy=remedy)


def _flat(value: object) -> dict[str, Cell]:
    if not isinstance(value, dict):
        raise ValueError(f"a {type(value).__name__}, expected an object")
    return {_scalar(name): _cell(each) for name, each in value.items()}


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return _scalar(value)
    return [_scalar(each) for each in value] if isinstance(value, list) else _scalar(value)


def _scalar(value: object) -> str:
    """Return a value as the text that a CSV would hold; what has no such text is a ValueError."""
    if isinstance(value, str):
        if "\0" in value or not (value.isascii() or value.encode("utf-8")):
            raise ValueError("a NUL character")
        return value
    if value is None or value != value:
        return ""
    if isinstance(value, dict | list | bytes):
        raise ValueError(f"a {type(value).__name__} inside a row")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a table with gaps holds its whole numbers as floats
    return str(value).lower() if isinstance(value, bool) else str(value)


def _formulas(rows: Iterable[Row]) -> int:
    cells = (
        cell for row in rows for cell in row.cells if isinstance(cell, str) and cell.startswith(_FORMULA)
    )
    return sum(1 for cell in cells if not _is_number(cell))


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


_FORMATS: dict[str, Callable[[Path], Table]] = {
    ".csv": _separated,
    ".tsv": _separated,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".parquet": _parquet,
}
