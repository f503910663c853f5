"""MovieLens in the CSV layout: ml-latest-small and ml-32m, with DBpedia relations where a mapping is near.

`movies.csv` and `ratings.csv` make the catalogue; `links.csv` tells a film's IMDb id (`imdb_ids`). `tags.csv`
is theme text (`kg.sources.tags`): a tag is somebody's opinion, not a fact.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kg.builder import Builder
from kg.catalogue import Catalogue, Histories, IntArray
from kg.errors import DataError
from kg.progress import BYTES, counted
from kg.sources import csv_rows, dbpedia, files, logs, movielens, rated, tags
from kg.types import ItemId, User

_FETCH = (
    f"This MovieLens has movies.csv, ratings.csv, links.csv and tags.csv{files.WITH_DATA}"
    " `ml-latest-small/` or `ml-32m/` with --data."
)
_NO_GENRE = "(no genres listed)"
_HEADER = b"userId,movieId,rating,timestamp"
_BLOCK = 1 << 24
_ROW = re.compile(rb"[0-9]{1,9},[0-9]{1,9},[0-9](?:\.[0-9])?,[0-9]{1,12}")
_IMDB = re.compile(r"[0-9]{1,9}")
_SPAN = re.compile(r"\s*\((\d{4})\s*[-–]\s*(?:\d{4})?\)\s*$")
_COUNTS = re.compile(r"contains ([\d,]+) ratings and [\d,]+ tag applications across ([\d,]+) movies")
_COUNTED = {"ratings": 1, "movies": 2}

Numbers = npt.NDArray[np.int64]


class _Ratings(NamedTuple):
    """Ratings in the order of the file: users and films by number, tenths of stars, seconds since 1970."""

    users: npt.NDArray[np.int32]
    films: npt.NDArray[np.int32]
    tenths: npt.NDArray[np.uint8]
    stamps: Numbers

    def of(self, rows: slice) -> _Ratings:
        """Return some of the ratings."""
        return _Ratings(self.users[rows], self.films[rows], self.tenths[rows], self.stamps[rows])


def files_latest(folder: Path) -> list[Path]:
    """Return the files that decide a catalogue in this layout."""
    files.need(folder, _FETCH)
    named = [files.need(folder / name, _FETCH) for name in ("movies.csv", "ratings.csv")]
    readme = folder / "README.txt"
    more = [*([readme] if readme.exists() else []), *tags.present(folder)]
    return [*named, *more, *dbpedia.present(_mapping_folder(folder))]


def read_latest(folder: Path) -> Catalogue:
    """Read ml-latest-small."""
    return _read(folder, "ml-latest-small", "MovieLens latest (small)")


def read_32m(folder: Path) -> Catalogue:
    """Read ml-32m: 32 million ratings, of some users at a time."""
    return _read(folder, "ml-32m", "MovieLens 32M")


def imdb_ids(folder: Path) -> dict[ItemId, str]:
    """Return the IMDb ids of the films that `links.csv` has one for: '1' -> 'tt0114709'."""
    path = folder / "links.csv"
    found: dict[ItemId, str] = {}
    for number, (film, imdb) in csv_rows.rows(path, ("movieId", "imdbId")):
        if imdb and not _IMDB.fullmatch(imdb):
            raise _bad(f"{imdb[:40]!r} is not the number of an IMDb id", path, number)
        if imdb:
            found[ItemId(film)] = f"tt{imdb:0>7}"
    return found


def _read(folder: Path, name: str, source: str) -> Catalogue:
    films, log = files_latest(folder)[:2]
    builder = Builder()
    titles: dict[str, str] = {}
    for number, (key, raw, genres) in csv_rows.rows(films, ("movieId", "title", "genres")):
        files.whole_number(key, films, number)
        titles[key] = _SPAN.sub(r" (\1)", raw)
        named = [genre for genre in genres.split("|") if genre not in ("", _NO_GENRE)]
        movielens.add_film(builder, key, titles[key], named, "", films, number)
    if not titles:
        raise DataError("no films in it", path=films, remedy=files.FETCH_AGAIN)
    _compare_with_readme(folder, "movies", len(titles))
    users, histories, told = _histories(builder, log)
    _compare_with_readme(folder, "ratings", len(histories.items))
    told |= tags.add(builder, folder)
    beside = _mapping_folder(folder)
    rows = dbpedia.mapping(beside) if beside.is_dir() else []
    # the gate judges the page against this copy's title, so a mapping made for ml-1m can serve
    rows = [row._replace(title=titles[row.key]) for row in rows if row.key in titles]
    notes = told | movielens.add_dbpedia(builder, beside, rows, {key: key for key in builder.items})
    return builder.finish(name, source, log.name, users=users, histories=histories, notes=notes)


def _mapping_folder(folder: Path) -> Path:
    """Return where relations come from: film ids are the same in every MovieLens since ML-1M."""
    own = folder / "dbpedia"
    return own if own.is_dir() else folder.parent / "ml-1m" / "dbpedia"


def _compare_with_readme(folder: Path, name: str, found: int) -> None:
    """Compare with the counts the README gives: the only sign of a file cut off between two lines."""
    path = folder / "README.txt"
    if not path.exists():
        return
    told = _COUNTS.search(path.read_text(encoding="utf-8", errors="replace"))
    if told is None:
        return
    expected = int(told[_COUNTED[name]].replace(",", ""))
    if expected != found:
        raise DataError(
            f"{found:,} {name}, and README.txt speaks of {expected:,}",
            path=folder / f"{name}.csv",
            remedy=f"{files.FETCH_AGAIN} If you shortened it yourself, take README.txt away.",
        )


def _by_user(path: Path) -> Iterator[_Ratings]:
    """Yield the ratings of whole users, some at a time, in the order of the file.

    Raises:
        _ScatteredError: users do not stand by number.
    """
    rest: list[_Ratings] = []
    for block in _read_blocks(path):
        users = block.users
        if (np.diff(users) < 0).any() or (rest and rest[-1].users[-1] > users[0]):
            raise _ScatteredError
        last = int(np.searchsorted(users, users[-1]))  # of the last user more may come
        if last or (rest and rest[-1].users[-1] < users[0]):
            yield _joined([*rest, block.of(slice(last))])
            rest = []
        rest.append(block.of(slice(last, None)))
    if rest:
        yield _joined(rest)


class _ScatteredError(Exception):
    """The ratings of a user stand in several places."""


def _read_blocks(path: Path) -> Iterator[_Ratings]:
    size = path.stat().st_size
    blocks = counted(_blocks(path), f"reading {path.name}", size, BYTES, lambda each: len(each[0]))
    return (_columns(block, path, line) for block, line in blocks)


def _joined(parts: Sequence[_Ratings]) -> _Ratings:
    return _Ratings(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _blocks(path: Path) -> Iterator[tuple[bytes, int]]:
    """Yield the rows of a log in blocks of whole lines, each with the number of its first line."""
    with path.open("rb") as stream:
        head = stream.readline(len(_HEADER) + 5).removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n")
        if head != _HEADER:
            raise DataError(
                f"the first line is {head[:60]!r}" if head else "the file is empty",
                path=path,
                line=1 if head else None,
                remedy=f"Expected {_HEADER.decode()!r}. {files.FETCH_AGAIN}",
            )
        line, rest = 2, b""
        while more := stream.read(_BLOCK):
            whole, mark, rest = (rest + more).rpartition(b"\n")
            if len(rest) > files.MAX_LINE:
                number = line + whole.count(b"\n") + len(mark)
                raise _bad(f"a line of more than {files.MAX_LINE:,} bytes", path, number)
            if mark:
                yield (whole + mark).replace(b"\r\n", b"\n"), line
                line += whole.count(b"\n") + 1
        if rest:
            raise _bad("the file ends in the middle of a line", path, line)


def _columns(block: bytes, path: Path, line: int) -> _Ratings:
    """Return the ratings of a block of lines; the numbers of a block are parsed at once."""
    _check(block, path, line)
    text = block.replace(b"\n", b",").decode("ascii")
    table = np.fromstring(text[:-1], dtype=np.float64, sep=",").reshape(-1, 4)
    wrong = np.flatnonzero((table[:, 2] <= 0) | (table[:, 2] > 5))
    if len(wrong):
        raise _bad(f"a rating of {table[wrong[0], 2]}, expected 0.5 to 5", path, line + int(wrong[0]))
    users, films = table[:, :2].astype(np.int32).T
    return _Ratings(users, films, np.rint(table[:, 2] * 10).astype(np.uint8), table[:, 3].astype(np.int64))


def _check(block: bytes, path: Path, line: int) -> None:
    """Raise for the first line that is not a rating."""
    for number, row in enumerate(block.split(b"\n")[:-1], line):
        if not _ROW.fullmatch(row):
            said = row[:80].decode("utf-8", "replace")
            raise _bad(f"expected 4 numbers separated by ',': {said!r}", path, number)


def _histories(builder: Builder, path: Path) -> tuple[list[User], Histories, dict[str, Any]]:
    """Return users by number, their histories, and notes; add the ratings to the builder's films.

    As published, users stand by number: then few of the ratings are in memory at a time.
    """
    try:
        return _gathered(builder, path, _by_user(path))
    except _ScatteredError:
        return _gathered(builder, path, [_joined(list(_read_blocks(path)))])


def _gathered(
    builder: Builder, path: Path, parts: Iterable[_Ratings]
) -> tuple[list[User], Histories, dict[str, Any]]:
    """Return the same of parts in the order of the file, each of whole users by number."""
    ids = list(builder.items)
    films, rank = np.asarray([int(key) for key in ids], dtype=np.int64), logs.ranks(ids)
    by_id = np.argsort(films)
    sums, line = rated.Sums(len(ids)), 2
    numbers, starts, items = list[int](), [np.zeros(1, dtype=np.int64)], [np.zeros(0, dtype=np.int32)]
    ties: Counter[str] = Counter()
    for part in parts:
        positions = _positions(part, films, by_id, path, line)
        _refuse_repeats(part, path, line)
        known, users = np.unique(part.users, return_inverse=True)
        sums.count(positions, part.tenths)
        found, told = logs.histories(
            users.astype(np.int32), positions, part.stamps, len(known), ids, rank=rank
        )
        numbers += known.tolist()
        starts.append(found.starts[1:] + starts[-1][-1])
        items.append(found.items)
        ties.update(told["ties"])
        line += len(positions)
    if not numbers:
        raise DataError("no ratings in it", path=path, remedy=files.FETCH_AGAIN)
    sums.add(builder, movielens.STARS, 10)
    histories = Histories(np.concatenate(starts), np.concatenate(items))
    return [User(str(number)) for number in numbers], histories, {"ties": dict(ties)}


def _positions(part: _Ratings, films: Numbers, by_id: Numbers, path: Path, line: int) -> IntArray:
    """Return the positions of rated films; `line` is that of the first rating."""
    found = np.minimum(np.searchsorted(films, part.films, sorter=by_id), len(films) - 1)
    positions = by_id[found].astype(np.int32)
    unknown = np.flatnonzero(films[positions] != part.films)
    if len(unknown):
        film = int(part.films[unknown[0]])
        raise _bad(f"film {film} is not in the list of films", path, line + int(unknown[0]))
    return positions


def _refuse_repeats(part: _Ratings, path: Path, line: int) -> None:
    """Raise if a user rated one film twice: then a part of the file is there twice."""
    pairs = (part.users.astype(np.int64) << 32) | part.films
    in_order = np.sort(pairs)
    if not (in_order[1:] == in_order[:-1]).any():
        return
    order = np.argsort(pairs, kind="stable")
    second = int(order[1:][np.diff(pairs[order]) == 0].min())
    user, film = int(part.users[second]), int(part.films[second])
    raise _bad(f"user {user} rates film {film} a second time", path, line + second)


def _bad(problem: str, path: Path, line: int) -> DataError:
    return DataError(problem, path=path, line=line, remedy=files.FETCH_AGAIN)
