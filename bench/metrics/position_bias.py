"""Position bias: does the rank of an item depend on where the candidates list it?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bench.metrics.stats import Estimate, bootstrap
from kg.errors import UsageError


def placements(others: Sequence[str], target: str) -> list[list[str]]:
    """Return M lists of M candidates: the target at place 1, 2 … M, the others in their order."""
    return [[*others[:place], target, *others[place:]] for place in range(len(others) + 1)]


def rank_of(target: str, answer: Sequence[str], candidates: Sequence[str]) -> int:
    """Return the rank, from 1, of the target among the candidates that an answer names, each once.

    A target that is not named comes after all candidates: M + 1. What is no candidate takes no rank.
    """
    offered = set(candidates)
    named = [item for item in dict.fromkeys(answer) if item in offered]
    return named.index(target) + 1 if target in named else len(offered) + 1


def sample_bias(ranks: Sequence[float]) -> float:
    """Return how far the target's ranks are from their mean, over its M placements.

    (1 / M) Σ_j |r_j − r̄|, where r_j is the rank when the target is listed at place j. 0 says that the place
    does not matter, also for a system that never names the target.

    Raises:
        UsageError: no ranks.
    """
    if not ranks:
        raise UsageError("position bias needs the target's rank for every place; there are none.")
    data = np.asarray(ranks, dtype=np.float64)
    return float(np.abs(data - data.mean()).mean())


def mapb(samples: Sequence[Sequence[float]]) -> Estimate | None:
    """Return the mean absolute position bias over samples with its 95 % interval; None for no samples.

    MAPB = (1 / n) Σ_i bias_i; lower is better. Source: section 5.1.2 of CoT-Rec (SIGIR 2025).

    Raises:
        UsageError: the samples have different numbers of placements, whose biases are not comparable.
    """
    sizes = sorted({len(ranks) for ranks in samples})
    if len(sizes) > 1:
        said = ", ".join(map(str, sizes))
        raise UsageError(f"every sample needs the same number of placements; these have {said}.")
    return bootstrap([sample_bias(ranks) for ranks in samples])
