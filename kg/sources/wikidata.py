"""Relations of films from Wikidata, asked for by IMDb id in pages; every page read is kept on disk.

Wikidata is in the public domain (CC0).
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kg.builder import Builder
from kg.errors import DataError
from kg.progress import counted
from kg.sources import sparql
from kg.sources.sparql import RESUME, Fetch
from kg.sources.tags import with_sentence
from kg.sources.wikidata_values import Row, date, earliest, minutes
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
    "language": "P364",
    "subject": "P921",
    "award": "P166",
}
RUNNING_TIME, RELEASE_DATE, SUBJECT = "running_time", "release_date", "subject"
LITERALS = {RUNNING_TIME: "P2047", RELEASE_DATE: "P577"}
PAGE = 200
ENTITY = "http://www.wikidata.org/entity/"
_IMDB = re.compile(r"tt[0-9]{7,9}")
_QID = re.compile(re.escape(ENTITY) + r"(Q[1-9][0-9]{0,11})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_PREFIXES = """PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wikibase: <http://wikiba.se/ontology#>
PREFIX bd: <http://www.bigdata.com/rdf#>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX psv: <http://www.wikidata.org/prop/statement/value/>
"""


class Fact(NamedTuple):
    """The film with this IMDb id has the entity (`Q25191`, 'Christopher Nolan') as its `relation`."""

    imdb: str
    relation: str
    entity: str
    label: str


class Value(NamedTuple):
    """The film with this IMDb id has a running time, in minutes, or a release date, as `yyyymmdd`."""

    imdb: str
    relation: str
    value: float


def relations(
    imdb_ids: Iterable[str],
    cache: Path,
    endpoint: str = ENDPOINT,
    fetch: Fetch | None = None,
) -> Iterator[Fact | Value]:
    """Yield what Wikidata knows of films, page by page, sorted within a page; of release dates the first.

    Args:
        imdb_ids: 'tt0114709'; repeats are asked for once.
        cache: a folder for the pages; a page that is there is not asked for again.
        endpoint: a SPARQL service with Wikidata's vocabulary.
        fetch: (endpoint, query) -> JSON results; by default `sparql.post`.

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
    for page in counted(pages, "asking Wikidata", len(pages), "pages"):
        yield from _page(page, cache, endpoint, fetch or sparql.post)


def enrich(
    builder: Builder,
    imdb_of: Mapping[ItemId, str],
    cache: Path,
    endpoint: str = ENDPOINT,
    fetch: Fetch | None = None,
) -> dict[str, Any]:
    """Add to the items of `builder` what Wikidata knows; `imdb_of` tells their IMDb ids.

    Returns:
        What a manifest keeps: items asked for and found, facts by relation.
    """
    items_of: dict[str, list[ItemId]] = {}
    for item, imdb in imdb_of.items():
        if item in builder.items:
            items_of.setdefault(imdb, []).append(item)
    facts: defaultdict[ItemId, list[Fact | Value]] = defaultdict(list)
    for fact in relations(items_of, cache, endpoint, fetch):
        for item in items_of[fact.imdb]:
            facts[item].append(fact)
    for item, told in facts.items():
        _add(builder, item, told)
    counts = Counter(fact.relation for told in facts.values() for fact in told)
    asked = sum(map(len, items_of.values()))
    return {"wikidata": {"asked": asked, "found": len(facts), "facts": dict(sorted(counts.items()))}}


def _add(builder: Builder, item: ItemId, facts: Sequence[Fact | Value]) -> None:
    """Add the facts of an item; what it is about is text to search as well."""
    for fact in facts:
        if isinstance(fact, Value):
            builder.add_value(item, fact.relation, fact.value)
        else:
            builder.add_fact(item, fact.relation, Entity(EntityId(ENTITY + fact.entity), fact.label))
    if about := [fact.label for fact in facts if isinstance(fact, Fact) and fact.relation == SUBJECT]:
        builder.texts[item] = with_sentence(builder.texts.get(item, ""), about)


def query(page: Sequence[str]) -> str:
    """Return the SPARQL query for a page of IMDb ids, which were checked before."""
    ids = " ".join(f'"{each}"' for each in page)
    properties = " ".join(f'("{name}" wdt:{code})' for name, code in RELATIONS.items())
    return f"""{_PREFIXES}SELECT ?imdb ?relation ?value ?valueLabel ?unit ?precision WHERE {{
  VALUES ?imdb {{ {ids} }}
  ?film wdt:P345 ?imdb .
  {{
    VALUES (?relation ?property) {{ {properties} }}
    ?film ?property ?value .
  }} UNION {{
    ?film p:{LITERALS[RUNNING_TIME]} ?statement . ?statement a wikibase:BestRank .
    ?statement psv:{LITERALS[RUNNING_TIME]} ?node .
    ?node wikibase:quantityAmount ?value ; wikibase:quantityUnit ?unit .
    BIND("{RUNNING_TIME}" AS ?relation)
  }} UNION {{
    ?film p:{LITERALS[RELEASE_DATE]} ?statement . ?statement a wikibase:BestRank .
    ?statement psv:{LITERALS[RELEASE_DATE]} ?node .
    ?node wikibase:timeValue ?value ; wikibase:timePrecision ?precision .
    BIND("{RELEASE_DATE}" AS ?relation)
  }}
  SERVICE wikibase:label {{ bd:serviceParam wikibase:language "en,mul" . }}
}}
"""


def _page(page: Sequence[str], cache: Path, endpoint: str, fetch: Fetch) -> list[Fact | Value]:
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


def _facts(body: bytes, page: Sequence[str], where: str) -> list[Fact | Value]:
    """Return the facts in SPARQL JSON results that answer the question asked, sorted, without repeats."""
    try:
        rows = json.loads(body)["results"]["bindings"]
        wanted = frozenset(page)
        asked = [row for row in rows if row["imdb"]["value"] in wanted]
        facts = {fact for row in asked if (fact := _fact(row))}
        return [*sorted(facts), *_values(asked)]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(
            f"not SPARQL results in JSON ({type(error).__name__}: {str(error)[:80]}), but {body[:60]!r}",
            path=where,
            remedy=RESUME,
        ) from None


def _fact(row: Row) -> Fact | None:
    """Return a row as a fact; None for an unknown value, an entity without a name, or what nobody asked."""
    relation, entity = row["relation"]["value"], _QID.fullmatch(row["value"]["value"])
    label = _line(row.get("valueLabel", {}).get("value", ""))
    if relation not in RELATIONS or entity is None:
        return None
    return Fact(row["imdb"]["value"], relation, entity[1], label) if label and label != entity[1] else None


def _values(rows: Iterable[Row]) -> list[Value]:
    """Return all running times of the films of rows, and their first release, sorted."""
    times: set[Value] = set()
    dates: defaultdict[str, set[int]] = defaultdict(set)
    for row in rows:
        imdb, relation = row["imdb"]["value"], row["relation"]["value"]
        if relation == RUNNING_TIME and (length := minutes(row)):
            times.add(Value(imdb, relation, length))
        elif relation == RELEASE_DATE and (day := date(row)):
            dates[imdb].add(day)
    return sorted([*times, *(Value(imdb, RELEASE_DATE, earliest(days)) for imdb, days in dates.items())])


def _line(label: str) -> str:
    """Return a label as one line that can be written as UTF-8."""
    whole = label.encode("utf-8", "replace").decode("utf-8")
    return " ".join(_CONTROL.sub(" ", whole).split())
