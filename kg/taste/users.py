"""User-kNN: what people with a similar history chose (Resnick et al. 1994; here without ratings)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from kg.catalogue import Histories, IntArray
from kg.errors import UsageError
from kg.taste.choices import matrix
from kg.taste.order import best
from kg.taste.types import FloatArray


@dataclass(frozen=True, slots=True)
class UserNeighbours:
    """Users to compare with: `chosen` (n_users, n_items), the same `by_item`, and how many `n` count."""

    chosen: sparse.csr_array
    by_item: sparse.csr_array
    n: int

    def scores(self, history: IntArray) -> FloatArray:
        """Return for every item the summed similarity of those among the `n` nearest users who chose it.

        Similarity is the cosine of two sets: shared / sqrt(size * size). Of equally near users the first
        count. Who shares nothing does not count.
        """
        nearness = self._nearness(np.unique(history))
        users = best(nearness, self.n)
        users = users[nearness[users] > 0]
        theirs = self.chosen[users]
        weights = np.repeat(nearness[users], np.diff(theirs.indptr))
        return np.bincount(theirs.indices, weights, minlength=self.chosen.shape[1]).astype(np.float32)

    def _nearness(self, chosen: IntArray) -> FloatArray:
        shared = np.bincount(self.by_item[chosen].indices, minlength=self.chosen.shape[0])
        sizes = np.diff(self.chosen.indptr) * len(chosen)
        return np.asarray(shared / np.sqrt(np.maximum(sizes, 1)), dtype=np.float32)


def fit(histories: Histories, n_items: int, *, neighbours: int = 100) -> UserNeighbours:
    """Keep the histories to compare with; there is nothing to learn.

    Raises:
        UsageError: no neighbours asked for.
    """
    if neighbours < 1:
        raise UsageError(f"user-kNN with {neighbours} neighbours; give 1 or more.")
    chosen = matrix(histories, n_items)
    return UserNeighbours(chosen, chosen.T.tocsr(), neighbours)
