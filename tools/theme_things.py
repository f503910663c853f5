"""The things that a theme asks for, and how far each item is about each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tools.theme_clauses import MENTIONED

_FEW = 3  # items about all things, below which what is no known subject counts no more

Scores = npt.NDArray[np.float64]


class Thing(NamedTuple):
    """A thing that was asked for, as it was said, and how far each of some texts is about it, 0 to 1.

    What is `beside` was said right behind the thing before it. `central` is how central it is to each. A
    subject that texts name is `known`, not a word that only some of their phrases have.
    """

    said: str
    levels: Scores
    beside: bool = False
    central: Scores | None = None
    known: bool = True


def without_side_words(parts: list[list[Thing]]) -> tuple[list[list[Thing]], tuple[str, ...]]:
    """Return things without words beside known subjects that hardly any item has as well; and those words.

    'an unreliable narrator that TRICKS you': what was said right beside another word is kept.
    """
    every = [thing for things in parts for thing in things]
    least = np.min([thing.levels for thing in every], axis=0) if every else np.zeros(0)
    joined = {i for i, thing in enumerate(every) for i in (i - 1, i) if thing.beside}
    side = [not thing.known and i not in joined for i, thing in enumerate(every)]
    if (
        np.count_nonzero(least >= MENTIONED) >= _FEW
        or not any(side)
        or not any(thing.known for thing in every)
    ):
        return parts, ()
    gone = {id(thing) for thing, aside in zip(every, side, strict=True) if aside}
    left = [[thing for thing in things if id(thing) not in gone] for things in parts]
    return [things for things in left if things], tuple(t.said for t in every if id(t) in gone)
