"""Amazon-Book as on UCI and Kaggle: `books_data.csv` (Google Books), `Books_rating.csv` (Amazon's reviews).

The two join by the exact title. A row that cannot be used is skipped and counted; the manifest's notes keep,
under `report`, how many were skipped why, and the lines of the first few.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kg import text
from kg.builder import Builder
from kg.catalogue import Catalogue
from kg.errors import DataError
from kg.sources import csv_rows, logs, rated
from kg.sources import files as raw
from kg.sources.builtin import slug
from kg.types import Entity, EntityId, Item, ItemId, Kind, Relation, RelationName, User

BOOKS, RATINGS = "books_data.csv", "Books_rating.csv"
_FETCH = f"Amazon-Book has {BOOKS} and {RATINGS}{raw.WITH_DATA} `amazon-books/` with --data."
_MAX_SLUG = 80
_YEAR = re.compile(r"(?<![0-9])(1[4-9][0-9]{2}|20[0-9]{2})(?![0-9])")
_PRICE = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,2})?")
_STRING = re.compile(r"""\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(,|$)""", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "\n": ""}


class Book(NamedTuple):
    """A row of `books_data.csv`."""

    line: int
    title: str
    about: str
    authors: tuple[str, ...]
    publisher: str
    year: int | None
    genres: tuple[str, ...]


def files(folder: Path) -> list[Path]:
    """Return the files that decide an Amazon-Book catalogue."""
    raw.need(folder, _FETCH)
    return [raw.need(folder / name, _FETCH) for name in (BOOKS, RATINGS)]


def read(folder: Path) -> Catalogue:
    """Read books with what is known of them, and readers' histories by time; ratings are read as a stream."""
    books_file, log = files(folder)
    books_report, log_report = csv_rows.Report(), csv_rows.Report()
    builder = Builder()
    books = list(_books(books_file, books_report))
    if not books:
        raise DataError(
            "no book in it can be used",
            path=books_file,
            remedy=f"{_why(books_report)} {raw.FETCH_AGAIN}",
        )
    item_of = _add_books(builder, books, books_report)
    keys = list(builder.items)
    at_item = {key: index for index, key in enumerate(keys)}
    choices, prices = _choices(log, {title: at_item[key] for title, key in item_of.items()}, log_report)
    rated.add(builder, *choices.ratings(), "stars")
    if prices:
        builder.relations["price"] = Relation(RelationName("price"), Kind.NUMBER, "USD")
    for place, price in sorted(prices):
        builder.add_value(keys[place], "price", price)
    users = sorted(choices.numbers, key=logs.by_id)
    histories, told = choices.histories(users, keys, once=True)
    report = {BOOKS: books_report.notes(), RATINGS: log_report.notes()}
    return builder.finish(
        "amazon-books",
        "Amazon-Book",
        log.name,
        users=[User(key) for key in users],
        histories=histories,
        notes={"report": report, **told},
    )


def year_of(published: str) -> int | None:
    """Return the year in a date ('2005-02-01', '2005-02', '1996*', 'Oct 2004'); None for '19??'."""
    found = _YEAR.search(published)
    return int(found[1]) if found else None


def listed(value: str) -> tuple[str, ...] | None:
    r"""Return the strings of a list as Python prints it: `['A', "O'B"]` -> ('A', "O'B"); None if it is none.

    Only string literals and their escapes are known; nothing is evaluated.
    """
    inside = value.strip()
    if not inside:
        return ()
    if len(inside) < 2 or inside[0] != "[" or inside[-1] != "]":
        return None
    inside = inside[1:-1].strip()
    found: list[str] = []
    at = 0
    while at < len(inside):
        match = _STRING.match(inside, at)
        if match is None:
            return None
        found.append(" ".join(_unescape(match[1] if match[1] is not None else match[2]).split()))
        at = match.end()
    return tuple(dict.fromkeys(name for name in found if name))


