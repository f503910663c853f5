"""similar_items: what people choose after items like these."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kg.catalogue import IntArray
from kg.graph import Positions, Years
from kg.taste.order import best
from kg.taste.types import FloatArray
from kg.types import Condition, ItemId
from tools import args
from tools.alike import alike, alike_by_tags
from tools.candidates import Allowed, best_hits, check_k, hits_in_order
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.theme import BESIDE_HISTORY, BESIDE_ITEMS, SHRUNK, relative, theme
from tools.theme_fit import Fit, fit
from tools.types import Followed, Order, Similar

Mask = npt.NDArray[np.bool_]

_LATEST = 3  # choices of the person who asks that count beside the items they name
_FEW = 6  # people who chose one and the same item next, from whom on that counts more than facts
_HALF = 0.5
_WITHOUT = np.float32(0.2)  # what is left of likeness where nothing of a theme beside it is met
_KIND = np.float32(0.26)  # what a kind is worth beside the likeness of the likest, which is 1
_SURE = 0.8  # trust from which on what descriptions speak of would hardly count
_LIKE, _LIKE_STILL = 120, 300  # items that are like some others; if few of them have what is wanted
_FEW_LIKE = 5
_LESS = 0.25  # of a wish, that an item has less than others
_LACKING = 0.8  # of likeness, of what has all of what there should be less of
_MORE = 0.5  # share of a wish from which on an item has more of it than others that lack it


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
    stated = bool(allowed.conditions) or allowed.years != Years() or domain is not None
    others = stated and not len(np.intersect1d(seen, _satisfying(knowledge, allowed)))
    wished = bool(but.strip() or less.strip()) or others
    told = alike_by_tags(knowledge, seeds, seen) if wished and trust < _SURE else None
    if told is not None:
        trust, scores = 0.0, relative(_but_for(told, seen))
    else:
        learned = _alike_by_choice(knowledge, seen) if wished else _learned(knowledge, seen)
        facts = relative(alike(knowledge, seeds if trust < _SURE else [], seen))
        scores = trust * relative(learned) + (1 - trust) * facts
    alike_most = None if told is None else scores
    if text.strip():
        weight = BESIDE_ITEMS if items else BESIDE_HISTORY
        scores = scores + weight * theme(knowledge, text).scores
    wishes = _wishes(knowledge, but, less, alike_most, seen, domain)
    for wish in wishes:
        scores = _wished(scores, wish, trust, told=told is not None)
    near = None
    if alike_most is not None:
        near = _alike_with(knowledge, alike_most, [_more(wish, seen) for wish in wishes], positions, domain)
        scores = scores if near[positions].any() else alike_most  # what is like them though it lacks that
        scores = np.where(near, scores + 1 + scores.max(initial=0), scores).astype(np.float32)
    hits = hits_in_order(graph, best_hits(graph, scores, positions, k), args.orders(graph, order or []))
    keys = [each.id for each in hits]
    return Similar(
        tuple(hits),
        "choices" if trust >= _HALF else "facts",
        _reasons(knowledge, keys, seeds),
        args.evidence(graph, keys, allowed.conditions),
        None if near is None else int(np.count_nonzero(near[graph.positions(keys)])),
    )


def _wishes(
    knowledge: Knowledge,
    but: str,
    less: str,
    likeness: FloatArray | None,
    seen: IntArray,
    domain: str | None,
) -> list[Fit]:
    """Return how far every item has what there should be more of, and lacks what there should be less of."""
    among = None
    if likeness is not None:
        near = np.flatnonzero(_likest(knowledge, likeness, domain, _LIKE_STILL))
        among = np.union1d(near, seen).astype(np.int32)
    wishes = [fit(knowledge, but, among)] if but.strip() else []
    if less.strip():
        unwanted = fit(knowledge, less, among)
        wishes.append(unwanted._replace(shares=1 - unwanted.shares, less=True))
    return wishes


def _but_for(scores: FloatArray, seen: IntArray) -> FloatArray:
    """Return scores of likeness in which those that are named have none: they would be the likest."""
    scores[seen] = 0
    return scores


def _alike_with(
    knowledge: Knowledge,
    likeness: FloatArray,
    having: Sequence[Mask],
    positions: Positions,
    domain: str | None,
) -> Mask:
    """Return which items are like some others and have all that is wanted; less like ones too if few do."""
    near = np.zeros(len(likeness), dtype=np.bool_)
    for most in (_LIKE, _LIKE_STILL):
        near = np.logical_and.reduce([_likest(knowledge, likeness, domain, most), *having])
        if np.count_nonzero(near[positions]) >= _FEW_LIKE:
            break
    return near


def _likest(knowledge: Knowledge, likeness: FloatArray, domain: str | None, most: int) -> Mask:
    """Return which items of a domain, so many, are so near to others that they may be called like them."""
    pool = Allowed(domain=domain).positions(knowledge.graph)
    near = np.zeros(len(likeness), dtype=np.bool_)
    near[pool[best(likeness[pool], most)]] = True
    return near & (likeness > 0)


def _more(wish: Fit, seen: IntArray) -> Mask:
    """Return which items have more of a wish than those that are named, or all of it."""
    own = float(wish.shares[seen].mean()) if len(seen) else 0.0
    if wish.less:
        return np.asarray((wish.shares > own + _LESS) | (wish.shares >= 1))
    wholly = wish.shares >= 1  # a mood that tags tell of many is none that kinds only make likely
    if not (wish.sure or wish.kinds) and np.count_nonzero(wholly) > _FEW_LIKE:
        return np.asarray(wholly)
    least = own if wish.sure or wish.kinds else max(own, _MORE)
    return np.asarray((wish.shares > least) | (wish.shares >= 1))


def _wished(likeness: FloatArray, wish: Fit, trust: float, *, told: bool = False) -> FloatArray:
    """Return scores by likeness and a wish: what is far more alike than all of a kind may lack it.

    Likeness by facts outweighs neither a kind nor what tags tell. Where tags have `told` which are near, what
    has less of something goes by likeness before all.
    """
    if wish.less and told:
        return np.asarray(likeness * (_LACKING + (1 - _LACKING) * wish.shares), dtype=np.float32)
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
    wanted = args.conditions(knowledge.graph, allowed.conditions)
    return knowledge.graph.find(wanted, years=allowed.years, domain=allowed.domain)


def _alike_by_choice(knowledge: Knowledge, seen: IntArray) -> FloatArray:
    """Return by how far the same people chose items as these, (n_items,) float32.

    Beside a wish that these do not meet it tells more than what is chosen after them.
    """
    return knowledge.taste.company.nearness(None, seen, np.ones(len(seen)), shrunk=SHRUNK)


def _reasons(knowledge: Knowledge, found: list[ItemId], seeds: list[ItemId]) -> tuple[Followed, ...]:
    """Return for every found item the seed that most people came from, if any; ties by the seeds' order."""
    graph, successors = knowledge.graph, knowledge.taste.successors
    after = [successors.people_after(place) for place in graph.positions(seeds).tolist()]
    reasons = []
    for item, at in zip(found, graph.positions(found).tolist(), strict=True):
        people = [each.get(at, 0) for each in after]
        if max(people):
            reasons.append(Followed(item, seeds[people.index(max(people))], max(people)))
    return tuple(reasons)
