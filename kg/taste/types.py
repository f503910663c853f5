"""What a model of taste is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kg.catalogue import IntArray

FloatArray = npt.NDArray[np.float32]
ATTRIBUTES = ("gender", "age", "occupation")


@dataclass(frozen=True, slots=True)
class Group:
    """People of one gender, age and occupation, as the catalogue calls them; None: of any."""

    gender: str | None = None
    age: int | None = None
    occupation: str | None = None

    @property
    def wider(self) -> tuple[Group, ...]:
        """The groups that know one thing less; none of everybody."""
        known = [name for name in ATTRIBUTES if getattr(self, name) is not None]
        return tuple(replace(self, **{name: None}) for name in known)


class Scorer(Protocol):
    """Says for every item of a catalogue how likely somebody chooses it next."""

    def scores(self, history: IntArray) -> FloatArray:
        """Return a score an item, higher is likelier to be chosen next.

        Args:
            history: positions of items in the catalogue, int32, oldest first; may be empty, and may repeat.

        Returns:
            (n_items,) float32, finite. Items of the history are scored too: who wants new ones masks them.
        """
        ...
