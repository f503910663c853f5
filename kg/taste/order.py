"""The best of many scores, ties by position."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


def best(scores: npt.NDArray[np.floating[Any]], n: int) -> npt.NDArray[np.int64]:
    """Return the positions of the `n` highest scores, best first; equal ones in order of position.

    There are fewer where there are fewer scores. The whole is not sorted.
    """
    if n <= 0:
        return np.zeros(0, dtype=np.int64)
    if n >= len(scores):
        return np.argsort(-scores, kind="stable")
    least = np.partition(scores, len(scores) - n)[len(scores) - n]
    fit = np.flatnonzero(scores >= least)
    return fit[np.argsort(-scores[fit], kind="stable")[:n]]
