"""What a model may be taught, how its replies are rewarded and recorded; all without torch."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import bench.train.__main__ as command
from agent.assistant import Assistant
from agent.terminal import run_app
from bench.plans.split import split_users, write_split
from bench.systems.llm import LanguageModel
from bench.titles_match import Matcher
from bench.train import export, manifest, rewards, rows
from bench.train.answered import Decider, one_call_rows, trace_rows
from bench.train.apart import asked, fit_half, unlike
from bench.train.base import Base
from bench.train.generate import walked
from bench.train.judge import Judge
from bench.train.reply import record
from bench.train.rewards import Reply, reward
from bench.train.titles import title_rows
from bench.types import Profile, Query, QueryCondition
from kg.catalogue import Catalogue, Histories
from kg.errors import DataError, UsageError
from kg.graph import KnowledgeGraph
from kg.types import User

SEED = 11
Train = Callable[..., tuple[int, str]]


def query(id_: str = "q", text: str = "films by Ada Quill", **rest: Any) -> Query:
    conditions = [QueryCondition(relation="director", value="Ada Quill")]
    given: dict[str, Any] = {"type": "explicit", "conditions": conditions, "ground_truth": ["1", "2", "6"]}
    return Query(id=id_, domain="movie", query=text, **(given | rest))


# Whose choices, and which requests


@pytest.fixture
def peopled(toy: KnowledgeGraph) -> Catalogue:
    """The toy catalogue with twenty people, each of whom chose one film, by their number."""
    users = [User(f"u{number}") for number in range(20)]
    return replace(toy.catalogue, users=users, histories=Histories.pack([[n % 6] for n in range(len(users))]))


@pytest.fixture
def evaluation(peopled: Catalogue, tmp_path: Path) -> Path:
    """A query file that is not there, and the split beside it that a build writes."""
    write_split(split_users([user.id for user in peopled.users], SEED), tmp_path / "split.json")
    return tmp_path / "queries.jsonl"


def test_nobody_of_the_half_that_is_measured_is_learned_from(peopled: Catalogue, evaluation: Path) -> None:
    kept = {user.id for user in fit_half(peopled, evaluation, []).users}
    split = split_users([user.id for user in peopled.users], SEED)
    assert kept == set(split.fit)
    assert not kept & set(split.patterns)


def test_nobody_who_asks_is_learned_from(peopled: Catalogue, evaluation: Path) -> None:
    asker = split_users([user.id for user in peopled.users], SEED).fit[0]
    assert asker not in {user.id for user in fit_half(peopled, evaluation, [query(user_id=asker)]).users}


def test_histories_stay_those_of_their_users(peopled: Catalogue, evaluation: Path) -> None:
    half = fit_half(peopled, evaluation, [])
    assert half.histories is not None
    chosen = [half.histories.of(place).tolist() for place in range(len(half.users))]
    assert chosen == [[int(user.id[1:]) % 6] for user in half.users]


def test_without_a_split_nothing_is_learned(peopled: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no split of users"):
        fit_half(peopled, tmp_path / "elsewhere" / "queries.jsonl", [])


def test_a_catalogue_without_histories_teaches_nothing(toy: KnowledgeGraph, evaluation: Path) -> None:
    with pytest.raises(UsageError, match="no histories"):
        fit_half(replace(toy.catalogue, histories=None), evaluation, [])


@pytest.mark.parametrize(
    ("held", "left_out"),
    [
        (query("e", "Ada Quill's films, please", type="implicit"), True),  # the same conditions
        (query("e", conditions=[], ground_truth=["1"]), True),  # the same words
        (query("e", "others", conditions=[QueryCondition(relation="genre", value="Thriller")]), False),
        (query("e", "for a nurse", profile=Profile(occupation="nurse")), False),  # a group's favourites
    ],
)
def test_a_request_that_is_measured_is_not_learned(held: Query, left_out: bool) -> None:
    assert (unlike([query()], [held]) == []) is left_out


def test_a_mined_set_is_one_request_in_any_order() -> None:
    first, second = (query(conditions=[], ground_truth=truth) for truth in (["1", "2"], ["2", "1"]))
    assert asked(first) == asked(second)


# Rows


def test_a_row_is_what_the_system_is_asked_and_its_true_titles(toy: KnowledgeGraph) -> None:
    (row,) = title_rows([query()], toy, "paper")
    system = LanguageModel(toy, None, prompt="paper")  # type: ignore[arg-type]
    assert row.messages[0]["content"] == system.instruction(query())
    assert row.prompt[-1]["content"] == "films by Ada Quill"
    named = Matcher(toy).read(row.completion[0]["content"], "movie")
    assert (set(named.items), named.unmatched) == ({"1", "2", "6"}, [])


def test_rows_come_back_as_they_were_written(toy: KnowledgeGraph, tmp_path: Path) -> None:
    written = list(title_rows([query()], toy, "usher"))
    assert rows.write(tmp_path / "rows.jsonl", written) == 1
    assert rows.read([tmp_path / "rows.jsonl"]) == written


def test_rows_of_some_types_stay_in_their_order(toy: KnowledgeGraph) -> None:
    asked_of = [query("a"), query("b", type="implicit"), query("c")]
    every = list(title_rows(asked_of, toy, "paper"))
    assert [row.query for row in rows.of_types(every, ["explicit"])] == ["a", "c"]
    with pytest.raises(DataError, match="no row of the types interest"):
        rows.of_types(every, ["interest"])
    with pytest.raises(UsageError, match="did you mean 'implicit'"):
        rows.of_types(every, ["implict"])


def test_an_empty_file_teaches_nothing(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").touch()
    with pytest.raises(DataError, match="no rows to learn from"):
        rows.read([tmp_path / "rows.jsonl"])


def test_an_export_says_what_it_holds(toy: KnowledgeGraph, tmp_path: Path) -> None:
    material = export.Material([query()], 3)
    counts = export.save(
        tmp_path / "out", material, {"titles": export.titles(material, toy, "paper")}, {"seed": 5}
    )
    said = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert counts == said["rows"] == {"titles": 1}
    assert (said["left_out"], said["seed"]) == (3, 5)
    assert sorted(said["files"]) == ["queries.jsonl", "titles.jsonl"]


# Rewards


def shares(item: str) -> float:
    return {"all": 1.0, "half": 0.5}.get(item, 0.0)


def test_conditions_count_one_by_one() -> None:
    assert rewards.conditions(Reply(["all", "half"], ["stranger", "other"], 4, 0), shares) == pytest.approx(
        0.375
    )


def test_precision_is_of_all_that_is_named() -> None:
    assert rewards.precision(Reply(["all", "half"], ["stranger"], 3, 0), {"all"}) == pytest.approx(1 / 3)


def test_known_is_the_share_in_the_catalogue() -> None:
    assert rewards.known(Reply(["half"], ["stranger"], 2, 0)) == 0.5


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(["a", "b"], [], 2, 0), 1.0),
        (Reply(["a"], [], 2, 0), 0.5),  # a line of prose beside it
        (Reply(["a"], [], 4, 3), 0.0),  # the same line again and again
        (Reply([], [], 0, 0), 0.0),
        (Reply([f"{n}" for n in range(11)], [], 11, 0), 0.0),  # too long for an answer
    ],
)
def test_form_is_a_title_a_line(reply: Reply, expected: float) -> None:
    assert rewards.form(reply) == expected


def test_nothing_named_is_worth_nothing() -> None:
    assert reward(Reply([], [], 3, 0), shares, {"all"}) == 0.0


def test_all_right_is_worth_one() -> None:
    assert reward(Reply(["all"], [], 1, 0), shares, {"all"}) == 1.0


def test_nearer_misses_are_worth_more() -> None:
    said = [
        Reply([], ["stranger"], 1, 0),
        Reply(["none"], [], 1, 0),
        Reply(["half"], [], 1, 0),
        Reply(["all"], [], 1, 0),
    ]
    worth = [reward(each, shares, {"all"}) for each in said]
    assert worth == sorted(worth)
    assert len(set(worth)) == len(said)


def test_rewards_are_rounded() -> None:
    assert reward(Reply(["half", "none", "all"], [], 3, 0), shares, {"all"}) == 0.6


def test_a_reply_is_judged_by_the_graph(toy: KnowledgeGraph) -> None:
    judge = Judge(toy, [query()])
    title, other = toy.item("1").title, toy.item("4").title
    assert judge("q", title) == 1.0
    assert judge("q", other) == pytest.approx(rewards.WEIGHTS["known"] + rewards.WEIGHTS["form"])
    assert judge("q", "I am a helpful assistant, and I will help you.") < judge("q", other)


def test_to_echo_what_the_request_names_is_worth_no_condition(toy: KnowledgeGraph) -> None:
    judge = Judge(toy, [query(ignore=["2"], ground_truth=["1", "6"])])
    echoed = judge("q", toy.item("2").title)
    assert echoed == pytest.approx(rewards.WEIGHTS["known"] + rewards.WEIGHTS["form"])


# Adapters


def trained(**changes: Any) -> manifest.Training:
    given: dict[str, Any] = {
        "method": "sft",
        "base": {"name": "small.gguf"},
        "data": "abc",
        "rows": 10,
        "seed": 0,
        "steps": 20,
        "batch": 8,
        "learning_rate": 1e-3,
        "rank": 32,
        "longest": 128,
        "trained": 5,
        "device": "cpu",
        "dtype": "float32",
        "threads": 1,
        "hours": 0.1,
        "cpu_hours": 0.1,
        "versions": {},
    }
    return manifest.Training(**(given | changes))


def test_a_manifest_comes_back_with_what_its_adapter_went_on_from(tmp_path: Path) -> None:
    made = trained(method="sft+grpo", parent=trained().model_dump())
    made.save(tmp_path)
    assert manifest.read(tmp_path) == made


def test_a_folder_without_a_manifest_is_no_adapter(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no manifest of an adapter"):
        manifest.read(tmp_path)


def test_rows_are_known_by_what_they_say(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("x", encoding="utf-8")
    second.write_text("y", encoding="utf-8")
    assert manifest.data_hash([first, second]) != manifest.data_hash([second, first])
    assert manifest.data_hash([first]) == manifest.data_hash([first])


def test_weights_that_are_not_there_are_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no weights of a language model"):
        Base.named(str(tmp_path))
    with pytest.raises(DataError, match="no package 'not_a_model'"):
        Base.named("package:not_a_model")


# Replies


def test_options_are_told_apart_token_by_token() -> None:
    options = [[1, 2, 3], [1, 4], [5, 6]]
    assert walked(options, [[0.5, 0.1, 9.0], [0.5, 0.3], [0.4, 9.0]]) == 1


def test_of_equal_options_the_first_is_taken() -> None:
    assert walked([[1], [2]], [[0.5], [0.5]]) == 0


class Scripted:
    """Says the same to everything, and counts how often it was asked for how much."""

    def __init__(self, text: str):
        self.text = text
        self.rounds: list[int] = []
        self.told: list[str] = []

    def replies(self, bodies: Sequence[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
        self.rounds.append(len(bodies))
        self.told += [body["messages"][0]["content"] for body in bodies]
        for place, body in enumerate(bodies):
            message = {"role": "assistant", "content": self.text}
            yield (
                place,
                {
                    "object": "chat.completion",
                    "model": body["model"],
                    "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
                    "usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5},
                },
            )


def test_a_recorded_run_is_scored_without_the_model(
    toy: KnowledgeGraph,
    on_toy: Callable[..., Any],
    lines: Callable[..., Path],
    toy_queries: list[dict[str, Any]],
    tmp_path: Path,
) -> None:
    path, title = lines("queries.jsonl", *toy_queries), toy.item("1").title
    queries, scripted = [Query(**row) for row in toy_queries], Scripted(title)
    replay = tmp_path / "replies.jsonl.gz"
    name = "openai:small"
    told = record(
        name, toy, lambda m: LanguageModel(toy, m, prompt="paper"), queries, scripted, replay, room=48
    )
    assert (told, scripted.rounds) == (len(queries), [len(queries)])
    asked = ("--system", "llm", "--model", name, "--prompt", "paper", "--queries", path, "--replay", replay)
    done = on_toy(*asked)
    assert (done.code, {answer["titles"][0] for answer in done.answers}) == (0, {title})
    usage = json.loads((done.folder / "run.json").read_text(encoding="utf-8"))["usage"]
    assert (usage["calls"], usage["hits"]) == (0, len(queries))


# The command


@pytest.fixture
def train(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Run `bench.train`; return its exit code and what it said of what is wrong."""

    def start(*arguments: str | Path) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["bench.train", *map(str, arguments)])
        try:
            run_app(command.app)
        except SystemExit as end:
            return int(end.code or 0), capsys.readouterr().err
        return 0, capsys.readouterr().err

    return start


