"""The ranker for words and nothing else: `search_items` on the request as it is."""

from __future__ import annotations

from bench.systems.popularity import DEFAULT_K
from bench.types import Answer, Query
from tools.knowledge import Knowledge
from tools.search import search_items


class Search:
    """Recommends the `k` items that suit the words of a request best. No name is linked, nothing refused."""

    def __init__(self, knowledge: Knowledge, k: int | None):
        self.knowledge = knowledge
        self.k = k or DEFAULT_K

    def answer(self, query: Query) -> Answer:
        """Return what suits, best first, and as unused the words that no text has."""
        several = len(self.knowledge.graph.domains) > 1
        found = search_items(
            self.knowledge,
            query.query,
            exclude_items=list(query.history),
            domain=query.domain if several else None,
            k=self.k,
        )
        return Answer(id=query.id, items=[hit.id for hit in found.items], unused=list(found.unheard))
