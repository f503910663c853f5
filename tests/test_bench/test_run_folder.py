"""Run folders and the command line of `bench.run`: resumed after kill -9, refused if another run's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench import dataset, execute, jsonl
from bench.types import TYPES, Answer
from kg.errors import DataError
from kg.store import open_catalogue

REPOSITORY = Path(__file__).parents[2]
Run = Callable[..., Any]
Lines = Callable[..., Path]


@pytest.fixture
def queries(lines: Lines, toy_queries: list[dict[str, Any]]) -> Path:
    return lines("queries.jsonl", *toy_queries)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the queries that the assistant is asked, as they come."""
    from bench.systems.assistant import AgentSystem

    asked: list[str] = []
    answer = AgentSystem.answer
    monkeypatch.setattr(
        AgentSystem, "answer", lambda self, query: asked.append(query.id) or answer(self, query)
    )
    return asked


ALL = ["e1", "e2", "e3", "i1", "m1", "m2"]


# What a run leaves behind


def test_a_run_leaves_manifest_answers_and_scores(on_toy: Run, queries: Path) -> None:
    folder = on_toy("--queries", queries).folder
    names = ["answers.jsonl", "queries.jsonl", "run.json", "scores.json"]
    assert sorted(path.name for path in folder.iterdir()) == names


def test_a_run_ends_with_0(on_toy: Run, queries: Path) -> None:
    assert on_toy("--queries", queries).code == 0


def test_a_run_prints_the_table(on_toy: Run, queries: Path) -> None:
    assert "agent on builtin" in on_toy("--queries", queries).out


def test_a_run_says_where_it_lies(on_toy: Run, queries: Path) -> None:
    done = on_toy("--queries", queries)
    assert str(done.folder) in done.out.replace("\n", "")


def test_answers_are_a_line_a_query_in_their_order(on_toy: Run, queries: Path) -> None:
    assert [answer["id"] for answer in on_toy("--queries", queries).answers] == ALL


def test_an_answer_line_says_what_was_answered_and_why(on_toy: Run, queries: Path) -> None:
    answer = on_toy("--queries", queries).answers[0]
    assert (answer["act"], answer["basis"]) == ("recommend", "proved")


