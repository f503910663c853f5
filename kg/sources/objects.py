"""Rows that are objects: JSON lines, a JSON array, and what Parquet holds.

Objects inside a row are its name where they have one; what else they tell is further columns
(`details.pages`). Lists are lists of names; of objects without names, one list for each of their keys. What
cannot be told as text is a missing cell, not a bad row.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import DataError, UsageError
from kg.sources.cells import NAMES, name_of
from kg.sources.lines import Lines, opened, whole
from kg.sources.tables import Cell, Row, Skipped, Table

_DEEP = 4  # objects in objects that become columns
_NO_COLUMNS = frozenset((*NAMES, "id"))  # of an object that has a name
_WRAPPED = 8  # keys beside the rows of a file that is one object


def read_json(path: Path) -> Table:
    """Read JSON lines, or one array of objects, or an object that holds one.

    Raises:
        DataError: bytes that are no text, or a whole file that is no JSON.
    """
    if _first(path) == "[" or path.suffix.lower() == ".json":
        return _array(path)
    return _lines(path)


def read_parquet(path: Path) -> Table:
    """Read a Parquet file.

    Raises:
        UsageError: pyarrow is not installed.
        DataError: it is no Parquet file.
    """
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
    rows = (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
    return _table(path, enumerate(rows, 1), list(columns))


def _first(path: Path) -> str:
    with opened(path) as stream:
        return stream.read(4096).decode("utf-8-sig", errors="replace").lstrip()[:1]


def _lines(path: Path) -> Table:
    bad: list[Skipped] = []

    def values() -> Iterator[tuple[int, object]]:
        with opened(path) as stream:
            for line, text in enumerate(Lines(path, stream), 1):
                try:
                    if text.strip():
                        yield line, json.loads(text)
                except (ValueError, RecursionError) as error:
                    bad.append(Skipped(path.name, line, f"not a JSON object ({error})"))

    table = _table(path, values())
    table.bad.extend(bad)
    return table


def _array(path: Path) -> Table:
    text = whole(path)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if "\n{" in text.strip() and text.lstrip().startswith("{"):
            return _lines(path)  # JSON lines under another ending
        remedy = "Expected [{…}, {…}], or one object a line in a file that ends in .jsonl."
        line = getattr(error, "lineno", None)
        raise DataError(f"not JSON ({error})", path=path, line=line, remedy=remedy) from None
    return _table(path, enumerate(_rows(value, path), 1))


def _rows(value: object, path: Path) -> list[object]:
    """Return the objects of a file: of its array, or of the only array in its object, or from its columns."""
    if isinstance(value, list):
        head = value[0] if value else None
        if isinstance(head, list) and all(isinstance(each, list) for each in value):
            return [dict(zip(map(str, head), each, strict=False)) for each in value[1:]]
        return value
    if isinstance(value, dict):
        if isinstance(head := value.get("columns"), list) and isinstance(rows := value.get("data"), list):
            return _rows([head, *rows], path)
        if _are_columns(value):
            return [{name: cells[row] for name, cells in value.items()} for row in next(iter(value.values()))]
        arrays = [each for each in value.values() if _is_rows(each)]
        if len(arrays) == 1 and len(value) <= _WRAPPED:
            return list(arrays[0])
        if len(value) > 1 and all(isinstance(each, dict) for each in value.values()):
            return [{"id": key, **each} for key, each in value.items()]  # objects by id
        if value and not any(isinstance(each, list | dict) for each in value.values()):
            return [value]
    remedy = "Expected an array of objects: [{…}, {…}]."
    raise DataError(f"a {type(value).__name__} without one array of objects", path=path, remedy=remedy)


def _are_columns(value: Mapping[str, object]) -> bool:
    """Tell whether an object has columns by header, each with its cells by the number of the row."""
    columns = [each for each in value.values() if isinstance(each, dict)]
    rows = columns[0].keys() if columns and len(columns) == len(value) else ()
    return bool(rows) and all(each.keys() == rows for each in columns) and all(map(str.isdecimal, rows))


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _table(path: Path, values: Iterable[tuple[int, object]], columns: Iterable[str] = ()) -> Table:
    found: list[tuple[int, dict[str, Cell]]] = []
    bad: list[Skipped] = []
    for line, value in values:
        try:
            found.append((line, _flat(value)))
        except (ValueError, RecursionError) as error:
            bad.append(Skipped(path.name, line, f"not a JSON object ({error})"))
    told = dict.fromkeys(name for _, each in found for name in each)
    names = list(dict.fromkeys([*(name for name in columns if name in told or not found), *told]))
    rows = [Row(line, [each.get(name, "") for name in names]) for line, each in found]
    return Table(path, names, rows, bad)


def _flat(value: object) -> dict[str, Cell]:
    if not isinstance(value, dict):
        raise ValueError(f"a {type(value).__name__}, expected an object")
    cells: dict[str, Cell] = {}
    _flatten(value, "", cells, _DEEP)
    return cells


def _flatten(value: Mapping[object, object], head: str, cells: dict[str, Cell], deep: int) -> None:
    for key, each in value.items():
        name = head + _text(key).strip()
        if isinstance(each, dict):
            if (named := name_of(each)) is not None:
                cells.setdefault(name, named)
                each = {key: told for key, told in each.items() if key not in _NO_COLUMNS}
            if deep:
                _flatten(each, f"{name}.", cells, deep - 1)
        elif deep and (rows := _nameless(each)):
            for key, told in _by_key(rows).items():
                cells.setdefault(f"{name}.{key}", told)
        else:
            cells.setdefault(name, _cell(each))


def _nameless(value: object) -> list[Mapping[object, object]]:
    """Return the objects of a list none of which has a name: sessions, prices by size; else none."""
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return []
    return [] if any(name_of(each) is not None for each in value) else value


def _by_key(rows: Iterable[Mapping[object, object]]) -> dict[str, Cell]:
    """Return what objects tell, by key: each value once, in their order; what is nested is left out."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        for key, value in row.items():
            if not isinstance(value, list | dict) and (text := _text(value)):
                found.setdefault(_text(key).strip(), {})[text] = None
    return {key: next(iter(held)) if len(held) == 1 else list(held) for key, held in found.items()}


def _cell(value: object) -> Cell:
    return list(_names(value)) if isinstance(value, list | tuple) else _text(value)


def _names(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        named = name_of(value)
        if named is not None:
            yield named
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _names(each)
    elif text := _text(value):
        yield text


def _text(value: object) -> str:
    """Return a value as the text that a CSV would hold, empty where it has none.

    Raises:
        ValueError: it holds characters that are no text.
    """
    if isinstance(value, str):
        if "\0" in value or not (value.isascii() or value.encode("utf-8")):
            raise ValueError("a NUL character")
        return value
    if value is None or value != value or isinstance(value, bytes):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a table with gaps holds its whole numbers as floats
    return str(value).lower() if isinstance(value, bool) else str(value)
