"""What a system is."""

from __future__ import annotations

from typing import Protocol

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
