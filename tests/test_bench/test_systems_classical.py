"""Classical recommenders as systems, and position bias of what ranks a given list."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench import placing
from bench.metrics.position_bias import sample_bias
from bench.plans.split import Split, write_split
from bench.systems.base import Ranker
from bench.systems.classical import Classical
from bench.systems.popularity import Popularity
from bench.systems.roster import SYSTEMS, Setup, system
from bench.types import Query
from kg.catalogue import Histories
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.store import Opened
from kg.taste.popularity import Popularity as Counts
from kg.types import User

Run = Callable[..., Any]
CLASSICAL = ("item-knn", "user-knn", "ease")
OPTIONAL = [pytest.param(name, marks=pytest.mark.cf) for name in ("als", "bpr")]


def query(*history: str, **changes: Any) -> Query:
    row = {"id": "q", "domain": "movie", "type": "interest", "query": "films", "ground_truth": ["6"]}
    return Query.model_validate(row | {"history": list(history)} | changes)


@pytest.fixture
def graph(toy: KnowledgeGraph) -> KnowledgeGraph:
    """Six films: 1, 2 and 3 are chosen together by three people, 4 and 5 by two, 6 by nobody but u5."""
    histories = Histories.pack([[0, 1, 2], [1, 2, 0], [0, 2, 1], [3, 4], [4, 3], [3, 5]])
    users = [User(f"u{n}") for n in range(6)]
    return KnowledgeGraph(replace(toy.catalogue, histories=histories, users=users), toy.names)


def setup(graph: KnowledgeGraph, **changes: Any) -> Setup:
    return replace(Setup(graph, {"q"}, "builtin", None, "full", "builtin", None, None), **changes)


def made(name: str, graph: KnowledgeGraph, **changes: Any) -> Any:
    if name in ("als", "bpr"):
        pytest.importorskip("implicit", reason=f"{name} needs the `cf` extra")
    return system(name, setup(graph, **changes))


# Answers


@pytest.mark.parametrize("name", CLASSICAL)
def test_what_goes_with_the_history_comes_first(name: str, graph: KnowledgeGraph) -> None:
    assert set(made(name, graph, k=2).answer(query("1")).items) == {"2", "3"}


@pytest.mark.parametrize("name", [*CLASSICAL, *OPTIONAL])
def test_known_items_are_left_out_and_all_others_ranked(name: str, graph: KnowledgeGraph) -> None:
    assert sorted(made(name, graph).answer(query("1", "4")).items) == ["2", "3", "5", "6"]


@pytest.mark.parametrize("name", [*CLASSICAL, *OPTIONAL])
def test_without_a_history_the_most_popular_come_first(name: str, graph: KnowledgeGraph) -> None:
    assert made(name, graph, k=4).answer(query()).items == ["1", "2", "3", "4"]


@pytest.mark.parametrize("name", CLASSICAL)
def test_another_domain_has_no_items(name: str, graph: KnowledgeGraph) -> None:
    assert made(name, graph).answer(query("1", domain="book")).items == []


@pytest.mark.parametrize("name", [*CLASSICAL, *OPTIONAL])
def test_a_second_fit_gives_the_same_answer(name: str, graph: KnowledgeGraph) -> None:
    first, second = (made(name, graph).answer(query("1", "4")).items for _ in range(2))
    assert first == second


def test_users_that_queries_name_are_not_learned_from(graph: KnowledgeGraph) -> None:
    # But for u5 nobody chose film 6: then it has no part in any similarity.
    assert made("item-knn", graph, k=2).answer(query("4")).items == ["5", "6"]
    assert made("item-knn", graph, k=2, askers={"u5"}).answer(query("4")).items == ["5", "1"]


def test_users_outside_of_the_fit_half_are_not_learned_from(graph: KnowledgeGraph, tmp_path: Path) -> None:
    write_split(Split(0, ("u5",), ("u0", "u1", "u2", "u3", "u4")), tmp_path / "split.json")
    fitted = made("item-knn", graph, k=2, query_files=[tmp_path / "queries.jsonl"])
    assert fitted.answer(query("4")).items == ["5", "1"]


def test_the_command_learns_from_nobody_it_asks_about(
    graph: KnowledgeGraph,
    run: Run,
    lines: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr("bench.recbench.open_catalogue", lambda *_: Opened(graph, tmp_path / "toy"))
    asked = query("4", user_id="u5").model_dump(exclude_defaults=True)
    done = run("--system", "item-knn", "--k", "2", "--queries", lines("queries.jsonl", asked))
    assert (done.code, done.answers[0]["items"]) == (0, ["5", "1"])


def test_a_catalogue_without_histories_is_an_error(toy: KnowledgeGraph) -> None:
    bare = KnowledgeGraph(replace(toy.catalogue, histories=None), toy.names)
    with pytest.raises(UsageError, match="'toy' has no histories to learn from"):
        made("ease", bare)


@pytest.mark.parametrize("name", ["als", "bpr"])
def test_a_missing_library_is_said_with_its_extra(
    name: str, graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, f"implicit.{name}", None)
    with pytest.raises(UsageError, match=r"pip install 'usher\[cf\]'"):
        system(name, setup(graph))


# Ranking a given list


def test_a_given_list_is_ranked_by_score_and_ties_by_position(graph: KnowledgeGraph) -> None:
    counts = Counts(np.array([1, 5, 1, 0, 9, 0], dtype=np.float32))
    ranked = Classical(graph, counts, counts, None).rank(query("4"), ["6", "3", "2", "1", "4"])
    assert ranked == ["2", "1", "3", "4", "6"]


def test_popularity_ranks_a_given_list(graph: KnowledgeGraph) -> None:
    assert Popularity(graph, None).rank(query(), ["6", "4", "1"]) == ["1", "4", "6"]


@pytest.mark.parametrize("name", [*CLASSICAL, *OPTIONAL, "popularity"])
def test_classical_systems_rank_given_lists(name: str, graph: KnowledgeGraph) -> None:
    assert isinstance(made(name, graph), Ranker)


def test_the_oracle_does_not_rank_given_lists(graph: KnowledgeGraph) -> None:
    assert not isinstance(SYSTEMS["oracle"](setup(graph)), Ranker)


# Position bias


class Echo:
    """Ranks every list as it was given: the place is all that matters."""

    def answer(self, _: Query) -> Any:
        raise AssertionError("asked for a list of its own")

    def rank(self, _: Query, candidates: Sequence[str]) -> list[str]:
        return list(candidates)


@pytest.fixture
def biased(on_toy: Run, lines: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run the task with three places over two queries, with `Echo` as the random system."""
    monkeypatch.setattr(placing, "PLACES", 3)
    monkeypatch.setitem(SYSTEMS, "random", lambda _: Echo())
    rows = [query(id=key).model_dump(exclude_defaults=True) for key in ("a", "b")]
    path = lines("queries.jsonl", *rows)
    return lambda *more: on_toy("--task", "position-bias", "--queries", path, *more)


