"""Work in parts, in this process, in several or on Ray: results come in the order of the parts.

Every process opens what it needs once, for itself. Who does which part is nobody's choice: a result depends
on its part alone, so that the same bytes come of every engine.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

from kg.errors import UsageError

PROCESSES, RAY = "processes", "ray"
Part = TypeVar("Part")
Result = TypeVar("Result")
Opened = Callable[[], Callable[[Part], Result]]  # opens what is needed; what does a part of the work


class Engine(Protocol):
    """Does work in parts."""

    def map(
        self, opened: Opened[Part, Result], parts: Sequence[Part], together: int = 1
    ) -> Generator[Result]:
        """Yield the result of every part, in their order; `together` parts are handed over at a time.

        `opened` is called once in every process; it and all parts can be pickled.

        Raises:
            UsageError: a process ended before its time.
        """
        ...


def check_engine(name: str) -> None:
    """Refuse what no engine is called.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in (PROCESSES, RAY):
        raise UsageError.unknown("engine", name, (PROCESSES, RAY))


def engine(name: str, number: int, again: str = "") -> Engine:
    """Return an engine of so many processes; `again` says what a person may do where one of them ends.

    Raises:
        UsageError: there is none of that name, or its extra is missing.
    """
    check_engine(name)
    if name == PROCESSES:
        return Here() if number == 1 else Processes(number, again)
    try:
        from kg.on_ray import Actors
    except ImportError:
        raise UsageError(
            "--engine ray needs the `ray` extra: pip install '.[ray]', in Usher's folder."
        ) from None
    return Actors(number, again)


@dataclass(frozen=True, slots=True)
class Here:
    """This process."""

    def map(
        self, opened: Opened[Part, Result], parts: Sequence[Part], together: int = 1
    ) -> Generator[Result]:
        """Yield the result of every part, each when it is asked for."""
        yield from map(opened(), parts)


HERE = Here()


@dataclass(frozen=True, slots=True)
class Processes:
    """So many processes of this machine."""

    number: int
    again: str = ""

    def map(
        self, opened: Opened[Part, Result], parts: Sequence[Part], together: int = 1
    ) -> Generator[Result]:
        """Yield the result of every part, in their order."""
        # Spawned: a fork would copy locks of threads that are not there any more.
        pool = ProcessPoolExecutor(self.number, get_context("spawn"), initializer=_open, initargs=(opened,))
        try:
            yield from pool.map(_do, parts, chunksize=together)
        except BrokenProcessPool:
            raise ended_early(f"one of {self.number} processes", self.again) from None
        finally:
            pool.shutdown(cancel_futures=True)


def ended_early(who: str, again: str, why: str = "perhaps there was no memory for it") -> UsageError:
    """Return the error of a process that ended before its time."""
    remedy = "Fewer --workers need less." if not again else f"{again}; fewer --workers need less."
    return UsageError(f"{who} ended before its time ({why}).\n  {remedy}")


_opened: list[Callable[[Any], Any]] = []  # of this process, once


def _open(opened: Opened[Any, Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever waits for the results is interrupted
    _opened[:] = [opened()]


def _do(part: Any) -> Any:
    return _opened[0](part)
