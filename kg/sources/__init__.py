"""Readers: one public format each, raw files -> catalogue. `SOURCES` names them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.catalogue import Catalogue
from kg.sources import builtin, librarything, movielens


@dataclass(frozen=True, slots=True)
class Source:
    """A catalogue that can be built: where its raw files lie, and what reads them.

    `folder` is relative to the data folder a person gives; None means that the files ship with the package.
    `files` lists the files that decide the catalogue's content, for its key.
    """

    name: str
    what: str
    folder: str | None
    files: Callable[[Path], Sequence[Path]]
    read: Callable[[Path], Catalogue]


SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        Source("builtin", "films and books that ship with Usher", None, builtin.files, builtin.read),
        Source("ml-1m", "MovieLens-1M with DBpedia facts", "ml-1m", movielens.files_1m, movielens.read_1m),
        Source(
            "ml-100k",
            "MovieLens-100K with DBpedia facts",
            "ml-100k",
            movielens.files_100k,
            movielens.read_100k,
        ),
        Source(
            "librarything",
            "LibraryThing with DBpedia facts",
            "librarything",
            librarything.files,
            librarything.read,
        ),
    )
}
