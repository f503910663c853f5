"""The rank of the item that was chosen among all that were not chosen before, and what follows of it."""

from __future__ import annotations

from collections.abc import Callable
from math import log2

import numpy as np

from kg.catalogue import IntArray
from kg.errors import UsageError
from kg.taste.types import FloatArray

K = 10


def rank(scores: FloatArray, target: int, known: IntArray) -> int:
    """Return the rank of the target, from 1: how many items that are not known score as high or higher.

    All items compete, not a sample of them (Krichene & Rendle 2020). The target is the last of those that
    score the same: a system that cannot tell items apart gains nothing by it.

    Raises:
        UsageError: the target is known already, or scores are not finite.
    """
    if not np.isfinite(scores).all():
        raise UsageError("a score is not a finite number; nothing can be ranked by it.")
    before = scores >= scores[target]
    before[known] = False
    if not before[target]:
        raise UsageError(f"the item {target} is known already, it cannot be the next one.")
    return int(before.sum())


def ndcg(place: int) -> float:
    """Return nDCG@10 with one true item: 1 / log2(rank + 1), 0 below the tenth rank."""
    return 1 / log2(place + 1) if place <= K else 0.0


def recall(place: int) -> float:
    """Return Recall@10 with one true item, which is the hit rate: 1 down to the tenth rank."""
    return float(place <= K)


def reciprocal(place: int) -> float:
    """Return 1 / rank over all items; its mean is MRR."""
    return 1 / place


METRICS: dict[str, Callable[[int], float]] = {"ndcg": ndcg, "recall": recall, "mrr": reciprocal}
