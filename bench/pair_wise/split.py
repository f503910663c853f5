"""Train, validation and test by time, with histories of what was liked before, and sampled negatives."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bench.pair_wise.feedback import LONGEST, NOTHING, Feedback, Items, Pairs
from kg.catalogue import IntArray
from kg.errors import UsageError

NEGATIVES = 2  # to each item that was chosen, section 4.3 of the paper
TEST, TRAIN = 20_000, 100_000  # rows at most, table 2 of the paper
_SHARE = 0.1  # of all rows, for the test and again for the validation
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Parts:
    """Rows to learn from, to choose by, and to report."""

    name: str
    catalogue: Items
    train: Pairs
    validation: Pairs
    test: Pairs


def split(feedback: Feedback, seed: int = 0) -> Parts:
    """Return the parts of a log: the last moments are the test, those before them the validation.

    A moment belongs to one part as a whole; a part takes as many moments as fit, at least one. A history
    holds what the person liked at earlier moments, in parts before the row's own too. Rows of a log that
    tells choices only are followed by `NEGATIVES` items each that the person never chose.

    Raises:
        UsageError: there are too few moments for three parts.
    """
    told = feedback.in_order()
    each = 1 + NEGATIVES if told.chosen_only else 1
    share = int(_SHARE * len(told.users))
    test = _start(told.moments, len(told.users), min(share, TEST // each))
    validation = _start(told.moments, test, min(share, TEST // each))
    if not validation:
        raise UsageError(
            f"{told.name}: {len(np.unique(told.moments))} moments are too few for a training part,"
            " a validation and a test."
        )
    first = _start(told.moments, validation, TRAIN // each)
    histories = _histories(told, first) if told.histories is None else told.histories
    pairs = Pairs(told.users, told.items, told.liked, histories)
    cuts = ((first, validation, TRAIN), (validation, test, TEST), (test, len(pairs), TEST))
    rng = np.random.default_rng(seed)
    parts = []
    for start, end, most in cuts:
        part = _thinned(pairs.rows(slice(start, end)), most // each, rng)
        parts.append(_with_negatives(part, told, rng) if told.chosen_only else part)
    return Parts(told.name, told.catalogue, *parts)


def _start(moments: Places, end: int, most: int) -> int:
    """Return where the last whole moments before `end` begin: at most `most` rows, at least one moment."""
    if not end:
        return 0
    start = max(0, end - most)
    if start and moments[start] == moments[start - 1]:
        start = int(np.searchsorted(moments, moments[start], side="right"))
    return start if start < end else int(np.searchsorted(moments, moments[end - 1], side="left"))


def _thinned(pairs: Pairs, most: int, rng: np.random.Generator) -> Pairs:
    """Return the rows of so many drawn users that there are at most `most`; of one user at least."""
    if len(pairs) <= most:
        return pairs
    users, counts = np.unique(pairs.users, return_counts=True)
    drawn = rng.permutation(len(users))
    kept = users[drawn[: max(1, int((np.cumsum(counts[drawn]) <= most).sum()))]]
    return pairs.rows(np.isin(pairs.users, kept))


def _histories(told: Feedback, first: int) -> IntArray:
    """Return what the user of each row from `first` on liked at earlier moments, (n, 20), latest last."""
    found = np.full((len(told.users), LONGEST), NOTHING, dtype=np.int32)
    order = np.lexsort((np.arange(len(told.users)), told.users))
    bounds = np.append(np.flatnonzero(np.diff(told.users[order], prepend=-1)), len(order))
    for start, end in pairwise(bounds):
        own = order[start:end]
        liked = own[told.liked[own]]
        asked = own[own >= first]
        before = np.searchsorted(told.moments[liked], told.moments[asked], side="left")
        for place, count in zip(asked, before, strict=True):
            known = told.items[liked[max(0, count - LONGEST) : count]]
            found[place, : len(known)] = known
    return found


def _with_negatives(pairs: Pairs, told: Feedback, rng: np.random.Generator) -> Pairs:
    """Return each row and behind it items, drawn evenly, that its user never chose in the whole log."""
    n_items = len(told.catalogue)
    known = np.unique(told.users.astype(np.int64) * n_items + told.items)
    drawn = rng.integers(0, n_items, (len(pairs), NEGATIVES))
    while True:
        taken = np.isin(pairs.users[:, None].astype(np.int64) * n_items + drawn, known)
        if not taken.any():
            break
        drawn[taken] = rng.integers(0, n_items, int(taken.sum()))
    rows = np.column_stack([pairs.items, drawn]).astype(np.int32)
    each = np.repeat(np.arange(len(pairs)), rows.shape[1])
    liked = np.zeros(rows.shape, dtype=bool)
    liked[:, 0] = True
    return Pairs(pairs.users[each], rows.ravel(), liked.ravel(), pairs.histories[each])
