"""search_items: items near a text, under hard filters."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from kg.graph import Years
from kg.stems import raw, stem
from kg.types import Condition
from kg.vectors import document
from tools import args
from tools.candidates import Allowed, check_k, hits_in_order
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.theme import content_words, covered
from tools.types import Found, Order, hit


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
    order: list[Order] | None = None,
) -> Found:
    """Find the `k` items whose description is nearest to a text, best first. Similarity is not proof.

    With conditions, years or a domain, only items that satisfy them are returned, with the proving facts.
    `order` sorts those found by numbers, dates or years, and leaves out what has none.
    With `words`, only items whose title or description has these words, as many of them as one item has, the
    rarer first. A word may be one of several: 'train|railway'. `missing` names the words that no item found
    has, `unheard` those that no text here has; where `coverage`, 0 to 1, is low, nothing here speaks of what
    was asked.
    """
    graph = knowledge.graph
    if not (text.strip() or words):
        raise ToolError("text is empty; describe what is wanted.")
    check_k(k)
    asked = Allowed(
        conditions or [], Years(year_from, year_to), domain, exclude_items or [], knowledge.asker.wishes
    )
    orders = args.orders(graph, order or [])
    if words:
        return _speaking_of(knowledge, words, asked, k, orders)
    excluded = set(args.item_ids(graph, exclude_items or []))
    allowed = set(graph.ids(asked.positions(graph).tolist())) if asked.filters else None
    near = knowledge.index.search(text, k, allowed=allowed, excluded=excluded)
    hits = [hit(graph.item(item), round(score, 4)) for item, score in near]
    hits = hits_in_order(graph, hits, orders)
    proof = args.evidence(graph, [each.id for each in hits], asked.conditions)
    said = content_words(text)
    coverage, unheard = covered(knowledge, said)
    stems = {stem(word) for each in hits for word in raw(document(graph, graph.item(each.id)))}
    missing = tuple(word for word in dict.fromkeys(said) if stem(word) not in stems)
    return Found(tuple(hits), len(hits), proof, missing, coverage=coverage, unheard=unheard)


def _speaking_of(
    knowledge: Knowledge, words: Sequence[str], asked: Allowed, k: int, orders: Sequence[Order]
) -> Found:
    """Find the items that have most of the words, the most popular first; a rarer word counts more."""
    graph = knowledge.graph
    left = set(asked.positions(graph).tolist())
    having = {word: knowledge.words.having(word) & left for word in dict.fromkeys(words)}
    mass: defaultdict[int, float] = defaultdict(float)
    for places in having.values():
        for place in places:
            mass[place] += math.log(1 + len(left) / len(places))
    most = max(mass.values(), default=0.0)
    found = {place for place, score in mass.items() if math.isclose(score, most)}
    literal = set().union(*(knowledge.words.having(word.split("|")[0]) for word in having)) & found
    ordered = [
        place
        for places in (literal, found - literal)
        for place in graph.by_popularity(np.array(sorted(places), dtype=np.int32), k).tolist()
    ]
    hits = [hit(graph.item(key)) for key in graph.ids(ordered[:k])]
    hits = hits_in_order(graph, hits, orders)
    proof = args.evidence(graph, [each.id for each in hits], asked.conditions)
    unmet = tuple(word for word, places in having.items() if not places & found)
    coverage, unheard = covered(knowledge, words)
    return Found(tuple(hits), len(found), proof, unmet, coverage=coverage, unheard=unheard)
