"""Columns of the two ends of one thing, however their headers say so: 'smallest size' and 'largest size'."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kg.sources.tables import Table
from kg.sources.usual import header_words

_ENDS = (
    ("smallest", "largest"),
    ("smallest", "biggest"),
    ("lowest", "highest"),
    ("shortest", "longest"),
    ("youngest", "oldest"),
    ("lightest", "heaviest"),
    ("narrowest", "widest"),
    ("least", "most"),
    ("lower", "upper"),
)


def with_ends_named(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table whose pairs of such columns are called min and max of the thing; those `named` stay."""
    said = {header_words(each): each for each in table.columns if each and each not in named}
    called: dict[str, str] = {}
    for low, high in _ENDS:
        for words, header in said.items():
            thing = words.removeprefix(f"{low} ")
            if thing != words and (other := said.get(f"{high} {thing}")):
                called |= {header: _with(header, low, "min"), other: _with(other, high, "max")}
    return replace(table, columns=[called.get(each, each) for each in table.columns]) if called else table


def _with(header: str, word: str, end: str) -> str:
    """Return a header with another word at its beginning, its unit kept."""
    return f"{end} {header[len(word) :].lstrip(' _-')}" if header.casefold().startswith(word) else header
