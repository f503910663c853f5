"""Any items at all: what a system must beat to have understood anything."""

from __future__ import annotations

import random

from bench.systems.popularity import DEFAULT_K
from bench.types import Answer, Query
from kg.graph import KnowledgeGraph


class RandomItems:
    """Recommends `k` items of the query's domain, drawn without looking, none that the person knows.

    Every query has a draw of its own, from the seed and its id: neither order nor concurrency matters.
    """

    def __init__(self, graph: KnowledgeGraph, k: int | None, seed: int = 0):
        self.graph = graph
        self.k = k or DEFAULT_K
        self.seed = seed
        self.domains = {domain: graph.find([], domain=domain) for domain in graph.domains}

    def answer(self, query: Query) -> Answer:
        """Return the draw of this query, in the order it was drawn."""
        choice = self.domains.get(query.domain, ())
        known = set(query.history)
        draw = random.Random(f"{self.seed}/{query.id}")  # noqa: S311 - not for secrets
        drawn = draw.sample(range(len(choice)), min(self.k + len(known), len(choice)))
        items = self.graph.ids(int(choice[place]) for place in drawn)
        fresh = [str(item) for item in items if item not in known]
        return Answer(id=query.id, items=fresh[: self.k])
