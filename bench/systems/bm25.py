"""Words and nothing else: BM25 of the request over the items' descriptions."""

from __future__ import annotations

import numpy as np

from bench.systems.popularity import DEFAULT_K
from bench.types import Answer, Query
from kg.graph import KnowledgeGraph
from kg.stems import raw, stem
from kg.taste.order import best
from kg.text_index import TextIndex


class Bm25:
    """Recommends the `k` items of the query's domain whose description has its words, ties by position.

    Every word of the request counts, words of asking too; items that the person knows are left out.
    """

    def __init__(self, graph: KnowledgeGraph, index: TextIndex, k: int | None):
        self.graph = graph
        self.index = index
        self.k = k or DEFAULT_K
        self.of = {domain: graph.find([], domain=domain) for domain in graph.domains}

    def answer(self, query: Query) -> Answer:
        """Return what has most of the words, best first; none if nothing has one."""
        scores = np.zeros(self.index.n_items, dtype=np.float32)
        for each in dict.fromkeys(map(stem, raw(query.query))):
            items, weights = self.index.postings(each)
            scores[items] += weights
        scores[[at for at in self.graph.positions(query.history) if at < len(scores)]] = 0  # type: ignore[arg-type]
        places = self.of.get(query.domain, self.index.items[:0])
        found = places[best(scores[places], self.k)]
        return Answer(id=query.id, items=[*self.graph.ids(found[scores[found] > 0].tolist())])
