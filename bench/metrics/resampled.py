"""AUC, GAUC and F1 over resamples of users, for intervals of a system and of a difference of two.

A user's rows succeed and fail together, so whole users are drawn (`bench.metrics.paired` says why). Two
systems on the same rows meet the same draws: the difference of their values, draw by draw, is a paired
bootstrap.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from bench.metrics.auc import auc
from bench.metrics.f1 import f1
from bench.metrics.gauc import by_user, gauc
from bench.metrics.stats import Estimate

METRICS = ("auc", "gauc", "f1")
_RESAMPLES = 2000
_SEED = 0
_AT_ONCE = 50  # resamples in memory at a time
Floats = npt.NDArray[np.float64]


def values(
    users: npt.ArrayLike, liked: npt.ArrayLike, scores: npt.ArrayLike, threshold: float
) -> dict[str, float | None]:
    """Return each metric of all rows."""
    return {
        "auc": auc(liked, scores),
        "gauc": gauc(users, liked, scores),
        "f1": f1(liked, scores, threshold),
    }


def resampled(
    users: npt.ArrayLike, liked: npt.ArrayLike, scores: npt.ArrayLike, threshold: float
) -> dict[str, Floats]:
    """Return each metric of 2,000 draws of users with replacement, (2000,); nan where a draw has none."""
    named, who = np.unique(np.asarray(users), return_inverse=True)
    truth, given = np.asarray(liked, dtype=bool), np.asarray(scores, dtype=np.float64)
    area = _Area(truth, given, who)
    grouped = by_user(who, truth, given)
    said = given >= threshold
    hits, counted = (
        np.bincount(who, each, len(named)).astype(np.float64)
        for each in (truth & said, truth.astype(int) + said)
    )
    parts: dict[str, list[Floats]] = {name: [] for name in METRICS}
    for times in _drawn(len(named)):
        parts["auc"].append(area.of(times))
        weights = times[:, grouped.users] * grouped.rows
        parts["gauc"].append(_ratio(weights @ grouped.values, weights.sum(axis=1)))
        parts["f1"].append(_ratio(2 * (times @ hits), times @ counted, 0.0))
    return {name: np.concatenate(part) for name, part in parts.items()}


def estimate(value: float | None, draws: Floats, n: int) -> Estimate | None:
    """Return a metric with its 95 % percentile interval over draws; `n` is the number of users."""
    if value is None:
        return None
    low, high = np.nanquantile(draws, (0.025, 0.975))
    return Estimate(value, float(low), float(high), n)


class _Area:
    """AUC of rows weighted by how often their user was drawn; rows are put in order once."""

    def __init__(self, truth: npt.NDArray[np.bool_], scores: Floats, who: npt.NDArray[np.int64]):
        order = np.argsort(scores, kind="stable")
        self.who, self.truth = who[order], truth[order].astype(np.float64)
        ordered = scores[order]
        self.starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])

    def of(self, times: Floats) -> Floats:
        """Return the AUC of each draw; `times` is (draws, users)."""
        weights = times[:, self.who]
        positive = np.add.reduceat(weights * self.truth, self.starts, axis=1)
        negative = np.add.reduceat(weights, self.starts, axis=1) - positive
        below = np.cumsum(negative, axis=1) - negative / 2  # of equal scores half are below
        return _ratio((positive * below).sum(axis=1), positive.sum(axis=1) * negative.sum(axis=1))


def _drawn(n: int) -> Iterator[Floats]:
    """Yield (draws, n): how often each user is in a draw of n."""
    rng = np.random.default_rng(_SEED)
    for _ in range(0, _RESAMPLES, _AT_ONCE):
        places = rng.integers(0, n, (_AT_ONCE, n)) + n * np.arange(_AT_ONCE)[:, None]
        yield np.bincount(places.ravel(), minlength=n * _AT_ONCE).reshape(_AT_ONCE, n).astype(np.float64)


def _ratio(above: Floats, below: Floats, otherwise: float = np.nan) -> Floats:
    found: Floats = np.divide(above, below, out=np.full(len(below), otherwise), where=below > 0)
    return found
