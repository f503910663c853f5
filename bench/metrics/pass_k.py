"""pass^k: how likely k independent trials of a task all succeed (Yao et al. 2024, tau-bench)."""

from __future__ import annotations

from math import comb


def pass_k(successes: int, trials: int, k: int) -> float:
    """Return C(c, k) / C(n, k): the share of the k-subsets of a task's n trials that hold successes only.

    Raises:
        ValueError: more than n trials are wanted, or more than n succeeded.
    """
    if not 0 <= successes <= trials or not 1 <= k <= trials:
        raise ValueError(f"{successes} successes in {trials} trials have no pass^{k}")
    return comb(successes, k) / comb(trials, k)
