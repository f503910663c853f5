"""Queries answered by actors of Ray (the `ray` extra), each with the system opened for itself.

They run on this machine, or on the cluster that `RAY_ADDRESS` names, whose machines hold this checkout and
the same catalogues. Answers come in the order of the queries, as from one process.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

import ray
from ray.exceptions import RayError
from ray.util import ActorPool

from bench.accounts import Accounts
from bench.attempts import Outcome, Patience, attempt
from bench.recbench import Job, Wish
from bench.types import Query
from kg.errors import UsageError

_TOGETHER = 16  # queries handed to an actor at a time


@dataclass(frozen=True, slots=True)
class Actors:
    """So many actors that answer as one run was asked to."""

    wish: Wish
    patience: Patience
    number: int

    def outcomes(self, queries: Sequence[Query]) -> Generator[Outcome]:
        """Yield an outcome a query, in their order.

        Raises:
            UsageError: an actor ended before its time.
        """
        parts = [queries[start : start + _TOGETHER] for start in range(0, len(queries), _TOGETHER)]
        _begin(self.number)
        try:
            actor: Any = ray.remote(num_cpus=1)(_Actor)
            pool = ActorPool([actor.remote(self.wish, self.patience) for _ in range(self.number)])
            for answered in pool.map(lambda each, part: each.outcomes.remote(part), parts):
                yield from answered
        except RayError as error:
            raise UsageError(
                f"one of {self.number} actors of Ray ended before its time"
                f" ({str(error).strip().splitlines()[-1]})."
                "\n  The same command goes on where this one stopped; fewer --workers need less."
            ) from None
        finally:
            ray.shutdown()


class _Actor:
    def __init__(self, wish: Wish, patience: Patience):
        job = Job(wish, Accounts(wish.system, wish.model), quiet=True)
        self._system, self._patience = job.made(wish.model), patience

    def outcomes(self, queries: Sequence[Query]) -> list[Outcome]:
        return [attempt(self._system, query, self._patience) for query in queries]


def _begin(number: int) -> None:
    """Join the cluster that is named, or begin one here; nothing is told to Ray's makers."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    here: dict[str, Any] = {"num_cpus": number, "include_dashboard": False}
    ray.init(
        **({} if os.environ.get("RAY_ADDRESS") else here), log_to_driver=False, logging_level=logging.ERROR
    )
