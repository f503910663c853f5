"""Which items a tool may return, and the best of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.graph import KnowledgeGraph, Positions, Years
from kg.literals import among
from kg.taste.order import best
from kg.taste.types import FloatArray
from kg.types import YEAR, Condition, ItemId, Op, RelationName
from tools import args
from tools.errors import ToolError
from tools.types import Hit, Order, hit
from tools.wishes import Wish, barred

MAX_K = 200
_ANY_YEAR = Years()
_CLOSED = frozenset(("closed", "closing", "shut"))
_MOST = 0.75  # share of items: a relation with fewer is of some only, as series are


@dataclass(frozen=True, slots=True)
class Allowed:
    """Conditions on what is returned, as they came, and standing wishes; `positions` proves them."""

    conditions: Sequence[Condition] = ()
    years: Years = _ANY_YEAR
    domain: str | None = None
    excluded: Collection[str] = ()
    wishes: Sequence[Wish] = ()

    def positions(self, graph: KnowledgeGraph) -> Positions:
        """Return the positions of the items that may be returned, ascending.

        Raises:
            ToolError: a condition, a domain or an item that this catalogue does not have.
        """
        wanted = args.conditions(graph, self.conditions)
        if self.domain is not None:
            args.domain(graph, self.domain)
        gone = graph.positions(args.item_ids(graph, self.excluded))
        found = graph.find(wanted, years=self.years, domain=self.domain)
        stated = [*wanted, *of_years(self.years)]
        return without(without(found, gone), barred(graph, self.wishes, stated))

    @property
    def filters(self) -> bool:
        """Whether anything but single items is left out."""
        stated = self.conditions or self.wishes or self.years != _ANY_YEAR
        return bool(stated) or self.domain is not None

    def without(self, items: Collection[ItemId]) -> Allowed:
        """Return the same with more items excluded."""
        return replace(self, excluded=[*self.excluded, *items])


def of_years(years: Years) -> list[Condition]:
    """Return bounds of years as conditions."""
    ends: tuple[tuple[Op, int | None], ...] = ((">=", years.first), ("<=", years.last))
    return [Condition(YEAR, str(year), op) for op, year in ends if year is not None]


def in_order(
    graph: KnowledgeGraph,
    positions: Positions,
    orders: Sequence[Order],
    first: int | None = None,
    ranks: Positions | None = None,
) -> Positions:
    """Return those items that have a value on every order's relation, by the first order, ties by the next.

    The last ties are by `ranks` (n_items,), by popularity without. With `first`, so many of them.
    """
    for number, order in reversed(list(enumerate(orders))):
        positions = graph.ordered(
            _ascending(positions),
            order.relation,
            descending=order.descending,
            first=None if number else first,
            ranks=ranks,
        )
        ranks = _ranks(graph, positions) if number else None
    return positions


def _ascending(positions: Positions) -> Positions:
    return positions if (positions[1:] > positions[:-1]).all() else np.sort(positions)


def hits_in_order(graph: KnowledgeGraph, hits: Sequence[Hit], orders: Sequence[Order]) -> list[Hit]:
    """Return those hits that have a value on every order's relation, in order; ties as they come."""
    if not orders:
        return list(hits)
    at = graph.positions([each.id for each in hits])
    by_place = dict(zip(at.tolist(), hits, strict=True))
    return [by_place[place] for place in in_order(graph, at, orders, ranks=_ranks(graph, at)).tolist()]


def _ranks(graph: KnowledgeGraph, positions: Positions) -> Positions:
    ranks = np.zeros(len(graph.catalogue.items), dtype=np.int32)
    ranks[positions] = np.arange(len(positions), dtype=np.int32)
    return ranks


def undecided(
    graph: KnowledgeGraph, found: Positions, conditions: Sequence[Condition], frame: Callable[..., Positions]
) -> int:
    """Return how many items no condition rules out, but a value that is compared is not known.

    `frame` finds the items that satisfy the conditions it is given, and all else that is asked.
    """
    compared = [each for each in conditions if graph.is_compared(each) and not graph.has_all(each.relation)]
    if not compared:
        return 0
    left = frame([each for each in conditions if each not in compared])
    for condition in compared:
        known = graph.known(condition.relation)
        left = left[~among(left, known) | among(left, graph.items_with(condition))]
    return len(left) - len(found)


def told_of_most(graph: KnowledgeGraph, denied: Sequence[Condition]) -> list[RelationName]:
    """Return the relations of conditions that are denied, of which a person's own table tells most items.

    An item of which such a relation tells nothing may have what is denied.
    """
    if not graph.catalogue.notes.get("wording"):
        return []
    least = _MOST * graph.catalogue.offered
    every = dict.fromkeys(each.relation for each in denied if not graph.is_of_title(each))
    return [
        each
        for each in every
        if not graph.has_all(each) and len(graph.known(each)) >= least and not _are_closings(each)
    ]


def _are_closings(relation: RelationName) -> bool:
    """Tell whether a relation tells when items are closed: what has no such day never is."""
    return not _CLOSED.isdisjoint(relation.split("_"))


def known_of(graph: KnowledgeGraph, found: Positions, relations: Sequence[RelationName]) -> Positions:
    """Return those items, ascending, of which something is known on every relation."""
    for relation in relations:
        found = found[among(found, graph.known(relation))]
    return found


def without(found: Positions, excluded: Positions) -> Positions:
    """Return some items, ascending, without others."""
    if not len(excluded) or not len(found):
        return found
    places = np.minimum(np.searchsorted(found, excluded), len(found) - 1)
    return np.delete(found, places[found[places] == excluded])


def without_value(graph: KnowledgeGraph, found: Positions, relation: str) -> int:
    """Return of how many items, ascending, nothing is known on a relation."""
    return 0 if graph.has_all(relation) else len(found) - int(among(found, graph.known(relation)).sum())


def best_hits(graph: KnowledgeGraph, scores: FloatArray, positions: Positions, k: int) -> list[Hit]:
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
