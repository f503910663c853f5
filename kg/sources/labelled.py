"""Columns of numbers or dates with labels among them: '12' beside 'on order', '1930' beside 'Victorian'.

Each is read as two: the numbers, and a note of the labels, which would else be left out as no numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from kg.sources import cells
from kg.sources.cells import Cell
from kg.sources.guess_kinds import scale_of
from kg.sources.intervals import interval
from kg.sources.profile import Column, column_of
from kg.sources.tables import Row, Table

NOTE = "note"  # ends the header of the labels
_MOSTLY = 0.7  # share of labels at most
_SOME, _FEW = 0.04, 8  # share of rows with labels, different labels
_AGAIN = 2  # times that a label occurs
_ODD = 0.1  # share of cells that are neither
_WORDS = 4  # of a label
_CODE = re.compile(r"\d{1,2} ?[kK]")
_DECADE = re.compile(r"(?:1\d|20)\d0s")


def with_notes(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table with a column of notes for every one with labels among numbers; those `named` stay."""
    for header in list(table.columns):
        if header and header not in named and (labels := _labels_in(table, header)):
            table = _split(table, header, labels)
    return table


def _labels_in(table: Table, header: str) -> frozenset[str]:
    """Return the labels, folded, that stand in a column of numbers or dates; none where there are none."""
    place = table.columns.index(header)
    column = column_of(header, (row.cells[place] for row in table.rows))
    if column.of_lists or not column.present or scale_of(column) or column.are_flags:
        return frozenset()
    other = _no_numbers(column)
    counts = Counter({each.casefold(): 0 for each in other})
    for each in other:
        counts[each.casefold()] += column.counts[each]
    labelled = sum(counts.values())
    enough = labelled >= max(_AGAIN, _SOME * column.present) and labelled <= _MOSTLY * column.present
    if all(len(each) == 1 for each in counts):
        return frozenset()  # grades: '5' beside 'A'
    again = frozenset(label for label, count in counts.items() if count >= _AGAIN)
    return again if enough and 2 * len(again) >= len(counts) and len(again) <= _FEW else frozenset()


def _no_numbers(column: Column) -> list[str]:
    """Return the cells that are labels where the others are numbers or dates; some others may be neither."""
    form = column.number_form
    if any(map(_CODE.fullmatch, column.texts)):
        return []  # '4K' beside 'Full HD' is a label, too
    plain = [each for each in column.texts if not cells.is_unknown(each)]
    numbers = [each for each in plain if cells.number(each, form) is None and interval(each) is None]
    dates = [each for each in plain if not column.is_date(each)]
    other = min(dates, numbers, key=lambda each: (len(_odd(each)), len(each)))
    return [each for each in other if _is_label(each)] if len(_odd(other)) <= _ODD * len(plain) else plain


def _odd(other: list[str]) -> list[str]:
    return [each for each in other if not _is_label(each)]


def _is_label(text: str) -> bool:
    words = text.split() if text.casefold() not in cells.PLAIN_FLAGS else ()
    plain = all(re.sub(r"[().'/-]", "", word).isalpha() or _DECADE.fullmatch(word) for word in words)
    return 0 < len(words) <= _WORDS and plain


def _split(table: Table, header: str, labels: Collection[str]) -> Table:
    """Return a table with the labels of a column in one of notes, which it may have already."""
    place, note = table.columns.index(header), f"{header} {NOTE}"
    if note in table.columns:
        return _into(table, place, table.columns.index(note), labels)
    columns = [*table.columns[: place + 1], note, *table.columns[place + 1 :]]
    rows = [
        Row(row.line, [*row.cells[:place], *_parted(row.cells[place], labels), *row.cells[place + 1 :]])
        for row in table.rows
    ]
    return replace(table, columns=columns, rows=rows)


def _into(table: Table, place: int, note: int, labels: Collection[str]) -> Table:
    """Return a table with the labels of a column in the one of notes that stands at `note`."""
    rows = [Row(row.line, list(row.cells)) for row in table.rows]
    for row in rows:
        row.cells[place], label = _parted(row.cells[place], labels)
        row.cells[note] = row.cells[note] or label
    return replace(table, rows=rows)


def _parted(cell: Cell, labels: Collection[str]) -> tuple[Cell, Cell]:
    return ("", cell) if isinstance(cell, str) and cell.strip().casefold() in labels else (cell, "")
