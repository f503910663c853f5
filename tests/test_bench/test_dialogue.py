"""RecBench+ over several turns: scripts and their truths, the leak check, scores, the command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import bench.dialogue.run as dialogue
from bench.dialogue.score import scored, table
from bench.dialogue.script import Script, Turn, leaks, scripts
from bench.types import Query, QueryCondition
from kg.graph import KnowledgeGraph
from kg.store import Opened

Run = Callable[..., Any]
ADA = ("director", "Ada Quill")
BO = ("cinematographer", "Bo Lund")


def query(key: str, *conditions: tuple[str, str], **rest: Any) -> Query:
    told = [QueryCondition(relation=relation, value=value) for relation, value in conditions]
    return Query(id=key, domain="movie", type="explicit", query="", conditions=told, ground_truth=[], **rest)


QUERIES = [
    query("a", ADA, BO),
    query("b", ("director", "Dov Eberhart")),
    query("c", ("genre", "Thriller"), ("actor", "Theo Brandt")),
]


def many(graph: KnowledgeGraph, seeds: int = 20) -> list[Script]:
    return [script for seed in range(seeds) for script in scripts(QUERIES, graph, seed)]


# Scripts


def test_scripts_are_seeded(toy: KnowledgeGraph) -> None:
    assert scripts(QUERIES, toy, 1) == scripts(QUERIES, toy, 1)
    assert scripts(QUERIES, toy, 1) != scripts(QUERIES, toy, 2)


def test_one_condition_is_told_a_turn(toy: KnowledgeGraph) -> None:
    plain = next(s for s in many(toy) if s.id == "a" and [t.step for t in s.turns] == ["begin", "tell"])
    assert [len(turn.holds) for turn in plain.turns] == [1, 2]
    assert plain.turns[-1].truth == ["1", "6"]


def test_every_truth_is_what_satisfies_the_conditions_that_hold(toy: KnowledgeGraph) -> None:
    for script in many(toy):
        for turn in script.turns:
            held = [
                item.id
                for item in toy.offered
                if all(each.value in toy.labels(item.id, each.relation) for each in turn.holds)
            ]
            assert turn.truth == held


def test_what_is_corrected_holds_instead_of_the_mistake(toy: KnowledgeGraph) -> None:
    pairs = [
        (before, turn)
        for script in many(toy)
        for before, turn in zip(script.turns, script.turns[1:], strict=False)
        if turn.step == "correct"
    ]
    assert pairs
    for before, turn in pairs:
        wrong, right = before.holds[-1], turn.holds[-1]
        assert (wrong.relation, wrong.value != right.value) == (right.relation, True)
        assert wrong.value in turn.text
        assert right.value in turn.text


def test_what_is_withdrawn_holds_no_more(toy: KnowledgeGraph) -> None:
    pairs = [
        (script.turns[-2], script.turns[-1]) for script in many(toy) if script.turns[-1].step == "withdraw"
    ]
    assert pairs
    for before, turn in pairs:
        assert turn.holds == before.holds[:-1]
        assert before.holds[-1].relation in turn.text


def test_what_counts_for_nothing_is_in_no_truth(toy: KnowledgeGraph) -> None:
    (script,) = scripts([query("a", ADA, ignore=["2"])], toy, 5)
    assert all("2" not in turn.truth for turn in script.turns)


def test_the_history_never_holds_the_truth(toy: KnowledgeGraph) -> None:
    (script,) = scripts([query("a", ADA, history=["1", "3"])], toy, 5)
    assert script.history == ["3"]


def test_a_title_in_a_message_is_a_leak(toy: KnowledgeGraph) -> None:
    turn = Turn(step="begin", text="Something like Night Tram", holds=[], truth=["2"])
    script = Script(id="x", domain="movie", history=[], ignore=[], turns=[turn])
    assert leaks(script, toy) == ["Night Tram"]
    assert leaks(script.model_copy(update={"history": ["2"], "turns": [turn]}), toy) == ["Night Tram"]


# Scores


def test_turns_are_scored_by_what_holds_then() -> None:
    turns = [
        Turn(step="begin", text="", holds=[], truth=["1", "2"]),
        Turn(step="tell", text="", holds=[], truth=["1"]),
        Turn(step="withdraw", text="", holds=[], truth=["1", "2"]),
    ]
    script = Script(id="x", domain="movie", history=[], ignore=["9"], turns=turns)
    rows = scored(script, [["1", "2", "9"], ["1", "2"]])
    assert [found for *_, found in rows] == [
        {"precision": 1, "recall": 1, "exact": 1},
        {"precision": 0.5, "recall": 1, "exact": 0},
        {"precision": 0, "recall": 0, "exact": 0},
    ]
    scores = table(rows)
    assert scores["turn"]["2"]["precision"]["mean"] == 0.5
    assert scores["step"]["withdraw"]["n"] == 1
    assert scores["all"]["exact"]["mean"] == pytest.approx(1 / 3)


# The command


@pytest.fixture
def play(
    lasting_toy: tuple[KnowledgeGraph, Path], run: Run, monkeypatch: pytest.MonkeyPatch, lines: Run
) -> Callable[..., Any]:
    """Run the task on the toy catalogue."""
    opened = Opened(*lasting_toy)
    for module in ("bench.dialogue.run", "agent.assistant"):
        monkeypatch.setattr(f"{module}.open_catalogue", lambda *_: opened)
    path = lines("queries.jsonl", *(each.model_dump() for each in QUERIES))
    return lambda *more: run("--task", "dialogue", "--queries", path, *more)


def test_the_oracle_is_exact(play: Run) -> None:
    done = play("--system", "oracle")
    assert done.code == 0, done.err
    scores = json.loads((done.folder / "scores.json").read_text(encoding="utf-8"))
    assert scores["all"]["exact"]["mean"] == 1


def test_usher_follows_the_toy_dialogues(play: Run) -> None:
    done = play()
    assert done.code == 0, done.err
    scores = json.loads((done.folder / "scores.json").read_text(encoding="utf-8"))
    assert scores["crashes"] == 0
    assert scores["turn"]["1"]["exact"]["mean"] == 1


def test_a_run_goes_on_where_it_stopped(play: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = play("--system", "popularity").folder / dialogue.DIALOGUES
    first, *others = kept.read_text(encoding="utf-8").splitlines(keepends=True)
    kept.write_text(first + others[0][:20], encoding="utf-8")
    played = list[str]()
    original = dialogue.play
    monkeypatch.setattr(dialogue, "play", lambda *given: (played.append(given[0].id), original(*given))[1])
    assert play("--system", "popularity").code == 0
    assert len(played) == len(others)


def test_what_crashes_is_written_down() -> None:
    turn = Turn(step="begin", text="", holds=[], truth=["1"])
    script = Script(id="x", domain="movie", history=[], ignore=[], turns=[turn, turn])

    def broken(_: str) -> tuple[list[str], str]:
        raise ValueError("no")

    assert dialogue.play(script, broken).error == "ValueError: no"


@pytest.mark.parametrize("more", [("--system", "ease"), ("--dry-run",)])
def test_what_cannot_be_is_said(play: Run, more: tuple[str, ...]) -> None:
    assert play(*more).code == 2
