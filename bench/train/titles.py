"""Rows of requests and the titles that answer them, as `--system llm` is asked for these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bench.systems.llm import instruction
from bench.train.rows import Row
from bench.types import PromptName, Query
from kg.graph import KnowledgeGraph
from kg.text import name_key
from kg.types import ItemId

MOST = 8  # titles of a row: what satisfies a request may be a hundred items


def title_rows(queries: Iterable[Query], graph: KnowledgeGraph, prompt: PromptName) -> Iterator[Row]:
    """Yield a row a request: its true items, the best known first, a title a line."""
    named = Counter(name_key(item.title) for item in graph.offered)
    for query in queries:
        positions = graph.positions([ItemId(key) for key in query.ground_truth])
        best = graph.ids(graph.by_popularity(positions, MOST).tolist())
        items = [graph.item(key) for key in best]
        titles = [item.title if named[name_key(item.title)] == 1 else item.name for item in items]
        messages = [
            {"role": "system", "content": instruction(query, prompt)},
            {"role": "user", "content": query.query},
            {"role": "assistant", "content": "\n".join(titles)},
        ]
        yield Row(kind="titles", query=query.id, type=query.type, messages=messages)
