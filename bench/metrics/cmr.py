"""Condition match rate: recommended items that satisfy all conditions / recommended, averaged in three ways.

The paper defines it as the percentage of recommended items that meet the conditions (section 2.1.2 of
arXiv 2503.09382) and does not say over what. Three denominators are possible:

- every query, where one without a recommendation counts 0 (`cmr`): nothing is gained by not answering;
- answered queries only (`cmr_answered`);
- all recommended items of all queries together (`cmr_pooled`): long lists weigh more.

Its own figures fit the latter two: for books a model that recommends nothing for .445 of the misinformed
queries is printed with .500, which over every query would need .901 on those it answers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from bench.metrics.stats import Estimate, bootstrap, ratio


def cmr(recommended: Sequence[str], truth: Collection[str], satisfies: Callable[[str], bool]) -> float:
    """Return the share of recommended items that satisfy all conditions; 0 if nothing was recommended.

    An item of the truth satisfies them by definition, even where this catalogue lacks the edge; any other
    item must be proved: an unknown edge counts as not satisfied. Source: section 2.1.2 of arXiv 2503.09382.
    """
    return met(recommended, truth, satisfies) / len(recommended) if recommended else 0.0


def met(recommended: Sequence[str], truth: Collection[str], satisfies: Callable[[str], bool]) -> int:
    """Return how many recommended items satisfy all conditions, as `cmr` counts them."""
    return sum(item in truth or satisfies(item) for item in recommended)


def answered(counts: Sequence[tuple[int, int]]) -> Estimate | None:
    """Return the mean over answered queries, None without one; `counts` is (met, recommended) a query."""
    return bootstrap([met / recommended for met, recommended in counts if recommended])


def pooled(counts: Sequence[tuple[int, int]]) -> Estimate | None:
    """Return met / recommended over all items of all queries; None if nothing was recommended."""
    return ratio([met for met, _ in counts], [recommended for _, recommended in counts])
