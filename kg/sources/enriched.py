"""MovieLens in the CSV layout with what Wikidata says of its films; its pages lie in the raw folder.

Without a `wikidata` folder the catalogue is what `movielens_csv` reads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from kg.builder import Builder
from kg.catalogue import Catalogue
from kg.errors import DataError
from kg.sources import movielens_csv

PAGES = "wikidata"
Reader = Callable[[Path], Catalogue]


def files(folder: Path) -> list[Path]:
    """Return the files that decide the catalogue."""
    links = folder / "links.csv"
    return [
        *movielens_csv.files_latest(folder),
        *([links] if links.exists() else []),
        *sorted((folder / PAGES).glob("*.json")),
    ]


def fetch_pages(folder: Path, cache: Path, endpoint: str) -> None:
    """Keep what Wikidata says of the films of a raw folder there; `cache` holds pages of earlier attempts."""
    from kg.sources import wikidata

    for _ in wikidata.relations(movielens_csv.imdb_ids(folder).values(), cache, endpoint):
        pass
    (folder / PAGES).mkdir()
    for page in sorted(cache.glob("*.json")):
        (folder / PAGES / page.name).write_bytes(page.read_bytes())
    (folder / PAGES / "endpoint.json").write_text(f'"{endpoint}"\n', encoding="utf-8")


def reader(read: Reader) -> Reader:
    """Return a reader that adds the pages of a raw folder, if it has any, to what `read` reads."""
    return partial(_read, read)


def _read(read: Reader, folder: Path) -> Catalogue:
    built = read(folder)
    if not (folder / PAGES).is_dir():
        return built
    from kg.sources import wikidata

    builder = _builder_of(built)
    endpoint = (folder / PAGES / "endpoint.json").read_text(encoding="utf-8").strip().strip('"')
    found = wikidata.enrich(builder, movielens_csv.imdb_ids(folder), folder / PAGES, endpoint, _refuse)
    return builder.finish(
        built.name,
        f"{built.source}, Wikidata",
        built.version,
        users=built.users,
        histories=built.histories,
        notes={**built.notes, **found},
    )


def _builder_of(built: Catalogue) -> Builder:
    """Return a builder that holds what a catalogue does, its items in the same order."""
    builder = Builder()
    for item in built.items:
        builder.add_item(item, built.texts.get(item.id, ""))
    for item, relation, entity in np.asarray(built.edges).tolist():
        builder.add_fact(built.items[item].id, built.relations[relation].name, built.entities[entity])
    builder.relations.update((each.name, each) for each in built.relations)
    for name, held in built.literals.items():
        for place, value in zip(held.items.tolist(), held.values.tolist(), strict=True):
            builder.add_value(built.items[place].id, name, value)
    return builder


def _refuse(endpoint: str, query: str) -> bytes:
    page = hashlib.sha256(f"{endpoint}\n{query}".encode()).hexdigest()[:12]
    raise DataError(
        f"page {page} of {endpoint} is not among the raw files",
        remedy="Fetch what is missing: usher data add NAME --wikidata",
    )
