"""Normalised discounted cumulative gain: true items, and early ones more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import log2

from kg.errors import UsageError


def ndcg(
    recommended: Sequence[str], truth: Collection[str], k: int = 10, *, ignore: Collection[str] = ()
) -> float:
    """Return nDCG@k of a list, best first, with gain 1 for a true item; 0 if there is no truth.

    DCG is the sum of 1 / log2(rank + 1) over the true items among the first k; the ideal list has
    min(k, true items) of them in front (Järvelin & Kekäläinen 2002, binary gains). An item that comes again
    is passed over and takes no rank, so that saying it twice neither gains nor pushes others down. Ignored
    items take no rank and are not wanted. The list is the order: there are no ties to break.

    Raises:
        UsageError: k is below 1.
    """
    if k < 1:
        raise UsageError(f"nDCG@{k}: k counts places of a list, so it is 1 or more.")
    wanted = set(truth) - set(ignore)
    ranked = [item for item in dict.fromkeys(recommended) if item not in ignore][:k]
    gained = sum(1 / log2(rank + 1) for rank, item in enumerate(ranked, 1) if item in wanted)
    ideal = sum(1 / log2(rank + 1) for rank in range(1, min(k, len(wanted)) + 1))
    return gained / ideal if ideal else 0.0
