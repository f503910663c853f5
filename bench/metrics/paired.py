"""Two systems on the same queries: the difference of a metric, with an interval that respects the pairs.

Queries about one entity succeed and fail together; resampling them one by one would claim more certainty than
there is. Given clusters, whole clusters are resampled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bench.metrics.stats import bootstrap
from bench.types import Query
from kg.errors import UsageError
from kg.relations import relation
from kg.types import Kind

_RESAMPLES = 2000
_SEED = 0
_AT_ONCE = 100  # resamples in memory at a time


class Difference(NamedTuple):
    """Mean of (first − second) over n queries with its 95 % interval, and how many queries each one won."""

    mean: float
    low: float
    high: float
    n: int
    clusters: int
    better: int
    worse: int

    @property
    def decided(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0


def difference(
    first: Mapping[str, float], second: Mapping[str, float], clusters: Mapping[str, str] | None = None
) -> Difference | None:
    """Return the paired difference of two systems; query id -> value of the metric. None for no queries.

    Percentile bootstrap over queries (Koehn 2004), or over clusters where `clusters` names each query's: the
    mean is still over queries, so a large cluster counts for more. Fixed seed; the order of the queries does
    not matter.

    Raises:
        UsageError: the systems did not answer the same queries, or a query has no cluster.
    """
    odd = sorted(set(first) ^ set(second))
    if odd:
        said = f"{len(odd)} queries are in one run only, such as {odd[0]!r}"
        raise UsageError(f"paired differences need the same queries in both runs; {said}.")
    ids = sorted(first)
    if not ids:
        return None
    values = np.array([first[key] - second[key] for key in ids])
    better, worse = int((values > 0).sum()), int((values < 0).sum())
    if clusters is None:
        alone = bootstrap(values.tolist())
        return alone and Difference(alone.mean, alone.low, alone.high, len(ids), len(ids), better, worse)
    missing = [key for key in ids if key not in clusters]
    if missing:
        raise UsageError(f"query {missing[0]!r} has no cluster; give one for every query.")
    names, place = np.unique([clusters[key] for key in ids], return_inverse=True)
    sums, sizes = np.bincount(place, values).astype(np.float64), np.bincount(place)
    low, high = np.quantile(_means(sums, sizes), (0.025, 0.975))
    return Difference(float(values.mean()), float(low), float(high), len(ids), len(names), better, worse)


def _means(sums: npt.NDArray[np.float64], sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return the mean over queries of every resample of clusters."""
    rng = np.random.default_rng(_SEED)
    parts = []
    for _ in range(0, _RESAMPLES, _AT_ONCE):
        drawn = rng.integers(0, len(sums), (_AT_ONCE, len(sums)))
        parts.append(sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1))
    return np.concatenate(parts)


def clusters(queries: Sequence[Query]) -> dict[str, str]:
    """Return for every query the entity that most queries share with it: query id -> cluster.

    Entities are the values of conditions and the claimed name; ties go to the first by name. Genres and their
    like join queries only where there is nothing else, and joining everything that shares anything would end
    in one cluster. Without conditions, a group of users is the cluster, or else the query itself.
    """
    counts = Counter(entity for query in queries for entity in _entities(query))
    return {query.id: _cluster(query, counts) for query in queries}


def _cluster(query: Query, counts: Counter[str]) -> str:
    entities = _entities(query)
    if entities:
        return min(entities, key=lambda entity: (-counts[entity], entity))
    if query.type == "demographic" and query.profile is not None:
        return f"group: {query.profile.model_dump_json()}"
    return f"query: {query.id}"


def _entities(query: Query) -> frozenset[str]:
    stated = {(each.relation, each.value) for each in query.conditions}
    stated |= {(each.relation, each.value) for each in query.references}
    if query.claim is not None:
        stated |= {(query.claim.relation, name) for name in (query.claim.claimed, *query.claim.truths)}
    telling = {pair for pair in stated if relation(pair[0]).kind not in (Kind.CATEGORY, Kind.LANGUAGE)}
    return frozenset(f"value: {value}" for _, value in (telling or stated))
