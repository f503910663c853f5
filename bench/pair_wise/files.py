"""The paper's five data sets from the files that their publishers give: MIND, MicroLens, Goodreads, CDs, H&M.

Nothing is fetched: a person names the file of interactions, and titles lie in the same folder. Files may be
gzipped. An item without a title stays, with none.
"""

from __future__ import annotations

import ast
import csv
import gzip
import json
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np

from bench.pair_wise.feedback import LONGEST, NOTHING, Feedback, Items, of_log
from kg.catalogue import IntArray
from kg.errors import DataError, UsageError
from kg.sources.logs import Log, by_id

_MIND_TIME = "%m/%d/%Y %I:%M:%S %p"
_GOODREADS_TIME = "%a %b %d %H:%M:%S %z %Y"
_LIKED = 4  # of 5
Row = Mapping[str, Any]


class Event(NamedTuple):
    """An interaction: who, what, when (in any unit), and a rating where there is one."""

    user: str
    item: str
    time: int
    score: float = 1.0


class Format(NamedTuple):
    """How a data set's interactions and titles are read; `rated` ones tell what was not liked as well.

    `titles` are patterns of the file beside the interactions, and what of a row is an id and a title.
    """

    events: Callable[[Path], Iterator[Event]]
    titles: tuple[str, ...]
    named: tuple[str, str]
    rated: bool


def read(name: str, path: Path) -> Feedback:
    """Return the feedback of a data set.

    Raises:
        UsageError: there is no data set of this name.
        DataError: a file is missing, or not of the data set's form.
    """
    if name == "mind":
        return _mind(path)
    if name not in FORMATS:
        raise UsageError.unknown("data set", name, NAMES)
    form = FORMATS[name]
    titles = _titles(path, form)
    at_item: dict[str, int] = {}
    log = Log()
    for event in form.events(path):
        log.add(event.user, at_item.setdefault(event.item, len(at_item)), event.time, event.score)
    if not at_item:
        raise DataError("no interaction in it", path=path)
    items, place = _by_id(at_item, titles)
    log.item = array("i", place[np.frombuffer(log.item, dtype=np.int32)].tobytes())
    return of_log(name, log, items, liked=_LIKED if form.rated else None)


# Interactions


def _microlens(path: Path) -> Iterator[Event]:
    for number, row in _csv(path, "user", "item", "timestamp"):
        yield Event(row["user"], row["item"], _whole(row["timestamp"], path, number))


def _hm(path: Path) -> Iterator[Event]:
    for number, row in _csv(path, "t_dat", "customer_id", "article_id"):
        day = _moment(row["t_dat"], "%Y-%m-%d", path, number)
        yield Event(row["customer_id"], row["article_id"], day.toordinal())


def _goodreads(path: Path) -> Iterator[Event]:
    """Yield rated books; 0 stars are no rating."""
    for number, row in _json(path, "user_id", "book_id", "rating", "date_added"):
        if stars := _whole(row["rating"], path, number):
            when = _moment(row["date_added"], _GOODREADS_TIME, path, number)
            yield Event(str(row["user_id"]), str(row["book_id"]), int(when.timestamp()), stars)


def _cds(path: Path) -> Iterator[Event]:
    for number, row in _json(path, "reviewerID", "asin", "overall", "unixReviewTime"):
        stars, when = (_whole(row[name], path, number) for name in ("overall", "unixReviewTime"))
        yield Event(row["reviewerID"], row["asin"], when, stars)


FORMATS: dict[str, Format] = {
    "microlens": Format(_microlens, ("*title*.csv",), ("item", "title"), rated=False),
    "goodreads": Format(_goodreads, ("goodreads_books*.json*",), ("book_id", "title"), rated=True),
    "cds": Format(_cds, ("meta_*.json*",), ("asin", "title"), rated=True),
    "hm": Format(_hm, ("articles.csv*",), ("article_id", "detail_desc"), rated=False),
}
NAMES = ("mind", *FORMATS)


