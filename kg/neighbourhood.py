"""Neighbourhoods of the knowledge graph as graphs of networkx: for paths, analysis and drawing.

Nodes are ids of items and entities; an edge joins an item and an entity and is keyed by their relation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from kg.graph import KnowledgeGraph
from kg.types import Condition, Edge, Entity, EntityId, ItemId, Kind

if TYPE_CHECKING:
    import networkx

_BROAD = frozenset((Kind.CATEGORY, Kind.PLACE, Kind.LANGUAGE))  # said last: many items share such a value
_JOINING = frozenset((Kind.PERSON, Kind.SERIES))  # what a way may lead through
_MOST = 300  # items of an entity that a path may lead through, the best known ones


def to_networkx(graph: KnowledgeGraph, items: Iterable[ItemId]) -> networkx.MultiDiGraph[str]:
    """Return the items and the entities of their facts as a graph: item -> entity, keyed by relation."""
    import networkx as nx

    drawn: networkx.MultiDiGraph[str] = nx.MultiDiGraph()
    for key in items:
        drawn.add_node(key, label=graph.item(key).name, kind="item")
        for relation, entities in graph.facts(key).items():
            for entity in entities:
                drawn.add_node(entity.id, label=entity.label, kind="entity")
                drawn.add_edge(key, entity.id, key=relation)
    return drawn


def shared_facts(graph: KnowledgeGraph, items: Collection[ItemId]) -> list[list[Edge]]:
    """Return every value that all the items have, in any relation, as one edge an item; kinds come last."""
    first, *others = items
    held = [{entity.id for told in graph.facts(item).values() for entity in told} for item in others]
    told = [entity for entities in graph.facts(first).values() for entity in entities]
    common = [entity for entity in dict.fromkeys(told) if all(entity.id in each for each in held)]
    found = [[_edge(graph, item, entity) for item in items] for entity in common]
    return sorted(found, key=lambda edges: graph.relation(edges[0].relation).kind in _BROAD)


def paths(
    graph: KnowledgeGraph, first: str, second: str, *, steps: int = 6, most: int = 5
) -> list[list[Edge]]:
    """Return the shortest ways between two items or entities, at most `steps` edges long, as edges in order.

    Only people and series join others. Of ways of one length the first `most`, by the ids on them.
    """
    import networkx as nx

    joined: networkx.Graph[str] = nx.Graph()
    ends = [{first}, {second}]
    seen = [{first}, {second}]
    for step in range(steps):
        side = step % 2
        ends[side] = {near for node in sorted(ends[side]) for near in _join(graph, joined, node)} - seen[side]
        seen[side] |= ends[side]
        if first in joined and second in joined and nx.has_path(joined, first, second):
            nodes = sorted(islice(nx.all_shortest_paths(joined, first, second), 50 * most))
            return [_edges(graph, way) for way in nodes[:most]]
    return []


def _join(graph: KnowledgeGraph, joined: networkx.Graph[str], node: str) -> list[str]:
    """Join an item with its entities, or an entity with its items; return these neighbours."""
    if node in graph:
        facts = graph.facts(ItemId(node)).items()
        told = [(r, each) for r, entities in facts for each in entities]
        near = [str(each.id) for r, each in told if graph.relation(r).kind in _JOINING]
    else:
        near = [str(item) for item in _items_of(graph, EntityId(node))]
    joined.add_edges_from((node, each) for each in near)
    return near


def _items_of(graph: KnowledgeGraph, key: EntityId) -> list[ItemId]:
    """Return the best known items that have an entity in any relation."""
    label = graph.entity(key).label
    found = [
        item
        for relation in graph.roles(key)
        for item in graph.ids(
            graph.by_popularity(graph.items_with(Condition(relation, label)), _MOST).tolist()
        )
        if any(entity.id == key for entity in graph.values(item, relation))
    ]
    return list(dict.fromkeys(found))


def _edges(graph: KnowledgeGraph, way: list[str]) -> list[Edge]:
    pairs = [(a, b) if a in graph else (b, a) for a, b in pairwise(way)]
    return [_edge(graph, ItemId(item), graph.entity(EntityId(entity))) for item, entity in pairs]


def _edge(graph: KnowledgeGraph, item: ItemId, entity: Entity) -> Edge:
    relation = next(name for name, told in graph.facts(item).items() if entity in told)
    return Edge(item, relation, entity.id)
