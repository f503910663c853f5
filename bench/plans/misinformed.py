"""Misinformed plans: a false claim about an item (eq. 4 of arXiv 2503.09382), in three kinds.

Anchored in the item, a wrong person is named where the item's own is wanted; anchored in the value, the
person is wanted and the item is not theirs; a typo misspells the item's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bench.plans.conditions import conditioned, determining, style
from bench.plans.material import IntArray, Material
from bench.plans.shared import Shared
from bench.plans.types import Plan
from bench.types import QueryClaim
from kg.errors import UsageError
from kg.text import name_key

_Anchor = Literal["item", "value", "typo"]
Anchors = Mapping[_Anchor, float]  # kind of claim -> its share
_Made = tuple[tuple[int, ...], str, str | list[str]]  # the items, what is claimed of them, what is true
MIX: Anchors = {"item": 0.42, "value": 0.42, "typo": 0.16}  # the paper prints none
_WINDOW = 0.1  # of a role's people, by fame, on either side: who may be taken for whom
_ALIKE = 75.0  # a name this similar (of 100) would be a misspelling and no other person
_TRIED = 40
_NEAR = {
    letter: row[max(place - 1, 0) : place] + row[place + 1 : place + 2]
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for place, letter in enumerate(row)
}


def mix(told: str) -> Anchors:
    """Return the shares that `item=2,value=1` or `typo` says; kinds without a number weigh 1.

    Raises:
        UsageError: another kind, one twice, or a weight that is no positive number.
    """
    weights: dict[_Anchor, float] = {}
    for part in told.split(","):
        name, _, number = part.strip().partition("=")
        kind = next((each for each in MIX if each == name), None)
        if kind is None:
            raise UsageError.unknown("kind of claim", name, MIX)
        weight = float(number) if number.replace(".", "", 1).isdecimal() else float(not number)
        if kind in weights or not weight > 0:
            raise UsageError(f"--anchors {told!r}: expected every kind once, as in item=2,value=1,typo.")
        weights[kind] = weight
    return {kind: weights[kind] / sum(weights.values()) for kind in MIX if kind in weights}


def misinformed(
    material: Material, found: Shared, rng: np.random.Generator, anchors: Anchors = MIX
) -> Plan | None:
    """Plan a request with one false claim about a person; None if nothing plausible can be claimed.

    The kind is drawn by its share in `anchors`; where it cannot be made, the other kinds there are tried.
    """
    people = [value for value in found.values if material.person[value]]
    if not people:
        return None
    value = people[int(rng.integers(len(people)))]
    kinds = list(anchors)
    drawn = kinds[int(rng.choice(len(kinds), p=list(anchors.values())))]
    for anchor in (drawn, *(other for other in kinds if other != drawn)):
        made = _CLAIMS[anchor](material, value, found, rng)
        if made is not None:
            return _planned(material, value, found, anchor, made, rng)
    return None


def _planned(
    material: Material, value: int, found: Shared, anchor: _Anchor, made: _Made, rng: np.random.Generator
) -> Plan | None:
    items, claimed, true = made
    claim = QueryClaim(
        anchor=anchor,
        items=[material.ids[item] for item in items],
        relation=material.values[value].relation,
        claimed=claimed,
        true=true,
    )
    return conditioned(material, "misinformed", found, mentioned=items, claim=claim, style=style(rng))


def _by_item(material: Material, value: int, found: Shared, rng: np.random.Generator) -> _Made | None:
    items = determining(material, value, found, rng)
    wrong = wrong_person(material, value, items, rng) if items else None
    return None if wrong is None else (items, wrong, material.values[value].label)


def _by_value(material: Material, value: int, found: Shared, rng: np.random.Generator) -> _Made | None:
    relation, label = int(material.relation_of[value]), material.values[value].label
    chosen = material.history(found.user)
    history = rng.permutation(chosen[material.named[chosen]])
    others = rng.permutation(np.flatnonzero(material.named & material.inside))
    for item in (*history[:_TRIED].tolist(), *others[:_TRIED].tolist()):
        true = sorted(material.values[each].label for each in material.on(item, relation))
        if true and name_key(label) not in material.related(item) and not _similar(label, true):
            return (item,), label, true
    return None


def _by_typo(material: Material, value: int, found: Shared, rng: np.random.Generator) -> _Made | None:
    label = material.values[value].label
    holders = material.holders(value)
    holders = rng.permutation(holders[material.named[holders]])
    own = set(material.history(found.user).tolist())
    true = set(found.items.tolist())
    outside = [item for item in holders.tolist() if item not in true]
    spare = [item for item in holders.tolist() if item in true] if len(own & true) > 1 else []
    items = sorted((*outside, *spare), key=lambda item: item not in own)[:1]
    claimed = misspelt(material, value, rng) if items else None
    return None if claimed is None else (tuple(items), claimed, label)


_CLAIMS = {"item": _by_item, "value": _by_value, "typo": _by_typo}


def wrong_person(
    material: Material, value: int, items: Sequence[int], rng: np.random.Generator
) -> str | None:
    """Return somebody of the same role and about the same fame who has no part in any of the items.

    No part in any relation: the graph is incomplete, and who wrote a film may well have produced it too.
    """
    relation = int(material.relation_of[value])
    rivals = _rivals(material, relation)
    place = int(np.flatnonzero(rivals == value)[0]) if value in rivals else 0
    reach = max(10, int(len(rivals) * _WINDOW))
    near = rivals[max(0, place - reach) : place + reach + 1]
    involved = frozenset().union(*(material.related(item) for item in items))
    true = [material.values[held].label for item in items for held in material.on(item, relation)]
    for other in rng.permutation(near[near != value])[:_TRIED].tolist():
        label: str = material.values[other].label
        if name_key(label) not in involved and not _similar(label, true):
            return label
    return None


def _rivals(material: Material, relation: int) -> IntArray:
    """Return the values of a relation that may be asked for, least chosen first, ties by name."""
    values = np.flatnonzero((material.relation_of == relation) & material.asked)
    return values[np.argsort(material.fame[values], kind="stable")]


def misspelt(material: Material, value: int, rng: np.random.Generator) -> str | None:
    """Return a name with one slip of the keyboard that names nobody and is nearest to its owner; or None.

    The slip is in a word of four letters or more and not in its first letter.
    """
    label = material.values[value].label
    relation = material.relation_of[value]
    others = [
        material.values[other].label
        for other in np.flatnonzero(material.relation_of == relation).tolist()
        if other != value
    ]
    places = [at for at in range(len(label)) if _inside_long_word(label, at)]
    for _ in range(10 if places else 0):
        slipped = _slip(label, places[int(rng.integers(len(places)))], rng)
        key = name_key(slipped)
        if key == name_key(label) or key in material.keys:
            continue
        nearest = process.extractOne(slipped, others, scorer=OSA.distance, score_cutoff=2)
        if nearest is None:
            return slipped
    return None


def _inside_long_word(label: str, at: int) -> bool:
    start = max((place + 1 for place in range(at) if not label[place].isalpha()), default=0)
    end = next((place for place in range(at, len(label)) if not label[place].isalpha()), len(label))
    return start < at and end - start >= 4


def _slip(label: str, at: int, rng: np.random.Generator) -> str:
    """Swap with the next letter, leave out, double, or hit the neighbouring key."""
    before, letter, after = label[:at], label[at], label[at + 1 :]
    kind = int(rng.integers(4))
    if kind == 0 and after[:1].isalpha():
        return before + after[0] + letter + after[1:]
    if kind == 1:
        return before + after
    if kind == 2:
        return before + letter * 2 + after
    near = _NEAR.get(letter.lower(), "")
    return before + near[int(rng.integers(len(near)))] + after if near else before + after


def _similar(label: str, others: Sequence[str]) -> bool:
    return any(fuzz.ratio(label.casefold(), other.casefold()) >= _ALIKE for other in others)
