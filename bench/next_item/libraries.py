"""The same models by well-known libraries, to stand beside ours: `implicit` and LensKit."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.optional import library
from bench.systems import factors
from kg.catalogue import Histories, IntArray
from kg.taste.types import FloatArray

LENSKIT = "lenskit"


@dataclass(frozen=True, slots=True)
class Implicit:
    """A fitted item-item recommender of `implicit`."""

    model: Any
    n_items: int

    def scores(self, history: IntArray) -> FloatArray:
        """Return its scores of all items; what it does not recommend at all has 0."""
        items, given = self._recommend(history, self.n_items)
        scores = np.zeros(self.n_items, dtype=np.float32)
        scores[items] = given
        return scores

    def first(self, history: IntArray, n: int) -> npt.NDArray[np.int64]:
        """Return the `n` items it recommends, best first: its own short way, to be timed."""
        return np.asarray(self._recommend(history, n)[0], dtype=np.int64)

    def _recommend(self, history: IntArray, n: int) -> Any:
        return self.model.recommend(0, factors.as_row(history, self.n_items), N=n)


@dataclass(frozen=True, slots=True)
class LensKit:
    """A trained scorer of LensKit; items are called by their position.

    `tellable` are the only items that it can be told, ascending; None: all.
    """

    scorer: Any
    items: Any
    data: Any
    tellable: npt.NDArray[np.int64] | None = None

    def scores(self, history: IntArray) -> FloatArray:
        """Return its scores of all items; what it cannot score has 0."""
        told = np.unique(history)
        if self.tellable is not None:
            told = np.intersect1d(told, self.tellable)
        known = self.data.ItemList(item_ids=told)
        query = self.data.RecQuery(history_items=known, query_source="history")
        given = self.scorer(query, self.items).scores()
        return np.nan_to_num(np.asarray(given, dtype=np.float32), nan=0.0)


def fit_implicit_cosine(histories: Histories, n_items: int, *, neighbours: int) -> Implicit:
    """Fit `CosineRecommender`; it counts an item among its own neighbours, so it gets one more."""
    return _implicit("CosineRecommender", histories, n_items, neighbours)


def fit_implicit_bm25(histories: Histories, n_items: int, *, neighbours: int) -> Implicit:
    """Fit `BM25Recommender` with its own K1 = 1.2 and B = 0.75; one more neighbour, as for the cosine."""
    return _implicit("BM25Recommender", histories, n_items, neighbours)


def _implicit(name: str, histories: Histories, n_items: int, neighbours: int) -> Implicit:
    made = getattr(library("implicit.nearest_neighbours", factors.EXTRA), name)
    model = made(K=neighbours + 1)
    with warnings.catch_warnings():  # it warns of the form in which it passes matrices to itself
        warnings.filterwarnings("ignore", message="Method expects CSR input")
        model.fit(factors.as_rows(histories, n_items), show_progress=False)
    return Implicit(model, n_items)


def fit_lenskit_ease(histories: Histories, n_items: int, *, regularisation: float) -> LensKit:
    """Train LensKit's `EASEScorer`."""
    scorer = library("lenskit.knn", LENSKIT).EASEScorer(regularization=regularisation)
    return _train(scorer, histories, n_items)


def fit_lenskit_users(histories: Histories, n_items: int, *, neighbours: int) -> LensKit:
    """Train LensKit's `UserKNNScorer` for choices without ratings.

    Its neighbours are the nearest of those who chose an item, item by item; ours are the nearest of all.
    """
    scorer = library("lenskit.knn", LENSKIT).UserKNNScorer(max_nbrs=neighbours, feedback="implicit")
    return _train(scorer, histories, n_items)


def fit_lenskit_items(histories: Histories, n_items: int, *, neighbours: int) -> LensKit:
    """Train LensKit's `ItemKNNScorer` for choices without ratings, with as many neighbours an item as ours.

    How many of them count for one item (`max_nbrs`) is left open, as ours leaves it. Version 2025.8 panics
    where it is told an item that nobody chose in training.
    """
    made = library("lenskit.knn", LENSKIT).ItemKNNScorer
    scorer = made(save_nbrs=neighbours, max_nbrs=n_items, feedback="implicit")
    found = _train(scorer, histories, n_items)
    return replace(found, tellable=np.unique(histories.items).astype(np.int64))


def _train(scorer: Any, histories: Histories, n_items: int) -> LensKit:
    data = library("lenskit.data", LENSKIT)
    frame = library("pandas", LENSKIT).DataFrame
    users = np.repeat(np.arange(len(histories.starts) - 1), np.diff(histories.starts))
    scorer.train(data.from_interactions_df(frame({"user_id": users, "item_id": np.asarray(histories.items)})))
    return LensKit(scorer, data.ItemList(item_ids=np.arange(n_items)), data)
