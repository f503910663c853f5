"""Nearness of texts and nothing else: the request against the descriptions in the vector index."""

from __future__ import annotations

from bench.systems.popularity import DEFAULT_K
from bench.types import Answer, Query
from kg.graph import KnowledgeGraph
from kg.types import ItemId
from kg.vectors import Retriever


class Retrieval:
    """Recommends the `k` items of the query's domain whose description is nearest to its text.

    No name is linked, no condition proved; items that the person knows are left out.
    """

    def __init__(self, graph: KnowledgeGraph, index: Retriever, k: int | None):
        self.graph = graph
        self.index = index
        self.k = k or DEFAULT_K
        several = len(graph.domains) > 1  # else the index need not be told what is allowed, and is faster
        self.allowed = {
            domain: graph.find([], domain=domain) if several else None for domain in graph.domains
        }

    def answer(self, query: Query) -> Answer:
        """Return the nearest items, nearest first; none if they have nothing in common with the text."""
        if query.domain not in self.allowed:
            return Answer(id=query.id)
        excluded = self.graph.positions([ItemId(item) for item in query.history])
        near = self.index.search(query.query, self.k, allowed=self.allowed[query.domain], excluded=excluded)
        return Answer(id=query.id, items=[item for item, score in near if score > 0])
