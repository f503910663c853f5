"""Every metric with its hard cases, computed by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from bench.metrics.cmr import cmr
from bench.metrics.corrections import corrected, false_alarm
from bench.metrics.precision import precision
from bench.metrics.recall import recall
from bench.metrics.stats import bootstrap, wilson
from bench.types import AnswerCorrection, QueryClaim

# Precision


@pytest.mark.parametrize(
    ("recommended", "truth", "score"),
    [
        (["a"], {"a"}, 1.0),
        (["a", "b"], {"a"}, 1 / 2),
        (["b"], {"a"}, 0.0),
        ([], {"a"}, 0.0),
        ([], set(), 0.0),
        (["a"], set(), 0.0),
        (["a", "b", "c"], {"a", "b", "c", "d"}, 1.0),
        (["x", "a", "not in the catalogue: Jaws"], {"a"}, 1 / 3),
    ],
)
def test_precision(recommended: list[str], truth: set[str], score: float) -> None:
    assert precision(recommended, truth) == score


# Recall


@pytest.mark.parametrize(
    ("recommended", "truth", "score"),
    [
        (["a"], {"a"}, 1.0),
        (["a"], {"a", "b"}, 1 / 2),
        (["a", "a"], {"a", "b"}, 1 / 2),
        (["b", "c"], {"a"}, 0.0),
        ([], {"a"}, 0.0),
        ([], set(), 0.0),
        (["a"], set(), 0.0),
        (["x", "y", "a", "b"], {"a", "b"}, 1.0),
    ],
)
def test_recall(recommended: list[str], truth: set[str], score: float) -> None:
    assert recall(recommended, truth) == score


# Condition match rate


def test_cmr_counts_what_satisfies_the_conditions() -> None:
    assert cmr(["a", "b", "c", "d"], set(), {"a", "c"}.__contains__) == 1 / 2


def test_cmr_of_nothing_is_0() -> None:
    assert cmr([], {"a"}, lambda _: True) == 0.0


def test_cmr_counts_an_item_of_the_truth_even_without_the_edge() -> None:
    assert cmr(["a", "b"], {"a"}, lambda _: False) == 1 / 2


def test_cmr_counts_an_unknown_edge_as_not_satisfied() -> None:
    assert cmr(["unknown"], set(), lambda _: False) == 0.0


def test_cmr_may_be_1_without_a_hit() -> None:
    assert cmr(["a"], {"b"}, lambda _: True) == 1.0


# Corrections

CLAIM = QueryClaim(
    anchor="item", items=["3", "4"], relation="director", claimed="Ada Quill", true="Dov Eberhart"
)


def said(**changes: object) -> AnswerCorrection:
    whole = {"items": ["3"], "relation": "director", "claimed": "Ada Quill", "true": ["Dov Eberhart"]}
    return AnswerCorrection(**(whole | changes))


def test_the_right_correction_counts() -> None:
    assert corrected(CLAIM, [said()])


@pytest.mark.parametrize(
    "changes",
    [
        {"items": ["4"]},
        {"items": ["3", "4"]},
        {"items": ["3", "1"]},
        {"claimed": "ada quill"},
        {"claimed": "Quill"},
        {"claimed": "director Ada Quill"},
        {"true": ["Dov Eberhart", "Bo Lund"]},
    ],
    ids=["other-item", "all-items", "one-more-item", "lower-case", "surname", "with-words", "one-more-truth"],
)
def test_a_correction_in_other_words_counts(changes: dict[str, object]) -> None:
    assert corrected(CLAIM, [said(**changes)])


@pytest.mark.parametrize(
    "changes",
    [
        {"items": ["1"]},
        {"items": []},
        {"relation": "cinematographer"},
        {"claimed": "Bo Lund"},
        {"claimed": ""},
        {"claimed": "!!"},
        {"true": ["Ada Quill"]},
        {"true": []},
    ],
    ids=[
        *("wrong-item", "no-item", "wrong-relation", "wrong-claim", "empty-claim", "claim-of-marks"),
        *("wrong-truth", "no-truth"),
    ],
)
def test_a_correction_of_something_else_does_not_count(changes: dict[str, object]) -> None:
    assert not corrected(CLAIM, [said(**changes)])


def test_no_correction_does_not_count() -> None:
    assert not corrected(CLAIM, [])


def test_one_right_correction_among_others_counts() -> None:
    assert corrected(CLAIM, [said(items=["1"]), said()])


def test_halves_of_two_corrections_make_no_whole() -> None:
    assert not corrected(CLAIM, [said(items=["1"]), said(relation="cinematographer")])


def test_one_of_several_truths_is_enough() -> None:
    claim = CLAIM.model_copy(update={"true": ["Dov Eberhart", "Ines Okafor"]})
    assert corrected(claim, [said(true=["Ines Okafor"])])


def test_any_correction_is_a_false_alarm() -> None:
    assert false_alarm([said()])


def test_no_correction_is_no_false_alarm() -> None:
    assert not false_alarm([])


# Wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (0, 50, 0.0, 0.0713),
        (10, 50, 0.1124, 0.3304),
        (50, 50, 0.9287, 1.0),
        (1, 1, 0.2065, 1.0),
        (0, 1, 0.0, 0.7935),
        (5, 10, 0.2366, 0.7634),
    ],
)
def test_wilson_against_tables(successes: int, n: int, low: float, high: float) -> None:
    found = wilson(successes, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_wilson_rate_is_the_plain_one() -> None:
    assert wilson(10, 50).mean == 0.2


def test_wilson_says_of_how_many() -> None:
    assert wilson(10, 50).n == 50


def test_wilson_of_none_is_none() -> None:
    assert wilson(0, 0) is None


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_against_scipy(counts: tuple[int, int]) -> None:
    successes, n = counts
    low, high = binomtest(successes, n).proportion_ci(method="wilson")
    found = wilson(successes, n)
    assert math.isclose(found.low, low, abs_tol=1e-6)
    assert math.isclose(found.high, high, abs_tol=1e-6)


# Bootstrap


def test_bootstrap_mean_is_the_plain_one() -> None:
    assert bootstrap([0.0, 1.0, 0.5]).mean == 0.5


def test_bootstrap_says_of_how_many() -> None:
    assert bootstrap([0.0, 1.0, 0.5]).n == 3


def test_bootstrap_of_nothing_is_none() -> None:
    assert bootstrap([]) is None


def test_bootstrap_of_equal_values_has_no_width() -> None:
    assert bootstrap([0.25] * 9)[:3] == (0.25, 0.25, 0.25)


def test_bootstrap_of_one_value_has_no_width() -> None:
    assert bootstrap([0.7])[:3] == (0.7, 0.7, 0.7)


def test_bootstrap_is_the_same_every_time() -> None:
    values = [0.1, 0.9, 0.4, 0.4, 1.0]
    assert bootstrap(values) == bootstrap(values)


def test_bootstrap_comes_near_the_normal_interval_of_many_values() -> None:
    values = [0.0, 1.0] * 200
    half = 1.96 * 0.5 / math.sqrt(400)
    found = bootstrap(values)
    assert math.isclose(found.low, 0.5 - half, abs_tol=0.01)
    assert math.isclose(found.high, 0.5 + half, abs_tol=0.01)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_bootstrap_interval_holds_between_least_and_greatest(values: list[float]) -> None:
    found = bootstrap(values)
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
