"""find_connection: how do two things hang together?"""

from __future__ import annotations

from kg.graph import KnowledgeGraph
from kg.neighbourhood import paths, shared_facts
from kg.types import Edge, EntityId, ItemId
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.types import Connection, Evidence, Step


def find_connection(knowledge: Knowledge, first: str, second: str) -> Connection:
    """Find what two items have in common, or the shortest ways from one item or entity to another.

    `ways` are facts in order, each about an item.

    Ids are those of link_entities. Where two items share values, there is one way for each of these; else
    chains through people and series, at most six facts long. Nothing is found where nothing joins them.
    """
    graph = knowledge.graph
    for key in (first, second):
        if key not in graph and not _is_entity(graph, key):
            raise ToolError(f"nothing has the id {key[:80]!r}; take ids from link_entities.")
    if first == second:
        raise ToolError("first and second are the same; give two things.")
    both = [ItemId(key) for key in (first, second) if key in graph]
    ways = (shared_facts(graph, both) if len(both) == len((first, second)) else []) or paths(
        graph, first, second
    )
    steps = tuple(tuple(_step(graph, edge) for edge in way) for way in ways)
    proof = dict.fromkeys(
        Evidence(e.item, e.relation, e.entity, graph.entity(e.entity).label) for w in ways for e in w
    )
    return Connection(first, second, steps, tuple(proof))


def _is_entity(graph: KnowledgeGraph, key: str) -> bool:
    try:
        graph.entity(EntityId(key))
    except KeyError:
        return False
    return True


def _step(graph: KnowledgeGraph, edge: Edge) -> Step:
    return Step(edge.item, graph.item(edge.item).name, edge.relation, graph.entity(edge.entity).label)
