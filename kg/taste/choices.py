"""Histories as what models are fitted on: some users of them, and who chose what as a sparse matrix."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from kg.catalogue import Histories, IntArray
from kg.errors import DataError


def only(histories: Histories, users: Sequence[int]) -> Histories:
    """Return the histories of some users, in the order of `users` (positions, from 0)."""
    wanted = np.asarray(users, dtype=np.int64)
    lengths = np.diff(histories.starts)[wanted]
    starts = np.zeros(len(wanted) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    shift = np.repeat(histories.starts[wanted] - starts[:-1], lengths)
    return Histories(starts, histories.items[np.arange(starts[-1]) + shift])


def matrix(histories: Histories, n_items: int) -> sparse.csr_array:
    """Return who chose what: (n_users, n_items) float32, 1 where a user chose an item, once or more often.

    Raises:
        DataError: a choice is no position of the `n_items` items.
    """
    items, starts = np.array(histories.items), np.array(histories.starts)  # copies: they may be mapped
    check_positions(items, n_items)
    shape = (len(histories.starts) - 1, n_items)
    chosen = sparse.csr_array((np.ones(len(items), np.float32), items, starts), shape=shape)
    chosen.sum_duplicates()
    chosen.data[:] = 1
    return chosen


def check_positions(items: IntArray, n_items: int) -> None:
    """Refuse choices that are no positions of the `n_items` items.

    Raises:
        DataError: one is none.
    """
    if len(items) and (items.min() < 0 or items.max() >= n_items):
        raise DataError(
            f"histories name the item positions {items.min()} to {items.max()}, of {n_items} items",
            remedy="Fit on the histories of the same catalogue.",
        )
