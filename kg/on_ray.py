"""Work in parts by actors of Ray (the `ray` extra), each of which opens what it needs for itself.

They run on this machine, or on the cluster that `RAY_ADDRESS` names, whose machines hold this checkout and
the same catalogues.
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

from kg.engines import Opened, Part, Result, ended_early


@dataclass(frozen=True, slots=True)
class Actors:
    """So many actors of Ray."""

    number: int
    again: str = ""

    def map(
        self, opened: Opened[Part, Result], parts: Sequence[Part], together: int = 1
    ) -> Generator[Result]:
        """Yield the result of every part, in their order."""
        handed = [parts[start : start + together] for start in range(0, len(parts), together)]
        _begin(self.number)
        try:
            actor: Any = ray.remote(num_cpus=1)(_Actor)
            pool = ActorPool([actor.remote(opened) for _ in range(self.number)])
            for results in pool.map(lambda each, some: each.do.remote(some), handed):
                yield from results
        except RayError as error:
            why = str(error).strip().splitlines()[-1]
            raise ended_early(f"one of {self.number} actors of Ray", self.again, why) from None
        finally:
            ray.shutdown()


class _Actor:
    def __init__(self, opened: Opened[Any, Any]):
        self._do = opened()

    def do(self, parts: Sequence[Any]) -> list[Any]:
        return [self._do(part) for part in parts]


def _begin(number: int) -> None:
    """Join the cluster that is named, or begin one here; nothing is told to Ray's makers."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    here: dict[str, Any] = {"num_cpus": number, "include_dashboard": False}
    ray.init(
        **({} if os.environ.get("RAY_ADDRESS") else here), log_to_driver=False, logging_level=logging.ERROR
    )
