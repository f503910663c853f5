"""Queries answered by several processes, each with the system opened for itself.

Answers come in the order of the queries, so a run folder and every score are those of one process. Which
process answers what is nobody's choice: a system's answer depends on its query alone.
"""

from __future__ import annotations

import signal
from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context

from agent.collector import keep_what_is_open
from bench.accounts import Accounts
from bench.attempts import Outcome, Patience, attempt
from bench.execute import Asking
from bench.recbench import Job, Wish
from bench.systems.base import System
from bench.types import Query
from kg.errors import UsageError

PROCESSES, RAY = "processes", "ray"  # the engines
_TOGETHER = 16  # queries handed to a process at a time


def check_engine(name: str) -> None:
    """Refuse what no engine is called.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in (PROCESSES, RAY):
        raise UsageError.unknown("engine", name, (PROCESSES, RAY))


def elsewhere(engine: str, wish: Wish, patience: Patience, number: int) -> Asking | None:
    """Return what asks in other processes; None where this one does.

    Raises:
        UsageError: the extra of the engine is missing.
    """
    if engine == PROCESSES:
        return None if number == 1 else Workers(wish, patience, number).outcomes
    try:
        from bench.on_ray import Actors
    except ImportError:
        raise UsageError(
            "--engine ray needs the `ray` extra: pip install '.[ray]', in Usher's folder."
        ) from None
    return Actors(wish, patience, number).outcomes


@dataclass(frozen=True, slots=True)
class Workers:
    """So many processes that answer as one run was asked to."""

    wish: Wish
    patience: Patience
    number: int

    def outcomes(self, queries: Sequence[Query]) -> Generator[Outcome]:
        """Yield an outcome a query, in their order.

        Raises:
            UsageError: a process ended before its time.
        """
        # Spawned: a fork would copy locks of threads that are not there any more.
        pool = ProcessPoolExecutor(
            self.number, get_context("spawn"), initializer=_open, initargs=(self.wish, self.patience)
        )
        try:
            yield from pool.map(_outcome, queries, chunksize=_TOGETHER)
        except BrokenProcessPool:
            raise UsageError(
                f"one of {self.number} processes ended before its time; perhaps there was no memory for it."
                "\n  The same command goes on where this one stopped; fewer --workers need less."
            ) from None
        finally:
            pool.shutdown(cancel_futures=True)


_opened: list[tuple[System, Patience]] = []  # of this process, once


def _open(wish: Wish, patience: Patience) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever waits for the answers is interrupted
    job = Job(wish, Accounts(wish.system, wish.model), quiet=True)
    _opened[:] = [(job.made(wish.model), patience)]
    keep_what_is_open()


def _outcome(query: Query) -> Outcome:
    system, patience = _opened[0]
    return attempt(system, query, patience)
