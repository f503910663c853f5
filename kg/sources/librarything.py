"""LibraryThing books linked to DBpedia (LODrecsys): a book's id is its page's URI, its title the page's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from kg import links, text
from kg.builder import Builder
from kg.catalogue import Catalogue, Histories
from kg.sources import dbpedia, logs, rated
from kg.sources import files as raw
from kg.types import Item, ItemId, User

_FETCH = f"Expected `librarything/dbpedia/mapping.tsv` with its edgelists{raw.WITH_DATA} it with --data."
_YEAR = re.compile(r"\((1[5-9]\d\d|20\d\d)\b[^()]*\)$")
_SQUARE = re.compile(r"\s*\[[^\]]*\]\s*$")


def files(folder: Path) -> list[Path]:
    """Return the files that decide a LibraryThing catalogue."""
    raw.need(folder, _FETCH)
    raw.need(folder / "dbpedia" / "mapping.tsv", _FETCH)
    return [*dbpedia.present(folder / "dbpedia"), *_ratings(folder)]


def read(folder: Path) -> Catalogue:
    """Read books, their relations and, where present, readers' choices."""
    files(folder)
    rows = mapping(folder)
    report = dbpedia.judge(rows)
    builder = Builder()
    for row, verdict in zip(rows, report.verdicts, strict=True):
        key = ItemId(row.uri)
        if key not in builder.items:
            builder.add_item(_book(row.uri))
        if verdict.keep:
            builder.add_alias(key, row.title)
    edges = dbpedia.add_relations(builder, folder / "dbpedia", {str(key): [key] for key in builder.items})
    users, histories, told = _choices(folder, builder)
    notes = told | dbpedia.report_notes(report, _describe) | edges
    return builder.finish(
        "librarything", "LibraryThing", "LODrecsys", users=users, histories=histories, notes=notes
    )


def mapping(folder: Path) -> list[dbpedia.Link]:
    """Return the links of LibraryThing's titles, without what stands in square brackets after them."""
    return [row._replace(title=_SQUARE.sub("", row.title)) for row in dbpedia.mapping(folder / "dbpedia")]


def _book(uri: str) -> Item:
    name = dbpedia.page_name(uri)
    year = _YEAR.search(name)
    return Item(ItemId(uri), text.bare_label(name), int(year[1]) if year else None, "book")


def _ratings(folder: Path) -> list[Path]:
    return sorted(folder.glob("ratings*.dat"))


def _choices(folder: Path, builder: Builder) -> tuple[list[User], Histories | None, dict[str, Any]]:
    """Return readers by id, what they chose, and notes; add the ratings, from 1 to 10, to the books.

    The files tell no times: all is one moment.
    """
    at_item = {key: index for index, key in enumerate(builder.items)}
    log = logs.Log()
    for path in _ratings(folder):
        for number, (user, uri, rating, _unused) in raw.fields(path, " ", 4):
            if ItemId(uri) in at_item:
                log.add(user, at_item[ItemId(uri)], 0, raw.whole_number(rating, path, number))
    users = sorted(log.numbers, key=logs.by_id)
    if not users:
        return [], None, {}
    rated.add(builder, *log.ratings())
    return [User(key) for key in users], *log.histories(users, list(at_item))


def _describe(verdict: links.Verdict) -> str:
    return f"{verdict.title} → {verdict.target} ({verdict.reason})"
