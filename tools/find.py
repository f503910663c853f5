"""find_items: exact set algebra on the graph."""

from __future__ import annotations

import numpy as np

from kg.graph import Years
from kg.types import Condition
from tools import args
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.types import Found, hit

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
) -> Found:
    """Find the items that satisfy all conditions, most popular first, with the proving edges.

    They also satisfy none of `none_of` and at least one of `any_of`. A condition on the relation `year` is
    compared: {"relation": "year", "op": ">=", "value": "1980"}. `year_from` and `year_to` are inclusive too.
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
    excluded = args.item_ids(graph, exclude_items or [])
    found = graph.find(wanted, unwanted, either, years=Years(year_from, year_to), domain=domain)
    if excluded:
        found = found[~np.isin(found, graph.positions(excluded))]
    first = MOST if limit is None else min(max(0, limit), MOST)
    shown = graph.ids(graph.by_popularity(found, first).tolist())
    return Found(
        tuple(hit(graph.item(key)) for key in shown),
        len(found),
        args.evidence(graph, shown, [*wanted, *either]),
    )
