"""F1 of a yes or no: the harmonic mean of precision and recall of what is called liked."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def f1(liked: npt.ArrayLike, scores: npt.ArrayLike, threshold: float = 0.5) -> float:
    """Return F1 of the rows whose score is `threshold` or more: 2 TP / (2 TP + FP + FN).

    0 where nothing is liked and nothing is called liked.
    """
    truth, said = np.asarray(liked, dtype=bool), np.asarray(scores) >= threshold
    counted = int(truth.sum()) + int(said.sum())
    return 2 * int((truth & said).sum()) / counted if counted else 0.0


def best_threshold(liked: npt.ArrayLike, scores: npt.ArrayLike) -> float:
    """Return the score from which on rows are called liked for the highest F1; of equal ones the highest."""
    truth, given = np.asarray(liked, dtype=bool), np.asarray(scores, dtype=np.float64)
    order = np.argsort(-given, kind="stable")
    hits = np.cumsum(truth[order])
    found = 2 * hits / (np.arange(1, len(order) + 1) + truth.sum())
    last = np.append(given[order][1:] != given[order][:-1], True)  # equal scores are called alike
    return float(given[order][int(np.argmax(np.where(last, found, -1.0)))])
