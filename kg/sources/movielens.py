"""MovieLens-1M and -100K as GroupLens ships them, with DBpedia relations where a `dbpedia` folder is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg import links
from kg.builder import Builder
from kg.catalogue import Catalogue, Histories
from kg.errors import DataError
from kg.sources import dbpedia, files, logs, rated, tags
from kg.text import split_title
from kg.types import Entity, EntityId, Item, ItemId, User

STARS = "stars"
LATIN = "iso-8859-1"  # the encoding GroupLens uses for titles
_SEPARATORS = {".dat": "::", ".data": "\t"}  # of a log
_Read = tuple[Histories, dict[str, Any]]
_FETCH_1M = f"MovieLens-1M has movies.dat, users.dat and ratings.dat{files.WITH_DATA} `ml-1m/` with --data."
_FETCH_100K = (
    f"MovieLens-100K has u.item, u.user, u.data and u.genre{files.WITH_DATA} `ml-100k/` with --data."
)

OCCUPATIONS = (
    "other",
    "academic/educator",
    "artist",
    "clerical/admin",
    "college/grad student",
    "customer service",
    "doctor/health care",
    "executive/managerial",
    "farmer",
    "homemaker",
    "K-12 student",
    "lawyer",
    "programmer",
    "retired",
    "sales/marketing",
    "scientist",
    "self-employed",
    "technician/engineer",
    "tradesman/craftsman",
    "unemployed",
    "writer",
)


def files_1m(folder: Path) -> list[Path]:
    """Return the files that decide an ML-1M catalogue."""
    files.need(folder, _FETCH_1M)
    log = folder / "ratings.dat"
    log = log if log.exists() else folder / "sequences.tsv"
    named = [files.need(folder / "movies.dat", _FETCH_1M), files.need(folder / "users.dat", _FETCH_1M)]
    optional = [*(path for path in (folder / "plots.tsv",) if path.exists()), *tags.present(folder)]
    return [*named, files.need(log, _FETCH_1M), *optional, *dbpedia.present(folder / "dbpedia")]


def read_1m(folder: Path) -> Catalogue:
    """Read ML-1M: chronological histories come from `ratings.dat` or, without it, from `sequences.tsv`."""
    log = files_1m(folder)[2]
    texts = _plots(folder / "plots.tsv")
    builder = Builder()
    for number, (key, raw, genres) in files.fields(folder / "movies.dat", "::", 3, LATIN):
        add_film(builder, key, raw, genres.split("|"), texts.get(key, ""), folder / "movies.dat", number)
    users: dict[str, User] = {}
    for number, (key, gender, age, job, _zip) in files.fields(folder / "users.dat", "::", 5, LATIN):
        years = files.whole_number(age, folder / "users.dat", number)
        user = User(key, gender, years, _occupation(job, folder, number))
        _add_user(users, user, folder / "users.dat", number)
    read = _from_ratings if log.suffix == ".dat" else _from_sequences
    users = {key: users[key] for key in sorted(users, key=logs.by_id)}
    histories, told = read(log, builder, users)
    rows = dbpedia.mapping(folder / "dbpedia") if (folder / "dbpedia").is_dir() else []
    told |= tags.add(builder, folder)
    notes = told | add_dbpedia(builder, folder / "dbpedia", rows, {key: key for key in builder.items})
    return builder.finish(
        "ml-1m", "MovieLens-1M", log.name, users=list(users.values()), histories=histories, notes=notes
    )


def files_100k(folder: Path) -> list[Path]:
    """Return the files that decide an ML-100K catalogue; relations may come from a sibling `ml-1m`."""
    files.need(folder, _FETCH_100K)
    named = [files.need(folder / name, _FETCH_100K) for name in ("u.item", "u.user", "u.data", "u.genre")]
    return [*named, *dbpedia.present(_dbpedia_100k(folder))]


def read_100k(folder: Path) -> Catalogue:
    """Read ML-100K, joined to the ML-1M mapping by the films' titles, which the two data sets share."""
    files_100k(folder)
    genres = [name for _, (name, _code) in files.fields(folder / "u.genre", "|", 2, LATIN)]
    builder = Builder()
    by_title: dict[str, ItemId] = {}
    for number, parts in files.fields(folder / "u.item", "|", 5 + len(genres), LATIN):
        named = [
            genre for genre, flag in zip(genres, parts[5:], strict=True) if flag == "1" and genre != "unknown"
        ]
        add_film(builder, parts[0], parts[1], named, "", folder / "u.item", number)
        by_title.setdefault(parts[1], ItemId(parts[0]))
    users: dict[str, User] = {}
    for number, (key, age, gender, job, _zip) in files.fields(folder / "u.user", "|", 5, LATIN):
        user = User(key, gender, files.whole_number(age, folder / "u.user", number), job)
        _add_user(users, user, folder / "u.user", number)
    users = {key: users[key] for key in sorted(users, key=logs.by_id)}
    histories, told = _from_ratings(folder / "u.data", builder, users)
    beside = _dbpedia_100k(folder)
    rows = [row._replace(key=row.title) for row in dbpedia.mapping(beside)] if beside.is_dir() else []
    notes = told | add_dbpedia(builder, beside, rows, by_title)
    return builder.finish(
        "ml-100k", "MovieLens-100K", "u.data", users=list(users.values()), histories=histories, notes=notes
    )


