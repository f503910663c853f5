"""Checks of arguments that several tools share; each says what came, what was expected and what is near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, partial

from kg.graph import KnowledgeGraph
from kg.types import YEAR, Condition, ItemId, Kind, RelationName
from kg.values import interval
from tools.errors import ToolError, nearest
from tools.types import Evidence, Order


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
    """Return the conditions if their relations and values exist, and what is compared can be."""
    for condition in given:
        if graph.is_of_title(condition):
            if not len(graph.items_with(condition)):
                raise ToolError(f"no title has {condition.value[:80]!r}; take words from titles here.")
            continue
        literals = graph.literals(condition.relation)
        if literals is not None:
            of_year = condition.relation == YEAR and not graph.has_relation(YEAR)
            if interval(literals.kind, condition.value) is None or (of_year and condition.year is None):
                raise ToolError(_no_literal(graph, condition, literals.kind))
            continue
        name = relation_name(graph, condition.relation)
        if condition.op == "contains":
            if not len(graph.items_with(condition)):
                raise ToolError(f"no {name} has {condition.value[:80]!r} in it; take words from values here.")
            continue
        if condition.op != "is" and not graph.relation(name).on_scale(condition.op, condition.value):
            raise ToolError(_not_compared(graph, condition))
        if condition.op == "is" and not graph.entities_named(condition.value, name):
            raise ToolError(
                f"nothing called {condition.value[:80]!r} is a {name} here;"
                f" take values from link_entities or resolve_reference.{_near_values(graph, condition)}"
            )
    return list(given)


def orders(graph: KnowledgeGraph, given: Sequence[Order]) -> list[Order]:
    """Return the orders if the catalogue has something to sort by on their relations."""
    for order in given:
        if graph.literals(order.relation) is None:
            name = relation_name(graph, order.relation)
            if not graph.relation(name).scale:
                raise ToolError(
                    f"{name} has no order; this catalogue can be sorted by {', '.join(_compared(graph))}."
                )
    return list(given)


def _no_literal(graph: KnowledgeGraph, condition: Condition, kind: Kind) -> str:
    said, unit = condition.value[:80], graph.relation(condition.relation).unit
    if condition.relation == YEAR and not graph.has_relation(YEAR):
        return f"{said!r} is no year; give it in figures, such as '1984'."
    form = {Kind.DATE: "a date such as '2015' or '2015-06-01'", Kind.FLAG: "'yes' or 'no'"}.get(
        kind, f"a number{f' of {unit}' if unit else ''} in figures, such as '90'"
    )
    return f"{said!r} is no value of {condition.relation}; expected {form}."


def _not_compared(graph: KnowledgeGraph, condition: Condition) -> str:
    said = f"{condition.relation} {condition.op} {condition.value[:80]!r}"
    if scale := graph.relation(condition.relation).scale:
        return f"{said}: expected one of {', '.join(scale)}, from low to high."
    return f"{said}: only {', '.join(_compared(graph))} can be compared; give it with op 'is'."


def _compared(graph: KnowledgeGraph) -> list[str]:
    scales = [each.name for each in graph.relations if each.scale]
    return list(dict.fromkeys([*graph.catalogue.literals, *scales, YEAR]))


def evidence(
    graph: KnowledgeGraph, items: Iterable[ItemId], proved: Sequence[Condition]
) -> tuple[Evidence, ...]:
    """Return the edges and the literals that prove the conditions for the items."""
    label_of = cache(lambda entity: graph.entity(entity).label)

    def of_edges(condition: Condition, item: ItemId) -> list[Evidence]:
        return [
            Evidence(item, relation, key, label_of(key)) for _, relation, key in graph.proof(item, condition)
        ]

    def of_labels(condition: Condition, item: ItemId) -> list[Evidence]:
        return [Evidence(item, relation, None, label) for relation, label in graph.proved(item, condition)]

    tellers = []
    for each in proved:
        compared = graph.literals(each.relation) is not None and not graph.is_of_title(each)
        if not (compared and each.relation == YEAR):
            tellers.append(partial(of_labels if compared or graph.is_of_title(each) else of_edges, each))
    return tuple([each for item in items for tell in tellers for each in tell(item)])


def known(graph: KnowledgeGraph, item: ItemId, relation: RelationName) -> tuple[Evidence, ...]:
    """Return everything known of an item on a relation as evidence."""
    if graph.literals(relation) is not None:
        return tuple(Evidence(item, relation, None, label) for label in graph.labels(item, relation))
    return tuple(Evidence(item, relation, each.id, each.label) for each in graph.values(item, relation))


def _near_values(graph: KnowledgeGraph, condition: Condition) -> str:
    return nearest(condition.value, graph.labels_near(condition.value, condition.relation))
