"""How much worse than the built-in reading one-call mode can get: scripted models, score by score.

Models that think nothing stand for the worst that any can do: the first value of every choice, the last, the
one that leaves out, and any by a seed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, NamedTuple

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from agent.assistant import Assistant
from agent.terminal import run_app
from bench import dataset
from bench.options import Catalogue, Data, Queries
from bench.score import judge
from bench.scripted import Drawing, Leaving, Taking
from bench.systems.assistant import AgentSystem
from bench.types import TYPES, Query

app = typer.Typer(add_completion=False, rich_markup_mode=None)
_LOWER_IS_BETTER = frozenset(("ftr", "silent", "out_of_catalogue", "unknown", "false_alarm"))
_ALIKE = 1e-9
Scores = Mapping[str, Mapping[str, float]]  # by query, by metric


class Loss(NamedTuple):
    """How much worse a metric of a type is with a model, at most 1; below 0: better."""

    lost: float
    type: str
    metric: str
    before: float
    after: float


@app.command()
def main(
    catalogue: Catalogue = "builtin",
    data: Data = None,
    queries: Queries = None,
    seeds: Annotated[int, typer.Option(min=0, help="models that take any value, by so many seeds")] = 3,
    most: Annotated[float, typer.Option(help="the most that a score may lose")] = 0.02,
) -> None:
    """Compare models that decide at random, or always alike, with the built-in reading.

    Exit code 1: a mean score of a type of requests loses more than --most.

    Example:

      python -m bench.worst_models --catalogue ml-1m --data DIR
    """
    own = AgentSystem(Assistant(catalogue, data=data))
    graph = own.assistant.graph
    asked = dataset.read(queries or [dataset.BUILTIN], graph)
    scores = _scores(own, asked)
    grid = Table(box=None, pad_edge=False)
    for name in ("model", "asked", "changed", "most lost", "in", "built-in", "this"):
        grid.add_column(name, justify="left" if name in ("model", "in") else "right")
    worst = 0.0
    for name, model in models(seeds):
        system = AgentSystem(Assistant(catalogue, data=data, model=model))
        found, calls = _scores(system, asked), model.taken()
        changed = sum(found[query.id] != scores[query.id] for query in asked)
        loss = losses(asked, scores, found)[0]
        worst = max(worst, loss.lost)
        row = (f"{loss.lost:+.3f}", f"{loss.type} {loss.metric}", f"{loss.before:.3f}", f"{loss.after:.3f}")
        grid.add_row(name, str(len(calls)), str(changed), *row)
    Console(width=None if sys.stdout.isatty() else 110).print(grid)
    if worst > most:
        raise typer.Exit(1)


def models(seeds: int) -> Iterator[tuple[str, Taking]]:
    """Yield scripted models in one-call mode, with their names."""
    yield "first value", Taking(mode="one-call")
    yield "last value", Taking(place=-1, mode="one-call")
    yield "leaves out, or none", Leaving(mode="one-call")
    for seed in range(seeds):
        yield f"any value, seed {seed}", Drawing(seed=seed, mode="one-call")


def losses(asked: Sequence[Query], before: Scores, after: Scores) -> list[Loss]:
    """Return what every mean score of every type of requests loses, the most first."""
    return sorted(_losses(asked, before, after), key=lambda loss: (-loss.lost, loss.type, loss.metric))


def _losses(asked: Sequence[Query], before: Scores, after: Scores) -> Iterator[Loss]:
    for kind in TYPES:
        ids = [query.id for query in asked if query.type == kind]
        for metric in sorted({metric for each in ids for metric in before[each]}):
            mine = [each for each in ids if metric in before[each]]
            first, last = (float(np.mean([s[each][metric] for each in mine])) for s in (before, after))
            lost = last - first if metric in _LOWER_IS_BETTER else first - last
            yield Loss(lost if abs(lost) > _ALIKE else 0.0, str(kind), metric, first, last)


def _scores(system: AgentSystem, asked: Sequence[Query]) -> dict[str, dict[str, float]]:
    graph = system.assistant.graph
    pools = {name: [item.id for item in graph.offered if item.domain == name] for name in graph.domains}
    return {query.id: judge(query, system.answer(query), graph, pools[query.domain]) for query in asked}


if __name__ == "__main__":
    run_app(app)
