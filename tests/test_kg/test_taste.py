"""Models of taste: answers computed by hand on planted histories."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.catalogue import Histories
from kg.errors import UsageError
from kg.taste import ease, neighbours, popularity, users
from kg.taste.choices import matrix, only
from kg.taste.order import best
from kg.taste.recent import Recent

# 0 and 1 are chosen by the same two people, 2 by one of them, 3 by somebody else with 2.
PLANTED = Histories.pack([[0, 1], [0, 1, 2], [2, 3]])


def positions(*items: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(items, dtype=np.int32)


# The best


def test_equal_scores_come_in_order_of_position() -> None:
    assert best(np.array([1.0, 2.0, 1.0, 2.0, 1.0]), 4).tolist() == [1, 3, 0, 2]


@given(st.lists(st.integers(0, 4), max_size=30), st.integers(0, 35))
def test_the_best_are_the_first_of_a_stable_sort(scores: list[int], n: int) -> None:
    expected = sorted(range(len(scores)), key=lambda place: (-scores[place], place))[:n]
    assert best(np.array(scores, dtype=np.float32), n).tolist() == expected


@pytest.mark.parametrize("n", [1, 7, 40, 400])
@pytest.mark.parametrize("digits", [0, 1, 2, 9])
def test_the_best_of_many_are_the_first_of_a_stable_sort(n: int, digits: int) -> None:
    rng = np.random.default_rng((n, digits))
    for sign in (1, -1):
        scores = np.where(rng.random(60_000) < 0.02, sign * np.round(rng.random(60_000), digits), 0)
        assert best(scores, n).tolist() == np.argsort(-scores, kind="stable")[:n].tolist()


def test_the_best_of_many_are_found_without_partitioning_all(monkeypatch: pytest.MonkeyPatch) -> None:
    partitioned: list[int] = []
    partition = np.partition

    def counted(values: npt.NDArray[np.float64], kth: int) -> npt.NDArray[np.float64]:
        partitioned.append(len(values))
        return partition(values, kth)

    monkeypatch.setattr("kg.taste.order.np.partition", counted)
    best(np.where(np.arange(1_000_000) % 500 == 0, np.arange(1_000_000), 0.0), 20)
    assert sum(partitioned) < 10_000


# Histories


def test_some_users_are_taken_in_the_order_they_are_named() -> None:
    taken = only(Histories.pack([[0, 1], [], [2], [3, 4]]), [3, 1, 0])
    assert [taken.of(user).tolist() for user in range(3)] == [[3, 4], [], [0, 1]]


def test_nobody_taken_is_no_history() -> None:
    assert only(PLANTED, []).starts.tolist() == [0]


def test_an_item_chosen_twice_is_one_in_the_matrix() -> None:
    assert matrix(Histories.pack([[1, 0, 1]]), 3).toarray().tolist() == [[1, 1, 0]]


# Popularity


def test_popularity_counts_users_and_not_choices() -> None:
    fitted = popularity.fit(Histories.pack([[1, 1, 1], [0, 1], [0]]), 3)
    assert fitted.scores(positions()).tolist() == [2, 2, 0]


# Item-kNN


def test_the_cosine_is_shared_users_over_the_root_of_both() -> None:
    scores = neighbours.fit(PLANTED, 4).scores(positions(0))
    assert scores == pytest.approx([0, 2 / 2, 1 / 2, 0])


def test_the_similarities_to_all_items_of_a_history_are_summed() -> None:
    scores = neighbours.fit(PLANTED, 4).scores(positions(0, 1))
    assert scores == pytest.approx([1, 1, 1, 0])


def test_only_the_nearest_neighbours_count() -> None:
    scores = neighbours.fit(PLANTED, 4, neighbours=1).scores(positions(0))
    assert scores == pytest.approx([0, 1, 0, 0])


def test_of_equally_near_neighbours_the_first_count() -> None:
    fitted = neighbours.fit(Histories.pack([[0, 3], [0, 1], [0, 2]]), 4, neighbours=2)
    assert fitted.near[0].tolist() == [1, 2]


def test_bm25_is_as_computed_by_hand() -> None:
    # Four items; users of 2, 3 and 2 choices: idf ln 4 - ln 3, 0, ln 4 - ln 3. Lengths 2, 2, 2, 1: 7 / 4.
    idf = np.log(4 / 3)
    long = 2.2 / (1.2 * (0.25 + 0.75 * 2 / 1.75) + 1)
    short = 2.2 / (1.2 * (0.25 + 0.75 * 1 / 1.75) + 1)
    scores = neighbours.fit(PLANTED, 4, weights="bm25").scores(positions(2))
    assert scores == pytest.approx([0, 0, 0, long * short * idf**2], rel=1e-5)


def test_unknown_weights_are_named() -> None:
    with pytest.raises(UsageError, match="unknown weights 'bm52'; did you mean 'bm25'"):
        neighbours.fit(PLANTED, 4, weights="bm52")


@pytest.mark.parametrize("fit", [neighbours.fit, users.fit])
def test_no_neighbours_at_all_are_refused(fit: type) -> None:
    with pytest.raises(UsageError, match="with 0 neighbours; give 1 or more"):
        fit(PLANTED, 4, neighbours=0)


# User-kNN


def test_what_similar_users_chose_scores_by_their_similarity() -> None:
    # Cosine of {0, 1} with the three users: 1, 2 / sqrt 6, 0.
    scores = users.fit(PLANTED, 4).scores(positions(0, 1))
    assert scores == pytest.approx([1 + 2 / 6**0.5, 1 + 2 / 6**0.5, 2 / 6**0.5, 0])


def test_only_the_nearest_users_count() -> None:
    scores = users.fit(PLANTED, 4, neighbours=1).scores(positions(0, 1))
    assert scores == pytest.approx([1, 1, 0, 0])


def test_of_equally_near_users_the_first_count() -> None:
    scores = users.fit(Histories.pack([[0, 2], [0, 1]]), 3, neighbours=1).scores(positions(0))
    assert scores[1] == 0


# EASE


def test_ease_is_the_closed_form() -> None:
    chosen = matrix(PLANTED, 4).toarray().astype(np.float64)
    inverse = np.linalg.inv(chosen.T @ chosen + 2 * np.eye(4))
    weights = np.eye(4) - inverse / np.diag(inverse)
    fitted = ease.fit(PLANTED, 4, regularisation=2)
    assert fitted.scores(positions(0, 3)) == pytest.approx(weights[0] + weights[3], abs=1e-5)


def test_ease_of_two_items_is_as_computed_by_hand() -> None:
    # X'X + I = [[3, 2], [2, 3]]; its inverse has the diagonal 3/5 and -2/5 beside it: weights 2/3.
    fitted = ease.fit(Histories.pack([[0, 1], [0, 1]]), 2, regularisation=1)
    assert fitted.scores(positions(0)) == pytest.approx([0, 2 / 3])


def test_ease_leaves_out_items_that_nobody_chose() -> None:
    fitted = ease.fit(Histories.pack([[7, 9], [9, 7]]), 1_000_000, regularisation=1)
    assert fitted.scores(positions(7, 3))[[3, 9]] == pytest.approx([0, 2 / 3])


def test_ease_refuses_too_many_items_and_says_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ease, "MOST_ITEMS", 3)
    with pytest.raises(UsageError, match=r"4 items were chosen, 3 are the most\.\n  Take item-kNN"):
        ease.fit(PLANTED, 10)


@pytest.mark.parametrize("wrong", [0.0, -1.0, float("nan")])
def test_ease_refuses_a_regularisation_that_is_not_above_0(wrong: float) -> None:
    with pytest.raises(UsageError, match="give a number above 0"):
        ease.fit(PLANTED, 4, regularisation=wrong)


def test_ease_without_a_choice_scores_0() -> None:
    assert ease.fit(Histories.pack([[], []]), 3).scores(positions(1)).tolist() == [0, 0, 0]


# The last choices


def test_only_the_last_choices_are_told() -> None:
    fitted = neighbours.fit(PLANTED, 4)
    told = Recent(fitted, 1).scores(positions(0, 1, 3))
    assert told.tolist() == fitted.scores(positions(3)).tolist()
