"""Reading query files, ours as JSONL. What does not fit the catalogue is refused with file and line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench import jsonl
from bench.types import Query
from kg.errors import DataError
from kg.graph import KnowledgeGraph
from kg.types import Condition, RelationName

BUILTIN = Path(__file__).parent / "queries" / "builtin.jsonl"
PROFILES = BUILTIN.parent / "profiles" / "queries.jsonl"  # beside the split they were made by
DEFAULT = (BUILTIN, PROFILES)  # all five types


def read(paths: Sequence[Path], graph: KnowledgeGraph) -> list[Query]:
    """Return the queries of some files, in their order.

    Raises:
        DataError: a broken line, an unknown field, an id that occurs twice, an item that is not in the
            catalogue, or a condition whose relation the catalogue does not have.
    """
    queries: list[Query] = []
    places: dict[str, str] = {}
    for path in paths:
        before = len(queries)
        for number, query in jsonl.read(path, Query):
            if query.id in places:
                problem = f"the id {query.id!r} was already used at {places[query.id]}"
                raise DataError(problem, path=path, line=number, remedy="Give every query an id of its own.")
            places[query.id] = f"{path}:{number}"
            _fits(query, graph, path, number)
            queries.append(query)
        if len(queries) == before:
            raise DataError("no queries in it", path=path, remedy="One JSON object a line is expected.")
    return queries


def conditions(query: Query) -> list[Condition]:
    """Return the conditions of a query as the graph takes them."""
    return [Condition(RelationName(c.relation), c.value) for c in query.conditions]


def _fits(query: Query, graph: KnowledgeGraph, path: Path, number: int) -> None:
    strange = sorted(item for item in query.items if item not in graph)
    if strange:
        raise DataError(
            f"{strange[0]!r} is not an item of the catalogue {graph.catalogue.name!r}"
            + (f" (nor are {len(strange) - 1} more)" if len(strange) > 1 else ""),
            path=path,
            line=number,
            remedy="Choose the catalogue these queries were made for with --catalogue.",
        )
    stated = [c.relation for c in query.conditions] + [r.relation for r in query.references]
    for relation in (*stated, *(claim.relation for claim in query.claims)):
        if not graph.has_relation(relation) and graph.literals(relation) is None:
            known = ", ".join(each.name for each in graph.relations)
            problem = f"the catalogue {graph.catalogue.name!r} has no relation {relation!r}"
            raise DataError(problem, path=path, line=number, remedy=f"It has {known}.")
