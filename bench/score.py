"""From answers to scores: every metric per query, then the mean over all queries of a row of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bench.dataset import conditions
from bench.metrics import cmr as matched
from bench.metrics.cmr import cmr
from bench.metrics.corrections import corrected, false_alarm
from bench.metrics.mrr import reciprocal_rank
from bench.metrics.ndcg import ndcg
from bench.metrics.precision import precision
from bench.metrics.recall import recall
from bench.metrics.stats import Estimate, bootstraps, wilson
from bench.metrics.twenty import CANDIDATES, accuracy, candidates
from bench.types import TRUTHS, TYPES, Answer, Query, Truth
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.types import ItemId

METRICS = (
    *("precision", "recall", "cmr", "cmr_answered", "cmr_pooled", "ndcg", "mrr", "choice"),
    *("ftr", "refused", "silent", "out_of_catalogue", "unknown", "correction", "false_alarm"),
)
_RATES = frozenset(("choice", "ftr", "refused", "silent", "correction", "false_alarm"))
_COUNTS = ("met", "recommended")  # of a query's items, for the two other denominators of CMR


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table.

    Queries of a type (and a number of conditions), failures, and every metric that applies.
    """

    type: str
    n_conditions: int | None
    n: int
    errors: int
    metrics: Mapping[str, Estimate | None]


def score(
    queries: Sequence[Query], answers: Iterable[Answer], graph: KnowledgeGraph, truth: Truth = "kg"
) -> list[Row]:
    """Score answers: a row a type, then a row a number of conditions within it.

    A query without an answer, and one whose system crashed, score 0 and stay in the denominator; crashes are
    counted apart as `errors`. Queries that have no truth of the kind `truth` are left out, whatever was said.
    """
    queries = [query for query in queries if query.has(truth)]
    by_id = {answer.id: answer for answer in answers}
    pools = {
        domain: [item.id for item in graph.offered if item.domain == domain]
        for domain in {query.domain for query in queries}
    }
    judged = [
        (query, judge(query, by_id.get(query.id) or Answer(id=query.id), graph, pools[query.domain], truth))
        for query in queries
    ]
    crashed = {answer.id for answer in by_id.values() if answer.error}
    rows = []
    for kind in TYPES:
        of_kind = [(query, values) for query, values in judged if query.type == kind]
        if of_kind:
            rows.append(_row(kind, None, of_kind, crashed))
        counts = sorted({query.n_conditions for query, _ in of_kind if query.n_conditions is not None})
        for count in counts if len(counts) > 1 else ():
            rows.append(
                _row(kind, count, [pair for pair in of_kind if pair[0].n_conditions == count], crashed)
            )
    return rows


def judge(
    query: Query, answer: Answer, graph: KnowledgeGraph, pool: Sequence[str] = (), which: Truth = "kg"
) -> dict[str, float]:
    """Return the metrics that apply to one query. Ignored items count neither for nor against.

    The 20-way choice is made among the items of `pool`, where that has enough of them. What satisfies the
    conditions, and with it CMR, does not depend on which truth is asked for. A query with conditions has
    counts too, of items that met them and of all that were recommended.
    """
    items = [item for item in dict.fromkeys(answer.items) if item not in query.ignore]
    recommended = items + [f"not in the catalogue: {title}" for title in dict.fromkeys(answer.unmatched)]
    truth = set(query.truth(which)) - set(query.ignore)
    values = {
        "precision": precision(recommended, truth),
        "recall": recall(recommended, truth),
        "ndcg": ndcg(recommended, truth),
        "mrr": reciprocal_rank(recommended, truth),
        "ftr": float(not recommended),
    }
    strangers = [item for item in recommended if not graph.offers(item)]
    values["out_of_catalogue"] = len(strangers) / len(recommended) if recommended else 0.0
    shown = {*query.ignore, *query.history}
    if truth - shown and len(pool) >= CANDIDATES + len(truth | shown):
        offered = candidates(query.id, truth, pool, ignore=shown)
        values["choice"] = accuracy(recommended, truth, offered)
    if query.conditions:
        satisfies, every = _satisfies(query, graph), set(query.ground_truth)
        values["cmr"] = cmr(recommended, every, satisfies)
        values["met"] = float(matched.met(recommended, every, satisfies))
        values["recommended"] = float(len(recommended))
        values["unknown"] = _unknown(query, items, graph)
    if query.claims:
        values["correction"] = float(all(corrected(each, answer.corrections) for each in query.claims))
        values["refused"] = float(bool(values["ftr"] and values["correction"]))
        values["silent"] = float(bool(values["ftr"] and not values["correction"]))
    else:
        values["false_alarm"] = float(false_alarm(answer.corrections))
    return values


def truth_named(name: str) -> Truth:
    """Return the truth of a name.

    Raises:
        UsageError: there is no such truth.
    """
    for truth in TRUTHS:
        if truth == name:
            return truth
    raise UsageError.unknown("truth", name, TRUTHS)


def table(rows: Sequence[Row], truth: Truth = "kg") -> list[dict[str, Any]]:
    """Return rows as plain data, as `scores.json` holds them."""
    return [
        {
            "type": row.type,
            "n_conditions": row.n_conditions,
            "truth": truth,
            "n": row.n,
            "errors": row.errors,
            **{name: None if e is None else e._asdict() for name, e in row.metrics.items()},
        }
        for row in rows
    ]


def _row(
    kind: str, count: int | None, judged: Sequence[tuple[Query, dict[str, float]]], crashed: set[str]
) -> Row:
    columns = {name: [v[name] for _, v in judged if name in v] for name in METRICS}
    means = bootstraps({name: values for name, values in columns.items() if name not in _RATES})
    metrics = {
        name: means[name] if name in means else wilson(int(sum(values)), len(values))
        for name, values in columns.items()
    }
    counts = [(int(v["met"]), int(v["recommended"])) for _, v in judged if v.keys() >= set(_COUNTS)]
    metrics["cmr_answered"], metrics["cmr_pooled"] = matched.answered(counts), matched.pooled(counts)
    return Row(kind, count, len(judged), sum(query.id in crashed for query, _ in judged), metrics)


def _satisfies(query: Query, graph: KnowledgeGraph) -> Callable[[str], bool]:
    wanted = conditions(query)
    return cache(
        lambda item: item in graph and all(graph.proved(ItemId(item), condition) for condition in wanted)
    )


def _unknown(query: Query, items: Sequence[str], graph: KnowledgeGraph) -> float:
    """Return the share of recommended items for which the graph knows nothing of a relation asked for."""
    relations = {condition.relation for condition in query.conditions}
    unknown = [i for i in items if i in graph and any(not graph.labels(ItemId(i), r) for r in relations)]
    return len(unknown) / len(items) if items else 0.0