def _dbpedia_100k(folder: Path) -> Path:
    own = folder / "dbpedia"
    return own if own.is_dir() else folder.parent / "ml-1m" / "dbpedia"


def add_film(
    builder: Builder, key: str, raw: str, genres: Iterable[str], text: str, path: Path, number: int
) -> None:
    """Add the film that line `number` of `path` tells of; `raw` is its title as MovieLens writes it."""
    title = split_title(raw)
    try:
        builder.add_item(Item(ItemId(key), title.title, title.year, "movie", title.aliases), text)
    except DataError as error:
        raise DataError(str(error), path=path, line=number) from None
    for genre in genres:
        builder.add_fact(ItemId(key), "genre", Entity(EntityId(f"genre:{genre}"), genre))


def _add_user(users: dict[str, User], user: User, path: Path, number: int) -> None:
    if user.id in users:
        raise DataError(f"user id {user.id!r} occurs twice", path=path, line=number, remedy=files.FETCH_AGAIN)
    users[user.id] = user


def add_dbpedia(
    builder: Builder,
    folder: Path,
    rows: list[dbpedia.Link],
    item_of: dict[ItemId, ItemId] | dict[str, ItemId],
) -> dict[str, object]:
    """Add the relations of the films whose link passes the gate; return the notes for the manifest."""
    known: dict[str, ItemId] = {str(key): item for key, item in item_of.items()}
    rows = [row for row in rows if row.key in known]
    report = dbpedia.judge(rows)
    pages: dict[str, list[ItemId]] = {}
    for row, verdict in zip(rows, report.verdicts, strict=True):
        if verdict.keep:
            item = known[row.key]
            pages.setdefault(row.uri, []).append(item)
            builder.add_alias(item, dbpedia.entity(row.uri).label)
    edges = dbpedia.add_relations(builder, folder, pages)
    return dbpedia.report_notes(report, _describe) | edges if rows else {}


def _describe(verdict: links.Verdict) -> str:
    return f"{verdict.key}: {verdict.title} → {verdict.target} ({verdict.reason})"


def _plots(path: Path) -> dict[str, str]:
    return {key: text for _, (key, text) in files.fields(path, "\t", 2)} if path.exists() else {}


def _occupation(code: str, folder: Path, number: int) -> str:
    index = files.whole_number(code, folder / "users.dat", number)
    if not 0 <= index < len(OCCUPATIONS):
        raise DataError(
            f"occupation {index}, expected 0 to 20",
            path=folder / "users.dat",
            line=number,
            remedy=files.FETCH_AGAIN,
        )
    return OCCUPATIONS[index]


def _from_ratings(path: Path, builder: Builder, users: Mapping[str, User]) -> _Read:
    """Return histories of `users` from lines of user, item, rating and time, and notes; add the ratings."""
    at_item = {key: index for index, key in enumerate(builder.items)}
    log = logs.Log()
    for number, (user, item, rating, time) in files.fields(path, _SEPARATORS[path.suffix], 4, LATIN):
        stars = _stars(rating, path, number)
        stamp = files.whole_number(time, path, number)
        log.add(user, _position(item, at_item, path, number), stamp, stars)
    _compare_users(log.numbers, users, path)
    rated.add(builder, *log.ratings(), STARS)
    return log.histories(list(users), list(at_item))


def _from_sequences(path: Path, builder: Builder, users: Mapping[str, User]) -> _Read:
    """Return histories from lines of a user and all their films, in an order that is taken as it is."""
    at_item = {key: index for index, key in enumerate(builder.items)}
    chosen: dict[str, list[int]] = {}
    for number, (user, sequence) in files.fields(path, "\t", 2):
        if user in chosen:
            problem = f"user id {user[:20]!r} occurs twice"
            raise DataError(problem, path=path, line=number, remedy=files.FETCH_AGAIN)
        chosen[user] = [_position(item, at_item, path, number) for item in sequence.split()]
    _compare_users(chosen, users, path)
    return Histories.pack(chosen[key] for key in users), {}


def _compare_users(named: Mapping[str, object], users: Mapping[str, User], log: Path) -> None:
    """Compare the users that a log names with the list of users; in MovieLens everybody rated something."""
    strange = next((key for key in named if key not in users), None)
    if strange is not None:
        raise DataError(
            f"user {strange[:20]!r} is not in the list of users",
            path=log,
            remedy=f"The two files belong to different copies, or one is damaged. {files.FETCH_AGAIN}",
        )
    silent = [key for key in users if key not in named]
    if silent:
        raise DataError(
            f"nothing in it by {len(silent):,} of {len(users):,} users (user {silent[0]!r} is the first)",
            path=log,
            remedy=f"The file is cut off, or its users belong to another copy. {files.FETCH_AGAIN}",
        )


def _stars(said: str, path: Path, number: int) -> int:
    stars = files.whole_number(said, path, number)
    if not 1 <= stars <= 5:
        problem = f"a rating of {stars}, expected 1 to 5"
        raise DataError(problem, path=path, line=number, remedy=files.FETCH_AGAIN)
    return stars


def _position(item: str, at_item: dict[ItemId, int], path: Path, number: int) -> int:
    position = at_item.get(ItemId(item))
    if position is None:
        raise DataError(
            f"film {item[:20]!r} is not in the list of films",
            path=path,
            line=number,
            remedy=files.FETCH_AGAIN,
        )
    return position
