"""A table as its cells are meant: seasons as months, two things in a cell apart, intervals as their ends."""

from __future__ import annotations

from collections.abc import Collection

from kg.sources.composed import with_parts
from kg.sources.intervals import with_ends
from kg.sources.labelled import with_notes
from kg.sources.languages import with_languages
from kg.sources.seasons import with_months
from kg.sources.tables import Table
from kg.sources.weekdays import with_days


def as_meant(table: Table, named: Collection[str] = (), *, guess: bool = True) -> Table:
    """Return a table whose columns hold one thing each; those `named` stay.

    Without `guess` only intervals are read, whose ends are named.
    """
    if guess:
        table = with_days(with_months(with_languages(table, named), named), named)
        table = with_parts(table, named)
    table = with_ends(table, named, guess=guess)
    return with_notes(table, named) if guess else table
