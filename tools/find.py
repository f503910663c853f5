"""find_items: exact set algebra on the graph."""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph import Positions, Years
from kg.types import Condition
from tools import args
from tools.candidates import (
    in_order,
    known_of,
    of_years,
    told_of_most,
    undecided,
    without,
    without_value,
)
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.types import Found, Order, hit
from tools.wishes import barred

MOST = 5_000  # more than any request of the benchmark has answers; fewer than make anybody wait


def find_items(
    knowledge: Knowledge,
    conditions: list[Condition],
    none_of: list[Condition] | None = None,
    any_of: list[Condition] | None = None,
    exclude_items: list[str] | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    domain: str | None = None,
    limit: int | None = None,
    order: list[Order] | None = None,
) -> Found:
    """Find the items that satisfy all conditions, most popular first, with the proving facts.

    They also satisfy none of `none_of` and at least one of `any_of`. `order` sorts by numbers, dates or
    years.

    Numbers, dates, years and scales are compared: {"relation": "year", "op": ">=", "value": "1980"}, and
    sorted by, as {"relation": "year", "descending": true}; items without a value are left out and counted in
    `unknown`, as are those whose value a condition compares. `year_from` and `year_to` are inclusive.
    `domain` is e.g. "movie" or "book". `exclude_items` are left out. Without `limit` all are returned, of
    very many the first 5,000; `total` counts all. At least one condition, bound or `limit` is
    needed.
    """
    graph = knowledge.graph
    wanted, unwanted = args.conditions(graph, conditions), args.conditions(graph, none_of or [])
    either = args.conditions(graph, any_of or [])
    stated = wanted or unwanted or either or year_from is not None or year_to is not None
    if not stated and limit is None:
        raise ToolError(
            "conditions is empty; give a condition, a year bound or a limit, or use search_items."
        )
    if domain is not None:
        args.domain(graph, domain)
    excluded = graph.positions(args.item_ids(graph, exclude_items or []))
    orders = args.orders(graph, order or [])
    said = [*wanted, *either, *of_years(Years(year_from, year_to))]
    unwished = barred(graph, knowledge.asker.wishes, said)

    denied = told_of_most(graph, unwanted)

    def frame(conditions: Sequence[Condition]) -> Positions:
        found = graph.find(conditions, unwanted, either, years=Years(year_from, year_to), domain=domain)
        found = without(known_of(graph, found, denied), excluded)
        return without(found, unwished)

    found = frame(wanted)
    first = MOST if limit is None else min(max(0, limit), MOST)
    best = in_order(graph, found, orders, first) if orders else graph.by_popularity(found, first)
    unsorted = sum(without_value(graph, found, each.relation) for each in orders)
    shown = graph.at(best.tolist())
    return Found(
        tuple(map(hit, shown)),
        len(found) - unsorted,
        args.evidence(graph, [item.id for item in shown], [*wanted, *either]),
        unknown=undecided(graph, found, wanted, frame) + unsorted,
    )
