"""Columns of languages in codes: 'EN' and 'English' are one language, called by its name."""

from __future__ import annotations

from collections.abc import Collection

from kg.sources.cells import Cell, is_missing
from kg.sources.tables import Table, with_columns_read
from kg.sources.usual import by_header, header_words, squashed
from kg.types import Kind

_NAMES = dict(
    pair.split(":")
    for pair in (
        "ar:Arabic bg:Bulgarian ca:Catalan cs:Czech cy:Welsh da:Danish de:German el:Greek "
        "en:English es:Spanish et:Estonian fi:Finnish fr:French ga:Irish he:Hebrew hi:Hindi "
        "hr:Croatian hu:Hungarian is:Icelandic it:Italian ja:Japanese ko:Korean lt:Lithuanian "
        "lv:Latvian nl:Dutch no:Norwegian pl:Polish pt:Portuguese ro:Romanian ru:Russian "
        "sk:Slovak sl:Slovenian sv:Swedish tr:Turkish uk:Ukrainian zh:Chinese"
    ).split()
)
_NEARLY = 0.9  # share of cells that must be codes or names


def with_languages(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table with names of languages in place of their codes; columns `named` stay."""
    return with_columns_read(table, named, _is_of_languages, _called)


def _is_of_languages(table: Table, place: int) -> bool:
    usual = by_header().get(squashed(header_words(table.columns[place])), ())
    said = [cell for row in table.rows if isinstance(cell := row.cells[place], str) and not is_missing(cell)]
    known = [cell.strip().casefold() in _NAMES or cell.strip().title() in _NAMES.values() for cell in said]
    told = any(each.kind is Kind.LANGUAGE for each in usual)
    return told and bool(said) and sum(known) >= _NEARLY * len(said)


def _called(cell: Cell) -> Cell:
    return _NAMES.get(cell.strip().casefold(), cell) if isinstance(cell, str) else cell
