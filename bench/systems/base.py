"""What a system is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from bench.types import Answer, Query


class System(Protocol):
    """Answers queries one at a time.

    `answer` may look at the text, the domain and what the run shows, not at truth.
    """

    def answer(self, query: Query) -> Answer:
        """Return an answer with `id` and `items`, best first.

        Where the system has them, also corrections and counts.
        """
        ...


@runtime_checkable
class Ranker(Protocol):
    """Puts a given list in order. `rank` may look at what `answer` may look at."""

    def rank(self, query: Query, candidates: Sequence[str]) -> list[str]:
        """Return ids of the candidates, best first; one that is left out comes after all others."""
        ...
