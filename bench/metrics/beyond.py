"""Beyond accuracy: how much of a catalogue is shown, how well known and how varied that is, and for whom.

All are functions of what was shown; only the gaps ask whether it was right: they compare a metric.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import log2
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bench.metrics.stats import Estimate, bootstrap
from kg.errors import UsageError

_TWO = 2  # items or groups that make a comparison


class Gap(NamedTuple):
    """The groups with the best and the worst mean of a metric, and how far these lie apart.

    `groups` holds the mean of every group that is large enough, by name in order.
    """

    best: str
    worst: str
    difference: float
    groups: Mapping[str, Estimate]


def coverage(lists: Sequence[Sequence[int]], n_items: int) -> float:
    """Return the share of a catalogue that is shown at all (aggregate diversity, Adomavicius & Kwon 2012).

    Args:
        lists: positions of the items that were shown, a list a request.
        n_items: how many items could be shown.
    """
    return len({item for each in lists for item in each}) / n_items if n_items else 0.0


def gini(lists: Sequence[Sequence[int]], n_items: int) -> float:
    """Return the Gini coefficient of how often items are shown: 0 all alike, towards 1 a few always.

    Over all `n_items`, those never shown too: sum((2 i - n - 1) x_i) / (n sum(x_i)), x ascending, i from 1.
    """
    shown = np.bincount([item for each in lists for item in each], minlength=n_items).astype(np.float64)
    if not shown.sum():
        return 0.0
    places = np.arange(1, n_items + 1)
    return float(((2 * places - n_items - 1) * np.sort(shown)).sum() / (n_items * shown.sum()))


def novelty(items: Sequence[int], chosen: npt.NDArray[np.int64], people: int) -> float | None:
    """Return the mean self-information of a list in bits: -log2 of the share of people who chose an item.

    Mean over the list (Zhou et al. 2010); one is added to choices and people, so that an item nobody chose
    has a finite one. None for an empty list.
    """
    if not items:
        return None
    return float(np.mean([-log2((int(chosen[item]) + 1) / (people + 1)) for item in items]))


def popularity(items: Sequence[int], ranks: npt.NDArray[np.floating]) -> float | None:
    """Return the mean popularity of a list, as the share of the catalogue that is less chosen, 0 to 1.

    `ranks` is what `popularity_ranks` returns. None for an empty list.
    """
    return float(np.mean(ranks[list(items)])) if items else None


def popularity_ranks(chosen: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return for every item the share of all that are chosen less, (n_items,); half of its equals count."""
    ordered = np.sort(chosen)
    below, upto = np.searchsorted(ordered, chosen), np.searchsorted(ordered, chosen, "right")
    return np.asarray((below + upto) / (2 * max(1, len(chosen))))


def diversity(facts: Sequence[frozenset[int]]) -> float | None:
    """Return how unlike the items of a list are: 1 - the mean Jaccard index of all pairs, by their facts.

    Intra-list diversity (Ziegler et al. 2005), with what the graph says of items as their content. Two
    items without facts are unlike. None for fewer than two items.
    """
    if len(facts) < _TWO:
        return None
    return 1 - float(np.mean([_jaccard(one, other) for one, other in combinations(facts, 2)]))


def gap(values: Mapping[str, Sequence[float]], least: int = 20) -> Gap | None:
    """Return how far a metric lies apart between groups of people (demographic parity of utility).

    Args:
        values: group -> its value for every request of the group.
        least: groups with fewer requests are left out.

    Raises:
        UsageError: `least` is below 1.
    """
    if least < 1:
        raise UsageError(f"a group of {least} requests: expected 1 or more.")
    means = {name: bootstrap(each) for name, each in sorted(values.items()) if len(each) >= least}
    known = {name: each for name, each in means.items() if each is not None}
    if len(known) < _TWO:
        return None
    best = max(known, key=lambda name: known[name].mean)
    worst = min(known, key=lambda name: known[name].mean)
    return Gap(best, worst, known[best].mean - known[worst].mean, known)


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    either = len(one | other)
    return len(one & other) / either if either else 0.0
