"""AUC, GAUC and F1: by hand, as another implementation has them, and over resamples of users."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score, roc_auc_score

from bench.metrics.auc import auc
from bench.metrics.f1 import best_threshold, f1
from bench.metrics.gauc import by_user, gauc
from bench.metrics.resampled import estimate, resampled, values
from kg.errors import UsageError

ROWS = st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.integers(0, 5)), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("liked", "scores", "expected"),
    [
        ([1, 0], [0.9, 0.1], 1.0),
        ([1, 0], [0.1, 0.9], 0.0),
        ([1, 0], [0.5, 0.5], 0.5),
        ([1, 0, 1, 0], [4, 3, 2, 1], 0.75),  # of four pairs the liked row is above in three
        ([1, 0, 0], [2, 2, 1], 0.75),  # a tie and a win
    ],
)
def test_auc_counts_pairs_in_order(liked: list[int], scores: list[float], expected: float) -> None:
    assert auc(liked, scores) == pytest.approx(expected)


def test_auc_of_one_class_is_none() -> None:
    assert (auc([1, 1], [0.1, 0.2]), auc([0], [1.0]), auc([], [])) == (None, None, None)


def test_a_score_that_is_no_number_is_an_error() -> None:
    with pytest.raises(UsageError, match="not a finite number"):
        auc([1, 0], [float("nan"), 0])


def test_scores_of_other_rows_are_an_error() -> None:
    with pytest.raises(UsageError, match="one score a row"):
        auc([1, 0], [0.5])


@given(ROWS)
def test_auc_is_scikit_learns(rows: list[tuple[int, bool, int]]) -> None:
    _, liked, scores = zip(*rows, strict=True)
    if len(set(liked)) == 2:
        assert auc(liked, scores) == pytest.approx(roc_auc_score(liked, scores))


# Users 0 and 1 have an AUC of 1 and 0; user 1 has twice as many rows. User 2 likes everything.
USERS, LIKED, SCORES = [0, 0, 1, 1, 1, 1, 2, 2], [1, 0, 0, 0, 1, 1, 1, 1], [9, 8, 7, 6, 5, 4, 3, 2]


def test_gauc_weighs_users_by_their_rows() -> None:
    assert gauc(USERS, LIKED, SCORES) == pytest.approx((2 * 1 + 4 * 0) / 6)


def test_users_of_one_class_are_left_out_and_counted() -> None:
    found = by_user(USERS, LIKED, SCORES)
    assert (found.users.tolist(), found.values.tolist(), found.rows.tolist(), found.left_out) == (
        [0, 1],
        [1.0, 0.0],
        [2, 4],
        1,
    )


def test_gauc_where_nobody_has_both_classes_is_none() -> None:
    assert gauc([0, 1], [1, 0], [0.5, 0.5]) is None


def test_gauc_does_not_depend_on_the_order_of_rows() -> None:
    back = [each[::-1] for each in (USERS, LIKED, SCORES)]
    assert gauc(*back) == gauc(USERS, LIKED, SCORES)


@given(ROWS)
def test_gauc_is_scikit_learns_auc_by_user(rows: list[tuple[int, bool, int]]) -> None:
    users, liked, scores = map(np.array, zip(*rows, strict=True))
    found = [
        (roc_auc_score(liked[users == user], scores[users == user]), int((users == user).sum()))
        for user in np.unique(users)
        if len(set(liked[users == user])) == 2
    ]
    expected = sum(area * n for area, n in found) / sum(n for _, n in found) if found else None
    assert gauc(users, liked, scores) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("liked", "scores", "expected"),
    [
        ([1, 1, 0, 0], [0.9, 0.1, 0.8, 0.2], 0.5),  # one hit of two called, of two liked
        ([1, 0], [0.5, 0.4], 1.0),  # the threshold itself is called liked
        ([0, 0], [0.1, 0.2], 0.0),
        ([1, 1], [0.1, 0.2], 0.0),
    ],
)
def test_f1_is_as_computed_by_hand(liked: list[int], scores: list[float], expected: float) -> None:
    assert f1(liked, scores) == pytest.approx(expected)


@given(ROWS)
def test_f1_is_scikit_learns(rows: list[tuple[int, bool, int]]) -> None:
    _, liked, scores = zip(*rows, strict=True)
    said = [score >= 3 for score in scores]
    assert f1(liked, scores, 3) == pytest.approx(f1_score(liked, said, zero_division=0))


@given(ROWS)
def test_no_other_threshold_has_a_higher_f1(rows: list[tuple[int, bool, int]]) -> None:
    _, liked, scores = zip(*rows, strict=True)
    best = f1(liked, scores, best_threshold(liked, scores))
    assert best == pytest.approx(max(f1(liked, scores, each) for each in set(scores)))


def test_a_draw_of_users_is_the_metric_of_their_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    times = np.array([[2.0, 1.0, 0.0], [1.0, 0.0, 3.0]])
    monkeypatch.setattr("bench.metrics.resampled._drawn", lambda _: iter([times]))
    found = resampled(USERS, LIKED, SCORES, 5)
    for place, drawn in enumerate(times.astype(int)):
        rows = [row for row in range(8) for _ in range(drawn[USERS[row]])]
        told = [[each[row] for row in rows] for each in (USERS, LIKED, SCORES)]
        assert found["auc"][place] == pytest.approx(auc(told[1], told[2]))
        assert found["f1"][place] == pytest.approx(f1(told[1], told[2], 5))
    assert found["gauc"].tolist() == pytest.approx([(2 * 2 * 1 + 4 * 0) / (2 * 2 + 4), 1.0])


def test_the_interval_is_of_2000_draws_and_the_same_again() -> None:
    rng = np.random.default_rng(1)
    users, liked, scores = rng.integers(0, 30, 300), rng.integers(0, 2, 300), rng.random(300)
    first, second = (resampled(users, liked, scores, 0.5) for _ in range(2))
    assert first["auc"].shape == (2000,)
    assert first["auc"].tobytes() == second["auc"].tobytes()
    found = estimate(values(users, liked, scores, 0.5)["auc"], first["auc"], 30)
    assert found is not None
    assert found.low < found.mean < found.high
