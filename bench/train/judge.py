"""Rewards of replies to the requests of an export, by the graph."""

from __future__ import annotations

from collections.abc import Iterable

from bench.dataset import conditions
from bench.titles_match import Matcher
from bench.train.rewards import Reply, reward
from bench.types import Query
from kg.graph import KnowledgeGraph
from kg.text import name_key
from kg.types import ItemId


class Judge:
    """Rewards replies by the id of the request they answer."""

    def __init__(self, graph: KnowledgeGraph, queries: Iterable[Query]):
        self._graph = graph
        self._matcher = Matcher(graph)
        self._queries = {query.id: query for query in queries}

    def __call__(self, request: str, text: str) -> float:
        """Return how good a reply to a request is.

        Raises:
            KeyError: there is no such request.
        """
        query = self._queries[request]
        truth = frozenset(query.ground_truth)
        return reward(self.read(query, text), lambda item: self._share(query, item), truth)

    def read(self, query: Query, text: str) -> Reply:
        """Return what a reply to a query names."""
        named = self._matcher.read(text, query.domain, asked=query.query)
        lines = [name_key(line) for line in text.splitlines() if line.strip()]
        return Reply(named.items, named.unmatched, len(lines), len(lines) - len(set(lines)))

    def _share(self, query: Query, item: str) -> float:
        """Return the share of a query's conditions that an item satisfies; of none, whether it is true.

        What the request names itself satisfies nothing: else to echo it would be the easiest way up.
        """
        stated = () if item in query.ignore else conditions(query)
        if item in query.ground_truth or not stated:
            return float(item in query.ground_truth)
        return sum(bool(self._graph.proved(ItemId(item), each)) for each in stated) / len(stated)