def test_an_answer_line_of_an_older_run_is_read(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text('{"id": "q", "items": ["1"], "titles": ["A"], "steps": 3}\n', "utf-8")
    (read,) = (answer for _, answer in jsonl.read(path, Answer))
    assert (read.items, read.act, read.facts, read.unused) == (["1"], None, [], [])


def test_an_answer_line_has_the_documented_fields(on_toy: Run, queries: Path) -> None:
    documented = {
        *("id", "items", "titles", "corrections", "also", "steps", "latency_ms", "calls", "tokens", "error")
    }
    assert documented <= set(on_toy("--queries", queries).answers[0])


def test_answer_lines_can_be_scored_as_answers(on_toy: Run, queries: Path) -> None:
    first = on_toy("--queries", queries)
    again = on_toy(
        *("--system", "answers", "--answers", first.folder / "answers.jsonl", "--queries", queries),
        out="again",
    )
    assert again.scores == first.scores


@pytest.mark.parametrize(
    "field", ["system", "tools", "model", "k", "catalogue", "queries", "n_queries", "prompts", "commit"]
)
def test_the_manifest_says_what_ran(on_toy: Run, queries: Path, field: str) -> None:
    manifest = json.loads((on_toy("--queries", queries).folder / "run.json").read_text(encoding="utf-8"))
    assert field in manifest["what"]


def test_the_manifest_says_when_it_ran(on_toy: Run, queries: Path) -> None:
    manifest = json.loads((on_toy("--queries", queries).folder / "run.json").read_text(encoding="utf-8"))
    assert set(manifest["times"]) == {"last_started", "last_ended"}


# Again


def test_the_same_command_asks_nothing_twice(on_toy: Run, queries: Path, counted: list[str]) -> None:
    on_toy("--queries", queries)
    on_toy("--queries", queries)
    assert counted == ALL


def test_the_same_command_leaves_the_answers_as_they_are(on_toy: Run, queries: Path) -> None:
    first = (on_toy("--queries", queries).folder / "answers.jsonl").read_bytes()
    assert (on_toy("--queries", queries).folder / "answers.jsonl").read_bytes() == first


def test_a_resumed_run_asks_only_what_is_missing(on_toy: Run, queries: Path, counted: list[str]) -> None:
    answers = on_toy("--queries", queries).folder / "answers.jsonl"
    answers.write_bytes(b"".join(answers.read_bytes().splitlines(keepends=True)[:2]))
    counted.clear()
    on_toy("--queries", queries)
    assert counted == ALL[2:]


def test_a_torn_last_line_is_asked_again(on_toy: Run, queries: Path, counted: list[str]) -> None:
    answers = on_toy("--queries", queries).folder / "answers.jsonl"
    answers.write_bytes(answers.read_bytes()[:-30])
    counted.clear()
    on_toy("--queries", queries)
    assert counted == ["m2"]


def test_a_torn_last_line_leaves_no_trace(on_toy: Run, queries: Path) -> None:
    answers = on_toy("--queries", queries).folder / "answers.jsonl"
    answers.write_bytes(answers.read_bytes()[:-30])
    assert [answer["id"] for answer in on_toy("--queries", queries).answers] == ALL


def test_a_resumed_run_scores_as_an_uninterrupted_one(on_toy: Run, queries: Path) -> None:
    whole = on_toy("--queries", queries).folder / "scores.json"
    expected = whole.read_bytes()
    answers = whole.with_name("answers.jsonl")
    answers.write_bytes(answers.read_bytes()[:-700])
    assert (on_toy("--queries", queries).folder / "scores.json").read_bytes() == expected


def test_a_resumed_run_says_how_much_was_there(on_toy: Run, queries: Path) -> None:
    on_toy("--queries", queries)
    assert "6 of 6 queries are answered already" in on_toy("--queries", queries).err


def test_fresh_asks_everything_again(on_toy: Run, queries: Path, counted: list[str]) -> None:
    on_toy("--queries", queries)
    on_toy("--queries", queries, "--fresh")
    assert counted == ALL * 2


def test_fresh_takes_the_place_of_another_run(on_toy: Run, queries: Path) -> None:
    on_toy("--queries", queries, "--tools", "none")
    done = on_toy("--queries", queries, "--fresh")
    assert (done.code, len(done.answers)) == (0, 6)


def test_fresh_leaves_other_files_alone(on_toy: Run, queries: Path) -> None:
    notes = on_toy("--queries", queries).folder / "notes.txt"
    notes.write_text("mine", encoding="utf-8")
    on_toy("--queries", queries, "--fresh")
    assert notes.read_text(encoding="utf-8") == "mine"


# Another run's folder


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (["--tools", "no-hops"], "tools"),
        (["--system", "popularity"], "system"),
        (["--k", "3"], "k"),
        (["--limit", "2"], "n_queries"),
    ],
)
def test_the_folder_of_another_run_is_refused(
    on_toy: Run, queries: Path, change: list[str], field: str
) -> None:
    on_toy("--queries", queries)
    done = on_toy("--queries", queries, *change)
    assert (done.code, f"{field} differ" in done.err) == (2, True)


def test_the_folder_of_other_queries_is_refused(on_toy: Run, lines: Lines, toy_queries: list[Any]) -> None:
    on_toy("--queries", lines("queries.jsonl", *toy_queries))
    done = on_toy("--queries", lines("queries.jsonl", *toy_queries[::-1]))
    assert (done.code, "queries differ" in done.err) == (2, True)


def test_a_refused_folder_stays_as_it_is(on_toy: Run, queries: Path) -> None:
    folder = on_toy("--queries", queries).folder
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    on_toy("--queries", queries, "--tools", "no-hops")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_refused_folder_is_told_what_to_do(on_toy: Run, queries: Path) -> None:
    on_toy("--queries", queries)
    assert "--fresh" in on_toy("--queries", queries, "--tools", "no-hops").err


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "null"])
def test_a_broken_manifest_is_refused(on_toy: Run, queries: Path, content: str) -> None:
    manifest = on_toy("--queries", queries).folder / "run.json"
    manifest.write_text(content, encoding="utf-8")
    done = on_toy("--queries", queries)
    assert (done.code, "not a run's manifest" in done.err) == (2, True)


