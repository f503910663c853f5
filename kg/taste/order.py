"""The best of many scores, ties by position."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

_BLOCKS = 8  # for each wanted score: of so many blocks the maxima tell about how high the wanted ones are
_LEAST = 16  # scores of a block, of fewer nothing is spared

Scores = npt.NDArray[np.floating[Any]]
Places = npt.NDArray[np.int64]


def best(scores: Scores, n: int) -> Places:
    """Return the positions of the `n` highest scores, best first; equal ones in order of position.

    There are fewer where there are fewer scores. The whole is not sorted.
    """
    if n <= 0:
        return np.zeros(0, dtype=np.int64)
    if n >= len(scores):
        return np.argsort(-scores, kind="stable")
    if len(scores) >= _LEAST * _BLOCKS * n:
        return _best_of_many(scores, n)
    least = np.partition(scores, len(scores) - n)[len(scores) - n]
    fit = np.flatnonzero(scores >= least)
    return fit[np.argsort(-scores[fit], kind="stable")[:n]]


def _best_of_many(scores: Scores, n: int) -> Places:
    """Return the same where most scores are out of the question: a partition of many equal ones is slow.

    `n` blocks reach the n-th highest maximum of a block, so `n` scores do.
    """
    size = len(scores) // (_BLOCKS * n)
    maxima = scores[: size * _BLOCKS * n].reshape(-1, size).max(axis=1)
    reached = np.partition(maxima, len(maxima) - n)[len(maxima) - n]
    above = np.flatnonzero(scores > reached)
    if len(above) >= n:
        return above[best(scores[above], n)]
    equal = np.flatnonzero(scores == reached)[: n - len(above)]
    return np.concatenate((above[best(scores[above], len(above))], equal))
