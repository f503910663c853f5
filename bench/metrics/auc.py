"""Area under the ROC curve: how often a liked row scores above one that is not liked."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kg.errors import UsageError


def auc(liked: npt.ArrayLike, scores: npt.ArrayLike) -> float | None:
    """Return the share of (liked, not liked) pairs in which the liked row scores higher; a tie is half.

    The Mann-Whitney statistic (Hanley & McNeil 1982). None where one of the two classes is missing: there is
    no pair to order.

    Raises:
        UsageError: a score is not finite, or there is not one score a row.
    """
    truth, given = np.asarray(liked, dtype=bool), np.asarray(scores, dtype=np.float64)
    if truth.shape != given.shape or truth.ndim != 1:
        raise UsageError(f"{given.shape} scores for {truth.shape} rows; AUC needs one score a row.")
    if not np.isfinite(given).all():
        raise UsageError("a score is not a finite number; nothing can be ordered by it.")
    positive = int(truth.sum())
    negative = len(truth) - positive
    if not positive or not negative:
        return None
    _, place, counts = np.unique(given, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]  # of equal scores the mean rank
    above = ranks[truth].sum() - positive * (positive + 1) / 2
    return float(above / (positive * negative))
