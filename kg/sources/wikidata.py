"""Relations of films from Wikidata, asked for by IMDb id in pages; every page read is kept on disk.

Wikidata is in the public domain (CC0).
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kg.builder import Builder
from kg.errors import DataError
from kg.sources import sparql
from kg.sources.sparql import RESUME, Fetch
from kg.types import Entity, EntityId, ItemId

ENDPOINT = "https://query.wikidata.org/sparql"
RELATIONS = {
    "director": "P57",
    "actor": "P161",
    "composer": "P86",
    "cinematographer": "P344",
    "writer": "P58",
    "producer": "P162",
    "editor": "P1040",
    "genre": "P136",
    "country": "P495",
    "series": "P179",
}
PAGE = 200
ENTITY = "http://www.wikidata.org/entity/"
_IMDB = re.compile(r"tt[0-9]{7,9}")
_QID = re.compile(re.escape(ENTITY) + r"(Q[1-9][0-9]{0,11})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_PREFIXES = """PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wikibase: <http://wikiba.se/ontology#>
PREFIX bd: <http://www.bigdata.com/rdf#>
"""


class Fact(NamedTuple):
    """The film with this IMDb id has the entity (`Q25191`, 'Christopher Nolan') as its `relation`."""

    imdb: str
    relation: str
    entity: str
    label: str


def relations(
    imdb_ids: Iterable[str],
    cache: Path,
    endpoint: str = ENDPOINT,
    fetch: Fetch | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Iterator[Fact]:
    """Yield what Wikidata knows of films, page by page, sorted within a page.

    Args:
        imdb_ids: 'tt0114709'; repeats are asked for once.
        cache: a folder for the pages; a page that is there is not asked for again.
        endpoint: a SPARQL service with Wikidata's vocabulary.
        fetch: (endpoint, query) -> JSON results; by default `sparql.post`.
        progress: told (pages done, pages there are) after every page.

    Raises:
        DataError: an id that is none, or a service that does not answer as it should.
    """
    wanted = sorted(set(imdb_ids))
    for each in wanted:
        if not _IMDB.fullmatch(each):
            raise DataError(
                f"{each[:40]!r} is not an IMDb id", remedy="Expected 'tt' and seven to nine digits."
            )
    pages = [wanted[start : start + PAGE] for start in range(0, len(wanted), PAGE)]
    for done, page in enumerate(pages, 1):
        yield from _page(page, cache, endpoint, fetch or sparql.post)
        progress(done, len(pages))


def enrich(
    builder: Builder,
    imdb_of: Mapping[ItemId, str],
    cache: Path,
    endpoint: str = ENDPOINT,
    fetch: Fetch | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> dict[str, Any]:
    """Add to the items of `builder` what Wikidata knows; `imdb_of` tells their IMDb ids.

    Returns:
        What a manifest keeps: items asked for and found, facts by relation.
    """
    items_of: dict[str, list[ItemId]] = {}
    for item, imdb in imdb_of.items():
        if item in builder.items:
            items_of.setdefault(imdb, []).append(item)
    found: set[ItemId] = set()
    facts: Counter[str] = Counter()
    for fact in relations(items_of, cache, endpoint, fetch, progress):
        entity = Entity(EntityId(ENTITY + fact.entity), fact.label)
        for item in items_of[fact.imdb]:
            builder.add_fact(item, fact.relation, entity)
            facts[fact.relation] += 1
            found.add(item)
    asked = sum(map(len, items_of.values()))
    return {"wikidata": {"asked": asked, "found": len(found), "facts": dict(sorted(facts.items()))}}


def query(page: Sequence[str]) -> str:
    """Return the SPARQL query for a page of IMDb ids, which were checked before."""
    ids = " ".join(f'"{each}"' for each in page)
    properties = " ".join(f'("{name}" wdt:{code})' for name, code in RELATIONS.items())
    return f"""{_PREFIXES}SELECT ?imdb ?relation ?value ?valueLabel WHERE {{
  VALUES ?imdb {{ {ids} }}
  ?film wdt:P345 ?imdb .
  VALUES (?relation ?property) {{ {properties} }}
  ?film ?property ?value .
  SERVICE wikibase:label {{ bd:serviceParam wikibase:language "en,mul" . }}
}}
"""


def _page(page: Sequence[str], cache: Path, endpoint: str, fetch: Fetch) -> list[Fact]:
    """Return the facts of a page, from the cache where it is there and whole."""
    text = query(page)
    name = hashlib.sha256(f"{endpoint}\n{text}".encode()).hexdigest()
    kept = cache / f"{name}.json"
    if kept.exists():
        try:
            return _facts(kept.read_bytes(), page, str(kept))
        except DataError:
            kept.unlink()  # damaged: ask again
    body = fetch(endpoint, text)
    facts = _facts(body, page, endpoint)
    _keep(kept, body)
    return facts


def _keep(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as stream:
        partial_path = Path(stream.name)
        try:
            stream.write(body)
            stream.close()
            partial_path.replace(path)
        except BaseException:
            partial_path.unlink(missing_ok=True)
            raise


def _facts(body: bytes, page: Sequence[str], where: str) -> list[Fact]:
    """Return the facts in SPARQL JSON results that answer the question asked, sorted, without repeats."""
    try:
        rows = json.loads(body)["results"]["bindings"]
        found = {fact for row in rows if (fact := _fact(row, frozenset(page)))}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(
            f"not SPARQL results in JSON ({type(error).__name__}: {str(error)[:80]}), but {body[:60]!r}",
            path=where,
            remedy=RESUME,
        ) from None
    return sorted(found)


def _fact(row: Mapping[str, Mapping[str, str]], page: frozenset[str]) -> Fact | None:
    """Return a row as a fact; None for an unknown value, an entity without a name, or what nobody asked."""
    imdb, relation = row["imdb"]["value"], row["relation"]["value"]
    entity = _QID.fullmatch(row["value"]["value"])
    label = _line(row.get("valueLabel", {}).get("value", ""))
    if imdb not in page or relation not in RELATIONS or entity is None:
        return None
    return Fact(imdb, relation, entity[1], label) if label and label != entity[1] else None


def _line(label: str) -> str:
    """Return a label as one line that can be written as UTF-8."""
    whole = label.encode("utf-8", "replace").decode("utf-8")
    return " ".join(_CONTROL.sub(" ", whole).split())