@pytest.fixture
def taught(toy: KnowledgeGraph, tmp_path: Path) -> Path:
    path = tmp_path / "titles.jsonl"
    rows.write(path, title_rows([query()], toy, "paper"))
    return path


def test_without_the_extra_the_command_names_it(
    train: Train, taught: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    weights = tmp_path / "small.gguf"
    weights.touch()
    code, said = train("sft", "--rows", taught, "--base", weights, "--out", tmp_path / "adapter")
    assert code != 0
    assert "comes with the extra 'train'" in said


def test_what_is_there_is_not_written_over(train: Train, taught: Path, tmp_path: Path) -> None:
    code, said = train("sft", "--rows", taught, "--out", tmp_path)
    assert (code != 0, "is already there" in said) == (True, True)


def test_replies_to_a_request_share_a_batch(train: Train, tmp_path: Path) -> None:
    code, said = train(
        "grpo", "--export", tmp_path, "--out", tmp_path / "a", "--batch", "8", "--replies", "3"
    )
    assert (code != 0, "no multiple of --replies 3" in said) == (True, True)


def test_an_unknown_device_is_said(train: Train, taught: Path, tmp_path: Path) -> None:
    weights = tmp_path / "small.gguf"
    weights.touch()
    given = ("--rows", taught, "--base", weights, "--out", tmp_path / "a", "--device", "tpu")
    code, said = train("sft", *given)
    assert (code != 0, "unknown device 'tpu'" in said) == (True, True)


def test_importing_the_command_loads_no_torch() -> None:
    import subprocess

    told = "import bench.train.__main__, sys; print('torch' in sys.modules, 'trl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


# What the assistant does


def test_a_decision_is_the_value_that_brings_the_answer_nearest(
    toy: KnowledgeGraph, on_toy: Callable[..., Any]
) -> None:
    decider = Decider()
    assistant = Assistant("builtin", model=decider, mode="one-call")
    text = "Films by Ada Quill. My aunt once met Mara Vance."
    rows_of = [
        list(one_call_rows([query(text=text, ground_truth=truth)], assistant, decider))
        for truth in (["1", "2", "6"], ["1", "2"])
    ]
    assert [json.loads(row.messages[-1]["content"]) for (row,) in rows_of] == [
        {"Mara Vance": "leave it out"},
        {"Mara Vance": "only actor Mara Vance"},
    ]


def test_a_trace_ends_with_the_answer(toy: KnowledgeGraph, on_toy: Callable[..., Any]) -> None:
    (row,) = trace_rows([query()], Assistant("builtin"))
    called = [call["function"]["name"] for m in row.messages for call in m.get("tool_calls", ())]
    assert (called[0], called[-1]) == ("link_entities", "recommend")
    assert row.messages[-1]["tool_calls"][0]["function"]["name"] == "recommend"
    assert {tool["function"]["name"] for tool in row.tools} >= set(called)


def test_an_answer_that_is_not_right_leaves_no_trace(toy: KnowledgeGraph, on_toy: Callable[..., Any]) -> None:
    assert list(trace_rows([query(ground_truth=["4"])], Assistant("builtin"))) == []


def test_a_history_is_shown_in_the_same_words_as_a_run_shows_it(
    train: Train,
    toy: KnowledgeGraph,
    on_toy: Callable[..., Any],
    lines: Callable[..., Path],
    toy_queries: list[dict[str, Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = lines("queries.jsonl", *(row | {"history": ["4"]} for row in toy_queries))
    out, weights, scripted = tmp_path / "replies.jsonl", tmp_path / "small.gguf", Scripted("")
    weights.touch()
    monkeypatch.setattr(command, "place", lambda *_: None)
    monkeypatch.setattr(command, "load", lambda *_: (None, None))
    monkeypatch.setattr("bench.train.generate.Generator", lambda *_: scripted)
    asked = ("--queries", path, "--prompt", "paper", "--with-history")
    code, said = train("reply", *asked, "--base", weights, "--name", "openai:small", "--out", out)
    assert (code, said, len(scripted.told)) == (0, "", len(toy_queries))
    assert all(toy.item("4").name in each for each in scripted.told)
    scored = on_toy("--system", "llm", "--model", "openai:small", "--replay", out, *asked)
    assert [answer["error"] for answer in scored.answers] == [None] * len(toy_queries)