def test_a_broken_line_in_the_middle_is_refused_with_its_place(on_toy: Run, queries: Path) -> None:
    answers = on_toy("--queries", queries).folder / "answers.jsonl"
    rows = answers.read_bytes().splitlines(keepends=True)
    answers.write_bytes(rows[0] + b'{"id": \n' + b"".join(rows[2:]))
    done = on_toy("--queries", queries)
    assert (done.code, "answers.jsonl:2: not JSON" in done.err) == (2, True)


def test_opening_a_new_folder_gives_no_answers(tmp_path: Path) -> None:
    assert execute.open_run(tmp_path / "new", {"system": "x"}, fresh=False) == {}


def test_opening_a_folder_gives_its_answers(tmp_path: Path) -> None:
    execute.open_run(tmp_path, {"system": "x"}, fresh=False)
    (tmp_path / "answers.jsonl").write_text(Answer(id="a").model_dump_json() + "\n", encoding="utf-8")
    assert list(execute.open_run(tmp_path, {"system": "x"}, fresh=False)) == ["a"]


def test_a_field_that_is_gone_makes_it_another_run(tmp_path: Path) -> None:
    execute.open_run(tmp_path, {"system": "x", "k": 1}, fresh=False)
    with pytest.raises(DataError, match="k differ"):
        execute.open_run(tmp_path, {"system": "x"}, fresh=False)


def test_json_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    execute.write_json(tmp_path / "a.json", {"a": 1})
    with pytest.raises(TypeError):
        execute.write_json(tmp_path / "a.json", {"a": object()})
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == {"a": 1}


# Options


def test_limit_asks_the_first_queries_only(on_toy: Run, queries: Path) -> None:
    assert [answer["id"] for answer in on_toy("--queries", queries, "--limit", "2").answers] == ["e1", "e2"]


def test_k_keeps_the_first_items_only(on_toy: Run, queries: Path) -> None:
    whole = on_toy("--queries", queries).answers
    short = on_toy("--queries", queries, "--k", "2", out="short").answers
    assert [answer["items"] for answer in short] == [answer["items"][:2] for answer in whole]


def test_without_k_every_proved_item_is_there(on_toy: Run, queries: Path) -> None:
    assert len(on_toy("--queries", queries).answers[0]["items"]) == 3


def test_several_query_files_are_one_run(on_toy: Run, lines: Lines, toy_queries: list[Any]) -> None:
    first, second = lines("a.jsonl", *toy_queries[:2]), lines("b.jsonl", *toy_queries[2:])
    assert [a["id"] for a in on_toy("--queries", first, "--queries", second).answers] == ALL


