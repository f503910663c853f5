"""Fitting a system, predicting the test, and what it took."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from bench.metrics import resampled
from bench.metrics.f1 import best_threshold
from bench.metrics.resampled import Floats
from bench.pair_wise.baselines import Scores
from bench.pair_wise.feedback import Pairs
from bench.pair_wise.roster import Predictor, Row
from bench.pair_wise.split import Parts
from kg.errors import UsageError

_TIMED = 1000  # rows asked about one at a time, as in section 4.2 of the paper
_LONG = 20.0  # seconds after which no further row is timed


@dataclass(frozen=True, slots=True)
class Result:
    """A system on the test: its scores, metrics and their draws, seconds of fitting, milliseconds a row.

    `parameters` counts what was learned; None where nothing is counted. Latency is None where every reply was
    recorded. `notes` says what else decided it.
    """

    scores: Scores
    threshold: float
    values: dict[str, float | None]
    draws: dict[str, Floats]
    train_s: float
    latency_ms: float | None
    timed: int
    parameters: int | None
    notes: dict[str, float]


def measure(row: Row, parts: Parts, seed: int) -> Result:
    """Fit on the training part and predict the test.

    Raises:
        UsageError: the system gives another number of scores than rows, or none that are numbers.
    """
    start = perf_counter()
    system = row.fit(parts, seed)
    train_s = perf_counter() - start
    scores = predicted(system, parts.test)
    threshold = 0.5
    if row.chosen:
        threshold = best_threshold(parts.validation.liked, predicted(system, parts.validation))
    told = (parts.test.users, parts.test.liked, scores, threshold)
    latency, timed = _latency(system, parts.test)
    return Result(
        scores,
        threshold,
        resampled.values(*told),
        resampled.resampled(*told),
        train_s,
        latency,
        timed,
        getattr(system, "parameters", None),
        getattr(system, "notes", {}),
    )


def predicted(system: Predictor, pairs: Pairs) -> Scores:
    """Return a system's scores of rows, checked."""
    found = np.asarray(system.scores(pairs), dtype=np.float64)
    if found.shape != (len(pairs),) or not np.isfinite(found).all():
        raise UsageError(
            f"a system gave scores of the shape {found.shape} for {len(pairs)} rows;"
            " expected a finite number a row."
        )
    return found


def _latency(system: Predictor, test: Pairs) -> tuple[float | None, int]:
    """Return mean milliseconds of a row asked about alone, and over how many.

    A system that keeps the `seconds` of its rows is not asked again.
    """
    if (seconds := getattr(system, "seconds", None)) is not None:
        return (1000 * float(np.mean(seconds)) if seconds else None), len(seconds)
    step = max(1, len(test) // _TIMED)
    system.scores(test.rows(slice(0, 1)))
    begun, count = perf_counter(), 0
    for place in range(0, len(test), step):
        system.scores(test.rows(slice(place, place + 1)))
        count += 1
        if count == _TIMED or perf_counter() - begun > _LONG:
            break
    return (perf_counter() - begun) * 1000 / count, count
