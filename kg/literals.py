"""Literals: numbers, dates and flags of items, compared as they are stored.

A date is an int `yyyymmdd`, zeros where the month or the day is not known; a flag is 0 or 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.rows import mapped
from kg.types import Kind, Op
from kg.values import interval, latest, shown

Positions = npt.NDArray[np.int32]
Values = npt.NDArray[Any]

KINDS = frozenset((Kind.NUMBER, Kind.DATE, Kind.FLAG))
_TYPES = {Kind.NUMBER: np.float64, Kind.DATE: np.int64, Kind.FLAG: np.int64}
_SELECTIVE = 16  # a range of fewer than every so many values is taken from the sorted order
_CHUNK = 64  # values looked at together from one end of the order
_PARTS = ("items", "values", "order")


class Literals:
    """The values of one relation: value `values[k]` is one of item `items[k]`, m values in all.

    `items` (m,) int32 ascending; `values` (m,) float64 for numbers, int64 for dates and flags; `order` (m,)
    int32 sorts the values, ties by item. An item may have several values; one without any is neither true
    nor false.
    """

    def __init__(self, kind: Kind, items: Positions, values: Values, order: Positions | None = None):
        self.kind = kind
        self.items = items
        self.values = values
        self._order = order

    @classmethod
    def of(cls, kind: Kind, items: Iterable[int], values: Iterable[float]) -> Literals:
        """Sort facts by item, then value; repeats are kept once."""
        at, said = np.asarray(items, dtype=np.int32), np.asarray(values, dtype=_TYPES[kind])
        by_item = np.lexsort((said, at))
        at, said = at[by_item], said[by_item]
        fresh = np.ones(len(at), dtype=bool)
        fresh[1:] = (at[1:] != at[:-1]) | (said[1:] != said[:-1])
        return cls(kind, at[fresh], said[fresh])

    @cached_property
    def order(self) -> Positions:
        """The places of the values from low to high, ties by item: (m,) int32."""
        if self._order is not None:
            return self._order
        return np.argsort(self.values, kind="stable").astype(np.int32)  # items ascend, so ties are by item

    @cached_property
    def known(self) -> Positions:
        """The items that have a value, ascending, each once."""
        return self._each_once(self.items)

    @cached_property
    def is_whole(self) -> bool:
        """Whether value k is the one value of item k, for every k."""
        return bool(len(self.items) and self.items[-1] == len(self.items) - 1 and self._is_single)

    @cached_property
    def _is_single(self) -> bool:
        return bool((self.items[1:] > self.items[:-1]).all())

    def below(self, end: int) -> Literals:
        """Return the values of the items whose position is below `end`."""
        count = int(self.items.searchsorted(end))
        if count == len(self.items):
            return self
        return Literals(self.kind, self.items[:count], self.values[:count])

    @cached_property
    def is_limitless(self) -> bool:
        """Whether any value is unlimited."""
        return bool(self.kind is Kind.NUMBER and np.isinf(self.values).any())

    def finite(self) -> Literals:
        """Return the values without those that are unlimited."""
        if not self.is_limitless:
            return self
        said = np.isfinite(self.values)
        return Literals(self.kind, self.items[said], self.values[said])

    def of_item(self, position: int) -> list[float]:
        """Return the values of an item, from low to high."""
        low, high = self.items.searchsorted([position, position + 1]).tolist()
        return sorted(self.values[low:high].tolist())

    # Comparing

    def where(self, op: Op, value: str) -> Positions:
        """Return the items with a value for which the comparison is proved: ascending, each once."""
        said = interval(self.kind, value)
        if said is None:
            return self.items[:0]
        if (few := self._few(op, *said)) is not None:
            return np.unique(self.items[few])
        met = _holds(self.kind, op, self.values, *said)
        if self.is_whole:
            return np.flatnonzero(met).astype(np.int32)
        return self._each_once(self.items[met])

    def among(self, positions: Positions, op: Op, value: str) -> Positions:
        """Return those of some items, ascending, for which the comparison is proved."""
        said = interval(self.kind, value)
        if said is not None and self.is_whole:
            positions = positions[positions < len(self.items)]
            met = _holds(self.kind, op, self.values[positions], *said)
        else:
            met = among(positions, self.where(op, value))
        found: Positions = positions[met]
        return found

    def holds(self, op: Op, value: str) -> npt.NDArray[np.bool_]:
        """Tell of every value whether it proves a comparison: (m,)."""
        said = interval(self.kind, value)
        if said is None:
            return np.zeros(len(self.values), dtype=bool)
        met: npt.NDArray[np.bool_] = _holds(self.kind, op, self.values, *said)
        return met

    def proving(self, position: int, op: Op, value: str) -> list[str]:
        """Return those of an item's values, as shown, that prove the comparison."""
        said = interval(self.kind, value)
        held = self.of_item(position) if said else []
        return [shown(self.kind, each) for each in held if said and _holds(self.kind, op, each, *said)]

    def ordered(
        self, positions: Positions, ranks: Positions, *, descending: bool = False, first: int | None = None
    ) -> Positions:
        """Return those of some items that have a value, by their lowest or, descending, highest one.

        Ties are in the order of `ranks` (n_items,). With `first`, so many of them.
        """
        if first is not None and self._is_single:
            positions = self._at_one_end(positions, first, descending=descending)
        if self.is_whole:
            found = positions[positions < len(self.items)]
            said = self.values[found]
        else:
            places = self.items.searchsorted(positions, "right" if descending else "left") - int(descending)
            inside = (places >= 0) & (places < len(self.items))
            inside[inside] = self.items[places[inside]] == positions[inside]
            found, said = positions[inside], self.values[places[inside]]
        return found[np.lexsort((ranks[found], -said if descending else said))][:first]

    def _at_one_end(self, positions: Positions, first: int, *, descending: bool) -> Positions:
        """Return at least the first of some items, ascending, and all ties of the last of them."""
        start, step = 0, max(_CHUNK, 2 * first * len(self.order) // max(1, len(positions)))
        if step >= len(positions):
            return positions
        order = self.order[::-1] if descending else self.order
        found: list[Positions] = []
        while start < len(order) and sum(map(len, found)) < first:
            end = self._past_ties(order, min(start + step, len(order)))
            places = order[start:end]
            items = places if self.is_whole else self.items[places]
            found.append(items[among(items, positions)])
            start, step = end, 2 * step
        return np.concatenate(found)

    def _past_ties(self, order: Positions, end: int) -> int:
        """Return how many values of an order come before the first that differs from value `end - 1`."""
        value, low, high = self.values[order[end - 1]], end, end
        while high < len(order) and self.values[order[high]] == value:  # few ties are usual: look near first
            low, high = high + 1, 2 * high - end + 1
        high = min(high, len(order))
        while low < high:
            middle = (low + high) // 2
            if self.values[order[middle]] == value:
                low = middle + 1
            else:
                high = middle
        return low

    def _few(self, op: Op, low: float, high: float) -> Positions | None:
        """Return the places of the values in a short range by the sorted order; None if it is not short."""
        if self._order is None or self.kind is Kind.DATE:
            return None
        ends: Mapping[Op, tuple[int, int]] = {
            "is": (self._rank(low, after=False), self._rank(high, after=True)),
            ">=": (self._rank(low, after=False), len(self.order)),
            ">": (self._rank(high, after=True), len(self.order)),
            "<=": (0, self._rank(high, after=True)),
            "<": (0, self._rank(low, after=False)),
        }
        first, last = ends[op]
        return self.order[first:last] if (last - first) * _SELECTIVE < len(self.order) else None

    def _rank(self, value: float, *, after: bool) -> int:
        """Return how many values are below, or with `after` not above, a value."""
        low, high = 0, len(self.order)
        while low < high:
            middle = (low + high) // 2
            here = self.values[self.order[middle]]
            if here < value or (after and here == value):
                low = middle + 1
            else:
                high = middle
        return low

    def _each_once(self, items: Positions) -> Positions:
        if self._is_single:
            return items
        fresh = np.ones(len(items), dtype=bool)
        fresh[1:] = items[1:] != items[:-1]
        return items[fresh]

    # On disk

    def write(self, folder: Path, number: int) -> None:
        """Write the arrays of relation number `number` into `folder` (`literal-*`)."""
        for part in _PARTS:
            np.save(folder / f"literal-{number}-{part}.npy", getattr(self, part))

    @classmethod
    def load(cls, folder: Path, number: int, kind: Kind) -> Literals | None:
        """Map the arrays of a relation in `folder`; None if it has no literals."""
        if not (folder / f"literal-{number}-values.npy").exists():
            return None
        return cls(kind, *(mapped(folder / f"literal-{number}-{part}.npy") for part in _PARTS))


def satisfying(compared: Sequence[tuple[Literals, Op, str]]) -> Positions:
    """Return the items for which every comparison is proved: ascending, each once."""
    whole = [each for each in compared if each[0].is_whole and interval(each[0].kind, each[2])]
    if len(whole) < 2:
        literals, op, value = compared[0]
        found, rest = literals.where(op, value), compared[1:]
    else:
        shortest = min(len(literals.items) for literals, _, _ in whole)
        met = np.ones(shortest, dtype=bool)
        for literals, op, value in whole:
            met &= literals.holds(op, value)[:shortest]
        found, rest = np.flatnonzero(met).astype(np.int32), [each for each in compared if each not in whole]
    for literals, op, value in rest:
        found = literals.among(found, op, value)
    return found


def among(wanted: Positions, sorted_set: Positions) -> npt.NDArray[np.bool_]:
    """Tell for each position whether it is in a sorted set, which may be far the longer one."""
    if not len(sorted_set):
        return np.zeros(len(wanted), dtype=bool)
    if sorted_set[-1] == len(sorted_set) - 1:  # every item up to the last
        return wanted < len(sorted_set)
    at = np.minimum(np.searchsorted(sorted_set, wanted), len(sorted_set) - 1)
    found: npt.NDArray[np.bool_] = sorted_set[at] == wanted
    return found


def _holds(kind: Kind, op: Op, values: Any, low: float, high: float) -> Any:
    """Tell of values whether a comparison is proved, whatever their unknown parts are."""
    last = latest(values) if kind is Kind.DATE else values
    compare: Mapping[Op, Callable[[], Any]] = {
        "is": lambda: (values >= low) & (last <= high),
        ">=": lambda: values >= low,
        ">": lambda: values > high,
        "<=": lambda: last <= high,
        "<": lambda: last < low,
    }
    return compare[op]()
