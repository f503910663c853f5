"""Readers: one public format each, raw files -> catalogue. `SOURCES` names them.

A person's own tables are read by `kg.sources.table`; they have no fixed place and are no row here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.catalogue import Catalogue
from kg.fetch import Download
from kg.sources import amazon, builtin, downloads, enriched, librarything, movielens, movielens_csv

_GROUPLENS = "GroupLens: research only"
_FILMS = ("builtin",)  # films that people name beside those of an old catalogue


@dataclass(frozen=True, slots=True)
class Source:
    """A catalogue that can be built: where its raw files lie, and what reads them.

    `folder` is relative to the data folder a person gives; None means that the files ship with the package.
    `files` lists the files that decide the catalogue's content, for its key. `downloads` are the files that
    can be fetched; `by_hand` says where a person gets what cannot. `imdb`: Wikidata can be asked about items.
    `references` are catalogues whose items join it as known, never recommended.
    """

    name: str
    what: str
    folder: str | None
    files: Callable[[Path], Sequence[Path]]
    read: Callable[[Path], Catalogue]
    licence: str = ""
    downloads: tuple[Download, ...] = ()
    by_hand: str = ""
    imdb: bool = False
    references: tuple[str, ...] = ()


SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        Source(
            "builtin",
            "films and books that ship with Usher",
            None,
            builtin.files,
            builtin.read,
            "Apache-2.0",
        ),
        Source(
            "ml-1m",
            "MovieLens-1M with DBpedia facts",
            "ml-1m",
            movielens.files_1m,
            movielens.read_1m,
            _GROUPLENS,
            (downloads.ML_1M, *downloads.DBPEDIA_FILMS),
            references=_FILMS,
        ),
        Source(
            "ml-100k",
            "MovieLens-100K with DBpedia facts",
            "ml-100k",
            movielens.files_100k,
            movielens.read_100k,
            _GROUPLENS,
            (downloads.ML_100K, *downloads.DBPEDIA_FILMS),
            references=_FILMS,
        ),
        Source(
            "ml-latest-small",
            "MovieLens latest (small) with DBpedia facts",
            "ml-latest-small",
            enriched.files,
            enriched.reader(movielens_csv.read_latest),
            _GROUPLENS,
            (downloads.ML_LATEST_SMALL, *downloads.DBPEDIA_FILMS),
            imdb=True,
            references=_FILMS,
        ),
        Source(
            "ml-32m",
            "MovieLens-32M with DBpedia facts",
            "ml-32m",
            enriched.files,
            enriched.reader(movielens_csv.read_32m),
            _GROUPLENS,
            (downloads.ML_32M, *downloads.DBPEDIA_FILMS),
            imdb=True,
            references=_FILMS,
        ),
        Source(
            "librarything",
            "LibraryThing with DBpedia facts",
            "librarything",
            librarything.files,
            librarything.read,
            "DBpedia: CC BY-SA",
            downloads.DBPEDIA_BOOKS,
            "Readers' choices have no free address: put `ratings*.dat` beside the folder `dbpedia`.",
        ),
        Source(
            "amazon-books",
            "Amazon-Book with facts from Google Books",
            "amazon-books",
            amazon.files,
            amazon.read,
            "see its publisher",
            (),
            "Get books_data.csv and Books_rating.csv of Kaggle's Amazon Books Reviews; it asks for a log-in.",
        ),
    )
}
