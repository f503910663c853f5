"""A table as its cells are meant: seasons as months, two things in a cell apart, intervals as their ends."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kg.sources.apart import with_cells_apart, with_marks, with_reductions
from kg.sources.composed import with_parts
from kg.sources.day_names import with_weekdays
from kg.sources.eras import with_eras
from kg.sources.former_prices import with_former_prices
from kg.sources.half_days import with_whole_days
from kg.sources.headed import with_plain_labels
from kg.sources.intervals import with_ends
from kg.sources.labelled import with_notes
from kg.sources.languages import with_languages
from kg.sources.limitless import with_named_numbers, with_words_as_numbers
from kg.sources.name_order import with_names_in_order
from kg.sources.nones import with_nones
from kg.sources.range_headers import with_ends_named
from kg.sources.repeats import without_repeats
from kg.sources.seasons import with_months
from kg.sources.size_labels import with_plain_sizes
from kg.sources.sizes import with_sides
from kg.sources.spelled_alike import with_both, with_one_spelling
from kg.sources.tables import Row, Table
from kg.sources.undated import with_years
from kg.sources.weekdays import with_days


def as_meant(table: Table, named: Collection[str] = (), *, guess: bool = True) -> Table:
    """Return a table whose columns hold one thing each; those `named` stay.

    Without `guess` only those columns are read so whose parts are named.
    """
    table = without_repeats(table)
    table = with_marks(_with_names(table) if guess or "notes" in named else table)
    if guess:
        return _as_guessed(table, named)
    table = with_nones(table)
    return with_named_numbers(_as_named(with_ends(table, named, guess=False), named), named)


def _as_guessed(table: Table, named: Collection[str]) -> Table:
    table = with_plain_sizes(with_ends_named(table, named), named)
    table = with_whole_days(with_names_in_order(with_nones(table, named), named), named)
    table = with_one_spelling(with_plain_labels(table, named), named)
    table = with_former_prices(with_reductions(table, named), named)
    table = with_eras(with_years(with_sides(table, named), named), named)
    table = with_weekdays(table, named)
    table = with_days(with_months(with_languages(table, named), named), named)
    table = with_words_as_numbers(with_parts(with_cells_apart(table, named), named), named)
    table = with_ends(with_notes(with_ends(table, named), named), named)  # '2-3 hrs' beside 'all day'
    return with_both(table, named)


def _as_named(table: Table, named: Collection[str]) -> Table:
    """Return a table with the parts of its columns that are named, where these are no columns of it."""
    wanted = set(named) - set(table.columns)
    for header in list(table.columns) if wanted else ():
        place = table.columns.index(header)
        alone = replace(
            table, columns=[header], rows=[Row(row.line, [row.cells[place]]) for row in table.rows]
        )
        parts = _as_guessed(alone, ()) if header else alone
        if wanted & set(parts.columns):
            columns = [*table.columns[:place], *parts.columns, *table.columns[place + 1 :]]
            rows = [
                Row(row.line, [*row.cells[:place], *part.cells, *row.cells[place + 1 :]])
                for row, part in zip(table.rows, parts.rows, strict=True)
            ]
            table = replace(table, columns=columns, rows=rows)
    return table


def _with_names(table: Table) -> Table:
    """Return a table whose one column without a header is called notes, where it has words."""
    nameless = [place for place, header in enumerate(table.columns) if not header.strip()]
    if len(nameless) != 1 or "notes" in table.columns or nameless == [0]:
        return table
    place = nameless[0]
    cells = [cell for row in table.rows if isinstance(cell := row.cells[place], str) and cell.strip()]
    if not cells or not all(any(map(str.isalpha, cell)) for cell in cells):
        return table
    return replace(table, columns=[header or "notes" for header in table.columns])
