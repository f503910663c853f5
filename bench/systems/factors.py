"""Matrix factorisation by the library `implicit`: ALS (Hu et al. 2008) and BPR (Rendle et al. 2009)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from bench.optional import library
from kg.catalogue import Histories, IntArray
from kg.taste.choices import matrix
from kg.taste.types import FloatArray

EXTRA = "cf"


@dataclass(frozen=True, slots=True)
class Als:
    """A fitted `AlternatingLeastSquares`; the factors of a history are solved for when it is asked."""

    model: Any

    def scores(self, history: IntArray) -> FloatArray:
        """Return the products of the history's factors with those of every item."""
        factors = self.model.item_factors
        user = self.model.recalculate_user(0, as_row(history, len(factors)))
        return np.asarray(factors @ user, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Bpr:
    """Factors of items, (n_items, n_factors) float32, their biases, and how long a user's vector is.

    `implicit` has no way to place new people. Here a history's vector points to the mean of its items.
    """

    factors: FloatArray
    biases: FloatArray
    length: float

    def scores(self, history: IntArray) -> FloatArray:
        """Return the products of the history's vector with those of every item, plus their biases."""
        if not len(history):
            return self.biases.copy()
        mean = self.factors[np.unique(history)].mean(axis=0)
        mean *= self.length / max(float(np.linalg.norm(mean)), 1e-9)
        return np.asarray(self.factors @ mean + self.biases, dtype=np.float32)


def fit_als(
    histories: Histories, n_items: int, *, factors: int = 64, regularisation: float = 0.01, seed: int = 0
) -> Als:
    """Fit ALS with 15 iterations and confidence 1 + choices.

    Raises:
        MissingLibraryError: `implicit` is not installed.
    """
    made = library("implicit.als", EXTRA).AlternatingLeastSquares
    with one_thread():
        model = made(factors=factors, regularization=regularisation, iterations=15, random_state=seed)
        model.fit(as_rows(histories, n_items), show_progress=False)
    return Als(model)


def fit_bpr(
    histories: Histories, n_items: int, *, factors: int = 64, iterations: int = 50, seed: int = 0
) -> Bpr:
    """Fit BPR in one thread: in several, equal seeds give different factors.

    Raises:
        MissingLibraryError: `implicit` is not installed.
    """
    made = library("implicit.bpr", EXTRA).BayesianPersonalizedRanking
    model = made(factors=factors, learning_rate=0.05, iterations=iterations, random_state=seed, num_threads=1)
    model.fit(as_rows(histories, n_items), show_progress=False)
    lengths = np.linalg.norm(model.user_factors[:, :-1], axis=1)
    items = np.asarray(model.item_factors, dtype=np.float32)
    return Bpr(items[:, :-1].copy(), items[:, -1].copy(), float(lengths.mean()))


def one_thread() -> Any:
    """Return a context in which numpy's matrix products take one thread; `implicit` has its own."""
    return library("threadpoolctl", EXTRA).threadpool_limits(1, "blas")


def as_rows(histories: Histories, n_items: int) -> sparse.csr_matrix:
    """Return who chose what in the form that `implicit` takes."""
    return sparse.csr_matrix(matrix(histories, n_items))


def as_row(history: IntArray, n_items: int) -> sparse.csr_matrix:
    """Return one history in the form that `implicit` takes."""
    chosen = np.unique(history)
    ones = np.ones(len(chosen), dtype=np.float32)
    return sparse.csr_matrix((ones, chosen, [0, len(chosen)]), shape=(1, n_items))
