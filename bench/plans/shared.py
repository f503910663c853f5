"""Shared relations: sets of conditions that several items meet, and users whose history holds some of them.

Eq. 1 of arXiv 2503.09382, turned around: every set of values that at least two items of the catalogue share
is found once, level by level, and then users whose history holds two of these items.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from bench.plans.material import IntArray, Material, Matrix

MOST_TRUE = 100  # beyond, a request is a category and no answer list is complete
_CHUNK = 256  # sets whose users are looked up at once: bounds the memory


@dataclass(frozen=True)
class Sets:
    """Sets of k conditions: `values` (s, k) ascending in each row, `items` (s, n) 0/1: who meets them all."""

    values: IntArray
    items: Matrix


@dataclass(frozen=True, slots=True)
class Shared:
    """Conditions that a user's history shares: `values`, all `items` that meet them (eq. 7), the user."""

    values: tuple[int, ...]
    items: IntArray
    user: int


def condition_sets(material: Material, most: int) -> list[Sets]:
    """Return all sets of 1, 2 … `most` values that at least two items share."""
    by_value = sp.csr_array(material.offered_facts.T)
    asked = np.flatnonzero(material.asked)
    levels = [Sets(asked[:, None].astype(np.int64), by_value[asked])]
    while len(levels) < most:
        levels.append(_grow(levels[-1], by_value, material.asked))
    return levels


def _grow(sets: Sets, by_value: Matrix, asked: npt.NDArray[np.bool_]) -> Sets:
    """Add one value to every set wherever two items still share all; each set is made once, in order."""
    together = sp.coo_array(sets.items @ by_value.T)
    row, more = together.row.astype(np.int64), together.col.astype(np.int64)
    last = sets.values[row, -1] if len(row) else row
    kept = (together.data >= 2) & (more > last) & asked[more]
    row, more = row[kept], more[kept]
    order = np.lexsort((more, row))
    row, more = row[order], more[order]
    items = sp.csr_array(sets.items[row].multiply(by_value[more]))
    return Sets(np.column_stack((sets.values[row], more)), items)


def shared(material: Material, levels: list[Sets], cell: str) -> Iterator[Shared]:
    """Yield conditions with a user each, in the random order of a cell; every set once.

    Sets that more items meet come sooner: they are asked for more. A set is fit for asking if one of its
    values is specific, no value is idle (without it more items would qualify) and at most `MOST_TRUE` items
    qualify. The user has two of them and something else besides; who asks is drawn by how much of the history
    they are.
    """
    rng = material.rng("shared", cell)
    streams = [_of_level(material, sets, rng.spawn(1)[0]) for sets in levels]
    while streams:
        for stream in list(streams):
            found = next(stream, None)
            if found is None:
                streams.remove(stream)
            else:
                yield found


def _of_level(material: Material, sets: Sets, rng: np.random.Generator) -> Iterator[Shared]:
    sizes = np.diff(sets.items.indptr)
    fit = material.specific[sets.values].any(axis=1) & (sizes <= MOST_TRUE)
    drawn = np.log(np.maximum(sizes - 1, 1)) + rng.gumbel(size=len(sizes))  # sorted: a weighted order
    order = np.argsort(-drawn, kind="stable")
    order = order[fit[order]]
    by_value = sp.csr_array(material.offered_facts.T)
    by_item = sp.csr_array(material.choices.T)
    lengths = np.asarray(material.choices.sum(axis=1)).ravel()
    for start in range(0, len(order), _CHUNK):
        chunk = order[start : start + _CHUNK]
        chunk = chunk[~_idle(sets.values[chunk], sizes[chunk], by_value)]
        rows = sets.items[chunk]
        users = _askers(rows @ by_item, lengths, rng)
        for place, user in enumerate(users.tolist()):
            if user >= 0:
                items = np.sort(rows.indices[rows.indptr[place] : rows.indptr[place + 1]]).astype(np.int64)
                yield Shared(tuple(sets.values[chunk[place]].tolist()), items, user)


def _idle(values: IntArray, sizes: IntArray, by_value: Matrix) -> npt.NDArray[np.bool_]:
    """Tell for each set whether some value could be left out and the same items would qualify."""
    idle = np.zeros(len(values), dtype=bool)
    for dropped in range(values.shape[1] if values.shape[1] > 1 else 0):
        first, *others = (column for column in range(values.shape[1]) if column != dropped)
        rest = by_value[values[:, first]]
        for column in others:
            rest = rest.multiply(by_value[values[:, column]])
        idle |= np.asarray(rest.sum(axis=1)).ravel() == sizes
    return idle


def _askers(counts: Matrix, lengths: IntArray, rng: np.random.Generator) -> IntArray:
    """Return for each row of (sets, users) counts one user, -1 if there is none."""
    table = sp.coo_array(counts)
    row, user, count = table.row.astype(np.int64), table.col.astype(np.int64), table.data
    kept = (count >= 2) & (lengths[user] > count)
    row, user, count = row[kept], user[kept], count[kept]
    order = np.lexsort((user, row))
    row, user, count = row[order], user[order], count[order]
    drawn = np.log(count / lengths[user]) + rng.gumbel(size=len(row))  # the largest is a weighted draw
    best = np.lexsort((-drawn, row))
    rows, firsts = np.unique(row[best], return_index=True)
    users = np.full(counts.shape[0], -1, dtype=np.int64)
    users[rows] = user[best][firsts]
    return users
