"""Rows of a person's own tables: separated cells, JSON or Parquet, by the file's ending.

Cells are data: never evaluated, never changed. A row that is wrong in itself is kept apart with its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kg.errors import DataError, UsageError
from kg.sources import separated
from kg.sources.files import need
from kg.sources.objects import read_json, read_parquet
from kg.sources.separated import read_separated
from kg.sources.tables import Cell, Row, Skipped, Table

__all__ = ["Cell", "Row", "Skipped", "Table", "read_rows", "separator_of"]

_SEPARATED = (".csv", ".tsv", ".tab", ".psv", ".txt")
_FORMATS: dict[str, Callable[[Path], Table]] = {
    **dict.fromkeys(_SEPARATED, read_separated),
    ".jsonl": read_json,
    ".ndjson": read_json,
    ".json": read_json,
    ".parquet": read_parquet,
}


def read_rows(path: Path, separator: str = "") -> Table:
    """Read every row of a table; a row is bad if it is ragged, or no JSON object.

    Args:
        path: the table.
        separator: the mark between its cells, where they are separated; found if empty.

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
    return _checked(read_separated(path, separator) if suffix in _SEPARATED else _FORMATS[suffix](path))


@contextmanager
def read_lazily(path: Path, separator: str = "") -> Iterator[tuple[Table, Iterator[Row]]]:
    """Yield a table and its rows; those whose cells are separated are read as they are asked for.

    Then the table has none itself, and bad rows join it meanwhile.

    Raises:
        UsageError: as `read_rows`.
        DataError: as `read_rows`; where it is further down, when the rows are read.
    """
    if path.suffix.lower() not in _SEPARATED or not need(path, "Check the path.").is_file():
        table = read_rows(path, separator)
        yield table, iter(table.rows)
        return
    with separated.read_lazily(path, separator) as (table, rows):
        yield _checked(table), rows


def _checked(table: Table) -> Table:
    path = table.path
    table.columns[:] = [" ".join(name.split()) for name in table.columns]
    table = replace(table, written=tuple(table.columns))
    if twice := [name for name in table.columns if name and table.columns.count(name) > 1]:
        raise DataError(f"two columns are called {twice[0]!r}", path=path, remedy="Rename one of them.")
    return table


def separator_of(said: str) -> str:
    """Return the mark between cells that a person names: one character, or "tab".

    Raises:
        UsageError: anything else.
    """
    mark = {"tab": "\t", "\\t": "\t"}.get(said.casefold(), said)
    if len(mark) != 1 or mark in '"\r\n':
        raise UsageError(f"--separator {said!r}: expected one character, as ';' or '|', or tab.")
    return mark
