"""The next item: what is hidden, how it is ranked, how parameters are chosen, and the command."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import log2
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import bench.next_item.roster
import bench.run
from bench.metrics import ndcg as of_lists
from bench.metrics.mrr import reciprocal_rank
from bench.next_item import measure as measuring
from bench.next_item.measure import Chosen, Result, Task, choose, measure
from bench.next_item.ranks import ndcg, rank, recall, reciprocal
from bench.next_item.roster import ROSTER, Row
from bench.next_item.split import Case, LeaveOneOut, leave_one_out
from bench.next_item.table import compare
from kg.catalogue import Histories
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.store import Opened, open_catalogue
from kg.taste import neighbours
from kg.taste.order import best
from kg.taste.types import Scorer
from kg.types import User

Run = Callable[..., Any]


def positions(*items: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(items, dtype=np.int32)


def scores(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.array(values, dtype=np.float32)


# What is hidden

SPLIT = leave_one_out(Histories.pack([[4, 2, 7, 1], [3, 5], [], [6, 0, 6, 2, 0]]))


def plain(cases: Any) -> list[tuple[int, list[int], int]]:
    return [(case.user, case.known.tolist(), case.target) for case in cases]


def test_the_last_item_is_the_test_and_all_before_it_is_known() -> None:
    assert plain(SPLIT.test())[0] == (0, [4, 2, 7], 1)


def test_the_last_but_one_is_the_validation_and_the_test_item_is_not_known() -> None:
    assert plain(SPLIT.validation())[0] == (0, [4, 2], 7)


def test_an_item_chosen_again_counts_where_it_was_chosen_first() -> None:
    assert plain(SPLIT.test())[1] == (3, [6, 0], 2)


def test_training_holds_neither_test_nor_validation_items() -> None:
    assert SPLIT.train.of(0).tolist() == [4, 2]


def test_who_chose_too_little_is_not_tested() -> None:
    assert list(SPLIT.users) == [0, 3]


def test_who_is_not_tested_trains_with_everything() -> None:
    assert SPLIT.train.of(1).tolist() == [3, 5]


# Ranks and metrics


def test_the_rank_counts_better_items() -> None:
    assert rank(scores(0.9, 0.1, 0.5, 0.7), 2, positions()) == 3


def test_known_items_do_not_compete() -> None:
    assert rank(scores(0.9, 0.1, 0.5, 0.7), 2, positions(0)) == 2


def test_the_target_is_the_last_of_equal_scores() -> None:
    assert rank(scores(0, 0, 0, 0), 0, positions(3)) == 3


def test_a_known_target_is_an_error() -> None:
    with pytest.raises(UsageError, match="item 1 is known already"):
        rank(scores(1, 2), 1, positions(1))


def test_scores_that_are_no_numbers_are_an_error() -> None:
    with pytest.raises(UsageError, match="not a finite number"):
        rank(scores(1, float("nan")), 1, positions())


@pytest.mark.parametrize(
    ("place", "expected"),
    [(1, (1, 1, 1)), (2, (1 / log2(3), 1, 1 / 2)), (10, (1 / log2(11), 1, 0.1)), (11, (0, 0, 1 / 11))],
)
def test_metrics_are_as_computed_by_hand(place: int, expected: tuple[float, float, float]) -> None:
    assert (ndcg(place), recall(place), reciprocal(place)) == pytest.approx(expected)


@pytest.mark.parametrize("place", range(1, 13))
def test_metrics_of_a_rank_are_those_of_a_list_with_one_true_item(place: int) -> None:
    listed = [str(n) for n in range(1, 20)]
    expected = (of_lists.ndcg(listed, {str(place)}), reciprocal_rank(listed, {str(place)}))
    assert (ndcg(place), reciprocal(place)) == pytest.approx(expected)


# Choosing parameters


class Prefers:
    """Scores one item above all others."""

    def __init__(self, item: int):
        self.item = item

    def scores(self, _: Any) -> Any:
        return np.eye(4, dtype=np.float32)[self.item]


def prefer(_: Histories, __: int, *, item: int) -> Prefers:
    return Prefers(item)


TOY = Task(Histories.pack([[0]]), 4, [Case(0, positions(0), 2)], [Case(0, positions(0, 2), 3)])


def test_parameters_are_chosen_by_the_validation_and_not_by_the_test() -> None:
    assert choose(Row(prefer, {"item": (1, 2, 3)}), TOY).parameters == {"item": 2}


def test_of_equally_good_parameters_the_first_is_taken() -> None:
    assert choose(Row(prefer, {"item": (1, 3)}), TOY).parameters == {"item": 1}


def test_the_number_of_last_choices_is_chosen_too() -> None:
    histories = Histories.pack([[0, 1], [2, 3]])
    task = Task(histories, 4, [Case(0, positions(2, 0), 1)], TOY.test)
    assert choose(Row(neighbours.fit, lasts=(2, 1)), task) == Chosen({}, 1)


def test_a_row_without_a_choice_is_not_fitted_for_choosing() -> None:
    def never(*_: Any) -> Prefers:
        raise AssertionError("fitted")

    assert choose(Row(never, {"item": (1,)}), TOY) == Chosen({"item": 1}, None)


def test_the_test_is_ranked_with_the_chosen_parameters() -> None:
    assert measure(Row(prefer), TOY, Chosen({"item": 3}, None)).ranks == [1]


def test_the_run_s_seed_reaches_seeded_rows() -> None:
    def seeded(_: Histories, __: int, *, seed: int) -> Prefers:
        return Prefers(seed)

    found = measure(Row(seeded, seeded=True), replace(TOY, seed=3), Chosen({}, None))
    assert found.ranks == [1]


def test_the_items_documents_reach_rows_that_are_told_them() -> None:
    def told(_: Histories, __: int, *, texts: Sequence[str]) -> Prefers:
        return Prefers(texts.index("the third"))

    task = replace(TOY, texts=lambda: ["a", "b", "c", "the third"])
    assert measure(Row(told, described=True), task, Chosen({}, None)).ranks == [1]


def test_a_row_that_is_told_what_items_are_is_refused_where_that_is_not_known() -> None:
    with pytest.raises(UsageError, match="told what items are"):
        measure(Row(prefer, described=True), TOY, Chosen({}, None))


def test_a_network_that_was_trained_before_says_how_long_that_took() -> None:
    class Trained(Prefers):
        train_s = 12.5

    assert measure(Row(lambda *_: Trained(3)), TOY, Chosen({}, None)).train_s == 12.5


def test_a_library_s_short_way_is_what_is_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    class Short(Prefers):
        def first(self, _: Any, n: int) -> Any:
            asked.append(n)
            return np.arange(n)

    measure(Row(lambda *_: Short(3)), TOY, Chosen({}, None))
    assert asked == [measuring.K]


def test_every_row_that_is_like_another_names_one_of_the_roster() -> None:
    assert {row.like for row in ROSTER.values()} - {None} <= set(ROSTER)


def result(*ranks: int) -> Result:
    return Result(Chosen({}, None), ranks, 0.0, [1.0])


def test_differences_are_ours_minus_theirs_user_by_user() -> None:
    found = compare({"a": result(1, 11), "b": result(2, 11)}, [("a", "b"), ("a", "c")])
    assert [(pair, each.mean) for pair, each in found.items()] == [
        (("a", "b"), pytest.approx((1 - 1 / log2(3)) / 2))
    ]


# The command


@pytest.fixture
def on_histories(
    toy: KnowledgeGraph, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Any]:
    """Run the task on six films and people whose last choice follows from the others'."""
    histories = Histories.pack([[0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2, 3], [4, 0, 1, 2], [5]])
    users = [User(f"u{n}") for n in range(5)]
    graph = KnowledgeGraph(replace(toy.catalogue, histories=histories, users=users), toy.names)
    monkeypatch.setattr("bench.run.open_catalogue", lambda *_: Opened(graph, tmp_path / "toy"))

    def start(*arguments: str, **rest: str) -> Any:
        return run("--task", "next-item", *arguments, **rest)

    return start


