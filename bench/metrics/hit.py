"""Hit: is there a true item among the first k? Its mean over queries is the hit rate."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg.errors import UsageError


def hit(recommended: Sequence[str], truth: Collection[str], k: int = 10) -> float:
    """Return 1 if a true item is among the first k of a list, best first, else 0; 0 if there is no truth.

    Repeated items take no rank, as in `ndcg`. With one true item this is recall at k.

    Raises:
        UsageError: k is below 1.
    """
    if k < 1:
        raise UsageError(f"hit@{k}: k counts places of a list, so it is 1 or more.")
    return float(not set(truth).isdisjoint(list(dict.fromkeys(recommended))[:k]))
