"""EASE: the weights between items that best rebuild every history (Steck 2019, arXiv 1905.03375)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg

from kg.catalogue import Histories, IntArray
from kg.errors import UsageError
from kg.taste.choices import matrix
from kg.taste.types import FloatArray

MOST_ITEMS = 12_000  # 576 MB a matrix of that many, some minutes to invert


@dataclass(frozen=True, slots=True)
class Ease:
    """Weights between the items that somebody chose.

    `items` are their positions, ascending; `at` is (n_items,) int32, the place of an item among them or -1;
    `weights` is (n_chosen, n_chosen) float32: row = an item of a history, column = an item to score.
    """

    items: IntArray
    at: IntArray
    weights: FloatArray

    def scores(self, history: IntArray) -> FloatArray:
        """Return the sum of the weights from the history's items; 0 for what nobody chose."""
        places = self.at[np.unique(history)]
        scores = np.zeros(len(self.at), dtype=np.float32)
        scores[self.items] = self.weights[places[places >= 0]].sum(axis=0)
        return scores


def fit(histories: Histories, n_items: int, *, regularisation: float = 500.0) -> Ease:
    """Solve for the weights: B = I - P / diag(P), P = (X'X + regularisation * I)^-1 (eq. 8 of the paper).

    Time grows with the third power of the items that somebody chose, memory with the second.

    Raises:
        UsageError: too many items, or a regularisation that is not above 0.
    """
    if not regularisation > 0:
        raise UsageError(f"EASE with the regularisation {regularisation}; give a number above 0.")
    chosen = matrix(histories, n_items)
    items = np.unique(chosen.indices).astype(np.int32)
    if len(items) > MOST_ITEMS:
        raise UsageError(
            f"EASE needs a matrix of all pairs of items and its inverse; {len(items):,} items were chosen,"
            f" {MOST_ITEMS:,} are the most.\n  Take item-kNN, which keeps only the nearest ones."
        )
    at = np.full(n_items, -1, dtype=np.int32)
    at[items] = np.arange(len(items), dtype=np.int32)
    narrow = chosen[:, items]
    pairs = np.asfortranarray((narrow.T @ narrow).toarray(), dtype=np.float32)
    return Ease(items, at, _weights(pairs, regularisation))


def _weights(pairs: FloatArray, regularisation: float) -> FloatArray:
    """Return the weights for the counts of pairs, which are overwritten."""
    if not len(pairs):
        return pairs
    np.fill_diagonal(pairs, pairs.diagonal() + regularisation)
    inverse = linalg.inv(pairs, overwrite_a=True, assume_a="pos", check_finite=False)
    inverse /= -inverse.diagonal()
    np.fill_diagonal(inverse, 0)
    return np.ascontiguousarray(inverse, dtype=np.float32)