def _mind(path: Path) -> Feedback:
    """Return MIND's impressions: a row a shown article, with the history that stands in its line."""
    titles = {row[0]: row[3] for _, row in _tab(_beside(path, ("news.tsv*",)), 4)}
    users: dict[str, int] = {}
    at_item: dict[str, int] = {}
    rows: list[tuple[int, int, int, int]] = []
    known: list[list[int]] = []
    for number, (_, user, time, before, shown) in _tab(path, 5):
        when = int((_moment(time, _MIND_TIME, path, number) - datetime(1970, 1, 1)).total_seconds())
        history = [at_item.setdefault(key, len(at_item)) for key in before.split()][-LONGEST:]
        for each in shown.split():
            item, dash, clicked = each.rpartition("-")
            if not dash or clicked not in ("0", "1"):
                raise DataError(f"{each[:40]!r} is not N123-0 or N123-1", path=path, line=number)
            who, what = users.setdefault(user, len(users)), at_item.setdefault(item, len(at_item))
            rows.append((who, what, int(clicked), when))
            known.append(history)
    if not rows:
        raise DataError("no impression in it", path=path)
    people, of_user = _by_id(users, {})
    items, of_item = _by_id(at_item, titles)
    of_row = np.array(rows, dtype=np.int64)
    histories = np.full((len(rows), LONGEST), NOTHING, dtype=np.int32)
    for row, history in enumerate(known):
        histories[row, : len(history)] = of_item[history]
    return Feedback(
        "mind",
        people.ids,
        items,
        of_user[of_row[:, 0]],
        of_item[of_row[:, 1]],
        of_row[:, 2].astype(bool),
        of_row[:, 3],
        histories=histories,
    )


def _by_id(numbers: Mapping[str, int], titles: Mapping[str, str]) -> tuple[Items, IntArray]:
    """Return what was numbered as it came, in the order of ids, and the new place of each old number."""
    ids = sorted(numbers, key=by_id)
    place = np.empty(len(ids), dtype=np.int32)
    place[[numbers[key] for key in ids]] = np.arange(len(ids), dtype=np.int32)
    return Items(ids, [titles.get(key, "") for key in ids]), place


# Files


def _titles(path: Path, form: Format) -> dict[str, str]:
    found = _beside(path, form.titles)
    key, title = form.named
    rows = _csv(found, key, title) if ".csv" in found.name else _json(found, key)
    return {str(row[key]): str(row.get(title) or "") for _, row in rows}


def _beside(path: Path, patterns: tuple[str, ...]) -> Path:
    """Return the file of titles in the folder of another."""
    for pattern in patterns:
        if found := [each for each in sorted(path.parent.glob(pattern)) if each != path]:
            return found[0]
    raise DataError(
        f"no file of titles beside it: {' or '.join(patterns)}",
        path=path,
        remedy="Put the publisher's file of titles into the same folder.",
    )


@contextmanager
def _open(path: Path) -> Iterator[IO[str]]:
    if not path.is_file():
        raise DataError(
            "the file is not there", path=path, remedy="Give the file of interactions with --from."
        )
    opening = gzip.open if path.suffix == ".gz" else open
    with opening(path, "rt", encoding="utf-8", newline="") as stream:
        try:
            yield stream
        except (UnicodeDecodeError, EOFError, gzip.BadGzipFile) as error:
            raise DataError(f"it cannot be read ({error})", path=path) from None


def _csv(path: Path, *columns: str) -> Iterator[tuple[int, Row]]:
    with _open(path) as stream:
        reader = csv.DictReader(stream)
        if missing := [name for name in columns if name not in (reader.fieldnames or ())]:
            raise DataError(f"no column {missing[0]!r} among {reader.fieldnames}", path=path, line=1)
        for row in reader:
            if None in row.values() or None in row:
                raise DataError("fields are missing or too many", path=path, line=reader.line_num)
            yield reader.line_num, row


def _json(path: Path, *keys: str) -> Iterator[tuple[int, Row]]:
    """Yield objects, a line each; in older files of Amazon's they are written as Python writes them."""
    with _open(path) as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line) if line.startswith('{"') else ast.literal_eval(line)
            except (ValueError, SyntaxError):
                raise DataError(f"not an object: {line[:60]!r}", path=path, line=number) from None
            if missing := [key for key in keys if key not in row]:
                raise DataError(f"no field {missing[0]!r}", path=path, line=number)
            yield number, row


def _tab(path: Path, n: int) -> Iterator[tuple[int, list[str]]]:
    with _open(path) as stream:
        for number, line in enumerate(stream, 1):
            fields = line.rstrip("\r\n").split("\t")
            if len(fields) < n:
                raise DataError(f"{len(fields)} fields, expected {n} or more", path=path, line=number)
            yield number, fields


def _whole(said: Any, path: Path, number: int) -> int:
    try:
        return int(float(said))
    except (TypeError, ValueError, OverflowError):
        raise DataError(f"{str(said)[:40]!r} is not a number", path=path, line=number) from None


def _moment(said: str, form: str, path: Path, number: int) -> datetime:
    try:
        return datetime.strptime(said, form)
    except (TypeError, ValueError):
        raise DataError(f"{str(said)[:40]!r} is not a time like {form}", path=path, line=number) from None
