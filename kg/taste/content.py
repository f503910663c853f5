"""Likeness by facts: how much of what is known of items they share, rare facts counting more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from kg.catalogue import Catalogue, IntArray
from kg.taste.types import FloatArray


@dataclass(frozen=True, slots=True)
class Content:
    """What is known of items: `facts` is (n_items, n_entities), rows of length 1 or 0, weighted by rarity."""

    facts: sparse.csr_array

    def scores(self, history: IntArray) -> FloatArray:
        """Return for every item the sum of its cosines with the items of a history, over their facts."""
        rows = self.facts[np.asarray(history, dtype=np.int64)]
        wanted = np.bincount(rows.indices, rows.data, minlength=self.facts.shape[1])
        return np.asarray(self.facts @ wanted, dtype=np.float32)


def fit(catalogue: Catalogue) -> Content:
    """Weigh every fact by ln(items / items that share its value), whatever the relation.

    Counted are items that can be recommended: those that are only known change no likeness of others.
    """
    n_items = len(catalogue.items)
    edges = np.asarray(catalogue.edges, dtype=np.int64)
    shape = (n_items, len(catalogue.entities))
    known = sparse.csr_array(sparse.coo_array((np.ones(len(edges)), (edges[:, 0], edges[:, 2])), shape=shape))
    known.data[:] = 1  # a director who also wrote it is one value
    sharing = np.bincount(known.indices[: known.indptr[catalogue.offered]], minlength=shape[1])
    rarity = np.log(max(catalogue.offered, 1) / np.maximum(sharing, 1))
    known.data = rarity[known.indices]
    row = np.repeat(np.arange(n_items), np.diff(known.indptr))
    length = np.sqrt(np.bincount(row, known.data**2, n_items))
    known.data /= np.where(length > 0, length, 1)[row]
    return Content(known.astype(np.float32))
