"""Recall: hits / truth."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg.errors import UsageError


def recall(recommended: Sequence[str], truth: Collection[str], k: int | None = None) -> float:
    """Return the share of true items that were recommended, all or the first k; 0 if there is no truth.

    Repeated items take no rank, as in `ndcg`. The divisor is the truth, also where it is larger than k.
    Source: section 2.1.2 of arXiv 2503.09382.

    Raises:
        UsageError: k is below 1.
    """
    if k is not None and k < 1:
        raise UsageError(f"recall@{k}: k counts places of a list, so it is 1 or more.")
    ranked = list(dict.fromkeys(recommended))[:k]
    return len(set(ranked) & set(truth)) / len(truth) if truth else 0.0