# What can go wrong


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--system", "agnt"], "unknown system 'agnt'; did you mean 'agent'?"),
        (["--catalogue", "ml-1n"], "unknown catalogue 'ml-1n'; did you mean 'ml-1m'?"),
        (["--tools", "no-hop"], "unknown toolset 'no-hop'; did you mean 'no-hops'?"),
        (["--catalogue", "ml-1m"], "has no queries of its own"),
        (["--queries", "nowhere.jsonl"], "nowhere.jsonl: there is no such file"),
        (["--system", "answers"], "--answers FILE"),
        (["--system", "answers", "--answers", "nowhere.jsonl"], "nowhere.jsonl: there is no such file"),
        (["--limit", "0"], "--limit"),
        (["--k", "-1"], "--k"),
        (["--colour"], "No such option"),
    ],
    ids=[
        *("system", "catalogue", "tools", "no-queries", "missing-queries", "no-answers"),
        *("missing-answers", "limit", "k", "option"),
    ],
)
def test_a_wrong_argument_is_said_and_ends_with_2(run: Run, arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert (done.code, said in done.err, "Traceback" in done.err) == (2, True, False)


def test_a_wrong_argument_makes_no_run_folder(run: Run) -> None:
    assert not run("--system", "agnt").folder.exists()


def test_help_gives_examples(run: Run) -> None:
    assert "python -m bench.run --system agent" in run("--help").out


# kill -9

N = 150


@pytest.fixture(scope="module")
def long_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file of many queries on the built-in catalogue."""
    folder = tmp_path_factory.mktemp("killed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(tmp_path_factory.getbasetemp() / "usher-home"))
        graph = open_catalogue().graph
    wanted = [
        (relation, entity.label)
        for entity in graph.catalogue.entities
        for relation in graph.roles(entity.id)
        if relation in ("director", "cinematographer", "composer", "editor")
    ][:N]
    rows = [
        {
            "id": f"{number:03}",
            "domain": "movie",
            "type": "explicit",
            "query": f"films whose {relation} is {label}",
            "conditions": [{"relation": relation, "value": label}],
            "ground_truth": [],
        }
        for number, (relation, label) in enumerate(wanted)
    ]
    (folder / "queries.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def start(folder: Path, out: str) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "bench.run",
        "--queries",
        str(folder / "queries.jsonl"),
        "--out",
        str(folder / out),
    ]
    environment = os.environ | {"GIT_DIR": str(folder / "no-git")}
    return subprocess.Popen(
        command, cwd=REPOSITORY, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def ids(path: Path) -> list[str]:
    """Return the ids of all whole lines of an answers file."""
    text = path.read_bytes() if path.exists() else b""
    return [json.loads(line)["id"] for line in text.split(b"\n")[:-1]]


@pytest.fixture(scope="module")
def killed(long_run: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One run that was killed in the middle and started again, and one that was left alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(tmp_path_factory.getbasetemp() / "usher-home"))
        process = start(long_run, "killed")
        answers = long_run / "killed" / "answers.jsonl"
        end = time.monotonic() + 60
        while len(ids(answers)) < 5:
            assert time.monotonic() < end, "the run does not begin"
            assert process.poll() is None, "the run is over too early"
            time.sleep(0.005)
        process.kill()
        process.wait()
        at_kill = ids(answers)
        others = [start(long_run, name) for name in ("killed", "whole")]
        codes = [other.wait(timeout=120) for other in others]
    return {"at_kill": at_kill, "answers": answers, "codes": codes, "folder": long_run}


def test_the_run_was_killed_in_the_middle(killed: dict[str, Any]) -> None:
    assert 5 <= len(killed["at_kill"]) < N


def test_the_same_command_after_kill_9_ends_with_0(killed: dict[str, Any]) -> None:
    assert killed["codes"] == [0, 0]


def test_after_kill_9_no_query_is_answered_twice(killed: dict[str, Any]) -> None:
    given = ids(killed["answers"])
    assert len(given) == len(set(given))


def test_after_kill_9_no_query_is_lost(killed: dict[str, Any]) -> None:
    assert sorted(ids(killed["answers"])) == [f"{number:03}" for number in range(N)]


def test_after_kill_9_what_was_answered_is_kept(killed: dict[str, Any]) -> None:
    assert ids(killed["answers"])[: len(killed["at_kill"])] == killed["at_kill"]


def test_after_kill_9_the_scores_are_those_of_an_uninterrupted_run(killed: dict[str, Any]) -> None:
    scores = [(killed["folder"] / name / "scores.json").read_bytes() for name in ("killed", "whole")]
    assert scores[0] == scores[1]


def test_the_long_run_found_something(killed: dict[str, Any]) -> None:
    """Were every answer empty, the tests above would hold of nothing."""
    (row,) = json.loads((killed["folder"] / "whole" / "scores.json").read_text(encoding="utf-8"))
    assert row["cmr"]["mean"] > 0.9


def test_the_built_in_queries_are_the_default(run: Run) -> None:
    lines = [line for path in dataset.DEFAULT for line in path.read_text(encoding="utf-8").splitlines()]
    assert [answer["id"] for answer in run("--system", "oracle").answers] == [
        json.loads(line)["id"] for line in lines
    ]


def test_the_built_in_queries_are_of_all_types(run: Run) -> None:
    scores = {row["type"]: row["recall"]["mean"] for row in run("--system", "oracle").scores}
    assert scores == dict.fromkeys(TYPES, 1.0)
