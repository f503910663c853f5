"""Item-kNN with every neighbour: what is chosen by the same people, by the cosine of the sets of choosers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kg.catalogue import Histories, IntArray
from kg.taste.choices import matrix
from kg.taste.rows import rows_of
from kg.taste.types import FloatArray

_FEW = 0.3  # share of all choices, above which copying those that count takes longer than reading all
_TRUSTED = 3  # choices from which on a history weighs more than popularity


@dataclass(frozen=True, slots=True)
class Company:
    """Who chose what, twice: `chosen` (n_users, n_items) and `by_item` (n_items, n_users), ones as float32.

    No matrix of items by items is kept: the choosers of a history vote for the items they chose.
    """

    chosen: sparse.csr_array
    by_item: sparse.csr_array

    def scores(self, history: IntArray) -> FloatArray:
        """Return for every item the sum of its cosines with the items of a history."""
        return self.nearness(None, history, np.ones(len(history)))

    def nearness(
        self, items: IntArray | None, history: IntArray, weights: npt.NDArray[np.floating], shrunk: int = 0
    ) -> FloatArray:
        """Return the weighted sum of the cosines of `items`, or all, with a history, (len(items),) float32.

        Every item counts as if `shrunk` more people had chosen it, so that few choosers say little.
        """
        choosers, _, sizes = rows_of(self.by_item, history)
        each = np.repeat(np.asarray(weights) / np.sqrt(np.maximum(sizes + shrunk, 1)), sizes)
        votes = np.bincount(choosers, each, minlength=self.by_item.shape[1])
        if items is None:
            found, chosen = self._sums(votes.astype(np.float32)), np.diff(self.by_item.indptr)
        else:
            asked = self.by_item[np.asarray(items, dtype=np.int64)]
            found, chosen = asked @ votes, np.diff(asked.indptr)
        return np.asarray(found / np.sqrt(np.maximum(chosen + shrunk, 1)), dtype=np.float32)

    def _sums(self, votes: FloatArray) -> FloatArray:
        """Return the sum of the votes of everybody who chose an item, for every item: (n_items,).

        Where those who vote made few of all choices, only theirs are read; in the same order, so that the
        sums are the same to the bit. Votes of another type than the choices would have all of these copied.
        """
        voting = np.flatnonzero(votes)
        read = int((self.chosen.indptr[voting + 1] - self.chosen.indptr[voting]).sum())
        if read > _FEW * self.chosen.nnz:
            return np.asarray(self.chosen.T @ votes, dtype=np.float32)
        return np.asarray(self.chosen[voting].T @ votes[voting], dtype=np.float32)

    def ranking(self, items: IntArray, history: IntArray, weights: npt.NDArray[np.floating]) -> FloatArray:
        """Return how well `items` suit a person, (len(items),) float32, higher is better.

        Nearness to the history and the root of popularity, each relative to the best; the longer the
        history, the less popularity counts: after `_TRUSTED` choices as much as nearness.
        """
        popular = np.sqrt(np.diff(self.by_item.indptr)[np.asarray(items, dtype=np.int64)])
        near = self.nearness(items, history, weights)
        trust = len(history) / (len(history) + _TRUSTED)
        return np.asarray(trust * _relative(near) + (1 - trust) * _relative(popular), dtype=np.float32)


def fit(histories: Histories, n_items: int) -> Company:
    """Keep who chose what; there is nothing to learn."""
    chosen = matrix(histories, n_items)
    return Company(chosen, chosen.T.tocsr())


def _relative(values: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    most = float(np.abs(values).max(initial=0))
    return values / most if most else values
