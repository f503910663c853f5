"""nDCG, average precision, hits, reciprocal rank, the 20-way choice and position bias, computed by hand."""

from __future__ import annotations

from collections import Counter
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.metrics.average_precision import average_precision
from bench.metrics.hit import hit
from bench.metrics.mrr import reciprocal_rank
from bench.metrics.ndcg import ndcg
from bench.metrics.position_bias import mapb, placements, rank_of, sample_bias
from bench.metrics.recall import recall
from bench.metrics.twenty import accuracy, candidates, chosen
from kg.errors import UsageError

# nDCG. Discounts of the ranks 1, 2, 3: 1, 1 / log2(3) = 0.6309, 1 / 2.
SECOND = 1 / log2(3)


@pytest.mark.parametrize(
    ("recommended", "truth", "score"),
    [
        (["a"], {"a"}, 1.0),
        (["x", "a"], {"a"}, SECOND),
        (["a", "x", "b"], {"a", "b"}, (1 + 0.5) / (1 + SECOND)),
        (["b", "a"], {"a", "b"}, 1.0),
        (["a"], {"a", "b"}, 1 / (1 + SECOND)),
        ([], {"a"}, 0.0),
        (["x"], {"a"}, 0.0),
        (["a"], set(), 0.0),
        ([], set(), 0.0),
    ],
)
def test_ndcg(recommended: list[str], truth: set[str], score: float) -> None:
    assert ndcg(recommended, truth) == pytest.approx(score)


def test_ndcg_is_one_where_the_truth_is_larger_than_k() -> None:
    assert ndcg(["a", "b"], {"a", "b", "c", "d"}, 2) == 1.0


def test_ndcg_ignores_what_comes_after_k() -> None:
    assert ndcg(["x", "y", "a"], {"a"}, 2) == 0.0


def test_a_repeated_item_takes_no_rank() -> None:
    assert ndcg(["x", "x", "a"], {"a"}) == ndcg(["x", "a"], {"a"}) == pytest.approx(SECOND)


def test_a_true_item_said_twice_counts_once() -> None:
    assert ndcg(["a", "a"], {"a", "b"}) == ndcg(["a"], {"a", "b"})


def test_ignored_items_take_no_rank_and_are_not_wanted() -> None:
    assert ndcg(["i", "a"], {"a", "i"}, ignore={"i"}) == 1.0


def test_ndcg_with_everything_ignored_is_zero() -> None:
    assert ndcg(["i"], {"i"}, ignore={"i"}) == 0.0


def test_ndcg_at_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="nDCG@0"):
        ndcg(["a"], {"a"}, 0)


