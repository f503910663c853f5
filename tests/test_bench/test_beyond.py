"""What runs show beyond accuracy, by hand; and what fake users change of planted histories."""

from __future__ import annotations

import json
from math import log2
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from bench import beyond as command
from bench.metrics import beyond
from bench.next_item.measure import Task
from bench.next_item.split import leave_one_out
from bench.robustness import Shift, pushed_items, shifts, with_pushed
from bench.robustness import app as robustness
from bench.run import app as run
from kg.catalogue import Histories
from kg.errors import UsageError

# The metrics


def test_coverage_counts_an_item_once() -> None:
    assert beyond.coverage([[0, 1], [1, 2], []], 4) == 0.75


def test_coverage_of_no_catalogue_is_nothing() -> None:
    assert beyond.coverage([], 0) == 0.0


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ([[0], [1], [2], [3]], 0.0),  # all alike
        ([[0], [0], [0], [0]], 0.75),  # one of four: 1 - 1/4
        ([[0, 1], [0, 1]], 0.5),  # half of the catalogue, evenly
        ([], 0.0),
    ],
)
def test_gini(lists: list[list[int]], expected: float) -> None:
    assert beyond.gini(lists, 4) == pytest.approx(expected)


def test_novelty_is_self_information_with_one_added() -> None:
    chosen = np.array([3, 0, 1])
    assert beyond.novelty([0, 1], chosen, 3) == pytest.approx((-log2(4 / 4) - log2(1 / 4)) / 2)


def test_popularity_is_the_share_that_is_less_chosen() -> None:
    ranks = beyond.popularity_ranks(np.array([5, 1, 1, 9]))
    assert ranks.tolist() == [0.625, 0.25, 0.25, 0.875]
    assert beyond.popularity([0, 3], ranks) == 0.75


def test_diversity_is_one_minus_jaccard() -> None:
    facts = [frozenset({1, 2}), frozenset({2, 3}), frozenset({4})]
    assert beyond.diversity(facts) == pytest.approx(1 - (1 / 3 + 0 + 0) / 3)


def test_items_without_facts_are_unlike() -> None:
    assert beyond.diversity([frozenset(), frozenset()]) == 1.0


def test_what_has_no_items_has_no_figures() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    assert beyond.novelty([], nothing, 0) is None
    assert beyond.popularity([], beyond.popularity_ranks(nothing)) is None
    assert beyond.diversity([frozenset({1})]) is None


def test_a_gap_leaves_small_groups_out() -> None:
    found = beyond.gap({"a": [1.0, 0.0], "b": [1.0, 1.0], "c": [0.0]}, least=2)
    assert found is not None
    assert (found.best, found.worst, found.difference, sorted(found.groups)) == ("b", "a", 0.5, ["a", "b"])


def test_one_group_makes_no_gap() -> None:
    assert beyond.gap({"a": [1.0] * 30, "b": [0.0]}) is None


def test_a_group_of_none_is_refused() -> None:
    with pytest.raises(UsageError, match="expected 1 or more"):
        beyond.gap({}, least=0)


# Over a run


def test_a_run_is_read_and_its_figures_written(tmp_path: Path) -> None:
    assert CliRunner().invoke(run, ["--system", "popularity", "--out", str(tmp_path / "a")]).exit_code == 0
    asked = [str(tmp_path / "a"), "--k", "1", "--out", str(tmp_path / "b.json")]
    said = CliRunner().invoke(command.app, asked)
    assert said.exit_code == 0, said.output
    found = json.loads((tmp_path / "b.json").read_text())["popularity"]
    assert 0 < found["coverage"] < 0.01  # the best known film and the best known book
    assert found["diversity"] is None
    assert found["gini"] > 0.99


# Fake users

HISTORIES = Histories.pack([[0, 1, 2, 3], [0, 1, 2, 3], [1, 0, 3, 2], [0, 2, 1, 4]])


def task() -> Task:
    split = leave_one_out(HISTORIES)
    return Task(split.train, 12, list(split.validation()), list(split.test()))


def test_fake_users_stand_behind_the_real_ones_and_choose_the_item_last() -> None:
    mixed = with_pushed(HISTORIES, 12, 9, 0.5, seed=3)
    assert [mixed.of(user).tolist() for user in range(4)] == [HISTORIES.of(u).tolist() for u in range(4)]
    assert len(mixed.starts) - 1 == 6
    for user in (4, 5):
        *fillers, last = mixed.of(user).tolist()
        assert (len(set(fillers)), last) == (3, 9)
        assert set(fillers) <= {0, 1, 2, 3, 4}  # what people choose


def test_the_same_seed_gives_the_same_fake_users() -> None:
    one, other = (with_pushed(HISTORIES, 12, 9, 0.5, seed=3).items for _ in range(2))
    assert one.tolist() == other.tolist()


def test_pushed_items_are_ones_that_few_chose() -> None:
    assert set(pushed_items(task())).isdisjoint({0, 1, 2})


def test_enough_fake_users_show_what_nobody_chose() -> None:
    (found,) = shifts("popularity", task(), [1.0])
    assert isinstance(found, Shift)
    assert found.rank_after < found.rank


@pytest.mark.parametrize("shares", ["0", "2", "x", "0.1,"])
def test_shares_that_are_none_are_refused(shares: str) -> None:
    said = CliRunner().invoke(robustness, ["--catalogue", "ml-100k", "--shares", shares])
    assert isinstance(said.exception, UsageError)
    assert "--shares" in str(said.exception)


def test_an_unknown_catalogue_is_refused() -> None:
    said = CliRunner().invoke(robustness, ["--catalogue", "nowhere"])
    assert isinstance(said.exception, UsageError)
