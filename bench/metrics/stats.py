"""Means with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

_RESAMPLES = 2000
_SEED = 0
_AT_ONCE = 100  # resamples in memory at a time


class Estimate(NamedTuple):
    """A mean over n queries with its 95 % interval."""

    mean: float
    low: float
    high: float
    n: int


def bootstrap(values: Sequence[float]) -> Estimate | None:
    """Return the mean with a 95 % percentile bootstrap interval over queries; None for no values.

    2,000 resamples with a fixed seed: equal values in equal order give an equal interval.
    """
    return bootstraps({"": values})[""]


def bootstraps(columns: Mapping[str, Sequence[float]]) -> dict[str, Estimate | None]:
    """Return the `bootstrap` of every column; those of equal length are resampled together."""
    sizes = {len(values) for values in columns.values()}
    found: dict[str, Estimate | None] = {}
    for n in sizes:
        found |= _resampled({name: values for name, values in columns.items() if len(values) == n}, n)
    return {name: found[name] for name in columns}


def _resampled(columns: Mapping[str, Sequence[float]], n: int) -> dict[str, Estimate | None]:
    if not n:
        return dict.fromkeys(columns)
    data = [np.asarray(values, dtype=np.float64) for values in columns.values()]
    rng = np.random.default_rng(_SEED)
    drawn = (rng.integers(0, n, (_AT_ONCE, n)) for _ in range(0, _RESAMPLES, _AT_ONCE))
    means = np.stack([[each[places].mean(axis=1) for each in data] for places in drawn], axis=1)
    ends = np.quantile(means.reshape(len(data), -1), (0.025, 0.975), axis=1).T.tolist()
    each = zip(columns, data, ends, strict=True)
    return {name: Estimate(float(values.mean()), low, high, n) for name, values, (low, high) in each}


def ratio(parts: Sequence[float], wholes: Sequence[float]) -> Estimate | None:
    """Return sum(parts) / sum(wholes) with a 95 % percentile bootstrap interval over queries; None for 0 / 0.

    Queries are resampled as in `bootstrap`; a resample whose wholes are all 0 counts as 0. `n` is the number
    of queries.
    """
    if not sum(wholes):
        return None
    above, below = np.asarray(parts, dtype=np.float64), np.asarray(wholes, dtype=np.float64)
    rng = np.random.default_rng(_SEED)
    drawn = (rng.integers(0, len(above), (_AT_ONCE, len(above))) for _ in range(0, _RESAMPLES, _AT_ONCE))
    shares = [above[places].sum(axis=1) / np.maximum(below[places].sum(axis=1), 1) for places in drawn]
    low, high = np.quantile(np.concatenate(shares), (0.025, 0.975))
    return Estimate(float(above.sum() / below.sum()), float(low), float(high), len(above))


def wilson(successes: int, n: int) -> Estimate | None:
    """Return a rate with its 95 % Wilson score interval (Wilson 1927); None for n = 0."""
    if n == 0:
        return None
    z = 1.959964
    rate = successes / n
    centre = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z * np.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Estimate(rate, max(0.0, float(centre - half)), min(1.0, float(centre + half)), n)
