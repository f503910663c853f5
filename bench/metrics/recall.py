"""Recall: hits / truth."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def recall(recommended: Sequence[str], truth: Collection[str]) -> float:
    """Return the share of true items that were recommended; 0 if there is no truth.

    Source: section 4.1 of arXiv 2503.09382.
    """
    return len(set(recommended) & set(truth)) / len(truth) if truth else 0.0
