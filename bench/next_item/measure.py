"""Choosing a system's parameters on the validation, fitting it, ranking the test, and timing both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import fmean
from time import process_time
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from bench.next_item.ranks import K, ndcg, rank
from bench.next_item.roster import Row, Value
from bench.next_item.split import Case
from kg.catalogue import Histories
from kg.errors import UsageError
from kg.taste.order import best
from kg.taste.recent import Recent
from kg.taste.types import Scorer

Texts = Callable[[], Sequence[str]]
_TIMED = 500  # test cases, spread evenly, over which a system's latency is taken


@dataclass(frozen=True, slots=True)
class Task:
    """What systems are measured on: what to fit on, and the cases to choose by and to report.

    `texts` gives the documents of the items in their order, for systems that are told what items are.
    """

    train: Histories
    n_items: int
    validation: Sequence[Case]
    test: Sequence[Case]
    seed: int = 0
    texts: Texts | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Parameters for fitting, and the number of last choices to look at; None: all.

    `elsewhere` says whose it is and how it was fitted where that was not here.
    """

    parameters: Mapping[str, Value]
    last: int | None
    elsewhere: str | None = None

    def said(self) -> str:
        """Return them as the table shows them."""
        if self.elsewhere:
            return self.elsewhere
        parts = [f"{name} {value:g}" for name, value in self.parameters.items()]
        return ", ".join([*parts, *([f"last {self.last}"] if self.last else [])])


@dataclass(frozen=True, slots=True)
class Result:
    """One system: the rank of every test case, seconds of fitting once, milliseconds a query.

    Both are times of the processor, all threads together: other work on the machine does not count.
    Systems that share a trained network say how long that took (`train_s`).
    `learned` is how many numbers a trained network has; None where nothing counts them.
    """

    chosen: Chosen
    ranks: Sequence[int]
    train_s: float
    latencies_ms: Sequence[float]
    learned: int | None = None


@runtime_checkable
class Recommends(Protocol):
    """A library with a short way of its own to the first items."""

    def first(self, history: Any, n: int) -> npt.NDArray[np.int64]:
        """Return the first `n` items for a history, best first."""
        ...


def choose(row: Row, task: Task) -> Chosen:
    """Return the parameters with the highest nDCG@10 on the validation; of equal ones the first tried."""
    options = list(product(*row.grid.values()))
    if len(options) * len(row.lasts) == 1:
        return Chosen(dict(zip(row.grid, options[0], strict=True)), row.lasts[0])
    tried = _tried(row, task, (dict(zip(row.grid, values, strict=True)) for values in options))
    return max(tried, key=lambda pair: pair[0])[1]


def _tried(row: Row, task: Task, grid: Iterable[dict[str, Value]]) -> Iterator[tuple[float, Chosen]]:
    for parameters in grid:
        scorer = _fit(row, task, parameters)
        for last in row.lasts:
            found = ranks(_told(scorer, last), task.validation)
            yield fmean(ndcg(place) for place in found), Chosen(parameters, last)


def measure(row: Row, task: Task, chosen: Chosen) -> Result:
    """Fit on the training histories and rank the test items. What was chosen before is left out."""
    start = process_time()
    scorer = _fit(row, task, chosen.parameters)
    train_s = getattr(scorer, "train_s", process_time() - start)
    step = max(1, len(task.test) // _TIMED)
    timed = [_milliseconds(scorer, case, chosen.last) for case in task.test[::step]]
    found = ranks(_told(scorer, chosen.last), task.test)
    return Result(chosen, found, train_s, timed, getattr(scorer, "learned", None))


def fitted(row: Row, task: Task, chosen: Chosen) -> Scorer:
    """Return a system fitted on the training histories, which looks at as many last choices as was best."""
    return _told(_fit(row, task, chosen.parameters), chosen.last)


def ranks(scorer: Scorer, cases: Iterable[Case]) -> list[int]:
    """Return the rank of every case's target."""
    return [rank(scorer.scores(case.known), case.target, case.known) for case in cases]


def _fit(row: Row, task: Task, parameters: Mapping[str, Value]) -> Scorer:
    more: dict[str, Any] = {"seed": task.seed} if row.seeded else {}
    if row.described:
        if task.texts is None:
            raise UsageError("this system is told what items are, which is not known here.")
        more["texts"] = task.texts()
    fit: Callable[..., Scorer] = row.fit
    return fit(task.train, task.n_items, **parameters, **more)


def _told(scorer: Scorer, last: int | None) -> Scorer:
    return scorer if last is None else Recent(scorer, last)


def _milliseconds(scorer: Scorer, case: Case, last: int | None) -> float:
    """Return how long the first ten items take that are not known, from the history on."""
    start = process_time()
    if isinstance(scorer, Recommends) and last is None:
        scorer.first(case.known, K)
    else:
        scores = _told(scorer, last).scores(case.known)
        scores[case.known] = -np.inf
        best(scores, K)
    return (process_time() - start) * 1000
