"""`python -m bench.like_but`: items like X but Y. How many of ten have Y, and how alike to X are they still?

Every seed is asked for with every wish; beside it stand the seed alone, and the seed with Y as a condition.
Alike is the mean cosine of the sets of people who chose the seed and an item of the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from agent.assistant import Assistant
from agent.terminal import run_app
from kg.errors import UsageError
from kg.types import Condition, ItemId, RelationName
from tools.knowledge import Knowledge
from tools.similar import similar_items

FIRST = 10
_AMONG = 400  # most popular items that seeds are spread over
_LEAST = 30  # items of a kind that may be wished for
_NEAR = 0.5  # of the likeness that is found without a wish: with less, nothing of a kind is like the seeds

app = typer.Typer(add_completion=False, rich_markup_mode=None)


class Row(NamedTuple):
    """Shares of the first ten that have the wish, and likeness to the seed, 0 to 1."""

    wish: str
    have: float
    have_alone: float
    alike: float
    alike_alone: float
    alike_hard: float


@app.command()
def main(
    catalogue: Annotated[str, typer.Option(help="a catalogue with histories")] = "ml-1m",
    data: Annotated[Path | None, typer.Option(help="the folder that holds raw sources")] = None,
    seeds: Annotated[int, typer.Option(min=1, help="items that are asked for")] = 20,
    wishes: Annotated[int, typer.Option(min=1, help="kinds that are wished for")] = 12,
    start: Annotated[int, typer.Option(min=0, help="the first seed's place by popularity")] = 0,
) -> None:
    """Measure likeness with a wish beside it, on a catalogue's own choices.

    Example:

      python -m bench.like_but --data DIR
    """
    knowledge = Assistant(catalogue, data=data).knowledge
    rows = measured(knowledge, seeds, wishes, start)
    grid = Table(box=None, pad_edge=False, title=f"{seeds} seeds, first {FIRST}", title_justify="left")
    near = [row for row in rows if row.alike_hard >= _NEAR * row.alike_alone]
    for name in ("wish", "have it", "seed alone", "alike", "seed alone", "hard condition"):
        grid.add_column(name, justify="left" if name == "wish" else "right")
    for row in [*rows, _mean("all", rows), _mean("all that anything is like", near)]:
        grid.add_row(row.wish, *(f"{value:.3f}" for value in row[1:]))
    Console(width=100).print(grid)


def _mean(name: str, rows: Sequence[Row]) -> Row:
    return Row(name, *np.mean([row[1:] for row in rows], axis=0).tolist())


def measured(knowledge: Knowledge, n_seeds: int, n_wishes: int, start: int = 0) -> list[Row]:
    """Return a row a wish: the kinds with most items that are none of the seed's own.

    Seeds are taken at equal steps of popularity; `start` is the place of the first.

    Raises:
        UsageError: the catalogue has no histories or no kinds.
    """
    graph = knowledge.graph
    if not (knowledge.taste and knowledge.kinds):
        raise UsageError(f"{graph.catalogue.name!r} has no histories or no kinds; choose one, such as ml-1m.")
    popular = graph.by_popularity(np.arange(graph.catalogue.offered, dtype=np.int32), _AMONG)
    seeds = graph.ids(popular[start :: max(1, len(popular) // n_seeds)][:n_seeds].tolist())
    labels = [each.label for each in graph.entities_of("genre")]
    sizes = {label: len(graph.items_with(_kind(label))) for label in labels}
    wished = sorted((x for x in labels if sizes[x] >= _LEAST), key=lambda x: (-sizes[x], x))[:n_wishes]
    return [_row(knowledge, seeds, label) for label in wished]


def _row(knowledge: Knowledge, seeds: Sequence[ItemId], label: str) -> Row:
    having = set(knowledge.graph.ids(knowledge.graph.items_with(_kind(label)).tolist()))
    found = []
    for seed in seeds:
        if seed in having:
            continue
        alone = _first(knowledge, seed)
        soft = _first(knowledge, seed, but=label)
        hard = _first(knowledge, seed, conditions=[_kind(label)])
        alike = [_alike(knowledge, seed, items) for items in (soft, alone, hard)]
        found.append((_share(soft, having), _share(alone, having), *alike))
    return Row(label, *np.mean(found, axis=0).tolist())


def _kind(label: str) -> Condition:
    return Condition(RelationName("genre"), label)


def _first(
    knowledge: Knowledge, seed: ItemId, but: str = "", conditions: list[Condition] | None = None
) -> list[ItemId]:
    found = similar_items(knowledge, [seed], but=but, conditions=conditions, k=FIRST)
    return [each.id for each in found.items]


def _share(items: Sequence[ItemId], having: set[ItemId]) -> float:
    return sum(item in having for item in items) / FIRST


def _alike(knowledge: Knowledge, seed: ItemId, items: Sequence[ItemId]) -> float:
    places = knowledge.graph.positions([seed, *items])
    near = knowledge.taste.company.nearness(places[1:], places[:1], np.ones(1))
    return float(near.mean()) if len(near) else 0.0


if __name__ == "__main__":
    run_app(app)
