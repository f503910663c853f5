"""Sequential co-choice: what people choose within a few steps after an item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kg.catalogue import Histories, IntArray
from kg.taste.choices import matrix, only
from kg.taste.rows import rows_of
from kg.taste.types import FloatArray

WITHIN = 5  # steps
REMEMBERED = 20  # choices of a history that say what comes next
KEPT = 200  # successors of an item
_DAMPED = 0.25  # popular items come after everything
_RARE = 10  # choosers below which rarity says nothing
_CHUNK = 250_000  # choices looked at together


@dataclass(frozen=True, slots=True)
class Successors:
    """What follows what: two (n_items, n_items) matrices with one structure, row: before, column: after.

    `weight` sums 1/sqrt(steps) over people; `people` counts them. `chosen`, (n_items,) int64, counts who
    chose an item at all.
    """

    weight: sparse.csr_array
    people: sparse.csr_array
    chosen: npt.NDArray[np.int64]

    def scores(self, history: IntArray) -> FloatArray:
        """Return what comes next after a history: the last choice weighs 1, the one before 1/2, and so on."""
        latest = np.asarray(history)[::-1][:REMEMBERED]
        return self.after(latest, 1 / (np.arange(len(latest)) + 1))

    def after(self, items: IntArray, weights: Sequence[float] | npt.NDArray[np.floating]) -> FloatArray:
        """Return how likely every item comes after these, (n_items,) float32, higher is likelier.

        The sum over `items` of weight times the root of the co-choice, damped by popularity: the root lets
        what follows several of them win against what follows one of them often.
        """
        after, weight, sizes = rows_of(self.weight, items)
        each = np.repeat(np.asarray(weights, dtype=np.float64), sizes)
        total = np.bincount(after, np.sqrt(weight) * each, minlength=len(self.chosen))
        return np.asarray(total * (self.chosen + _RARE) ** -_DAMPED, dtype=np.float32)

    def most_following(self, items: IntArray) -> int:
        """Return how many people chose one and the same item after one of these, where they were most."""
        return int(rows_of(self.people, items).values.max(initial=0))

    def following(self, item: int, after: int) -> int:
        """Return how many people chose `item` within `WITHIN` steps after the item `after`."""
        return self.people_after(after).get(item, 0)

    def people_after(self, item: int) -> dict[int, int]:
        """Return how many people chose what within `WITHIN` steps after an item, of all that anybody did."""
        start, end = self.people.indptr[item : item + 2].tolist()
        chosen = self.people.indices[start:end].tolist()
        return dict(zip(chosen, self.people.data[start:end].tolist(), strict=True))


def fit(histories: Histories, n_items: int, *, kept: int = KEPT) -> Successors:
    """Count what follows what within `WITHIN` steps; of every item the `kept` strongest successors stay."""
    shape = (n_items, n_items)
    weight: Any = sparse.csr_array(shape, dtype=np.float32)
    people: Any = sparse.csr_array(shape, dtype=np.int32)
    nothing = Successors(weight, people, np.zeros(n_items, dtype=np.int64))
    return updated(nothing, histories, kept=kept)


def updated(found: Successors, histories: Histories, *, kept: int = KEPT) -> Successors:
    """Return what was counted with the histories of more people; nothing is counted again.

    The same as counting everybody at once, but for successors that were left out as too weak before.
    """
    n_items = len(found.chosen)
    weight: Any = found.weight
    people: Any = found.people
    for part in _parts(histories):
        before, after, steps = _pairs(part, n_items)
        weight = weight + _summed((steps**-0.5).astype(np.float32), before, after, n_items)
        people = people + _summed(np.ones(len(steps), np.int32), before, after, n_items)
    chosen = found.chosen + np.bincount(matrix(histories, n_items).indices, minlength=n_items)
    return Successors(*_strongest(weight, people, kept), chosen)


def _summed(
    values: npt.NDArray[Any], before: npt.NDArray[Any], after: npt.NDArray[Any], n_items: int
) -> sparse.csr_array:
    entries: Any = (values, (before, after))
    return sparse.csr_array(sparse.coo_array(entries, shape=(n_items, n_items)))


def _parts(histories: Histories) -> Iterator[Histories]:
    """Yield the histories, so many users together that memory stays bounded."""
    starts = np.asarray(histories.starts)
    first = 0
    while first < len(starts) - 1:
        end = max(int(np.searchsorted(starts, starts[first] + _CHUNK, side="right")) - 1, first + 1)
        yield only(histories, range(first, end))
        first = end


def _pairs(histories: Histories, n_items: int) -> tuple[IntArray, IntArray, npt.NDArray[np.float64]]:
    """Return every (before, after, steps), once a user, at the fewest steps."""
    items = np.asarray(histories.items, dtype=np.int64)
    who = np.repeat(np.arange(len(histories.starts) - 1), np.diff(histories.starts))
    keys, steps = [], []
    for step in range(1, WITHIN + 1):
        same = (who[step:] == who[:-step]) & (items[step:] != items[:-step])
        keys.append((who[step:][same] * n_items + items[:-step][same]) * n_items + items[step:][same])
        steps.append(np.full(len(keys[-1]), step, dtype=np.float64))
    key, first = np.unique(np.concatenate(keys), return_index=True)  # the first is the one of fewest steps
    pair = key % (n_items * n_items)
    return pair // n_items, pair % n_items, np.concatenate(steps)[first]


def _strongest(
    weight: sparse.csr_array, people: sparse.csr_array, kept: int
) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Return both matrices with the `kept` heaviest entries of every row, ties by position."""
    for each in (weight, people):
        each.sort_indices()
    sizes = np.diff(weight.indptr)
    row = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((weight.indices, -weight.data, row))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order)) - np.repeat(weight.indptr[:-1], sizes)
    fit = place < kept
    starts = np.concatenate(([0], np.cumsum(np.minimum(sizes, kept)))).astype(np.int32)
    columns = weight.indices[fit].astype(np.int32)
    return (
        sparse.csr_array((weight.data[fit], columns, starts), shape=weight.shape),
        sparse.csr_array((people.data[fit], columns, starts), shape=weight.shape),
    )
