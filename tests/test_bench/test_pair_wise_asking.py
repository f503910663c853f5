"""A language model's yes or no: spellings, what it is asked, replies kept, and a run over a server."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from langchain_core.messages import AIMessage

from bench.logprobs import probabilities
from bench.metrics.auc import auc
from bench.pair_wise import table
from bench.pair_wise.asking import NO, SPELLINGS, YES, told
from bench.pair_wise.feedback import Feedback, Items
from kg.errors import UsageError
from llm_server import Server
from llm_server.replies import Raw, raw

Run = Callable[..., Any]
ITEMS = Items([str(n) for n in range(20)], [f"Title {n}" for n in range(20)])


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Short pauses, and a cache of one's own."""
    monkeypatch.setattr("agent.llm.retry.FIRST", 0.001)
    monkeypatch.setattr("agent.llm.cache.home", lambda: tmp_path / "home")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ([("Yes", log(0.6)), ("No", log(0.2))], (0.6, 0.2)),
        ([("YES", log(0.3)), (" yes", log(0.2)), ("Y", log(0.1)), ('"No', log(0.1))], (0.6, 0.1)),
        ([("▁NO", log(0.5)), ("Ġno", log(0.25)), ("N", log(0.1))], (0.0, 0.85)),
        ([("Not", log(0.5)), ("You", log(0.2)), ("None", log(0.1)), ('"', log(0.1))], (0.0, 0.0)),
    ],
)
def test_the_spellings_of_yes_and_no_are_added_up(
    tokens: list[tuple[str, float]], expected: tuple[float, float]
) -> None:
    said = probabilities(tokens, SPELLINGS)
    assert (said.get(YES, 0.0), said.get(NO, 0.0)) == pytest.approx(expected)


def test_a_language_model_is_set_beside_the_median_of_the_models_of_ids() -> None:
    timed = {"dnn": ("A", 0.5), "pnn": ("A", 1.5), "gdcn": ("A", 1.0), "dnn-text": ("B", 9.0)}
    rows = {name: {"group": group, "latency_ms": took} for name, (group, took) in timed.items()}
    asked = {"llm": {"group": "E", "latency_ms": 2500.0}}
    assert list(table.slower(rows | asked)) == [
        "llm: 2,500 times the ms a row of group A (1.000, median of 3)"
    ]
    assert not list(table.slower(asked))
    assert not list(table.slower(rows | {"llm": {"group": "E", "latency_ms": None}}))


def test_a_reply_without_log_probabilities_is_an_error() -> None:
    with pytest.raises(UsageError, match="gave no log-probabilities"):
        told(AIMessage("YES"))


def likes_even(body: dict[str, Any]) -> Raw:
    """A model that likes even titles, and is the surer the higher the number."""
    number = int(re.findall(r"Title (\d+)", body["messages"][-1]["content"])[-1])
    sure = 0.5 + (number + 1) / 100
    yes = sure if number % 2 == 0 else 1 - sure
    top = [
        {"token": "Yes", "logprob": log(yes * 0.9)},
        {"token": " No", "logprob": log((1 - yes) * 0.9)},
        {"token": "Well", "logprob": log(0.1)},
    ]
    return raw(
        {
            "object": "chat.completion",
            "model": body["model"],
            "choices": [
                {
                    "index": 0,
                    "finish_reason": "length",
                    "message": {"role": "assistant", "content": "Yes"},
                    "logprobs": {"content": [top[0] | {"top_logprobs": top}]},
                }
            ],
            "usage": {"prompt_tokens": 50, "completion_tokens": 1, "total_tokens": 51},
        }
    )


