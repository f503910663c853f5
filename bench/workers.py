"""Queries answered by several processes or actors of Ray, each with the system opened for itself.

Answers come in the order of the queries, so a run folder and every score are those of one process. Which
process answers what is nobody's choice: a system's answer depends on its query alone.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import partial

from agent.collector import keep_what_is_open
from bench.accounts import Accounts
from bench.attempts import Outcome, Patience, attempt
from bench.execute import Asking
from bench.recbench import Job, Wish
from bench.types import Query
from kg.engines import PROCESSES, engine

_TOGETHER = 16  # queries handed to a process at a time
_AGAIN = "The same command goes on where this one stopped"


def elsewhere(name: str, wish: Wish, patience: Patience, number: int) -> Asking | None:
    """Return what asks in other processes; None where this one does.

    Raises:
        UsageError: the extra of the engine is missing.
    """
    if name == PROCESSES and number == 1:
        return None
    chosen = engine(name, number, _AGAIN)

    def outcomes(queries: Sequence[Query]) -> Generator[Outcome]:
        return chosen.map(partial(_opened, wish, patience), queries, _TOGETHER)

    return outcomes


def _opened(wish: Wish, patience: Patience) -> Callable[[Query], Outcome]:
    job = Job(wish, Accounts(wish.system, wish.model), quiet=True)
    system = job.made(wish.model)
    keep_what_is_open()
    return lambda query: attempt(system, query, patience)
