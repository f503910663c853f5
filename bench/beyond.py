"""`python -m bench.beyond RUN`: what runs show, beside how right it is, and for whom."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from agent.phrasing import flat
from agent.terminal import run_app
from bench.console import console
from bench.metrics import beyond
from bench.metrics.stats import Estimate, bootstrap
from bench.reports import runs as folders
from bench.reports.runs import Run, Runs
from bench.types import Query
from kg.graph import KnowledgeGraph
from kg.types import ItemId, User

app = typer.Typer(add_completion=False, rich_markup_mode=None)
K = 10
ATTRIBUTES = ("gender", "age", "occupation")
_METRIC = "ndcg"


@dataclass(frozen=True, slots=True)
class Beyond:
    """What a run shows among the first k items of its answers.

    `coverage` and `gini` are over all answers; `novelty` (bits), `popularity` and `diversity` are means over
    requests. `gaps` are those of nDCG@10 between groups of those who ask, by attribute.
    """

    coverage: float
    gini: float
    novelty: Estimate | None
    popularity: Estimate | None
    diversity: Estimate | None
    gaps: Mapping[str, beyond.Gap]


@app.command()
def main(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN", help="run folders over the same queries")],
    k: Annotated[int, typer.Option(min=1, help="only the first K items of every answer")] = K,
    least: Annotated[int, typer.Option(min=1, help="requests that make a group")] = 20,
    data: Annotated[
        Path | None, typer.Option(help="the folder that holds raw sources, if the catalogue is not built")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="a JSON file for all figures")] = None,
) -> None:
    """Print coverage, Gini, novelty, popularity, diversity and gaps between groups; nothing is asked again.

    Example:

      python -m bench.beyond runs/agent runs/popularity
    """
    found = folders.read(runs, data=data)
    measured = {run.label: measure(found, run, k, least) for run in found.runs}
    screen = console(wide=True)
    screen.print(_shown(measured, k))
    if any(each.gaps for each in measured.values()):
        screen.print(_gaps(measured))
    if out is not None:
        written = {name: as_data(each) for name, each in measured.items()}
        out.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def measure(runs: Runs, run: Run, k: int = K, least: int = 20) -> Beyond:
    """Return what one of some runs shows."""
    graph = runs.graph
    lists = [_places(graph, run.answers[query.id].items[:k]) for query in runs.queries]
    chosen, facts = graph.popularity, _facts(graph)
    ranks, people = beyond.popularity_ranks(chosen), len(graph.catalogue.users)
    offered = graph.catalogue.offered
    return Beyond(
        coverage=beyond.coverage(lists, offered),
        gini=beyond.gini(lists, offered),
        novelty=_mean(beyond.novelty(each, chosen, people) for each in lists),
        popularity=_mean(beyond.popularity(each, ranks) for each in lists),
        diversity=_mean(beyond.diversity([facts(item) for item in each]) for each in lists),
        gaps=dict(_gaps_of(runs, run, least)),
    )


def as_data(found: Beyond) -> dict[str, Any]:
    """Return the figures as plain data."""
    means = {name: getattr(found, name) for name in ("novelty", "popularity", "diversity")}
    gaps = {
        name: {**gap._asdict(), "groups": {group: mean._asdict() for group, mean in gap.groups.items()}}
        for name, gap in found.gaps.items()
    }
    return {
        "coverage": found.coverage,
        "gini": found.gini,
        **{name: mean and mean._asdict() for name, mean in means.items()},
        "gaps": gaps,
    }


def _places(graph: KnowledgeGraph, items: Sequence[str]) -> list[int]:
    """Return the positions of what was shown, each once; what is not in the catalogue is none of it."""
    offered = graph.catalogue.offered
    return [place for place in graph.positions(dict.fromkeys(map(ItemId, items))).tolist() if place < offered]


def _facts(graph: KnowledgeGraph) -> Callable[[int], frozenset[int]]:
    edges = graph.catalogue.edges  # sorted by item

    def of(item: int) -> frozenset[int]:
        first, last = edges[:, 0].searchsorted([item, item + 1]).tolist()
        return frozenset(edges[first:last, 2].tolist())

    return of


def _mean(values: Iterator[float | None]) -> Estimate | None:
    return bootstrap([value for value in values if value is not None])


def _gaps_of(runs: Runs, run: Run, least: int) -> Iterator[tuple[str, beyond.Gap]]:
    users = {user.id: user for user in runs.graph.catalogue.users}
    for name in ATTRIBUTES:
        groups = defaultdict[str, list[float]](list)
        for query in runs.queries:
            group, value = _group(query, users, name), run.values[query.id].get(_METRIC)
            if group is not None and value is not None:
                groups[group].append(value)
        if (found := beyond.gap(groups, least)) is not None:
            yield name, found


def _group(query: Query, users: Mapping[str, User], attribute: str) -> str | None:
    value = getattr(query.profile or users.get(query.user_id or ""), attribute, None)
    return None if value is None else str(value)


def _shown(measured: Mapping[str, Beyond], k: int) -> Table:
    grid = Table(box=None, pad_edge=False, title=f"what is shown among the first {k}", title_justify="left")
    grid.add_column("run")
    for heading in ("coverage", "Gini", "novelty, bits", "popularity", "diversity"):
        grid.add_column(heading, justify="right")
    for name, each in measured.items():
        means = [_said(mean) for mean in (each.novelty, each.popularity, each.diversity)]
        grid.add_row(Text(flat(name)), f"{each.coverage:.3f}", f"{each.gini:.3f}", *means)
    return grid


def _gaps(measured: Mapping[str, Beyond]) -> Table:
    grid = Table(box=None, pad_edge=False, title="nDCG@10 by who asks", title_justify="left")
    for heading in ("run", "by", "best", "worst", "gap"):
        grid.add_column(heading, justify="right" if heading == "gap" else "left")
    for name, each in measured.items():
        for attribute, gap in each.gaps.items():
            ends = [f"{end} {_said(gap.groups[end])} of {gap.groups[end].n}" for end in (gap.best, gap.worst)]
            grid.add_row(Text(flat(name)), attribute, *map(Text, map(flat, ends)), f"{gap.difference:.3f}")
    return grid


def _said(mean: Estimate | None) -> str:
    return "–" if mean is None else f"{mean.mean:.3f} ({mean.low:.3f}–{mean.high:.3f})"


if __name__ == "__main__":
    run_app(app)
