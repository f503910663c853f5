"""Interest plans: sets of items that many users choose one after another (section 1.3.1, eqs. 8 and 9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.plans.conditions import named, style
from bench.plans.material import IntArray, Material
from bench.plans.split import split_users
from bench.plans.types import Plan

SIZES = (3, 2, 4)  # items of a set; in this order in turn
# Users that must agree, by size of the set: longer ones are rarer, and logs of readers are thin.
THETA = {"movie": {2: 8, 3: 4, 4: 3}, "book": {2: 2, 3: 2, 4: 2}}
SEEDS = 3
_BEFORE = 3  # how far back "just before" reaches


@dataclass(frozen=True)
class Common:
    """Common interest sets of w items (eq. 8), each with where it occurs.

    `sets` is (s, w), ascending in each row; occurrences of set k start at the places
    `at[starts[k]:starts[k + 1]]` of the histories' items, one for each user.
    """

    sets: IntArray
    starts: IntArray
    at: IntArray


def interests(material: Material) -> Iterator[Plan]:
    """Yield interest plans in random order, sizes in turn.

    Sets that more users share come sooner. A set before which nobody chose anything is left out.
    """
    rng = material.rng("interest")
    half = frozenset(split_users(material.user_ids, material.seed).patterns)
    own = np.array([user in half for user in material.user_ids], dtype=bool)
    streams = [_of_size(material, size, own, each) for size, each in zip(SIZES, rng.spawn(3), strict=True)]
    while streams:
        for stream in list(streams):
            made = next(stream, None)
            if made is None:
                streams.remove(stream)
            else:
                yield made


def _of_size(
    material: Material, size: int, own: npt.NDArray[np.bool_], rng: np.random.Generator
) -> Iterator[Plan]:
    common = common_sets(material, size, THETA[material.domain][size], own)
    drawn = np.log(np.maximum(np.diff(common.starts), 1)) + rng.gumbel(size=len(common.sets))
    for place in np.argsort(-drawn, kind="stable").tolist():  # sorted: a weighted order
        at = common.at[common.starts[place] : common.starts[place + 1]]
        before = preceding(material, common.sets[place], at)
        if len(before):
            seeds = tuple(material.ids[item] for item in before.tolist())
            yield Plan(
                id="",
                domain=material.domain,
                type="interest",
                history=seeds,
                truth=named(material, common.sets[place]),
                ignore=tuple(sorted(seeds)),
                seeds=seeds,
                shared_by=len(at),
                style=style(rng),
            )


def common_sets(material: Material, size: int, theta: int, own: npt.NDArray[np.bool_]) -> Common:
    """Return the sets of `size` items that at least `theta` users (of those in `own`) chose consecutively.

    In any order within the set; eq. 8 of arXiv 2503.09382 with f(s) the number of users.
    """
    items = material.histories.items.astype(np.int64)
    who = np.repeat(np.arange(len(own)), np.diff(material.histories.starts))
    if len(items) < size:
        nothing = np.zeros(0, dtype=np.int64)
        return Common(nothing.reshape(0, size), np.zeros(1, dtype=np.int64), nothing)
    windows = np.sort(np.lib.stride_tricks.sliding_window_view(items, size), axis=1)
    first, last = who[: len(windows)], who[size - 1 :]
    kept = (first == last) & own[first] & material.inside[windows].all(axis=1)
    kept &= (windows[:, 1:] != windows[:, :-1]).all(axis=1)
    at, windows, first = np.flatnonzero(kept), windows[kept], first[kept]
    number = _numbered(windows, len(material.ids))
    _, once = np.unique(number * len(own) + first, return_index=True)  # a user counts once for a set
    at, number, windows = at[once], number[once], windows[once]
    often = np.bincount(number) >= theta if len(number) else np.zeros(0, dtype=bool)
    kept = often[number]
    at, number, windows = at[kept], number[kept], windows[kept]
    _, starts = np.unique(number, return_index=True)
    return Common(windows[starts], np.append(starts, len(number)).astype(np.int64), at)


def preceding(material: Material, members: IntArray, at: IntArray) -> IntArray:
    """Return the items most often chosen just before a set: at most `SEEDS`, best first, ties by position.

    A user counts 1/d for the item d places before the set. Eq. 9; `at` are the places in the histories' items
    where the set begins.
    """
    begins = material.histories.starts[np.searchsorted(material.histories.starts, at, side="right") - 1]
    back = np.broadcast_to(np.arange(1, _BEFORE + 1), (len(at), _BEFORE))
    places = at[:, None] - back
    known = places >= begins[:, None]
    found, weight = material.histories.items[places[known]].astype(np.int64), 1 / back[known]
    kept = material.inside[found] & ~np.isin(found, members)
    unique, which = np.unique(found[kept], return_inverse=True)
    votes = np.bincount(which, weight[kept], minlength=len(unique)).round(9)
    return unique[np.lexsort((unique, -votes))][:SEEDS]


def _numbered(windows: IntArray, n_items: int) -> IntArray:
    """Return a number for each row that is the same for equal rows only, without overflow."""
    number = windows[:, 0]
    for column in windows.T[1:]:
        number = np.unique(number * n_items + column, return_inverse=True)[1]
    return number
