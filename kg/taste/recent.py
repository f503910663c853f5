"""Any model of taste, told only the last few choices: what comes next depends on what was just chosen."""

from __future__ import annotations

from dataclasses import dataclass

from kg.catalogue import IntArray
from kg.taste.types import FloatArray, Scorer


@dataclass(frozen=True, slots=True)
class Recent:
    """Asks `scorer` with the `last` choices of a history, 1 or more."""

    scorer: Scorer
    last: int

    def scores(self, history: IntArray) -> FloatArray:
        """Return the scores after the last choices."""
        return self.scorer.scores(history[-self.last :])
