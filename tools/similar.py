"""similar_items: what people choose after items like these."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from kg.catalogue import IntArray
from kg.graph import Years
from kg.taste.types import FloatArray
from kg.types import Condition, ItemId
from tools import args
from tools.candidates import Allowed, best_hits, check_k, hits_in_order
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.theme import BESIDE_HISTORY, BESIDE_ITEMS, SHRUNK, Fit, fit, relative, theme
from tools.types import Followed, Order, Similar

_LATEST = 3  # choices of the person who asks that count beside the items they name
_FEW = 6  # people who chose one and the same item next, from whom on that counts more than facts
_HALF = 0.5
_WITHOUT = np.float32(0.2)  # what is left of likeness where nothing of a theme beside it is met
_KIND = np.float32(0.26)  # what a kind is worth beside the likeness of the likest, which is 1
_SURE = 0.8  # trust from which on what descriptions speak of would hardly count
_SHARED = tuple(map(np.float32, (1, 1, 0.6)))  # weights of facts, kinds and descriptions in common
_TIME = np.float32(0.6)  # weight of being of the same time
_KEPT = 4_000_000  # scores of items, 16 MB
_APART = 10  # years after which that falls by a factor of e
_POPULAR = np.float32(0.15)


def similar_items(
    knowledge: Knowledge,
    items: list[str],
    text: str = "",
    but: str = "",
    less: str = "",
    conditions: list[Condition] | None = None,
    exclude_items: list[str] | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    domain: str | None = None,
    k: int = 10,
    order: list[Order] | None = None,
) -> Similar:
    """Find the `k` items that people choose after these, best first. Popularity with others is not proof.

    `but` is what should be found more than in these, `less` what less: "funny", "set in space".

    The latest choices of the person who asks count too; where there are any, `items` may be empty. `text` is
    the theme in the person's words. `but` and `less` are a kind, a mood or a theme. With conditions, years or
    a domain, only items that satisfy them are returned, with the proving facts; `order` sorts those found by
    numbers, dates or years. What the person knows is left out. `reasons` say how many people chose what after
    what; where few people's choices tell, what items share by their facts decides (`by`).
    """
    graph = knowledge.graph
    check_k(k)
    seeds = list(dict.fromkeys([*args.item_ids(graph, items), *_latest(knowledge)]))
    if not seeds:
        raise ToolError(
            "items is empty and nothing is known of the person; name an item or use search_items."
        )
    allowed = Allowed(
        conditions or [], Years(year_from, year_to), domain, exclude_items or [], knowledge.asker.wishes
    )
    allowed = allowed.without([*seeds, *knowledge.asker.history])
    positions = allowed.positions(graph)
    seen = graph.positions(seeds)
    trust = _trust(knowledge, seen)
    others = bool(allowed.conditions) and not len(np.intersect1d(seen, _satisfying(knowledge, allowed)))
    wished = bool(but.strip() or less.strip()) or others
    learned = _alike_by_choice(knowledge, seen) if wished else _learned(knowledge, seen)
    alike = relative(_alike(knowledge, seeds if trust < _SURE else [], seen))
    scores = trust * relative(learned) + (1 - trust) * alike
    if text.strip():
        weight = BESIDE_ITEMS if items else BESIDE_HISTORY
        scores = scores + weight * theme(knowledge, text).scores
    if but.strip():
        scores = _wished(scores, fit(knowledge, but), trust)
    if less.strip():
        unwanted = fit(knowledge, less)
        scores = _wished(scores, unwanted._replace(shares=1 - unwanted.shares), trust)
    hits = hits_in_order(graph, best_hits(graph, scores, positions, k), args.orders(graph, order or []))
    keys = [each.id for each in hits]
    return Similar(
        tuple(hits),
        "choices" if trust >= _HALF else "facts",
        _reasons(knowledge, keys, seeds),
        args.evidence(graph, keys, allowed.conditions),
    )


def _wished(likeness: FloatArray, wish: Fit, trust: float) -> FloatArray:
    """Return scores by likeness and a wish: what is far more alike than all of a kind may lack it.

    Likeness by facts outweighs neither a kind nor what tags tell.
    """
    if wish.sure and trust < _HALF:
        return np.asarray(
            likeness * (_WITHOUT + wish.shares) + (likeness > 0) * (wish.shares > 0), np.float32
        )
    if not wish.kinds:
        return np.asarray(likeness * (_WITHOUT + wish.shares), dtype=np.float32)
    worth = np.float32(wish.kinds) * (_KIND if trust >= _HALF else np.float32(1))
    return np.where(likeness > 0, likeness + worth * wish.shares, 0).astype(np.float32)


def _latest(knowledge: Knowledge) -> list[ItemId]:
    disliked = knowledge.asker.dislikes
    return [item for item in knowledge.asker.history if item not in disliked][-_LATEST:]


def _trust(knowledge: Knowledge, seen: IntArray) -> float:
    """Return how much what people chose next counts, from 0 to 1: one person's choice may be chance."""
    people = knowledge.taste.successors.most_following(seen)
    return people / (people + _FEW)