def _unescape(literal: str) -> str:
    def plain(match: re.Match[str]) -> str:
        code = match[1] or match[2] or match[3]
        if code is None:
            return _PLAIN.get(match[4], match[4])
        number = int(code, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"

    return _ESCAPE.sub(plain, literal) if "\\" in literal else literal


def _books(path: Path, report: csv_rows.Report) -> Iterator[Book]:
    """Yield the books of a file; of two rows with one title and one list of authors the first counts."""
    columns = ("Title", "description", "authors", "publisher", "publishedDate", "categories")
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for line, (title, about, authors, publisher, published, genres) in csv_rows.rows(
        path, columns, report.skip
    ):
        by, kinds = listed(authors), listed(genres)
        if not title.strip():
            report.skip("no title", line)
            continue
        if (title, by or ()) in seen:
            report.skip("title and authors are there already", line)
            continue
        seen.add((title, by or ()))
        for column, value in (("authors", by), ("categories", kinds)):
            if value is None:
                report.skip(f"{column} are no list: the book is kept without", line)
        report.read += 1
        yield Book(
            line, title, about.strip(), by or (), publisher.strip(' "\t'), year_of(published), kinds or ()
        )


def _add_books(builder: Builder, books: Sequence[Book], report: csv_rows.Report) -> dict[str, ItemId]:
    """Add books and their facts; return the item of every title that names one book only."""
    same: defaultdict[str, list[Book]] = defaultdict(list)
    for book in books:
        same[_part(book.title)].append(book)
    item_of: dict[str, ItemId] = {}
    shared: set[str] = set()
    for book in books:
        key = _key(book, same[_part(book.title)])
        if key in builder.items:
            report.skip("another spelling of a book that is there: its ratings count for that one", book.line)
            builder.add_alias(key, _shown(book.title))
        else:
            _add_book(builder, key, book)
        if item_of.setdefault(book.title, key) != key:
            shared.add(book.title)
    return {title: key for title, key in item_of.items() if title not in shared}


def _key(book: Book, same: Sequence[Book]) -> ItemId:
    """Return the id of a book: its title; where several share that, also its first author or else a hash.

    Ids do not depend on the order of the rows.
    """
    name = _part(book.title)
    if len(same) == 1:
        return ItemId(f"book/{name}")
    return ItemId(f"book/{name}--{_part(book.authors[0]) if book.authors else _hash(book.title)}")


def _add_book(builder: Builder, key: ItemId, book: Book) -> None:
    title = _shown(book.title)
    bare = text.bare_label(title)
    builder.add_item(Item(key, title, book.year, "book", (bare,) if bare != title else ()), book.about)
    for author in book.authors:
        builder.add_fact(key, "author", Entity(EntityId(f"person/{_part(author)}"), author))
    for genre in book.genres:
        builder.add_fact(key, "genre", Entity(EntityId(f"genre/{_part(genre)}"), genre))
    if book.publisher:
        publisher = Entity(EntityId(f"publisher/{_part(book.publisher)}"), book.publisher)
        builder.add_fact(key, "publisher", publisher)


def _shown(title: str) -> str:
    return text.upright(" ".join(title.split()))


def _part(name: str) -> str:
    """Return a name as part of an id, at most some 90 letters; of a name without letters its hash."""
    found = slug(name)
    if len(found) > _MAX_SLUG:
        return f"{found[:_MAX_SLUG]}-{_hash(found)}"
    return found or _hash(name)


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def _choices(
    path: Path, at_title: Mapping[str, int], report: csv_rows.Report
) -> tuple[logs.Log, set[tuple[int, float]]]:
    """Read who chose what and when, and the prices of books; every rating is a choice, whatever its score.

    A book has the price of every edition that was rated, in US dollars.
    """
    columns = ("Title", "User_id", "review/score", "review/time")
    chosen = logs.Log()
    prices: set[tuple[int, float]] = set()
    for line, (title, user, score, time, price) in csv_rows.rows(path, columns, report.skip, "Price"):
        reason = _unusable(title, user, score, time, at_title)
        if reason:
            report.skip(reason, line)
            continue
        report.read += 1
        chosen.add(user, at_title[title], int(time), float(score))
        if _PRICE.fullmatch(price) and float(price):
            prices.add((at_title[title], float(price)))
    if not report.read:
        raise DataError("no rating in it can be used", path=path, remedy=f"{_why(report)} {raw.FETCH_AGAIN}")
    return chosen, prices


def _why(report: csv_rows.Report) -> str:
    reasons = report.notes()["skipped"]
    said = (f"{reason} ({note['rows']:,})" for reason, note in reasons.items())
    return f"Skipped: {'; '.join(said) or 'nothing, it has a header only'}."


def _unusable(title: str, user: str, score: str, time: str, at_title: Mapping[str, int]) -> str:
    """Return why a rating cannot be used; empty if it can."""
    if not user.strip():
        return "no user"
    if title not in at_title:
        return f"title is not that of one book of {BOOKS}"
    if not re.fullmatch(r"[1-5](\.0)?", score):
        return "score is not 1 to 5"
    return "" if re.fullmatch(r"[1-9][0-9]{0,11}", time) else "no time"
