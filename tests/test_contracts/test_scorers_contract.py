"""What every model of taste keeps to, ours and those of libraries."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

from bench.next_item import libraries
from bench.systems import factors
from kg.catalogue import Histories
from kg.errors import DataError
from kg.taste import ease, neighbours, popularity, sequence, users
from kg.taste.recent import Recent
from kg.taste.types import Scorer

# Items 0, 1, 2 are chosen together, and so are 3 and 4; nobody chose 5.
HISTORIES = Histories.pack([[0, 1, 2], [2, 1, 0], [0, 2], [3, 4], [4, 3], [3, 4, 0], []])
N_ITEMS = 6


def recent(histories: Histories, n_items: int) -> Scorer:
    return Recent(neighbours.fit(histories, n_items), 2)


cf = pytest.mark.cf
lenskit = pytest.mark.lenskit
FITS: dict[str, tuple[Callable[..., Scorer], Any]] = {
    "popularity": (popularity.fit, ()),
    "cosine": (partial(neighbours.fit, weights="cosine", neighbours=3), ()),
    "bm25": (partial(neighbours.fit, weights="bm25", neighbours=3), ()),
    "user-knn": (partial(users.fit, neighbours=3), ()),
    "ease": (partial(ease.fit, regularisation=1.0), ()),
    "recent": (recent, ()),
    "successors": (sequence.fit, ()),
    "als": (partial(factors.fit_als, factors=4), cf),
    "bpr": (partial(factors.fit_bpr, factors=4, iterations=5), cf),
    "implicit-cosine": (partial(libraries.fit_implicit_cosine, neighbours=3), cf),
    "implicit-bm25": (partial(libraries.fit_implicit_bm25, neighbours=3), cf),
    "lenskit-ease": (partial(libraries.fit_lenskit_ease, regularisation=1.0), lenskit),
    "lenskit-item-knn": (partial(libraries.fit_lenskit_items, neighbours=3), lenskit),
    "lenskit-user-knn": (partial(libraries.fit_lenskit_users, neighbours=3), lenskit),
}
ORDERED = ("recent", "successors")  # to whom it matters when something was chosen
ALL = [pytest.param(name, marks=marks) for name, (_, marks) in FITS.items()]


def positions(*items: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(items, dtype=np.int32)


def fitted(name: str) -> Scorer:
    fit, mark = FITS[name]
    if mark:
        pytest.importorskip("implicit" if mark is cf else "lenskit", reason=f"the `{name}` needs an extra")
    return fit(HISTORIES, N_ITEMS)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("history", [(), (1,), (0, 1), (5,), (0, 1, 2, 3, 4, 5)])
def test_there_is_a_finite_float32_score_for_every_item(name: str, history: tuple[int, ...]) -> None:
    scores = fitted(name).scores(positions(*history))
    assert (scores.shape, scores.dtype, bool(np.isfinite(scores).all())) == ((N_ITEMS,), np.float32, True)


@pytest.mark.parametrize("name", ALL)
def test_a_second_fit_gives_the_same_scores(name: str) -> None:
    first, second = (fitted(name).scores(positions(0, 3)) for _ in range(2))
    assert first.tobytes() == second.tobytes()


@pytest.mark.parametrize("name", ALL)
def test_asking_again_gives_the_same_scores_even_if_the_first_were_changed(name: str) -> None:
    scorer = fitted(name)
    first = scorer.scores(positions(0, 3))
    kept = first.copy()
    first[:] = -1
    assert scorer.scores(positions(0, 3)).tobytes() == kept.tobytes()


@pytest.mark.parametrize("name", [each for each in ALL if each.values[0] not in ORDERED])
def test_an_item_chosen_twice_counts_once(name: str) -> None:
    scorer = fitted(name)
    once, twice = scorer.scores(positions(1, 3)), scorer.scores(positions(1, 3, 1))
    assert once.tobytes() == twice.tobytes()


@pytest.mark.parametrize("name", ALL)
def test_a_history_is_not_changed(name: str) -> None:
    history = positions(2, 0, 2)
    fitted(name).scores(history)
    assert history.tolist() == [2, 0, 2]


@pytest.mark.parametrize("name", [each for each in ALL if each.values[0] not in ("popularity", "als", "bpr")])
def test_what_is_chosen_together_scores_above_what_is_not(name: str) -> None:
    scores = fitted(name).scores(positions(1))
    assert min(scores[0], scores[2]) > max(scores[3], scores[4])


@pytest.mark.parametrize("name", [each for each in ALL if not each.marks])
def test_histories_of_another_catalogue_are_refused(name: str) -> None:
    with pytest.raises(DataError, match="item positions 0 to 4, of 4 items"):
        FITS[name][0](HISTORIES, 4)
