"""`python -m bench.robustness`: what a few fake users change of what everybody else is shown.

Profiles that push one item are mixed into the histories (shilling; Mobasher et al. 2007): each chooses as
people choose, popular items more often, and the pushed one last. Measured are the hits of the real users, how
many of them are shown the pushed item, and its rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Annotated, NamedTuple

import numpy as np
import typer
from rich.table import Table

from agent.terminal import run_app
from bench.console import console
from bench.next_item.measure import Chosen, Task, choose, fitted, ranks
from bench.next_item.ranks import K, rank, recall
from bench.next_item.roster import row_of
from bench.next_item.split import leave_one_out
from kg.catalogue import Histories
from kg.errors import UsageError
from kg.store import known, open_catalogue
from kg.taste.types import Scorer

app = typer.Typer(add_completion=False, rich_markup_mode=None)
SYSTEMS = "popularity,item-knn-bm25,user-knn,ease,successors"
_PUSHED = 5  # items, one after the other
_UNKNOWN = 0.5  # share of the catalogue, least chosen first, that pushed items are drawn from


class Shift(NamedTuple):
    """Recall@10 of real users, the share of them shown the pushed item in the first ten, and its mean rank.

    Means over the pushed items, without and with the fake users.
    """

    hits: float
    hits_after: float
    exposure: float
    exposure_after: float
    rank: float
    rank_after: float


@app.command()
def main(
    catalogue: Annotated[str, typer.Option(help="a catalogue with histories, such as ml-100k")],
    data: Annotated[
        Path | None, typer.Option(help="the folder that holds raw sources, e.g. `ml-1m/`")
    ] = None,
    systems: Annotated[str, typer.Option(help="of --task next-item, with commas")] = SYSTEMS,
    shares: Annotated[str, typer.Option(help="fake users, of the real ones, with commas")] = "0.01,0.03,0.05",
    limit: Annotated[int, typer.Option(min=1, help="real users who are asked for")] = 500,
    seed: Annotated[int, typer.Option(help="of fake choices, and of systems that draw")] = 0,
) -> None:
    """Print hits and exposure before and after, by system and share.

    Example:

      python -m bench.robustness --catalogue ml-100k --data DIR
    """
    if catalogue not in known():
        raise UsageError.unknown("catalogue", catalogue, known())
    wanted = [_share(each) for each in shares.split(",")]
    found = open_catalogue(catalogue, data).graph.catalogue
    if found.histories is None:
        raise UsageError(f"the catalogue {catalogue!r} has no histories; choose one that has, such as ml-1m.")
    split = leave_one_out(found.histories)
    step = max(1, len(split.users) // limit)
    cases = list(split.test())[::step][:limit]
    task = Task(split.train, found.offered, list(split.validation())[::step][:limit], cases, seed)
    title = f"fake users on {catalogue}: {len(cases)} real users, {_PUSHED} pushed items, seed {seed}"
    grid = Table(box=None, pad_edge=False, title=title, title_justify="left")
    for heading in ("system", "fake", "Recall@10", "after", "exposure", "after", "rank", "after"):
        grid.add_column(heading, justify="left" if heading == "system" else "right")
    for name in dict.fromkeys(part.strip() for part in systems.split(",")):
        for place, (share, shift) in enumerate(zip(wanted, shifts(name, task, wanted), strict=True)):
            figures = [*(f"{value:.4f}" for value in shift[:-2]), *(f"{value:,.0f}" for value in shift[-2:])]
            grid.add_row("" if place else name, f"{share:.0%}", *figures)
    console(wide=True).print(grid)


def shifts(name: str, task: Task, shares: Sequence[float]) -> list[Shift]:
    """Return what fake users change of a system, a share at a time."""
    row = row_of(name)
    chosen = choose(row, task)
    clean = fitted(row, task, chosen)
    pushed = pushed_items(task)
    return [_shift(name, task, chosen, clean, pushed, share) for share in shares]


def _shift(
    name: str, task: Task, chosen: Chosen, clean: Scorer, pushed: Sequence[int], share: float
) -> Shift:
    before, after = [_pushed(clean, task, item) for item in pushed], []
    for item in pushed:
        train = with_pushed(task.train, task.n_items, item, share, task.seed)
        mixed = Task(train, task.n_items, task.validation, task.test, task.seed)
        scorer = fitted(row_of(name), mixed, chosen)
        after.append((_hits(scorer, task), *_pushed(scorer, task, item)))
    return Shift(
        _hits(clean, task),
        fmean(hits for hits, _, _ in after),
        fmean(exposure for exposure, _ in before),
        fmean(exposure for _, exposure, _ in after),
        fmean(place for _, place in before),
        fmean(place for _, _, place in after),
    )


def _hits(scorer: Scorer, task: Task) -> float:
    return fmean(map(recall, ranks(scorer, task.test)))


def _pushed(scorer: Scorer, task: Task, item: int) -> tuple[float, float]:
    """Return the share of those without an item who are shown it, and its mean rank among what they lack."""
    others = [case.known for case in task.test if item not in case.known]
    places = [rank(scorer.scores(held), item, held) for held in others]
    return (fmean(place <= K for place in places), fmean(places)) if places else (0.0, 0.0)


def pushed_items(task: Task) -> list[int]:
    """Return items that few chose, drawn by the seed: positions, ascending."""
    counts = np.bincount(task.train.items, minlength=task.n_items)[: task.n_items]
    least = np.argsort(counts, kind="stable")[: max(_PUSHED, int(_UNKNOWN * task.n_items))]
    rng = np.random.default_rng(task.seed)
    return sorted(rng.choice(least, min(_PUSHED, len(least)), replace=False).tolist())


def with_pushed(histories: Histories, n_items: int, item: int, share: float, seed: int) -> Histories:
    """Return histories with fake users behind the real ones.

    As many as `share` of the real ones, at least one; each with as many choices as the median, drawn as often
    as people choose them, and `item` as the last.
    """
    lengths = np.diff(histories.starts)
    length = max(1, int(np.median(lengths)))
    counts = np.bincount(histories.items, minlength=n_items)[:n_items].astype(np.float64)
    counts[item] = 0
    rng = np.random.default_rng([seed, item])
    made = [[*_drawn(rng, counts, length - 1), item] for _ in range(max(1, round(share * len(lengths))))]
    real: list[Sequence[int]] = [histories.of(user).tolist() for user in range(len(lengths))]
    return Histories.pack([*real, *made])


def _drawn(rng: np.random.Generator, counts: np.ndarray, number: int) -> list[int]:
    number = min(number, int(np.count_nonzero(counts)))
    drawn: list[int] = rng.choice(len(counts), number, replace=False, p=counts / counts.sum()).tolist()
    return drawn


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 < share <= 1:
        raise UsageError(f"--shares {text.strip()!r}: expected shares of the real users, such as 0.01,0.05.")
    return share


if __name__ == "__main__":
    run_app(app)
