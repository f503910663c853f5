"""Stage 2, retrieving: a recommender, with vectors of users and items added (section 4.2.2 of CoT-Rec).

Encode & Map makes a vector of a text. There it initialises the embeddings of SASRec; here any recommender of
the next-item roster is taken as it is, and what vectors say is added to its scores: how near an item is to
the latest choices, and how near to the preference. Both weights are chosen on the validation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import fmean
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from bench.next_item.ranks import ndcg, rank
from bench.next_item.split import Case
from kg.taste.types import FloatArray, Scorer

UserVector = Literal["none", "random", "preference"]
ItemVector = Literal["random", "caption", "description"]
ROWS: tuple[tuple[UserVector, ItemVector], ...] = (
    ("none", "random"),
    ("none", "caption"),
    ("none", "description"),
    ("random", "caption"),
    ("random", "description"),
    ("preference", "caption"),
    ("preference", "description"),
)  # table 1
PLAIN, IMPROVED = ROWS[0], ROWS[-1]
WEIGHTS = (0.0, 0.1, 0.3, 1.0, 3.0)
LATEST = 10  # choices that the items' vectors are compared with
DIM = 128

Encode = Callable[[Sequence[str]], FloatArray]


class Weighed(NamedTuple):
    """How much the nearness to the latest choices counts, and the nearness to the preference."""

    latest: float
    user: float


@dataclass(frozen=True, slots=True)
class Parts:
    """What one case is scored by, a number an item each: the recommender, the latest choices, the user."""

    case: Case
    base: FloatArray
    latest: FloatArray
    user: FloatArray

    def scores(self, weighed: Weighed) -> FloatArray:
        """Return the weighted sum."""
        return np.asarray(
            self.base + weighed.latest * self.latest + weighed.user * self.user, dtype=np.float32
        )


def bases(scorer: Scorer, cases: Sequence[Case]) -> list[FloatArray]:
    """Return a recommender's scores for every case, in units of their own spread."""
    return [_standard(scorer.scores(case.known)) for case in cases]


def parts(
    cases: Sequence[Case],
    own: Sequence[FloatArray],
    items: FloatArray | None,
    users: Sequence[FloatArray] | None,
) -> Iterator[Parts]:
    """Yield what every case is scored by.

    Args:
        cases: what is known of people, and what they chose next.
        own: the recommender's scores a case, as `bases` gives them.
        items: (n_items, dim) unit vectors; None: no part of theirs.
        users: a unit vector a case; None: no part of theirs.
    """
    for place, (case, base) in enumerate(zip(cases, own, strict=True)):
        nothing = np.zeros_like(base)
        latest = nothing if items is None else _standard(items @ _mean(items[case.known[-LATEST:]]))
        user = nothing if items is None or users is None else _standard(items @ users[place])
        yield Parts(case, base, latest, user)


def choose(listed: Sequence[Parts], *, latest: bool, user: bool) -> Weighed:
    """Return the weights with the highest nDCG@10; of equal ones the smallest."""
    tried = [Weighed(*each) for each in product(WEIGHTS if latest else (0.0,), WEIGHTS if user else (0.0,))]
    if len(tried) == 1:
        return tried[0]
    return max(
        tried, key=lambda weighed: (fmean(ndcg(place) for place in places(listed, weighed)), -sum(weighed))
    )


def places(listed: Sequence[Parts], weighed: Weighed) -> list[int]:
    """Return the rank of every case's target among all items that are not known."""
    return [rank(each.scores(weighed), each.case.target, each.case.known) for each in listed]


def candidates(each: Parts, weighed: Weighed, n: int) -> list[int]:
    """Return the `n` items that score highest and are not known, best first; ties by position."""
    scores = each.scores(weighed)
    scores[each.case.known] = -np.inf
    order = np.argsort(-scores, kind="stable")[:n]
    return [int(item) for item in order if np.isfinite(scores[item])]


def random_vectors(n: int, seed: int) -> FloatArray:
    """Return (n, `DIM`) unit vectors that say nothing."""
    return _unit(np.random.default_rng(seed).standard_normal((n, DIM)))


def _standard(scores: npt.NDArray[np.float32]) -> FloatArray:
    spread = float(scores.std())
    return np.asarray((scores - scores.mean()) / (spread or 1.0), dtype=np.float32)


def _mean(vectors: FloatArray) -> FloatArray:
    return (
        _unit(vectors.mean(axis=0, keepdims=True))[0]
        if len(vectors)
        else np.zeros(vectors.shape[1], np.float32)
    )


def _unit(vectors: npt.NDArray[np.floating]) -> FloatArray:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(norms == 0, 1, norms), dtype=np.float32)
