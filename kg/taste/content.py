"""Likeness by facts: how much of what is known of items they share, rare facts counting more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kg.catalogue import Catalogue, IntArray
from kg.taste.rows import rows_of
from kg.taste.types import FloatArray
from kg.types import Kind


@dataclass(frozen=True, slots=True)
class Content:
    """What is known of items: (n_items, n_entities), rows of length 1 or 0, weighted by rarity.

    `facts` are all of it, `kinds` the categories that are no scale.
    """

    facts: sparse.csr_array
    kinds: sparse.csr_array

    def scores(self, history: IntArray) -> FloatArray:
        """Return for every item the sum of its cosines with the items of a history, over their facts."""
        return _cosines(self.facts, history)

    def of_kinds(self, history: IntArray) -> FloatArray:
        """Return for every item the sum of its cosines with the items of a history, over their kinds."""
        return _cosines(self.kinds, history)


def _cosines(known: sparse.csr_array, history: IntArray) -> FloatArray:
    held, rarity, _ = rows_of(known, history)
    wanted = np.bincount(held, rarity, minlength=known.shape[1])
    return np.asarray(known @ wanted, dtype=np.float32)


def fit(catalogue: Catalogue) -> Content:
    """Weigh every fact by ln(items / items that share its value), whatever the relation.

    Counted are items that can be recommended: those that are only known change no likeness of others.
    """
    edges = np.asarray(catalogue.edges, dtype=np.int64)
    of_kinds = [
        place
        for place, relation in enumerate(catalogue.relations)
        if relation.kind is Kind.CATEGORY and not relation.scale
    ]
    return Content(_weighted(catalogue, edges), _weighted(catalogue, edges[np.isin(edges[:, 1], of_kinds)]))


def _weighted(catalogue: Catalogue, edges: npt.NDArray[np.int64]) -> sparse.csr_array:
    shape = (len(catalogue.items), len(catalogue.entities))
    known = sparse.csr_array(sparse.coo_array((np.ones(len(edges)), (edges[:, 0], edges[:, 2])), shape=shape))
    known.data[:] = 1  # a director who also wrote it is one value
    sharing = np.bincount(known.indices[: known.indptr[catalogue.offered]], minlength=shape[1])
    rarity = np.log(max(catalogue.offered, 1) / np.maximum(sharing, 1))
    known.data = rarity[known.indices]
    row = np.repeat(np.arange(shape[0]), np.diff(known.indptr))
    length = np.sqrt(np.bincount(row, known.data**2, shape[0]))
    known.data /= np.where(length > 0, length, 1)[row]
    return known.astype(np.float32)
