"""Semantic identifiers: a few codes an item, by residual k-means of vectors that are not learned.

Items of one meaning share their first codes. TIGER (Rajput et al. 2023, arXiv 2305.05065) quantises the
residuals by an RQ-VAE, which learns an encoder first; here each level is a k-means of what is left.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

LEVELS = 3
SIZE = 64  # codes of a level
_ROUNDS = 25

Codes = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


def identifiers(vectors: npt.NDArray[np.float32], seed: int = 0) -> Codes:
    """Return (items, `LEVELS` + 1) codes, each from 0; no two items have the same.

    The last code counts items whose others are the same, in their order.
    """
    left = np.asarray(vectors, dtype=np.float64)
    rng = np.random.default_rng(seed)
    levels = []
    for _ in range(LEVELS):
        centres = _centres(left, rng)
        nearest = _nearest(left, centres)
        levels.append(nearest)
        left = left - centres[nearest]
    return np.column_stack([*levels, _told_apart(np.column_stack(levels))])


def _centres(points: _Floats, rng: np.random.Generator) -> _Floats:
    """Return the centres of k-means from a k-means++ start: `SIZE`, or fewer where so few points differ."""
    centres = _spread(points, rng)
    for _ in range(_ROUNDS):
        nearest = _nearest(points, centres)
        counts = np.bincount(nearest, minlength=len(centres))
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, points)
        held = counts > 0
        moved = centres.copy()
        moved[held] = sums[held] / counts[held, None]
        if np.array_equal(moved, centres):
            break
        centres = moved
    return centres


def _spread(points: _Floats, rng: np.random.Generator) -> _Floats:
    """Return points to begin with, each likelier the farther it is from those before."""
    chosen = [int(rng.integers(len(points)))]
    far = _distances(points, points[chosen])[:, 0]
    while len(chosen) < SIZE and far.max() > 1e-12:
        chosen.append(int(rng.choice(len(points), p=far / far.sum())))
        far = np.minimum(far, _distances(points, points[chosen[-1:]])[:, 0])
    return points[chosen]


def _nearest(points: _Floats, centres: _Floats) -> Codes:
    return np.asarray(_distances(points, centres).argmin(axis=1), dtype=np.int64)


def _distances(points: _Floats, centres: _Floats) -> _Floats:
    """Return squared distances."""
    squared = (points**2).sum(axis=1)[:, None] - 2 * points @ centres.T + (centres**2).sum(axis=1)
    return np.asarray(np.maximum(squared, 0), dtype=np.float64)


def _told_apart(codes: Codes) -> Codes:
    """Return for every row how many equal rows are before it."""
    seen: dict[tuple[int, ...], int] = {}
    found = np.zeros(len(codes), dtype=np.int64)
    for place, row in enumerate(map(tuple, codes.tolist())):
        found[place] = seen.get(row, 0)
        seen[row] = found[place] + 1
    return found
