"""DBpedia relations in the layout of the LODrecsys mappings: `mapping.tsv` and one edgelist a property."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from kg import links, text
from kg.builder import Builder
from kg.errors import DataError
from kg.sources import files
from kg.types import Entity, EntityId, ItemId

RELATIONS = {
    "director": "director",
    "starring": "actor",
    "musicComposer": "composer",
    "cinematography": "cinematographer",
    "writer": "writer",
    "producer": "producer",
    "editing": "editor",
    "distributor": "distributor",
    "author": "author",
    "literaryGenre": "genre",
    "publisher": "publisher",
    "series": "series",
    "country": "country",
    "language": "language",
    "coverArtist": "cover_artist",
    "mediaType": "media_type",
    "previousWork": "previous_work",
    "subsequentWork": "subsequent_work",
}
_MARK = "/resource/"


class Link(NamedTuple):
    """A row of a mapping: the catalogue's own id and title, and the page it is said to be."""

    key: str
    title: str
    uri: str


def present(folder: Path) -> list[Path]:
    """Return the files of a DBpedia folder in a fixed order; none if there is no such folder."""
    if not folder.is_dir():
        return []
    mapping = files.need(folder / "mapping.tsv", "Fetch it too, or take the folder away.")
    return [mapping, *sorted(folder.glob("*.edgelist"))]


def page_name(uri: str) -> str:
    """Return the name of a page: the end of its URI, unescaped, with its bracketed qualifier."""
    name = uri.split(_MARK, 1)[1] if _MARK in uri else uri
    while (plain := unquote(name)) != name:  # some published files are escaped twice
        name = plain
    return name.replace("_", " ").strip()


def entity(uri: str) -> Entity:
    """Return the entity of a URI, labelled without the qualifier."""
    name = page_name(uri)
    return Entity(EntityId(uri), text.bare_label(name) if _MARK in uri else name)


def mapping(folder: Path) -> list[Link]:
    """Read `mapping.tsv`, in which every id occurs once."""
    path = folder / "mapping.tsv"
    found: dict[str, Link] = {}
    for number, parts in files.fields(path, "\t", 3):
        link = Link(*parts)
        if link.key in found:
            problem = f"id {link.key[:20]!r} occurs twice"
            raise DataError(problem, path=path, line=number, remedy=files.FETCH_AGAIN)
        found[link.key] = link
    return list(found.values())


def judge(rows: list[Link]) -> links.Report:
    """Put every link of a mapping through the link-quality gate; verdicts are in the order of `rows`."""
    return links.gate((row.key, text.split_title(row.title), page_name(row.uri)) for row in rows)


def add_relations(builder: Builder, folder: Path, items_of: Mapping[str, list[ItemId]]) -> dict[str, object]:
    """Add every edge whose subject is an item's page; `items_of` maps a page's URI to the items it is.

    Returns:
        For a manifest, how many edges of which relation were left out: of a subject that the mapping does not
        name, or of itself. The public files have a few of both.

    Raises:
        DataError: no subject of a file is in the mapping.
    """
    left_out: dict[str, dict[str, int]] = {}
    paths = [path for path in present(folder)[1:] if path.stem in RELATIONS]
    known = {row.uri for row in mapping(folder)} if paths else set()
    for path in paths:
        name = RELATIONS[path.stem]
        count = Counter[str]()
        for subject, target in _edges(path):
            reason = "subject unknown" if subject not in known else "of itself" if subject == target else ""
            count[reason] += 1
            for item in () if reason else items_of.get(subject, ()):
                builder.add_fact(item, name, entity(target))
        if count["subject unknown"] == count.total():
            problem = f"no subject of it is in {folder / 'mapping.tsv'}"
            raise DataError(problem, path=path, remedy=f"Take both from one release. {files.FETCH_AGAIN}")
        if reasons := {reason: number for reason, number in sorted(count.items()) if reason and number}:
            left_out[name] = reasons
    return {"edges": left_out} if left_out else {}


def _edges(path: Path) -> Iterator[tuple[str, str]]:
    for _, (subject, target) in files.fields(path, " ", 2):
        yield subject, target


def report_notes(report: links.Report, describe: Callable[[links.Verdict], str]) -> dict[str, object]:
    """Return what a manifest keeps of the gate's report."""
    return {"links": report.by_reason(), "dropped_links": [describe(verdict) for verdict in report.dropped]}