def test_the_command_prints_a_row_a_system(on_histories: Run) -> None:
    done = on_histories("--system", "popularity,item-knn-cosine")
    assert (done.code, "popularity " in done.out, "item-knn-cosine " in done.out) == (0, True, True)


def test_the_run_folder_holds_every_rank(on_histories: Run) -> None:
    done = on_histories("--system", "popularity")
    lines = [json.loads(line) for line in (done.folder / "ranks.jsonl").read_text().splitlines()]
    assert [(line["user"], line["item"]) for line in lines] == [
        ("u0", "4"),
        ("u1", "4"),
        ("u2", "4"),
        ("u3", "3"),
    ]


def test_the_table_says_of_how_many_users_an_id_decides_the_last_item(
    on_histories: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = bench.run.open_catalogue("toy").graph
    told = {"ties": {"users": 5, "last_by_id": 2}}
    noted = KnowledgeGraph(replace(graph.catalogue, notes=told), graph.names)
    monkeypatch.setattr("bench.run.open_catalogue", lambda *_: Opened(noted, Path("toy")))
    said = " ".join(on_histories("--system", "popularity").out.split())
    assert "the item's id decides the last of 2 of 5 users" in said


def test_popularity_is_scored_as_by_hand(on_histories: Run) -> None:
    # In training: 0 by four, 1 by three, 4 and 5 by one. u0 to u2 know 0, 1, 2: 3 ties with none at 0 behind
    # 4 and 5: rank 3. u3 knows 4, 0, 1: 2 and 3 are at 0 behind 5: the target is the last of them, rank 3.
    done = on_histories("--system", "popularity")
    scored = done.scores["systems"]["popularity"]  # type: ignore[call-overload]
    assert (scored["n"], scored["ndcg"]["mean"], scored["mrr"]["mean"]) == pytest.approx((4, 0.5, 1 / 3))


def test_the_manifest_says_what_ran(on_histories: Run) -> None:
    done = on_histories("--system", "popularity", "--seed", "7")
    what = json.loads((done.folder / "run.json").read_text())["what"]
    assert (what["task"], what["systems"], what["seed"]) == ("next-item", ["popularity"], 7)


def test_a_limit_is_one_of_users(on_histories: Run) -> None:
    done = on_histories("--system", "popularity", "--limit", "2")
    assert len((done.folder / "ranks.jsonl").read_text().splitlines()) == 2


def test_the_same_command_again_gives_the_same_ranks(on_histories: Run) -> None:
    first, second = (on_histories("--system", "ease,user-knn", out=name) for name in ("a", "b"))
    assert (first.folder / "ranks.jsonl").read_bytes() == (second.folder / "ranks.jsonl").read_bytes()


def test_ours_and_a_library_s_are_compared_below_the_table(
    on_histories: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = Row(bench.next_item.roster.ROSTER["popularity"].fit, like="popularity")
    monkeypatch.setitem(ROSTER, "theirs", row)
    done = on_histories("--system", "popularity,theirs")
    assert "popularity − theirs: nDCG@10 +0.0000" in done.out


def test_a_folder_with_another_run_is_refused(on_histories: Run) -> None:
    on_histories("--system", "popularity")
    done = on_histories("--system", "ease")
    assert (done.code, "this folder holds another run: systems differ" in done.err) == (2, True)


def test_a_folder_with_another_run_is_written_over_if_asked(on_histories: Run) -> None:
    on_histories("--system", "popularity")
    assert on_histories("--system", "ease", "--fresh").code == 0


def test_an_unknown_system_is_named_with_the_nearest(on_histories: Run) -> None:
    done = on_histories("--system", "popularity,eas")
    assert (done.code, "unknown system 'eas'; did you mean 'ease'?" in done.err) == (2, True)


def test_a_missing_library_is_an_error_where_it_is_asked_for(
    on_histories: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "implicit.als", None)
    done = on_histories("--system", "als")
    assert (done.code, "pip install 'usher[cf]'" in done.err) == (2, True)


def test_all_leaves_out_what_misses_a_library_and_says_so(
    on_histories: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.next_item.task.ROSTER", {name: ROSTER[name] for name in ("popularity", "als")})
    monkeypatch.setitem(__import__("sys").modules, "implicit.als", None)
    done = on_histories()
    assert (done.code, done.err.startswith("als is left out")) == (0, True)


def test_a_catalogue_without_histories_is_an_error(
    toy: KnowledgeGraph, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    graph = KnowledgeGraph(replace(toy.catalogue, histories=None), toy.names)
    monkeypatch.setattr("bench.run.open_catalogue", lambda *_: Opened(graph, tmp_path / "toy"))
    done = run("--task", "next-item")
    assert (done.code, "'toy' has no histories" in done.err) == (2, True)


def test_histories_that_are_too_short_are_an_error(on_toy: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.next_item.split.LEAST", 9)
    done = on_toy("--task", "next-item")
    assert (done.code, "there is nothing to hide and ask for" in done.err) == (2, True)


def test_the_task_takes_no_queries(on_toy: Run, tmp_path: Path) -> None:
    done = on_toy("--task", "next-item", "--queries", tmp_path / "queries.jsonl")
    assert (done.code, "takes no queries" in done.err) == (2, True)


def test_an_unknown_task_is_named_with_the_nearest(on_toy: Run) -> None:
    done = on_toy("--task", "next-items")
    assert (done.code, "unknown task 'next-items'; did you mean 'next-item'?" in done.err) == (2, True)


# MovieLens-1M


@pytest.fixture
def films(shared: Path) -> tuple[LeaveOneOut, int]:
    catalogue = open_catalogue("ml-1m", shared).graph.catalogue
    assert catalogue.histories is not None
    return leave_one_out(catalogue.histories), len(catalogue.items)


def test_every_user_of_ml_1m_is_tested(films: tuple[LeaveOneOut, int]) -> None:
    assert len(films[0].users) == 6040


def unknown(scorer: Scorer, case: Case) -> list[int]:
    """The ten items with the highest scores that are not known."""
    scored = scorer.scores(case.known)
    scored[case.known] = -np.inf
    return best(scored, 10).tolist()


@pytest.mark.cf
@pytest.mark.parametrize("weights", ["cosine", "bm25"])
def test_our_item_knn_ranks_as_implicit_does(films: tuple[LeaveOneOut, int], weights: str) -> None:
    pytest.importorskip("implicit", reason="the comparison needs the `cf` extra")
    split, n_items = films
    ours = neighbours.fit(split.train, n_items, weights=weights, neighbours=50)
    theirs = ROSTER[f"implicit-{weights}"].fit(split.train, n_items, neighbours=50)
    cases = list(split.test())[::10]
    firsts = [[frozenset(unknown(scorer, case)) for case in cases] for scorer in (ours, theirs)]
    same = np.mean([first == second for first, second in zip(*firsts, strict=True)])
    assert same > 0.99  # floats that are added up in another order may break a tie otherwise