def test_a_system_that_echoes_the_list_has_all_the_bias_there_is(biased: Run) -> None:
    done = biased("--system", "random")
    assert done.scores["mapb"]["mean"] == pytest.approx(sample_bias([1, 2, 3]))  # type: ignore[call-overload]


def test_popularity_has_no_bias_and_the_command_says_so(biased: Run) -> None:
    done = biased("--system", "popularity")
    assert (done.code, "MAPB 0.000 (95 % 0.000–0.000)" in done.out) == (0, True)


def test_the_run_folder_holds_the_rank_at_every_place(biased: Run) -> None:
    done = biased("--system", "random")
    held = [json.loads(line) for line in (done.folder / "ranks.jsonl").read_text().splitlines()]
    assert held == [{"id": key, "target": "6", "ranks": [1, 2, 3]} for key in ("a", "b")]


def test_what_is_ranked_already_is_not_ranked_again(biased: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    biased("--system", "random")
    monkeypatch.setattr(Echo, "rank", None)
    assert biased("--system", "random").scores["n"] == 2  # type: ignore[call-overload]


def test_a_system_that_orders_nothing_is_told_from_one_without_bias(
    biased: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Echo, "rank", lambda *_: [])
    done = biased("--system", "random")
    assert (done.scores["left_out"], "left out of the order: 6 of 6" in done.out) == (6, True)


def test_a_system_with_lists_of_its_own_is_refused(biased: Run) -> None:
    done = biased("--system", "oracle")
    assert (done.code, "the system 'oracle' makes lists of its own" in done.err) == (2, True)


def test_queries_without_enough_other_items_are_refused(biased: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "PLACES", 7)
    done = biased("--system", "popularity")
    assert (done.code, "no query has a true item" in done.err) == (2, True)


def test_what_is_listed_beside_the_target_is_neither_shown_nor_true(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "PLACES", 3)
    asked = query("1", ground_truth=["1", "5"], ignore=["2"])
    sample = next(placing.samples([asked], graph))
    assert (sample.target, len(sample.others), {*sample.others} <= {"3", "4", "6"}) == ("5", 2, True)
