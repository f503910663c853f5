"""Sequential co-choice: what people choose within a few steps after an item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kg.catalogue import Histories, IntArray
from kg.engines import HERE, Engine
from kg.progress import stage
from kg.taste.choices import check_positions
from kg.taste.rows import rows_of
from kg.taste.types import FloatArray

WITHIN = 5  # steps
REMEMBERED = 20  # choices of a history that say what comes next
KEPT = 200  # successors of an item
_DAMPED = 0.25  # popular items come after everything
_RARE = 10  # choosers below which rarity says nothing
_CHUNK = 250_000  # choices looked at together
_SPAN = 500_000  # choices of the items whose successors are counted together


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


def fit(
    histories: Histories,
    n_items: int,
    *,
    kept: int = KEPT,
    engine: Engine = HERE,
    opened: Callable[[], Histories] | None = None,
) -> Successors:
    """Count what follows what within `WITHIN` steps; of every item the `kept` strongest successors stay.

    Some rows of the matrices at a time, so that memory does not grow with the number of histories. Other
    processes of an `engine` open the histories themselves: `opened` can be pickled.
    """
    chosen, often = tallied(histories, n_items)
    counting = partial(_counting, opened or (lambda: histories), n_items, kept)
    return joined(_told(engine.map(counting, spans(often)), often), chosen)


def _counting(opened: Callable[[], Histories], n_items: int, kept: int) -> Callable[[range], Followers]:
    histories = opened()
    return lambda span: followers(histories, n_items, span, kept)


def updated(before: Successors, histories: Histories, *, kept: int = KEPT) -> Successors:
    """Return what was counted with the histories of more people; nothing is counted again.

    The same as counting everybody at once, but for successors that were left out as too weak before.
    """
    n_items = len(before.chosen)
    chosen, often = tallied(histories, n_items)
    found = (followers(histories, n_items, span, kept, _entries(before, span)) for span in spans(often))
    return joined(_told(found, often), before.chosen + chosen)


def _told(found: Iterable[Followers], often: npt.NDArray[np.int64]) -> list[Followers]:
    """Return what is found, and tell meanwhile how many choices are counted."""
    done, at, each = np.cumsum(often), 0, []
    with stage("taste", int(often.sum()), "choices") as tell:
        for rows in found:
            each.append(rows)
            at += len(rows.sizes)
            tell(int(done[at - 1]) if at else 0)
    return each


class Entries(NamedTuple):
    """Entries of some rows of `Successors`, in order: (row, column) as one number, weights and people."""

    keys: npt.NDArray[np.int64]
    weight: FloatArray
    people: IntArray


class Followers(NamedTuple):
    """Some rows of `Successors`: how many entries each has, their columns, weights and people."""

    sizes: IntArray
    after: IntArray
    weight: FloatArray
    people: IntArray


def tallied(histories: Histories, n_items: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return for every item how many people chose it, and how often it was chosen."""
    chosen, often = np.zeros(n_items, dtype=np.int64), np.zeros(n_items, dtype=np.int64)
    for starts, items in _parts(histories):
        check_positions(items, n_items)
        who = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        chosen += np.bincount(np.unique(who * n_items + items) % n_items, minlength=n_items)
        often += np.bincount(items, minlength=n_items)
    return chosen, often


