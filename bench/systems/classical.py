"""Classical recommenders on requests: what suits somebody's history, whatever the request says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bench.systems.popularity import DEFAULT_K
from bench.types import Answer, Query
from kg.graph import KnowledgeGraph
from kg.taste.order import best
from kg.taste.types import FloatArray, Scorer
from kg.types import ItemId


class Classical:
    """Ranks the items of the query's domain by the person's history; the text is not read.

    Items that the person knows are left out. Without a history the most popular items come first. Ties go to
    the first in the catalogue.
    """

    def __init__(self, graph: KnowledgeGraph, scorer: Scorer, popularity: Scorer, k: int | None):
        self.graph = graph
        self.scorer = scorer
        self.popularity = popularity
        self.k = k or DEFAULT_K
        self.domains = {domain: graph.find([], domain=domain) for domain in graph.domains}

    def answer(self, query: Query) -> Answer:
        """Return the `k` items with the highest scores."""
        scores = self._scores(query)
        scores[self._known(query)] = -np.inf
        offered = self.domains.get(query.domain, np.zeros(0, dtype=np.int32))
        offered = offered[np.isfinite(scores[offered])]
        first = offered[best(scores[offered], self.k)]
        return Answer(id=query.id, items=[str(item) for item in self.graph.ids(first.tolist())])

    def rank(self, query: Query, candidates: Sequence[str]) -> list[str]:
        """Return the candidates, best first."""
        places = np.sort(self.graph.positions([ItemId(item) for item in candidates]))
        first = places[best(self._scores(query)[places], len(places))]
        return [str(item) for item in self.graph.ids(first.tolist())]

    def _known(self, query: Query) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        return self.graph.positions([ItemId(item) for item in query.history])

    def _scores(self, query: Query) -> FloatArray:
        known = self._known(query)
        return (self.scorer if len(known) else self.popularity).scores(known)
