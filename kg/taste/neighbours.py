"""Item-kNN: what is chosen by those who chose an item (Sarwar et al. 2001; BM25: Robertson & Walker 1994)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from kg.catalogue import Histories, IntArray
from kg.errors import UsageError
from kg.taste.choices import matrix
from kg.taste.order import best
from kg.taste.types import FloatArray

_K1, _B = 1.2, 0.75  # of BM25, as customary
_ROWS = 512  # items whose products with all others are in memory at a time


@dataclass(frozen=True, slots=True)
class ItemNeighbours:
    """The nearest items of every item, nearest first, and how near.

    `near` is (n_items, n_neighbours) int32, `weights` of the same shape float32; a place that no neighbour
    takes has weight 0. No item is its own neighbour.
    """

    near: IntArray
    weights: FloatArray

    def scores(self, history: IntArray) -> FloatArray:
        """Return the sum over the history's items of their similarity to each item among their neighbours."""
        chosen = np.unique(history)
        near, weights = self.near[chosen].ravel(), self.weights[chosen].ravel()
        return np.bincount(near, weights, minlength=len(self.near)).astype(np.float32)


def fit(
    histories: Histories, n_items: int, *, weights: str = "cosine", neighbours: int = 100
) -> ItemNeighbours:
    """Find the `neighbours` items most similar to each item; ties by position.

    The similarity is the product of two items' vectors over users, weighted as `WEIGHTS[weights]` says.

    Raises:
        UsageError: unknown weights, or no neighbours asked for.
    """
    if weights not in WEIGHTS:
        raise UsageError.unknown("weights", weights, WEIGHTS)
    if neighbours < 1:
        raise UsageError(f"item-kNN with {neighbours} neighbours; give 1 or more.")
    vectors = WEIGHTS[weights](matrix(histories, n_items))
    others = vectors.T.tocsr()
    near = np.zeros((n_items, neighbours), dtype=np.int32)
    nearness = np.zeros((n_items, neighbours), dtype=np.float32)
    for start in range(0, n_items, _ROWS):
        products = (vectors[start : start + _ROWS] @ others).tocsr()
        products.sort_indices()  # so that ties go to the first by position
        for row in range(products.shape[0]):
            span = slice(products.indptr[row], products.indptr[row + 1])
            items, values = products.indices[span], products.data[span]
            items, values = items[items != start + row], values[items != start + row]
            first = best(values, neighbours)
            first = first[values[first] > 0]
            near[start + row, : len(first)] = items[first]
            nearness[start + row, : len(first)] = values[first]
    return ItemNeighbours(near, nearness)


def _cosine(chosen: sparse.csr_array) -> sparse.csr_array:
    """Return item vectors of length 1: (n_items, n_users)."""
    vectors = chosen.T.tocsr()
    lengths = np.sqrt(np.diff(vectors.indptr)).astype(np.float32)
    vectors.data /= np.repeat(lengths, np.diff(vectors.indptr))
    return vectors


def _bm25(chosen: sparse.csr_array) -> sparse.csr_array:
    """Return item vectors as BM25 weighs them, an item as a document and its users as terms.

    A user who chose much says less, and so does an item that many chose. A user who chose everything would
    say less than nothing: that is 0.
    """
    vectors = chosen.T.tocsr()
    n_items = vectors.shape[0]
    rarity = np.maximum(np.log(n_items) - np.log1p(np.diff(chosen.indptr)), 0)
    lengths = np.diff(vectors.indptr)
    norms = 1 - _B + _B * lengths / max(lengths.mean(), 1e-9)
    vectors.data = np.repeat((_K1 + 1) / (_K1 * norms + 1), lengths) * rarity[vectors.indices]
    return vectors.astype(np.float32)


WEIGHTS: dict[str, Callable[[sparse.csr_array], sparse.csr_array]] = {"cosine": _cosine, "bm25": _bm25}