@pytest.fixture
def on_log(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the task on people who like even items."""
    rng = np.random.default_rng(0)
    users, items = rng.integers(0, 3, 400).astype(np.int32), rng.integers(0, 20, 400).astype(np.int32)
    told = Feedback("toy", ["a", "b", "c"], ITEMS, users, items, items % 2 == 0, np.arange(400))
    monkeypatch.setattr("bench.pair_wise.task._feedback", lambda _: told)

    def start(*arguments: str | Path, **rest: str) -> Any:
        return run("--task", "pair-wise", *arguments, **rest)

    return start


LLM = ("--system", "llm,random", "--model", "openai:small")


def test_the_probability_of_yes_is_the_score(on_log: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(likes_even) as server:
        monkeypatch.setenv("USHER_BASE_URL", server.url)
        done = on_log(*LLM)
    rows = [line.split("\t") for line in (done.folder / "predictions.tsv").read_text().splitlines()[1:]]
    assert done.code == 0
    assert auc([row[2] == "1" for row in rows], [float(row[3]) for row in rows]) == 1.0
    even = [row for row in rows if row[2] == "1"]
    assert [float(row[3]) for row in even] == pytest.approx([0.5 + (int(row[1]) + 1) / 100 for row in even])
    assert (done.scores["systems"]["llm"]["heard"], done.scores["systems"]["llm"]["threshold"]) == (40, 0.5)


def test_a_model_is_asked_for_one_token_and_no_schema(on_log: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(likes_even) as server:
        monkeypatch.setenv("USHER_BASE_URL", server.url)
        on_log(*LLM, "--limit", "1")
    (body,) = server.bodies
    asked = {name: body.get(name) for name in ("max_tokens", "logprobs", "top_logprobs", "temperature")}
    assert asked == {"max_tokens": 1, "logprobs": True, "top_logprobs": 20, "temperature": 0.0}
    assert not {"response_format", "tools", "stream"} & set(body)


def test_a_model_sees_titles_of_the_history_and_the_item(
    on_log: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server(likes_even) as server:
        monkeypatch.setenv("USHER_BASE_URL", server.url)
        done = on_log(*LLM, "--limit", "1")
    item = (done.folder / "predictions.tsv").read_text().splitlines()[1].split("\t")[1]
    known = re.findall(r"^- Title (\d+)$", server.bodies[0]["messages"][0]["content"], re.MULTILINE)
    assert f"Title {item}\n" in server.bodies[0]["messages"][0]["content"]
    assert len(known) == 20
    assert all(int(each) % 2 == 0 for each in known)


def test_a_recorded_run_is_scored_again_without_a_call(
    on_log: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    replay = tmp_path / "replies.jsonl.gz"
    with Server(likes_even) as server:
        monkeypatch.setenv("USHER_BASE_URL", server.url)
        first = on_log(*LLM, "--record", replay, out="first")
    monkeypatch.delenv("USHER_BASE_URL")
    again = on_log(*LLM, "--replay", replay, out="again")
    assert again.code == 0
    assert len({(each.folder / "predictions.tsv").read_bytes() for each in (first, again)}) == 1
    usage = json.loads((again.folder / "run.json").read_text())["usage"]
    assert (usage["calls"], again.scores["systems"]["llm"]["latency_ms"]) == (0, None)
    assert first.scores["systems"]["llm"]["latency_ms"] > 0


def test_a_server_without_log_probabilities_is_said(on_log: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def plain(body: dict[str, Any]) -> Any:
        return {"role": "assistant", "content": "Yes"}

    with Server(plain) as server:
        monkeypatch.setenv("USHER_BASE_URL", server.url)
        done = on_log(*LLM)
    assert (done.code, "gave no log-probabilities" in done.err) == (2, True)


def test_a_model_is_named_where_it_is_asked(on_log: Run) -> None:
    assert "goes with --model openai:NAME" in on_log("--system", "llm").err


def test_a_model_that_is_asked_nothing_is_an_error(on_log: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USHER_BASE_URL", "http://127.0.0.1:9/v1")
    done = on_log("--system", "random", "--model", "openai:small", "--max-calls", "3")
    assert done.code == 2
