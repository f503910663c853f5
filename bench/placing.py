"""`python -m bench.run --task position-bias`: does the order of a list change how a system ranks it?

One true item and nine others are listed ten times, the true one at every place in turn. What changes in its
rank is bias: MAPB, `bench.metrics.position_bias`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict
from rich.console import Console

from bench import execute, jsonl, stamp
from bench.accounts import Accounts
from bench.metrics.position_bias import mapb, placements, rank_of
from bench.metrics.stats import Estimate, bootstrap
from bench.metrics.twenty import candidates
from bench.report import progress
from bench.systems.base import Ranker, System
from bench.types import Query
from kg.errors import UsageError
from kg.graph import KnowledgeGraph

PLACES = 10
RANKS = "ranks.jsonl"


class Ranks(BaseModel):
    """A line of `ranks.jsonl`: the true item's rank when it is listed at place 1, 2 …."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    target: str
    ranks: list[int]


class Sample(NamedTuple):
    """A query, the true item, and the others in the order they are listed in."""

    query: Query
    target: str
    others: list[str]


class Run(NamedTuple):
    """Where a run is kept, what decides its results, whether it starts over, and its model's accounts."""

    folder: Path
    identity: dict[str, Any]
    fresh: bool
    accounts: Accounts


def run(
    name: str, system: System, queries: Sequence[Query], graph: KnowledgeGraph, into: Run
) -> dict[str, Any]:
    """Measure a system into a run folder and print MAPB; what the folder holds is not asked again.

    Returns:
        What its model used, as `bench.accounts.Accounts.close` says it.

    Raises:
        UsageError: the system does not rank lists, or no query has a true item and enough others.
        DataError: the folder holds a run of something else.
    """
    start = datetime.now(UTC)
    ranking, listed = ranker(name, system), lists(queries, graph)
    path = _open(into) / RANKS
    done = {row.id: row for _, row in jsonl.read(path, Ranks)} if path.exists() else {}
    into.accounts.open(into.folder, fresh=into.fresh)
    try:
        with (
            jsonl.appending(path) as append,
            progress("Ranking", len(listed), already=len(done)) as tick,
        ):
            for sample in listed:
                if sample.query.id not in done:
                    done[sample.query.id] = ranks(ranking, sample)
                    append(done[sample.query.id])
                tick()
    finally:
        used = into.accounts.close()
        written = {"what": into.identity, "times": stamp.times(start), **used}
        execute.write_json(into.folder / execute.MANIFEST, written)
    into.accounts.write_replay()
    _report(name, [done[sample.query.id].ranks for sample in listed], into.folder)
    return used


def ranker(name: str, system: System) -> Ranker:
    """Return a system that ranks given lists.

    Raises:
        UsageError: it does not.
    """
    if not isinstance(system, Ranker):
        raise UsageError(
            f"the system {name!r} makes lists of its own and does not rank given ones;"
            " --task position-bias is for item-knn, user-knn, ease, als, bpr, popularity and llm."
        )
    return system


def lists(queries: Sequence[Query], graph: KnowledgeGraph) -> list[Sample]:
    """Return the samples of all queries.

    Raises:
        UsageError: there are none.
    """
    listed = list(samples(queries, graph))
    if not listed:
        raise UsageError(
            f"no query has a true item that is not shown, and {PLACES - 1} others to list it among."
        )
    return listed


def samples(queries: Sequence[Query], graph: KnowledgeGraph) -> Iterator[Sample]:
    """Yield what is listed for each query that has a true item and enough others in its domain.

    Drawn from the query's id alone, as in the 20-way choice: equal for every system.
    """
    pools = {d: [i.id for i in graph.offered if i.domain == d] for d in {q.domain for q in queries}}
    for query in queries:
        shown = {*query.ignore, *query.history}
        truth = set(query.ground_truth)
        if truth - shown and len(pools[query.domain]) >= PLACES + len(truth | shown):
            listed = candidates(query.id, truth, pools[query.domain], ignore=shown, n=PLACES)
            target = next(item for item in listed if item in truth)
            yield Sample(query, target, [item for item in listed if item != target])


def _open(into: Run) -> Path:
    execute.prepare(into.folder, into.identity, RANKS, fresh=into.fresh)
    return into.folder


def ranks(system: Ranker, sample: Sample) -> Ranks:
    """Return what a system makes of a sample, with the true item at every place in turn."""
    found = [
        rank_of(sample.target, system.rank(sample.query, listed), listed)
        for listed in placements(sample.others, sample.target)
    ]
    return Ranks(id=sample.query.id, target=sample.target, ranks=found)


def _report(name: str, places: Sequence[Sequence[int]], folder: Path) -> None:
    bias, mean = mapb(places), bootstrap([sum(each) / len(each) for each in places])
    assert bias is not None and mean is not None  # noqa: S101, PT018 - there are samples
    left_out = sum(place > PLACES for each in places for place in each)
    execute.write_json(
        folder / execute.SCORES,
        {
            "n": bias.n,
            "places": PLACES,
            "mapb": bias._asdict(),
            "mean_rank": mean._asdict(),
            "left_out": left_out,
        },
    )
    console = Console()
    for text in (
        f"{name}: {bias.n} queries, the true item at each of {PLACES} places",
        f"MAPB {_said(bias)}: 0 says that places do not matter, lower is better",
        f"mean rank of the true item {_said(mean)} of {PLACES}",
        f"left out of the order: {left_out} of {bias.n * PLACES}; who always leaves it out shows no bias",
        f"run folder: {folder}",
    ):
        console.print(text, highlight=False, markup=False, soft_wrap=True)


def _said(estimate: Estimate) -> str:
    return f"{estimate.mean:.3f} (95 % {estimate.low:.3f}–{estimate.high:.3f})"
