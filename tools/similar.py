"""similar_items: what people choose after items like these."""

from __future__ import annotations

import numpy as np

from kg.graph import Years
from kg.taste.types import FloatArray
from kg.types import Condition, ItemId
from kg.vectors import document
from tools import args
from tools.candidates import Allowed, best_hits, check_k
from tools.errors import ToolError
from tools.theme import BESIDE_HISTORY, BESIDE_ITEMS, relative, theme
from tools.types import Followed, Knowledge, Similar

_LATEST = 3  # choices of the person who asks that count beside the items they name
_LIKENESS = 200  # items near a description


def similar_items(
    knowledge: Knowledge,
    items: list[str],
    text: str = "",
    conditions: list[Condition] | None = None,
    exclude_items: list[str] | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    domain: str | None = None,
    k: int = 10,
) -> Similar:
    """Find the `k` items that people choose after these, best first. Popularity with others is not proof.

    The latest choices of the person who asks count too, so `items` may be empty if some are known. `text` is
    the theme in the person's words. With conditions, years or a domain, only items that satisfy them are
    returned, with the proving edges. What the person knows is left out. `reasons` say how many people chose
    what after what; where nobody's choices tell, nearness of descriptions decides (`by`).
    """
    graph = knowledge.graph
    check_k(k)
    seeds = list(dict.fromkeys([*args.item_ids(graph, items), *_latest(knowledge)]))
    if not seeds:
        raise ToolError(
            "items is empty and nothing is known of the person; name an item or use search_items."
        )
    allowed = Allowed(conditions or [], Years(year_from, year_to), domain, exclude_items or [])
    allowed = allowed.without([*seeds, *knowledge.asker.history])
    positions = allowed.positions(graph)
    scores = _learned(knowledge, seeds)
    by_choices = bool((scores[positions] > 0).any())
    if not by_choices:
        scores = _described(knowledge, seeds)
    if text.strip():
        weight = BESIDE_ITEMS if items else BESIDE_HISTORY
        scores = relative(scores) + weight * theme(knowledge, text)
    hits = best_hits(graph, scores, positions, k)
    keys = [each.id for each in hits]
    return Similar(
        tuple(hits),
        "choices" if by_choices else "descriptions",
        _reasons(knowledge, keys, seeds) if by_choices else (),
        args.evidence(graph, keys, allowed.conditions),
    )


def _latest(knowledge: Knowledge) -> list[ItemId]:
    disliked = knowledge.asker.dislikes
    return [item for item in knowledge.asker.history if item not in disliked][-_LATEST:]


def _learned(knowledge: Knowledge, seeds: list[ItemId]) -> FloatArray:
    positions = knowledge.graph.positions(seeds)
    return knowledge.taste.successors.after(positions, np.ones(len(positions)))


def _described(knowledge: Knowledge, seeds: list[ItemId]) -> FloatArray:
    """Return the summed nearness of descriptions, (n_items,) float32."""
    graph = knowledge.graph
    scores = np.zeros(len(graph.catalogue.items), dtype=np.float32)
    for seed in seeds:
        near = knowledge.index.search(document(graph, graph.item(seed)), _LIKENESS, excluded=seeds)
        near = [(item, similarity) for item, similarity in near if similarity > 0]
        scores[graph.positions([item for item, _ in near])] += [similarity for _, similarity in near]
    return scores


def _reasons(knowledge: Knowledge, found: list[ItemId], seeds: list[ItemId]) -> tuple[Followed, ...]:
    """Return for every found item the seed that most people came from, if any; ties by the seeds' order."""
    graph, successors = knowledge.graph, knowledge.taste.successors
    places = graph.positions(seeds).tolist()
    reasons = []
    for item, at in zip(found, graph.positions(found).tolist(), strict=True):
        people = [successors.following(at, place) for place in places]
        if max(people):
            reasons.append(Followed(item, seeds[people.index(max(people))], max(people)))
    return tuple(reasons)
