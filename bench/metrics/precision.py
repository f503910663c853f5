"""Precision: hits / recommended."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def precision(recommended: Sequence[str], truth: Collection[str]) -> float:
    """Return the share of recommended items that are true; 0 if nothing was recommended.

    Titles that are not in the catalogue are in `recommended` too (under any id that is not in `truth`) and
    count as wrong. Source: section 2.1.2 of arXiv 2503.09382.
    """
    return sum(item in truth for item in recommended) / len(recommended) if recommended else 0.0
