"""The order of a log's rows decides nothing: not histories, not the manifest, not a figure of a benchmark."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from bench.next_item.measure import ranks
from bench.next_item.ranks import ndcg
from bench.next_item.split import leave_one_out
from kg.catalogue import Catalogue
from kg.sources import amazon, librarything, movielens, movielens_csv, table
from kg.taste import popularity

FILMS = range(1, 13)
USERS = range(1, 7)
# Everybody rates six films; the last three at one moment.
CHOICES = [
    (user, (user * user + 5 * k) % 12 + 1, 1 + (user + k) % 5, 1000 + min(k, 3) * user)
    for user in USERS
    for k in range(6)
]


def put(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def lines(rows: Any, form: str, head: str = "") -> str:
    return head + "".join(form.format(*row) + "\n" for row in rows)


def people(rows: Any) -> list[tuple[int]]:
    """Return the users in the order of their first rows: that of lists of users is nothing either."""
    return list(dict.fromkeys((row[0],) for row in rows))


def ml_1m(folder: Path, rows: Any) -> Catalogue:
    put(
        folder,
        movies_dat=lines(((n,) for n in FILMS), "{0}::Film {0} (1990)::Drama"),
        users_dat=lines(people(rows), "{0}::F::25::2::0"),
        ratings_dat=lines(rows, "{}::{}::{}::{}"),
    )
    return movielens.read_1m(folder)


def ml_100k(folder: Path, rows: Any) -> Catalogue:
    put(
        folder,
        u_genre="Drama|0\n",
        u_item=lines(((n,) for n in FILMS), "{0}|Film {0} (1990)|||x|1"),
        u_user=lines(people(rows), "{0}|25|F|artist|0"),
        u_data=lines(rows, "{}\t{}\t{}\t{}"),
    )
    return movielens.read_100k(folder)


def ml_32m(folder: Path, rows: Any) -> Catalogue:
    put(
        folder,
        movies_csv=lines(((n,) for n in FILMS), "{0},Film {0} (1990),Drama", "movieId,title,genres\n"),
        ratings_csv=lines(rows, "{},{},{},{}", "userId,movieId,rating,timestamp\n"),
    )
    return movielens_csv.read_32m(folder)


def library_thing(folder: Path, rows: Any) -> Catalogue:
    at = "http://dbpedia.org/resource/"
    put(
        folder,
        dbpedia__mapping_tsv=lines(((n,) for n in FILMS), f"{{0}}\tBook {{0}}\t{at}Book_{{0}}"),
        ratings_dat=lines(rows, f"r{{}} {at}Book_{{}} {{}} -1"),
    )
    return librarything.read(folder)


def amazon_books(folder: Path, rows: Any) -> Catalogue:
    folder.mkdir()
    books = lines(
        ((n,) for n in FILMS),
        "Book {},,,,,",
        "Title,description,authors,publisher,publishedDate,categories\n",
    )
    log = lines(rows, "A{},Book {},{}.0,{}", "User_id,Title,review/score,review/time\n")
    (folder / amazon.BOOKS).write_text(books, encoding="utf-8")
    (folder / amazon.RATINGS).write_text(log, encoding="utf-8")
    return amazon.read(folder)


def own(folder: Path, rows: Any) -> Catalogue:
    put(
        folder,
        items_csv=lines(((n,) for n in FILMS), "{0},Tea {0}", "id,title\n"),
        log_csv=lines(rows, "{},{},{},{}", "user,item,stars,time\n"),
    )
    tables = table.Tables(folder / "items.csv", interactions=folder / "log.csv")
    return table.read(tables, table.Mapping(), "teas")


def own_without_times(folder: Path, rows: Any) -> Catalogue:
    return own(folder, [(user, film, stars, 0) for user, film, stars, _ in rows])


def figure(catalogue: Catalogue) -> float:
    """Return the nDCG@10 of popularity on the next item."""
    assert catalogue.histories is not None
    split = leave_one_out(catalogue.histories)
    scorer = popularity.fit(split.train, len(catalogue.items))
    return fmean(ndcg(place) for place in ranks(scorer, split.test()))


def told(catalogue: Catalogue) -> dict[str, Any]:
    """Return all of a catalogue that its log decides."""
    assert catalogue.histories is not None
    return {
        "users": list(catalogue.users),
        "starts": catalogue.histories.starts.tolist(),
        "items": catalogue.histories.items.tolist(),
        "counts": catalogue.counts,
        "ratings": {name: held.values.tolist() for name, held in catalogue.literals.items()},
        "notes": catalogue.notes,
        "figure": figure(catalogue),
    }


READERS = (ml_1m, ml_100k, ml_32m, library_thing, amazon_books, own, own_without_times)


@pytest.mark.parametrize("read", READERS)
def test_shuffling_the_rows_of_a_log_changes_nothing(
    tmp_path: Path, read: Callable[[Path, Any], Catalogue]
) -> None:
    first = told(read(tmp_path / "sorted", CHOICES))
    for seed in range(5):
        rows = random.Random(seed).sample(CHOICES, len(CHOICES))  # noqa: S311 - no secret
        assert told(read(tmp_path / str(seed), rows)) == first


@pytest.mark.parametrize("read", READERS)
def test_the_manifest_keeps_how_many_last_items_an_id_decides(
    tmp_path: Path, read: Callable[[Path, Any], Catalogue]
) -> None:
    assert read(tmp_path / "log", CHOICES).notes["ties"] == {"users": 6, "last_by_id": 6}
