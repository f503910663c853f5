"""τ-Rec as a task: its files, its run folder, the systems, the command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench.tau_rec import playing
from bench.tau_rec.model_person import ModelPerson, instruction
from bench.tau_rec.players import OraclePlayer, PopularPlayer
from bench.tau_rec.playing import play
from bench.tau_rec.scores import judged, table
from bench.tau_rec.simulator import RuleBased
from bench.tau_rec.tasks import read_shop, read_tasks
from bench.tau_rec.types import Dialogue, Reply
from kg.errors import DataError
from tau_shop import COMEDY, SHORT, goal, shop, task, written

Run = Callable[..., Any]
DRAMA = ("genres", "contains", "Drama", "volunteer")


# Files


def test_a_folder_is_read(tmp_path: Path) -> None:
    folder = written(tmp_path, task(COMEDY, SHORT, known=["long"]))
    (read,) = read_tasks(folder, read_shop(folder))
    assert (read.constraints[1].constraint.value, read.known) == (120, ("long",))


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (task(("price", "<=", 3, "volunteer")), "no field 'price'"),
        (task(("runtime", "below", 3, "volunteer")), "constraints.0.constraint.op"),
        (task((*COMEDY[:3], "sometimes")), "reveal"),
        (task(COMEDY, known=["nowhere"]), "'nowhere' is not in catalog.json"),
        (task(), "constraints"),
    ],
)
def test_a_task_that_is_none_is_refused_with_its_file(
    tmp_path: Path, broken: dict[str, Any], problem: str
) -> None:
    folder = written(tmp_path, broken)
    with pytest.raises(DataError, match=problem) as error:
        read_tasks(folder, read_shop(folder))
    assert "task_001.json" in str(error.value)


def test_a_folder_without_the_films_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        read_shop(tmp_path)


# Systems


@pytest.mark.parametrize(
    "wanted",
    [
        goal(COMEDY, SHORT, known=["short"]),
        goal(DRAMA),
        goal(DRAMA, ("rating", ">=", 9, "volunteer"), no_valid_recommendation=True),
        goal(COMEDY, persona="On your first rejection say you dislike Crime."),
    ],
)
def test_the_oracle_never_fails(tmp_path: Path, wanted: Any) -> None:
    toy = shop(tmp_path)
    played = play(RuleBased(toy, wanted, 0), OraclePlayer(toy).begin(wanted), wanted, 0)
    ((*_, verdict),) = judged([wanted], [played], toy)
    assert verdict.success


def test_the_most_popular_of_what_was_named_is_offered(tmp_path: Path) -> None:
    toy = shop(tmp_path)
    say = PopularPlayer(toy).begin(goal(COMEDY, known=["short"]))
    assert [say(text).items[0].id for text in ("A comedy", "Another")] == ["long", "paid"]


# Scores


def test_a_table_counts_by_hand(tmp_path: Path) -> None:
    """Two tasks of two trials: one always passes, the other once; pass^2 is one of two."""
    toy, tasks = shop(tmp_path), [goal(COMEDY, id=key, complexity=key) for key in ("a", "b")]
    good, bad = (
        play(RuleBased(toy, tasks[0], 0), say, tasks[0], 0)
        for say in (OraclePlayer(toy).begin(tasks[0]), lambda _: Reply(act="decline"))
    )
    rows = [("a", 0, good), ("a", 1, good), ("b", 0, good), ("b", 1, bad)]
    played = [each.model_copy(update={"task": key, "trial": trial}) for key, trial, each in rows]
    scores = table(judged(tasks, played, toy))
    assert scores["all"]["pass^1"]["mean"] == pytest.approx(0.75)
    assert scores["all"]["pass^2"]["mean"] == pytest.approx(0.5)
    assert "pass^4" not in scores["all"]
    assert scores["complexity"]["b"]["pass^1"]["mean"] == pytest.approx(0.5)
    assert scores["outcomes"] == {"abstained wrongly": 1, "satisfied": 3}


# The command


def start(run: Run, folder: Path, *more: str) -> Any:
    return run("--task", "tau-rec", "--data", folder, "--trials", "2", *more)


def test_a_run_is_written_scored_and_printed(run: Run, tmp_path: Path) -> None:
    done = start(run, written(tmp_path / "data", task(COMEDY)), "--system", "oracle")
    assert done.code == 0
    assert "1.000" in done.out
    assert "0.57" in done.out
    assert json.loads((done.folder / "scores.json").read_text())["all"]["trials"] == 2


def test_usher_itself_plays(run: Run, tmp_path: Path) -> None:
    done = start(run, written(tmp_path / "data", task(COMEDY)))
    assert done.code == 0, done.err
    lines = (done.folder / playing.DIALOGUES).read_text(encoding="utf-8").splitlines()
    played = [Dialogue.model_validate_json(line) for line in lines]
    assert [each.trial for each in played] == [0, 1]
    assert not any(exchange.reply.error for each in played for exchange in each.exchanges)


def test_a_run_goes_on_where_it_stopped(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(tmp_path / "data", task(COMEDY))
    first = start(run, folder, "--system", "oracle")
    kept = first.folder / playing.DIALOGUES
    lines = kept.read_text(encoding="utf-8").splitlines(keepends=True)
    kept.write_text(lines[0] + lines[1][:40], encoding="utf-8")
    played = list[int]()
    original = playing.play
    monkeypatch.setattr(playing, "play", lambda *given: (played.append(given[3]), original(*given))[1])
    assert start(run, folder, "--system", "oracle").code == 0
    assert played == [1]


def test_a_folder_of_another_run_is_refused(run: Run, tmp_path: Path) -> None:
    folder = written(tmp_path / "data", task(COMEDY))
    start(run, folder, "--system", "oracle")
    assert "another run" in start(run, folder, "--system", "popularity").err


@pytest.mark.parametrize(
    ("more", "problem"),
    [(("--system", "ease"), "unknown system"), (("--system", "oracle", "--simulator", "me"), "openai:NAME")],
)
def test_what_cannot_be_is_said(run: Run, tmp_path: Path, more: tuple[str, ...], problem: str) -> None:
    done = start(run, written(tmp_path / "data", task(COMEDY)), *more)
    assert done.code == 2
    assert problem in done.err


def test_a_system_that_crashes_fails_and_the_run_goes_on(tmp_path: Path) -> None:
    toy, wanted = shop(tmp_path), goal(COMEDY)

    def broken(_: str) -> Reply:
        raise ValueError("no")

    played = play(RuleBased(toy, wanted, 0), broken, wanted, 0)
    ((*_, verdict),) = judged([wanted], [played], toy)
    assert (verdict.outcome, played.exchanges[0].reply.error) == ("crashed", "ValueError: no")


# A model as the person


class Scripted:
    """A chat model with its replies ready."""

    def __init__(self, *replies: str):
        self.replies = list(replies)

    def invoke(self, _: Any) -> Any:
        return type("Message", (), {"text": self.replies.pop(0)})


def test_a_model_as_the_person_ends_by_a_mark(tmp_path: Path) -> None:
    toy, wanted = shop(tmp_path), goal(COMEDY)
    person = ModelPerson(Scripted("A comedy please", "Lovely. [ACCEPT]"), toy, wanted)  # type: ignore[arg-type]
    played = play(person, OraclePlayer(toy).begin(wanted), wanted, 0)
    assert (played.last.stop, played.last.text) == ("accepted", "Lovely.")


def test_a_model_is_told_when_to_say_what(tmp_path: Path) -> None:
    assert "runtime <= 120 (hidden)" in instruction(shop(tmp_path), goal(COMEDY, SHORT))


# The published files


def test_the_published_tasks_can_be_satisfied(shared: Path) -> None:
    folder = shared / "tau-rec"
    films = read_shop(folder)
    tasks = read_tasks(folder, films)
    played = [
        play(RuleBased(films, each, trial), OraclePlayer(films).begin(each), each, trial)
        for each in tasks
        for trial in range(2)
    ]
    assert all(verdict.success for *_, verdict in judged(tasks, played, films))
