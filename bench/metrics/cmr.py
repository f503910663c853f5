"""Condition match rate: recommended items that satisfy all conditions / recommended."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence


def cmr(recommended: Sequence[str], truth: Collection[str], satisfies: Callable[[str], bool]) -> float:
    """Return the share of recommended items that satisfy all conditions; 0 if nothing was recommended.

    An item of the truth satisfies them by definition, even where this catalogue lacks the edge; any other
    item must be proved: an unknown edge counts as not satisfied. Source: section 2.1.2 of arXiv 2503.09382.
    """
    if not recommended:
        return 0.0
    return sum(item in truth or satisfies(item) for item in recommended) / len(recommended)
