"""search_items: items near a text, under hard filters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.graph import Years
from kg.types import Condition
from tools import args
from tools.candidates import Allowed, check_k
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.types import Found, hit


def search_items(
    knowledge: Knowledge,
    text: str,
    conditions: list[Condition] | None = None,
    exclude_items: list[str] | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    domain: str | None = None,
    k: int = 10,
    words: list[str] | None = None,
) -> Found:
    """Find the `k` items whose description is nearest to a text, best first. Similarity is not proof.

    With conditions, years or a domain, only items that satisfy them are returned, with the proving edges.
    With `words`, only items whose title or description has these words, as many of them as one item has;
    `missing` names the others.
    """
    graph = knowledge.graph
    if not (text.strip() or words):
        raise ToolError("text is empty; describe what is wanted.")
    check_k(k)
    asked = Allowed(conditions or [], Years(year_from, year_to), domain, exclude_items or [])
    if words:
        return _speaking_of(knowledge, words, asked, k)
    excluded = set(args.item_ids(graph, exclude_items or []))
    allowed = set(graph.ids(asked.positions(graph).tolist())) if asked.filters else None
    near = knowledge.index.search(text, k, allowed=allowed, excluded=excluded)
    hits = tuple(hit(graph.item(item), round(score, 4)) for item, score in near)
    return Found(hits, len(hits), args.evidence(graph, [each.id for each in hits], asked.conditions))


def _speaking_of(knowledge: Knowledge, words: Sequence[str], asked: Allowed, k: int) -> Found:
    """Find the items that have the words, the most popular first; the rarest word goes first."""
    graph = knowledge.graph
    left = set(asked.positions(graph).tolist())
    having = {word: knowledge.words.having(word) & left for word in dict.fromkeys(words)}
    found, missing = left, []
    for word in sorted(having, key=lambda each: (len(having[each]), each)):
        if both := found & having[word]:
            found = both
        else:
            missing.append(word)
    if len(missing) == len(having):
        found = set()
    shown = graph.ids(graph.by_popularity(np.array(sorted(found), dtype=np.int32), k).tolist())
    proof = args.evidence(graph, shown, asked.conditions)
    unmet = tuple(word for word in having if word in missing)
    return Found(tuple(hit(graph.item(key)) for key in shown), len(found), proof, unmet)
