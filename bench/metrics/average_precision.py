"""Average precision: the precision at every true item's rank. Its mean over queries is MAP."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg.errors import UsageError


def average_precision(recommended: Sequence[str], truth: Collection[str], k: int = 10) -> float:
    """Return AP@k of a list, best first; 0 if there is no truth.

    The sum of the precision at each rank among the first k that holds a true item, by min(k, true items): a
    list of true items alone has 1, as in `ndcg`. Repeated items take no rank. Source: Manning, Raghavan and
    Schütze 2008, section 8.4, cut at k.

    Raises:
        UsageError: k is below 1.
    """
    if k < 1:
        raise UsageError(f"AP@{k}: k counts places of a list, so it is 1 or more.")
    wanted = set(truth)
    ranked = list(dict.fromkeys(recommended))[:k]
    ranks = [rank for rank, item in enumerate(ranked, 1) if item in wanted]
    found = sum(hits / rank for hits, rank in enumerate(ranks, 1))
    return found / min(k, len(wanted)) if wanted else 0.0