def _learned(knowledge: Knowledge, seen: IntArray) -> FloatArray:
    return knowledge.taste.successors.after(seen, np.ones(len(seen)))


def _satisfying(knowledge: Knowledge, allowed: Allowed) -> IntArray:
    return knowledge.graph.find(args.conditions(knowledge.graph, allowed.conditions))


def _alike_by_choice(knowledge: Knowledge, seen: IntArray) -> FloatArray:
    """Return by how far the same people chose items as these, (n_items,) float32.

    Beside a wish that these do not meet it tells more than what is chosen after them.
    """
    return knowledge.taste.company.nearness(None, seen, np.ones(len(seen)), shrunk=SHRUNK)


def _alike(knowledge: Knowledge, seeds: list[ItemId], seen: IntArray) -> FloatArray:
    """Return how much items have in common with these by what is known of them, (n_items,) float32.

    Facts, kinds, what descriptions speak of and the time they are of, and a little by popularity; how the
    weights were chosen: docs/themes.md. Of seeds that are only known, what they share with themselves
    measures nothing: no answer has them.
    """
    only_known = seen[seen >= knowledge.graph.catalogue.offered]
    content = knowledge.taste.content
    shared = [content.scores(seen), content.of_kinds(seen), _told_alike(knowledge, seeds)]
    for scores in shared:
        scores[only_known] = 0
    alike = sum(weight * relative(scores) for weight, scores in zip(_SHARED, shared, strict=True))
    popular = np.sqrt(knowledge.taste.successors.chosen).astype(np.float32)
    beside = _TIME * _same_time(knowledge, seen) + _POPULAR * relative(popular)
    return np.where(alike > 0, alike + beside, 0).astype(np.float32)


def _told_alike(knowledge: Knowledge, seeds: list[ItemId]) -> FloatArray:
    """Return how well items suit what is said about the first of these, (n_items,) float32."""
    total, told_like = np.zeros(len(knowledge.graph.catalogue.items), dtype=np.float32), _told_like(knowledge)
    for seed in seeds[:_LATEST]:
        if (scores := told_like(seed)) is not None:
            total += scores
    return total


def _told_like(knowledge: Knowledge) -> Callable[[ItemId], FloatArray | None]:
    """Return what tells how well items suit what is said about one; it is told once of the latest.

    Of whom something is known, the same choices count in all they ask.
    """
    root = knowledge.root

    def told(item: ItemId) -> FloatArray | None:
        if not (about := root.graph.catalogue.texts.get(item)):
            return None
        scores = theme(root, about).scores
        scores[root.graph.positions([item])] = 0
        suited = relative(scores)
        suited.setflags(write=False)
        return suited

    most = max(1, _KEPT // max(1, len(root.graph.catalogue.items)))
    kept: Callable[[ItemId], FloatArray | None] = root.kept.setdefault("told_like", lru_cache(most)(told))
    return kept


def _same_time(knowledge: Knowledge, seen: IntArray) -> FloatArray:
    """Return how near the years of items are to those of these, (n_items,) float32; 0 for unknown years."""
    years = knowledge.graph.years
    dated = years[seen][years[seen] > 0]
    apart = np.abs(years[:, None].astype(np.float32) - dated)
    return np.where(years > 0, np.exp(-apart / _APART).sum(axis=1) / max(len(dated), 1), 0).astype(np.float32)


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
