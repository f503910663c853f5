"""What ratings of a log make facts: how highly, and how often, an item was rated."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from kg.builder import Builder
from kg.catalogue import IntArray
from kg.types import Kind, Relation, RelationName

RATING, VOTES = RelationName("rating"), RelationName("votes")
LEAST = 5  # ratings: the mean of fewer says nothing, and would be the best or the worst of all


class Sums:
    """How often items were rated, and the sum of their ratings in whole numbers, counted part by part."""

    def __init__(self, n_items: int):
        self._counts = np.zeros(n_items, dtype=np.int64)
        self._totals = np.zeros(n_items)

    def count(self, items: IntArray, scores: npt.NDArray[Any]) -> None:
        """Count ratings: (n,) positions of items, and (n,) scores in whole numbers."""
        self._counts += np.bincount(items, minlength=len(self._counts))
        self._totals += np.bincount(items, weights=scores, minlength=len(self._counts))

    def add(self, builder: Builder, unit: str = "", parts: int = 1) -> None:
        """Add what was counted to the items of a builder; see `add`."""
        counts, totals = self._counts.tolist(), self._totals.tolist()
        if max(counts, default=0) >= LEAST:
            builder.relations[RATING] = Relation(RATING, Kind.NUMBER, unit)
        for item, count, total in zip(builder.items, counts, totals, strict=True):
            if count:
                builder.add_value(item, VOTES, count)
            if count >= LEAST:
                builder.add_value(item, RATING, round(total / (count * parts), 2))


def add(builder: Builder, items: IntArray, scores: npt.NDArray[Any], unit: str = "", parts: int = 1) -> None:
    """Add to every item its number of ratings and, where there are `LEAST`, their mean with two decimals.

    Args:
        builder: has all items already.
        items: (n,) positions, one a rating.
        scores: (n,) ratings in whole numbers, so that their order changes no sum.
        unit: what a rating counts.
        parts: how many of a score are one of the unit.
    """
    sums = Sums(len(builder.items))
    sums.count(items, scores)
    sums.add(builder, unit, parts)
