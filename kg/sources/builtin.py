"""The catalogue that ships with Usher: `kg/builtin/*.txt`, one record an item, written by hand.

The format is the record jar: records separated by an empty line, `key: value; value` lines, '#' for comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.catalogue import Builder, Catalogue
from kg.errors import DataError
from kg.sources import files as raw
from kg.text import fold, tokens
from kg.types import Entity, EntityId, Item, ItemId

HERE = Path(__file__).parent.parent / "builtin"
DOMAINS = {"films.txt": "movie", "books.txt": "book"}
_ITEM_KEYS = frozenset(("title", "aka", "year", "about"))
_RELATIONS = frozenset(
    (
        "director actor composer cinematographer writer producer editor genre country series author publisher"
    ).split()
)
_LINE = re.compile(r"(?P<key>[a-z]+): (?P<values>\S.*)$")

Record = dict[str, list[str]]


def files(folder: Path) -> list[Path]:
    """Return the data files in `folder`."""
    return [raw.need(folder / name, "The package is incomplete: install it again.") for name in DOMAINS]


def read(folder: Path = HERE) -> Catalogue:
    """Read the built-in catalogue; films come before books, both in the order of their files."""
    builder = Builder()
    for path, domain in zip(files(folder), DOMAINS.values(), strict=True):
        for number, record in records(path):
            _add(builder, record, domain, path, number)
    return builder.finish("builtin", "Usher", "1")


def records(path: Path) -> Iterator[tuple[int, Record]]:
    """Yield `(line number, {key: values})` for every record of a file."""
    record: Record = {}
    start = 0
    previous = 0
    for number, line in raw.lines(path):
        if line.startswith("#"):
            continue
        if record and number > previous + 1:
            yield start, record
            record = {}
        start = start if record else number
        previous = number
        match = _LINE.match(line)
        if not match or match["key"] in record or match["key"] not in _ITEM_KEYS | _RELATIONS:
            known = ", ".join(sorted(_ITEM_KEYS | _RELATIONS))
            raise DataError(
                f"{line[:60]!r} is not `key: value; value` with a new key",
                path=path,
                line=number,
                remedy=f"Keys: {known}.",
            )
        record[match["key"]] = (
            [match["values"]] if match["key"] in ("title", "about") else match["values"].split("; ")
        )
    if record:
        yield start, record


def slug(name: str) -> str:
    """Return a name as part of an id: 'Amélie' -> 'amelie'."""
    return "-".join(fold(token.raw) for token in tokens(name.replace("'s", "s").replace("’s", "s")))


def _add(builder: Builder, record: Record, domain: str, path: Path, number: int) -> None:
    try:
        title, year, about = record["title"][0], int(record["year"][0]), record["about"][0]
    except (KeyError, ValueError) as error:
        raise DataError(f"a record needs title, year and about ({error})", path=path, line=number) from None
    key = ItemId(f"{domain}/{slug(title)}-{year}")
    try:
        builder.add_item(Item(key, title, year, domain, tuple(record.get("aka", ()))), about)
    except DataError as error:
        raise DataError(str(error), path=path, line=number) from None
    for name in record.keys() - _ITEM_KEYS:
        for value in record[name]:
            builder.add_fact(key, name, Entity(EntityId(f"{_namespace(name)}/{slug(value)}"), value))


def _namespace(relation: str) -> str:
    """Return the first part of an entity's id: people keep one id whatever they did on an item."""
    return relation if relation in ("genre", "country", "series", "publisher") else "person"