@given(st.lists(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")), st.integers(1, 8))
def test_ndcg_lies_between_zero_and_one(recommended: list[str], truth: set[str], k: int) -> None:
    assert 0 <= ndcg(recommended, truth, k) <= 1 + 1e-12


# Average precision


@pytest.mark.parametrize(
    ("recommended", "truth", "k", "score"),
    [
        (["a", "x", "b"], {"a", "b"}, 3, (1 + 2 / 3) / 2),
        (["a", "b", "x"], {"a", "b"}, 3, 1.0),
        (["x", "a"], {"a"}, 3, 1 / 2),
        (["x", "y", "z", "a"], {"a"}, 3, 0.0),
        (["a", "b", "c"], {"a", "b", "c", "d", "e", "f"}, 3, 1.0),  # by k, the truth is larger
        (["a"], {"a", "b", "c"}, 3, 1 / 3),  # a short list gains nothing by stopping
        (["a", "x", "b"], {"a", "b", "c", "d"}, 3, (1 + 2 / 3) / 3),
        (["a", "b"], {"a", "b"}, 1, 1.0),
        ([], {"a"}, 3, 0.0),
        (["a"], set(), 3, 0.0),
        ([], set(), 3, 0.0),
        (["a", "a", "b"], {"a", "b"}, 3, 1.0),  # said twice takes one rank
        (["x", "x", "a"], {"a"}, 3, 1 / 2),
    ],
)
def test_average_precision(recommended: list[str], truth: set[str], k: int, score: float) -> None:
    assert average_precision(recommended, truth, k) == pytest.approx(score)


def test_average_precision_at_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="AP@0"):
        average_precision(["a"], {"a"}, 0)


@given(st.lists(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")), st.integers(1, 8))
def test_a_further_item_never_lowers_average_precision(said: list[str], truth: set[str], k: int) -> None:
    values = [average_precision(said[:length], truth, k) for length in range(len(said) + 1)]
    assert values == sorted(values)
    assert 0 <= values[-1] <= 1 + 1e-12


# Hits and recall at k


@pytest.mark.parametrize(
    ("recommended", "truth", "k", "hits", "recalled"),
    [
        (["x", "a"], {"a"}, 3, 1.0, 1.0),
        (["x", "a"], {"a"}, 1, 0.0, 0.0),
        (["x", "y", "z", "a"], {"a"}, 3, 0.0, 0.0),
        (["a", "b", "c"], {"a", "b", "c", "d", "e", "f"}, 3, 1.0, 1 / 2),  # by the truth, not by k
        (["a"], {"a", "b", "c"}, 3, 1.0, 1 / 3),
        (["a", "a", "b"], {"a", "b"}, 2, 1.0, 1.0),  # said twice takes one rank
        (["x", "x", "x", "a"], {"a"}, 2, 1.0, 1.0),
        ([], {"a"}, 3, 0.0, 0.0),
        (["a"], set(), 3, 0.0, 0.0),
    ],
)
def test_hit_and_recall_at_k(
    recommended: list[str], truth: set[str], k: int, hits: float, recalled: float
) -> None:
    assert hit(recommended, truth, k) == hits
    assert recall(recommended, truth, k) == recalled


def test_hit_and_recall_at_nothing_are_refused() -> None:
    with pytest.raises(UsageError, match="hit@0"):
        hit(["a"], {"a"}, 0)
    with pytest.raises(UsageError, match="recall@0"):
        recall(["a"], {"a"}, 0)


@given(st.lists(st.sampled_from("abcdef")), st.sampled_from("abcdef"), st.integers(1, 8))
def test_with_one_true_item_the_hit_rate_is_recall(said: list[str], true: str, k: int) -> None:
    assert hit(said, {true}, k) == recall(said, {true}, k)


# Reciprocal rank


@pytest.mark.parametrize(
    ("recommended", "truth", "score"),
    [
        (["a", "b"], {"a", "b"}, 1.0),
        (["x", "a"], {"a"}, 1 / 2),
        (["x", "x", "a"], {"a"}, 1 / 2),
        (["x", "y", "z", "b", "a"], {"a", "b"}, 1 / 4),
        (["x"], {"a"}, 0.0),
        ([], {"a"}, 0.0),
        (["a"], set(), 0.0),
    ],
)
def test_reciprocal_rank(recommended: list[str], truth: set[str], score: float) -> None:
    assert reciprocal_rank(recommended, truth) == score


def test_reciprocal_rank_passes_over_ignored_items() -> None:
    assert reciprocal_rank(["i", "x", "a"], {"i", "a"}, ignore={"i"}) == 1 / 2


# The 20-way choice

POOL = [f"p{number:02}" for number in range(30)]


def test_one_true_item_stands_among_nineteen_others() -> None:
    offered = candidates("q1", {"p00", "p01"}, POOL)
    assert len(set(offered)) == 20
    assert len(set(offered) & {"p00", "p01"}) == 1


def test_the_candidates_depend_on_query_and_seed_alone() -> None:
    first = candidates("q1", ["p00", "p01"], POOL)
    assert candidates("q1", ["p01", "p00"], POOL) == first
    assert candidates("q2", ["p00", "p01"], POOL) != first
    assert candidates("q1", ["p00", "p01"], POOL, seed=1) != first


def test_ignored_items_are_never_offered() -> None:
    ignored = set(POOL[20:])
    offered = candidates("q", ["p00", "p25"], POOL, ignore=ignored)
    assert set(offered) == set(POOL[:20])


def test_the_true_item_stands_at_every_place_about_equally_often() -> None:
    places = Counter(candidates(f"q{n}", ["t"], POOL).index("t") for n in range(2000))
    assert set(places) == set(range(20))
    assert max(places.values()) < 2 * 100


def test_too_few_others_are_refused() -> None:
    with pytest.raises(UsageError, match="there are 1 and 18"):
        candidates("q", ["p00"], POOL[:19])


def test_a_query_without_truth_has_no_choice() -> None:
    with pytest.raises(UsageError, match="needs a true item"):
        candidates("q", ["p00"], POOL, ignore=["p00"])


@pytest.mark.parametrize(
    ("recommended", "choice", "right"),
    [
        (["t", "o"], "t", 1.0),
        (["o", "t"], "o", 0.0),
        (["elsewhere", "t", "o"], "t", 1.0),
        (["elsewhere", "t2"], None, 0.0),  # true, but not among the candidates
        ([], None, 0.0),
    ],
)
def test_the_choice_is_the_candidate_named_first(
    recommended: list[str], choice: str | None, right: float
) -> None:
    assert chosen(recommended, ["t", "o"]) == choice
    assert accuracy(recommended, {"t", "t2"}, ["t", "o"]) == right


# Position bias


def test_the_target_is_placed_everywhere_once() -> None:
    assert placements(["a", "b"], "t") == [["t", "a", "b"], ["a", "t", "b"], ["a", "b", "t"]]


@pytest.mark.parametrize(
    ("ranks", "bias"),
    [
        ([1, 2, 3], 2 / 3),  # follows the list: |1-2| + |2-2| + |3-2|, by 3
        ([2, 2, 2], 0.0),
        ([1, 1, 1, 5], 1.5),  # mean 2
        ([4], 0.0),
    ],
)
def test_sample_bias(ranks: list[int], bias: float) -> None:
    assert sample_bias(ranks) == pytest.approx(bias)


def test_mapb_is_the_mean_over_samples() -> None:
    found = mapb([[1, 2, 3], [2, 2, 2]])
    assert found is not None
    assert (found.mean, found.n) == (pytest.approx(1 / 3), 2)


def test_no_samples_have_no_bias() -> None:
    assert mapb([]) is None


def test_samples_of_unequal_size_are_refused() -> None:
    with pytest.raises(UsageError, match="these have 2, 3"):
        mapb([[1, 2], [1, 2, 3]])


def test_a_sample_without_ranks_is_refused() -> None:
    with pytest.raises(UsageError, match="there are none"):
        sample_bias([])


@pytest.mark.parametrize(
    ("answer", "rank"),
    [(["t"], 1), (["a", "a", "t"], 2), (["elsewhere", "t"], 1), (["a", "b"], 4), ([], 4)],
)
def test_rank_of_the_target(answer: list[str], rank: int) -> None:
    assert rank_of("t", answer, ["a", "b", "t"]) == rank
