"""A line of long work: `taste: 12 of 32 million choices, about 3 min left`."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from kg.progress import BYTES, Stage

QUIET = 2.0  # seconds of work of which nothing is said
_SETTLED = 1.0  # seconds of a stage from which on its pace says how long it takes
_MILLION = 1_000_000
_SIZES = ((10**9, "GB"), (10**6, "MB"), (10**3, "kB"))


class ProgressLine:
    """Says how far work is, at most once in `every` seconds; `clear` is called where a stage ends.

    Of a stage that is done in less than `least` seconds nothing more is said.
    """

    def __init__(
        self,
        say: Callable[[str], None],
        clear: Callable[[], None] = lambda: None,
        *,
        every: float,
        least: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._say, self._clear = say, clear
        self._every, self._least = every, least
        self._clock = clock
        self._begun: float | None = None
        self._said = -math.inf
        self._stage: Stage | None = None
        self._since = 0.0

    def at(self, stage: Stage, done: int) -> None:
        """Hear how much of a stage is done."""
        now = self._clock()
        if self._begun is None:
            self._begun = now
        if stage is not self._stage:
            self._stage, self._since = stage, now
        took = now - self._since
        if now - self._begun < QUIET or took < _SETTLED or now - self._said < self._every:
            return
        if stage.total > 0 and _left(stage, done, took) < self._least:
            return
        self._said = now
        self._say(line(stage, done, took))

    def over(self, stage: Stage) -> None:
        """Hear that a stage ended."""
        if stage is self._stage:
            self._stage = None
            self._clear()


def line(stage: Stage, done: int, seconds: float) -> str:
    """Return what is said of a stage of which so much was done in some seconds."""
    if stage.total <= 0:
        return f"{stage.what}: {_amounts(done, done, stage.unit)[1]}"
    here, there = _amounts(min(done, stage.total), stage.total, stage.unit)
    said = f"{stage.what}: {here} of {there}"
    if not 0 < done < stage.total:
        return said
    return f"{said}, {_time(_left(stage, done, seconds))} left"


def _left(stage: Stage, done: int, seconds: float) -> float:
    """Return how many seconds a stage still takes if it goes on as it went."""
    return seconds * max(stage.total - done, 0) / done if done > 0 else math.inf


def _amounts(done: int, total: int, unit: str) -> tuple[str, str]:
    """Return two amounts in one unit, which the second names."""
    sizes = _SIZES if unit == BYTES else ((_MILLION, f"million {unit}"),)
    for size, name in sizes:
        if total >= size:
            digits = int(total < 10 * size)
            return f"{done / size:.{digits}f}", f"{total / size:.{digits}f} {name}"
    return f"{done:,}", f"{total:,} {unit}"


def _time(seconds: float) -> str:
    """Return a time that nobody takes for exact."""
    if seconds < 8:
        return "some seconds"
    if seconds < 57:
        return f"about {5 * round(seconds / 5)} s"
    minutes = max(round(seconds / 60), 1)
    return f"about {minutes} min" if minutes < 90 else f"about {round(minutes / 60)} h"
