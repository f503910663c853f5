"""search_items: items that suit words, under hard filters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kg.graph import KnowledgeGraph, Positions, Years
from kg.literals import among
from kg.types import Condition
from tools import args
from tools.candidates import Allowed, best_hits, check_k, hits_in_order, without
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.theme import SURELY, Theme, theme
from tools.theme_clauses import said
from tools.theme_coverage import covered, having_all, joined, speaking
from tools.theme_subjects import parted_texts
from tools.theme_words import Group, Wanted, taken_apart
from tools.types import Found, Hit, Order, hit

_NEARLY = 0.8  # of the words that one item has: where none has all, it counts as many
_EQUAL = 1e-9


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
    """Find the `k` items that suit a theme, a mood or a plot in words best. That is not proof.

    With conditions, only items that satisfy them.

    With years or a domain, too, only items that satisfy them are returned, with the proving facts.
    `order` sorts those found by numbers, dates or years, and leaves out what has none.
    With `words`, only items whose title or description has these words, as many of them as one item has, the
    rarer first; of `text` the rest of the answer tells. A word may be one of several: 'train|railway|night
    train'. `missing` names the words that no item found has, `unheard` those that no text here has; where
    `coverage`, 0 to 1, is low, nothing here speaks of what was asked.
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
        return _speaking_of(knowledge, text, words, asked, k, orders)
    positions = asked.positions(graph)
    suited = theme(knowledge, text, among=positions)
    hits = best_hits(graph, suited.scores, positions, k)
    if asked.filters and len(hits) < k and not suited.things and (suited.about or 0) < SURELY:
        hits += _best_known(graph, positions, hits, k)
    hits = hits_in_order(graph, hits, orders)
    keys = [each.id for each in hits]
    missing = _missing(knowledge, taken_apart(text), graph.positions(keys))
    proof = args.evidence(graph, keys, asked.conditions)
    return _telling(Found(tuple(hits), len(hits), proof, missing), suited)


def _telling(found: Found, told: Theme) -> Found:
    """Return found items with how much of a theme is spoken of, and what items are about."""
    return replace(
        found,
        coverage=told.coverage,
        unheard=told.unheard,
        about=told.about,
        things=told.things,
        together=told.together,
    )


def _best_known(graph: KnowledgeGraph, positions: Positions, hits: Sequence[Hit], k: int) -> list[Hit]:
    """Return the most popular of what is allowed and not found yet, so that there are `k`."""
    left = without(positions, np.sort(graph.positions([each.id for each in hits])))
    return [hit(graph.item(key), 0.0) for key in graph.ids(graph.by_popularity(left, k - len(hits)).tolist())]


def _missing(knowledge: Knowledge, wanted: Wanted, places: Positions) -> tuple[str, ...]:
    """Return what is wanted, as it was said, that no item at some places speaks of."""
    told = [group for group in wanted.groups if not group.together]
    return tuple(
        group.said for group in told if not among(np.sort(places), speaking(knowledge.texts, group)).any()
    )


def _saying(knowledge: Knowledge, group: Group) -> Positions:
    """Return the items, ascending, whose text has a word of a group, or a phrase with few words between."""
    index, text_of = knowledge.texts, parted_texts(knowledge.root)
    found = [speaking(index, replace(group, phrases=()))]
    for phrase in group.phrases:
        sets = [{each} for each in phrase]
        places = having_all(index, phrase)[0].tolist()
        found.append(np.array([each for each in places if said(text_of(each), sets)], dtype=np.int32))
    return joined(index, found)


def _speaking_of(
    knowledge: Knowledge,
    text: str,
    words: Sequence[str],
    asked: Allowed,
    k: int,
    orders: Sequence[Order],
) -> Found:
    """Find the items that have all of the words, or about as many as any has, the most popular first.

    A rarer word counts more, and an item with the words themselves before one with words beside them.
    Titles alone say too little of what an item is about: without descriptions nothing is found. Of a `text`
    it is told how much of it is spoken of, and what items are about; no item is found by it.
    """
    graph, index = knowledge.graph, knowledge.texts
    left = asked.positions(graph) if graph.catalogue.texts else np.zeros(0, dtype=np.int32)
    wanted = taken_apart("", dict.fromkeys(words))
    having = {group: left[among(left, _saying(knowledge, group))] for group in wanted.groups}
    mass = np.zeros(index.n_items)
    for places in having.values():
        mass[places] += math.log(1 + len(left) / max(len(places), 1))
    most = float(mass.max(initial=0))
    whole = sum(math.log(1 + len(left) / max(len(places), 1)) for places in having.values())
    least = most if math.isclose(most, whole) else _NEARLY * most
    found = np.flatnonzero((mass >= least - _EQUAL) & (mass > 0)).astype(np.int32)
    literal = np.zeros(index.n_items, dtype=bool)
    for group in having:
        literal[index.postings(group.stems[0])[0]] = True
    ordered = [
        place
        for places in (found[literal[found]], found[~literal[found]])
        for place in graph.by_popularity(places, k).tolist()
    ]
    hits = [hit(graph.item(key)) for key in graph.ids(ordered[:k])]
    hits = hits_in_order(graph, hits, orders)
    proof = args.evidence(graph, [each.id for each in hits], asked.conditions)
    unmet = tuple(group.said for group, places in having.items() if not among(places, found).any())
    hit_by_words = Found(tuple(hits), len(found), proof, unmet)
    if text.strip():
        return _telling(hit_by_words, theme(knowledge, text, among=left, scored=False))
    coverage, unheard = covered(index, wanted)
    return replace(hit_by_words, coverage=coverage, unheard=unheard)
