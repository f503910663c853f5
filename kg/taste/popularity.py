"""What most people choose, whoever asks: the least that a model of taste must beat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.catalogue import Histories, IntArray
from kg.taste.choices import matrix
from kg.taste.types import FloatArray


@dataclass(frozen=True, slots=True)
class Popularity:
    """`chosen` is how many users chose each item: (n_items,) float32."""

    chosen: FloatArray

    def scores(self, history: IntArray) -> FloatArray:
        """Return the same scores whatever the history."""
        return self.chosen.copy()


def fit(histories: Histories, n_items: int) -> Popularity:
    """Count the users of every item."""
    chosen = matrix(histories, n_items)
    return Popularity(np.bincount(chosen.indices, minlength=n_items).astype(np.float32))
