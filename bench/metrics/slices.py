"""Slices: the queries of a run by what they have in common, for the figures of the paper.

A slice is a name and a function from a query to a label, or to None where it does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from bench.metrics.stats import Estimate, bootstrap
from bench.types import Query
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.types import ItemId

Label = Callable[[Query], str | None]

_GENDERS = {"f": "F", "female": "F", "m": "M", "male": "M"}
_POPULARITY = ("least popular", "less popular", "more popular", "most popular")


def _conditions(query: Query) -> str | None:
    """Say 3 and 4 conditions together, as Table 1 of the paper does."""
    count = query.n_conditions
    if not count:
        return None
    return str(count) if count < 3 else "3,4" if count < 5 else "5+"


def _gender(query: Query) -> str | None:
    said = query.profile.gender if query.profile else None
    return _GENDERS.get(said.casefold(), said) if said else None


def _age(query: Query) -> str | None:
    return str(query.profile.age) if query.profile and query.profile.age is not None else None


SLICES: dict[str, Label] = {
    "type": lambda query: query.type,
    "conditions": _conditions,
    "claim": lambda query: query.claim.anchor if query.claim else None,
    "kind": lambda query: query.kind,
    "gender": _gender,
    "age": _age,
    "occupation": lambda query: query.profile.occupation if query.profile else None,
}


def split(queries: Sequence[Query], name: str) -> dict[str, list[Query]]:
    """Return the queries of a slice by label, in natural order, without those it does not apply to.

    Raises:
        UsageError: there is no slice of this name.
    """
    if name not in SLICES:
        raise UsageError.unknown("slice", name, SLICES)
    return _grouped(queries, SLICES[name])


def by_sharers(queries: Sequence[Query]) -> dict[str, list[Query]]:
    """Return interest queries in up to four groups by f(s), the users who share the interest, fewest first.

    Figure 6 of arXiv 2503.09382. The groups are quarters of the queries that hold f(s); equal counts stay
    together, so groups may differ in size or be missing. A label is the group's range of f(s).
    """
    asked = [query for query in queries if query.type == "interest" and query.shared_by]
    quarters = _quarters(asked, [float(query.shared_by or 0) for query in asked])
    return {_range([query.shared_by or 0 for query in quarter]): quarter for quarter in quarters if quarter}


def by_popularity(queries: Sequence[Query], graph: KnowledgeGraph) -> dict[str, list[Query]]:
    """Return interest queries in four groups by how often their true items were chosen, least first.

    For queries that do not hold f(s) (`by_sharers`): quarters by the mean popularity of the truth; equal
    means stay together, so groups may differ in size or be missing. Both order widely known interests last.
    """
    asked = [query for query in queries if query.type == "interest" and query.ground_truth]
    quarters = _quarters(asked, [_popularity(query, graph) for query in asked])
    return {name: quarter for name, quarter in zip(_POPULARITY, quarters, strict=True) if quarter}


def _quarters(queries: Sequence[Query], values: Sequence[float]) -> list[list[Query]]:
    bounds = np.quantile(values, (0.25, 0.5, 0.75)) if queries else ()
    places = np.searchsorted(bounds, values).tolist() if queries else []
    return [[q for q, at in zip(queries, places, strict=True) if at == quarter] for quarter in range(4)]


def _range(counts: Sequence[int]) -> str:
    low, high = min(counts), max(counts)
    return str(low) if low == high else f"{low}–{high}"


def estimates(
    groups: Mapping[str, Sequence[Query]], values: Mapping[str, float]
) -> dict[str, Estimate | None]:
    """Return the mean of a metric for every label; query id -> value, absent where it does not apply."""
    return {
        label: bootstrap([values[query.id] for query in queries if query.id in values])
        for label, queries in groups.items()
    }


def _popularity(query: Query, graph: KnowledgeGraph) -> float:
    places = graph.positions([ItemId(item) for item in query.ground_truth])
    return float(graph.popularity[places].mean()) if len(places) else 0.0


def _grouped(queries: Sequence[Query], label: Label) -> dict[str, list[Query]]:
    found: dict[str, list[Query]] = {}
    for query in queries:
        name = label(query)
        if name is not None:
            found.setdefault(name, []).append(query)
    return {name: found[name] for name in sorted(found, key=_natural)}


def _natural(label: str) -> tuple[int, float, str]:
    """Order 'Under 18' before '18-24' before '56+', and words by letter."""
    number = re.search(r"\d+", label)
    if number is None:
        return 1, 0.0, label
    return 0, int(number.group()) - 0.5 * label.casefold().startswith("under"), label
