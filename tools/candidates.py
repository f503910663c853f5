"""Which items a tool may return, and the best of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.graph import KnowledgeGraph, Years
from kg.taste.order import best
from kg.taste.types import FloatArray
from kg.types import Condition, ItemId
from tools import args
from tools.errors import ToolError
from tools.types import Hit, hit

MAX_K = 200
_ANY_YEAR = Years()


@dataclass(frozen=True, slots=True)
class Allowed:
    """Conditions on what is returned, as they came; `positions` proves them."""

    conditions: Sequence[Condition] = ()
    years: Years = _ANY_YEAR
    domain: str | None = None
    excluded: Collection[str] = ()

    def positions(self, graph: KnowledgeGraph) -> npt.NDArray[np.int32]:
        """Return the positions of the items that may be returned, ascending.

        Raises:
            ToolError: a condition, a domain or an item that this catalogue does not have.
        """
        wanted = args.conditions(graph, self.conditions)
        if self.domain is not None:
            args.domain(graph, self.domain)
        barred = graph.positions(args.item_ids(graph, self.excluded))
        found = graph.find(wanted, years=self.years, domain=self.domain)
        return found[~np.isin(found, barred)]

    @property
    def filters(self) -> bool:
        """Whether anything but single items is left out."""
        return bool(self.conditions) or self.years != _ANY_YEAR or self.domain is not None

    def without(self, items: Collection[ItemId]) -> Allowed:
        """Return the same with more items excluded."""
        return Allowed(self.conditions, self.years, self.domain, [*self.excluded, *items])


def best_hits(
    graph: KnowledgeGraph, scores: FloatArray, positions: npt.NDArray[np.int32], k: int
) -> list[Hit]:
    """Return the `k` best of some items, best first, ties by position; only those with a score above 0.

    `scores` is (n_items,) float32, over the whole catalogue.
    """
    top = positions[best(scores[positions], k)].tolist()
    items = graph.catalogue.items
    return [hit(items[at], round(float(scores[at]), 4)) for at in top if scores[at] > 0]


def check_k(k: int) -> None:
    """Refuse a number of items that makes no sense."""
    if not 1 <= k <= MAX_K:
        raise ToolError(f"k is {k}, expected 1 to {MAX_K}.")
