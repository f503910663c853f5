"""Condition-based plans: explicit and implicit (section 1.2.3 of arXiv 2503.09382), and masking (eq. 6)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, islice
from typing import Any

import numpy as np

from bench.plans.material import IntArray, Material
from bench.plans.shared import Shared
from bench.plans.types import Plan
from bench.types import QueryCondition, QueryReference, QueryType

HISTORY = 40  # the last choices a system is shown
_BOTH = 0.25  # of implicit plans with several conditions hint at two of them
_KNOWN = 0.5  # of references are to items that are only known, where any of them tells
_PAIR = 0.3  # of references are by two items where one would do
_TRIED = 60  # pairs of items tried before a value counts as not determinable


def explicit(material: Material, found: Shared, rng: np.random.Generator) -> Plan | None:
    """Plan a request that states its conditions: C_explicit = C_shared."""
    return conditioned(material, "explicit", found, style=style(rng))


def implicit(material: Material, found: Shared, rng: np.random.Generator) -> Plan | None:
    """Plan a request that hints at one or two values by items that determine them (eqs. 2 and 3).

    None if nothing determines any of the values, or if no true item is left that is not mentioned.
    """
    wanted = 2 if len(found.values) > 1 and rng.random() < _BOTH else 1
    hinted: dict[int, tuple[int, ...]] = {}
    for value in rng.permutation(found.values).tolist():
        if len(hinted) == wanted or not material.specific[value]:
            continue
        taken = [item for items in hinted.values() for item in items]
        items = determining(material, value, found, rng, taken)
        if items:
            hinted[value] = items
    references = tuple(
        QueryReference(
            relation=material.values[value].relation,
            value=material.values[value].label,
            items=[material.ids[item] for item in hinted[value]],
        )
        for value in found.values
        if value in hinted
    )
    mentioned = [item for items in hinted.values() for item in items]
    if not references:
        return None
    return conditioned(
        material, "implicit", found, mentioned=mentioned, references=references, style=style(rng)
    )


def determining(
    material: Material, value: int, found: Shared, rng: np.random.Generator, taken: Iterable[int] = ()
) -> tuple[int, ...]:
    """Return one or two items whose shared values on the value's relation are exactly that value; or none.

    Items of the user's history come first, but never so that no true one is left in it; half the time, before
    them those that are known and cannot be recommended, where the material has any.
    """
    relation = int(material.relation_of[value])
    history, taken = material.history(found.user), set(taken)
    needed = set(np.intersect1d(found.items, history).tolist()) - taken
    holders = material.holders(value)
    holders = rng.permutation(holders[material.named[holders]])
    seen = np.isin(holders, history)
    ordered = [item for item in (*holders[seen].tolist(), *holders[~seen].tolist()) if item not in taken]
    if material.catalogue.references and rng.random() < _KNOWN:
        ordered.sort(key=lambda item: item < material.catalogue.offered)
    singles = [(item,) for item in ordered if material.on(item, relation) == {value}]
    pairs = (
        pair
        for pair in islice(combinations(ordered, 2), _TRIED)
        if material.on(pair[0], relation) & material.on(pair[1], relation) == {value}
    )
    paired = rng.random() < _PAIR or not singles
    for way in (*pairs, *singles) if paired else singles:
        if needed - set(way):
            return way
    return ()


def conditioned(
    material: Material, kind: QueryType, found: Shared, *, mentioned: Iterable[int] = (), **rest: Any
) -> Plan | None:
    """Make the plan of a set of conditions; None if no true item is left in the user's history.

    Mentioned items count neither for nor against; the history shown holds no true item (eq. 6).
    """
    ignored = np.unique(np.fromiter(mentioned, dtype=np.int64))
    truth = np.setdiff1d(found.items, ignored)
    history = material.history(found.user)
    own = np.intersect1d(truth, history)
    if not len(own):
        return None
    shown = history[~np.isin(history, truth)][-HISTORY:]
    stated = (material.values[value] for value in found.values)
    return Plan(
        id="",
        domain=material.domain,
        type=kind,
        conditions=tuple(QueryCondition(relation=v.relation, value=v.label) for v in stated),
        user_id=material.user_ids[found.user],
        history=tuple(material.ids[item] for item in shown.tolist()),
        truth=named(material, truth),
        truth_in_history=named(material, own),
        ignore=named(material, ignored),
        **rest,
    )


def named(material: Material, items: IntArray) -> tuple[str, ...]:
    """Return the ids of items, sorted."""
    return tuple(sorted(material.ids[item] for item in items.tolist()))


def style(rng: np.random.Generator) -> str:
    """Draw how a request is to be worded: half of them tell a situation."""
    return "situational" if rng.random() < 0.5 else "direct"