def spans(often: npt.NDArray[np.int64]) -> list[range]:
    """Return the items in spans that were chosen about equally often, so that memory is bounded."""
    before = np.cumsum(often) - often
    others = np.flatnonzero(np.diff(before // _SPAN)) + 1
    return [range(*each) for each in pairwise([0, *others.tolist(), len(often)])]


def followers(
    histories: Histories, n_items: int, span: range, kept: int, before: Entries | None = None
) -> Followers:
    """Count what follows the items of a span, whoever chose them, beside what was counted before."""
    parts = [] if before is None else [before]
    parts += [_pairs(starts, items, n_items, span) for starts, items in _parts(histories)]
    if not parts:
        parts = [Entries(np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(0, np.int32))]
    key, weight, people = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.argsort(key, kind="stable")  # weights are summed in the order of people
    key = key[order]
    fresh = np.flatnonzero(np.append(True, np.diff(key) > 0)[: len(key)])
    starts = key.searchsorted(np.arange(len(span) + 1) * n_items)
    columns = (key % n_items).astype(np.int32)
    summed = sparse.csr_array((weight[order], columns, starts), shape=(len(span), n_items))
    summed.sum_duplicates()
    told = np.add.reduceat(people[order], fresh, dtype=np.int32) if len(fresh) else people
    return _strongest(summed, told, kept)


def joined(found: Sequence[Followers], chosen: npt.NDArray[np.int64]) -> Successors:
    """Return the matrices that spans make, in their order."""
    sizes, after, weight, people = (np.concatenate(each) for each in zip(*found, strict=True))
    starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
    shape = (len(chosen), len(chosen))
    return Successors(
        sparse.csr_array((weight, after, starts), shape=shape),
        sparse.csr_array((people, after, starts), shape=shape),
        chosen,
    )


def _parts(histories: Histories) -> Iterator[tuple[npt.NDArray[np.int64], IntArray]]:
    """Yield starts and items of histories, so many users together that memory stays bounded."""
    starts = histories.starts
    first = 0
    while first < len(starts) - 1:
        end = max(int(np.searchsorted(starts, starts[first] + _CHUNK, side="right")) - 1, first + 1)
        here = np.asarray(starts[first : end + 1])
        yield here - here[0], np.asarray(histories.items[here[0] : here[-1]])
        first = end


def _pairs(starts: npt.NDArray[np.int64], items: IntArray, n_items: int, span: range) -> Entries:
    """Return what follows the items of a span in some histories; of somebody the fewest steps count."""
    at = np.flatnonzero((items >= span.start) & (items < span.stop))
    who = np.searchsorted(starts, at, side="right") - 1
    ends, before = starts[who + 1], items[at].astype(np.int64)
    keys, steps = [], []
    for step in range(1, WITHIN + 1):
        inside = np.flatnonzero(at + step < ends)
        after = items[at[inside] + step]
        inside, after = (each[after != before[inside]] for each in (inside, after))
        keys.append((who[inside] * len(span) + before[inside] - span.start) * n_items + after)
        steps.append(np.full(len(after), step, dtype=np.float64))
    key, first = np.unique(np.concatenate(keys), return_index=True)  # the first is the one of fewest steps
    pair = key % (len(span) * n_items)
    entries = pair // n_items, pair % n_items
    shape = (len(span), n_items)
    weight = _summed((np.concatenate(steps)[first] ** -0.5).astype(np.float32), entries, shape)
    people = _summed(np.ones(len(first), np.int32), entries, shape)
    return Entries(_keys(weight), weight.data, people.data)


def _entries(found: Successors, span: range) -> Entries:
    rows = slice(span.start, span.stop)
    weight, people = found.weight[rows], found.people[rows]
    return Entries(_keys(weight), weight.data, people.data)


def _keys(rows: sparse.csr_array) -> npt.NDArray[np.int64]:
    """Return (row, column) of every entry as one number."""
    each = np.repeat(np.arange(rows.shape[0], dtype=np.int64), np.diff(rows.indptr))
    return each * rows.shape[1] + rows.indices


def _summed(values: npt.NDArray[Any], entries: Any, shape: tuple[int, int]) -> sparse.csr_array:
    return sparse.csr_array(sparse.coo_array((values, entries), shape=shape))


def _strongest(weight: sparse.csr_array, people: IntArray, kept: int) -> Followers:
    """Return the `kept` heaviest entries of every row, ties by position."""
    sizes = np.diff(weight.indptr)
    row = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((weight.indices, -weight.data, row))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order)) - np.repeat(weight.indptr[:-1], sizes)
    fit = place < kept
    return Followers(
        np.minimum(sizes, kept), weight.indices[fit].astype(np.int32), weight.data[fit], people[fit]
    )
