"""How far long work is: who does it says so, who waits is told; where nobody listens it costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol, TypeVar

T = TypeVar("T")
BYTES = "bytes"
_OFTEN = 1000  # times in a stage that something is said at most


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of long work: what is done, how much of it there is, and what is counted.

    `unit` is a plural ("ratings") or `BYTES`; a `total` of 0 is unknown.
    """

    what: str
    total: int
    unit: str


class Listener(Protocol):
    """Is told how far stages are."""

    def at(self, stage: Stage, done: int) -> None:
        """Hear that so much of a stage is done."""
        ...

    def over(self, stage: Stage) -> None:
        """Hear that a stage ended, for whatever reason."""
        ...


_LISTENER: ContextVar[Listener | None] = ContextVar("_LISTENER", default=None)


@contextmanager
def told(listener: Listener) -> Iterator[None]:
    """Within it, `listener` is told how far long work is."""
    before = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(before)


@contextmanager
def stage(what: str, total: int, unit: str) -> Iterator[Callable[[int], None]]:
    """Yield what is to be told how much of a stage is done."""
    listener = _LISTENER.get()
    if listener is None:
        yield _nobody
        return
    begun = Stage(what, total, unit)
    listener.at(begun, 0)
    try:
        yield lambda done: listener.at(begun, done)
    finally:
        listener.over(begun)


def counted(
    each: Iterable[T], what: str, total: int, unit: str, size: Callable[[T], int] | None = None
) -> Iterator[T]:
    """Yield what is given, and tell meanwhile how much of it is done: how many, or the sum of their sizes."""
    return iter(each) if _LISTENER.get() is None else _counted(each, what, total, unit, size)


def _counted(
    each: Iterable[T], what: str, total: int, unit: str, size: Callable[[T], int] | None
) -> Iterator[T]:
    step, done, due = max(1, total // _OFTEN), 0, 0
    with stage(what, total, unit) as tell:
        for one in each:
            yield one
            done += 1 if size is None else size(one)
            if done >= due:
                tell(done)
                due = done + step


def _nobody(_done: int) -> None:
    pass
