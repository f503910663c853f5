"""The most popular items, whatever was asked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bench.types import Answer, Query
from kg.graph import KnowledgeGraph

DEFAULT_K = 10


class Popularity:
    """Recommends the `k` most chosen items of the query's domain that the person does not know yet."""

    def __init__(self, graph: KnowledgeGraph, k: int | None):
        self.k = k or DEFAULT_K
        everything = graph.by_popularity(np.arange(graph.catalogue.offered, dtype=np.int32))
        self.ranked = [graph.catalogue.items[position] for position in everything]

    def answer(self, query: Query) -> Answer:
        """Return the same list for everybody, without their history."""
        known = set(query.history)
        fit = [item.id for item in self.ranked if item.domain == query.domain and item.id not in known]
        return Answer(id=query.id, items=list(fit[: self.k]))

    def rank(self, _: Query, candidates: Sequence[str]) -> list[str]:
        """Return the candidates, most chosen first."""
        offered = frozenset(candidates)
        return [item.id for item in self.ranked if item.id in offered]
