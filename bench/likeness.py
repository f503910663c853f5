"""`python -m bench.likeness`: does the built-in catalogue find alike what many people chose together?

Few choices stand beside the built-in films, so what is known of them decides what is like what. Here that is
compared with the choices of MovieLens-1M, which has many of the same films: of every seed's ten likest that
both have, how many are among the twenty whose sets of choosers overlap most with the seed's?
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from agent.assistant import Assistant
from agent.terminal import run_app
from kg.graph import KnowledgeGraph
from kg.text import fold
from kg.types import ItemId
from tools.candidates import MAX_K
from tools.knowledge import Knowledge
from tools.similar import similar_items
from tools.theme import SHRUNK

FIRST, BEST = 10, 20
_LAST = 2000  # the year of the latest films of MovieLens-1M
_LEAST = 50  # choosers of a film that is looked at
_DISCOUNTS = 1 / np.log2(np.arange(2, FIRST + 2))

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def main(
    data: Annotated[Path | None, typer.Option(help="the folder that holds `ml-1m/`")] = None,
    seeds: Annotated[int, typer.Option(min=1, help="films that are asked for")] = 150,
    seed: Annotated[int, typer.Option(help="which films: the same seed takes the same")] = 1,
) -> None:
    """Compare likeness by facts with what people chose together; prints nDCG@10.

    Example:

      python -m bench.likeness --data DIR
    """
    found = measured(Assistant().knowledge, Assistant("ml-1m", data=data).knowledge, seeds, seed)
    typer.echo(f"{len(found)} seeds: nDCG@{FIRST} {found.mean():.3f}")


def measured(asked: Knowledge, chosen: Knowledge, n_seeds: int, seed: int) -> np.ndarray:
    """Return nDCG@10 of every seed, (n,) float64, for films that both catalogues have."""
    places = _places(chosen.graph)
    shared = [
        (item.id, places[_key(item.title, item.year)])
        for item in asked.graph.offered
        if item.domain == "movie" and _key(item.title, item.year) in places
    ]
    company = chosen.taste.company
    choosers = np.diff(company.by_item.indptr)
    shared = [(item, place) for item, place in shared if choosers[place] >= _LEAST]
    others = np.array([place for _, place in shared], dtype=np.int32)
    drawn = np.random.default_rng(seed).permutation(len(shared))[:n_seeds]
    items = [item for item, _ in shared]
    return np.array([_ndcg(asked, items, at, _best(chosen, others, at)) for at in drawn.tolist()])


def _best(chosen: Knowledge, others: np.ndarray, at: int) -> set[int]:
    near = chosen.taste.company.nearness(others, others[[at]], np.ones(1), shrunk=SHRUNK)
    near[at] = 0
    return set(np.argsort(-near, kind="stable")[:BEST].tolist())


def _ndcg(asked: Knowledge, shared: list[ItemId], at: int, best: set[int]) -> float:
    place = {item: n for n, item in enumerate(shared)}
    hits = similar_items(asked, [shared[at]], domain="movie", year_to=_LAST, k=MAX_K).items
    first = [place[hit.id] for hit in hits if hit.id in place][:FIRST]
    gains = np.array([each in best for each in first], dtype=float)
    return float((gains * _DISCOUNTS[: len(gains)]).sum() / _DISCOUNTS.sum())


def _places(graph: KnowledgeGraph) -> dict[tuple[str, int | None], int]:
    return {_key(item.title, item.year): place for place, item in enumerate(graph.offered)}


def _key(title: str, year: int | None) -> tuple[str, int | None]:
    return fold(title).removeprefix("the "), year


if __name__ == "__main__":
    run_app(app)
