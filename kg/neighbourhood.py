"""Neighbourhoods of the knowledge graph as graphs of networkx: for analysis, paths and drawing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.graph import KnowledgeGraph
from kg.types import ItemId

if TYPE_CHECKING:
    import networkx


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
