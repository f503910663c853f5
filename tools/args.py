"""Checks of arguments that several tools share; each says what came, what was expected and what is near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.graph import KnowledgeGraph
from kg.types import Condition, ItemId, RelationName
from tools.errors import ToolError, nearest
from tools.types import Evidence


def item_ids(graph: KnowledgeGraph, items: Iterable[str]) -> list[ItemId]:
    """Return the ids if all are in the catalogue."""
    for item in items:
        if item not in graph:
            raise ToolError(
                f"no item has the id {item[:80]!r}; take ids from link_entities, find_items or search_items."
            )
    return [ItemId(item) for item in items]


def domain(graph: KnowledgeGraph, name: str) -> str:
    """Return the domain if the catalogue has it."""
    if name not in graph.domains:
        raise ToolError(f"no items of domain {name[:40]!r}; this catalogue has {', '.join(graph.domains)}.")
    return name


def relation_name(graph: KnowledgeGraph, name: str) -> RelationName:
    """Return the relation's name if the catalogue has it."""
    if not graph.has_relation(name):
        known = [each.name for each in graph.relations]
        raise ToolError(
            f"no relation is called {name[:80]!r};"
            f" this catalogue has {', '.join(known)}.{nearest(name, known)}"
        )
    return RelationName(name)


def conditions(graph: KnowledgeGraph, given: Sequence[Condition]) -> list[Condition]:
    """Return the conditions if their relations and values exist, and a year is compared with a year."""
    for condition in given:
        if graph.is_of_year(condition):
            if condition.year is None:
                raise ToolError(f"{condition.value[:80]!r} is no year; give it in figures, such as '1984'.")
            continue
        relation_name(graph, condition.relation)
        if condition.op != "is":
            raise ToolError(
                f"{condition.relation} {condition.op} {condition.value[:80]!r}: only year is compared with"
                f" {condition.op}; give {condition.relation} with op 'is'."
            )
        if not graph.entities_named(condition.value, condition.relation):
            raise ToolError(
                f"nothing called {condition.value[:80]!r} is a {condition.relation} here;"
                f" take values from link_entities or resolve_reference.{_near_values(graph, condition)}"
            )
    return list(given)


def evidence(
    graph: KnowledgeGraph, items: Iterable[ItemId], proved: Sequence[Condition]
) -> tuple[Evidence, ...]:
    """Return the edges that prove the conditions for the items."""
    return tuple(
        Evidence(edge.item, edge.relation, edge.entity, graph.entity(edge.entity).label)
        for item in items
        for condition in proved
        for edge in graph.proof(item, condition)
    )


def _near_values(graph: KnowledgeGraph, condition: Condition) -> str:
    return nearest(condition.value, graph.labels_near(condition.value, condition.relation))
