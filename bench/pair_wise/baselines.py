"""What needs no training loop: chance, popularity, the rate of an item, and neighbours of the history."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.pair_wise.feedback import NOTHING, Pairs
from bench.pair_wise.split import Parts
from kg.catalogue import Histories
from kg.taste import neighbours
from kg.taste.types import Scorer

Scores = npt.NDArray[np.float64]
_DOUBT = 10  # rows of the mean that each item's own rows stand against


@dataclass(frozen=True, slots=True)
class Chance:
    """A number drawn for each row, evenly between 0 and 1."""

    seed: int

    def scores(self, pairs: Pairs) -> Scores:
        """Return (n,) numbers; the same rows have the same."""
        return np.random.default_rng(self.seed).random(len(pairs))


@dataclass(frozen=True, slots=True)
class OfItem:
    """A score an item, whoever asks."""

    each: Scores

    def scores(self, pairs: Pairs) -> Scores:
        """Return (n,) scores of the rows' items."""
        return self.each[pairs.items]


@dataclass(frozen=True, slots=True)
class OfHistory:
    """A scorer of `kg.taste` told each row's history."""

    scorer: Scorer

    def scores(self, pairs: Pairs) -> Scores:
        """Return (n,) scores of the rows' items after their histories; a history is scored once."""
        found = np.empty(len(pairs), dtype=np.float64)
        histories, place = np.unique(pairs.histories, axis=0, return_inverse=True)
        order = np.argsort(place.ravel(), kind="stable")
        for rows in np.split(order, np.cumsum(np.bincount(place.ravel()))[:-1]):
            history = histories[place.ravel()[rows[0]]]
            found[rows] = self.scorer.scores(history[history != NOTHING])[pairs.items[rows]]
        return found


def chance(_: Parts, seed: int) -> Chance:
    """Return chance."""
    return Chance(seed)


def popularity(parts: Parts, _: int) -> OfItem:
    """Return how many training rows like an item."""
    return OfItem(
        np.bincount(parts.train.items[parts.train.liked], minlength=len(parts.catalogue)).astype(float)
    )


def item_rate(parts: Parts, _: int) -> OfItem:
    """Return the share of an item's training rows that like it, drawn to the mean where there are few."""
    likes, rows = (
        np.bincount(items, minlength=len(parts.catalogue))
        for items in (parts.train.items[parts.train.liked], parts.train.items)
    )
    mean = parts.train.liked.mean()
    return OfItem((likes + _DOUBT * mean) / (rows + _DOUBT))


def item_knn(parts: Parts, _: int) -> OfHistory:
    """Return how near an item is to the history: cosine of who liked both in the training part."""
    liked = parts.train.rows(parts.train.liked)
    order = np.argsort(liked.users, kind="stable")
    bounds = np.flatnonzero(np.diff(liked.users[order])) + 1
    histories = Histories.pack(liked.items[rows].tolist() for rows in np.split(order, bounds))
    return OfHistory(neighbours.fit(histories, len(parts.catalogue), weights="cosine"))
