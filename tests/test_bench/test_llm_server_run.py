"""Runs through a model server on loopback: the same answers as the model itself, faults survived and counted.

Replays, limits and estimates of such runs too.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

import bench.report
from bench import build
from kg.graph import KnowledgeGraph
from kg.store import open_catalogue
from llm_server import Builtin, Faults, Server

pytestmark = pytest.mark.slow

Run = Callable[..., Any]
Lines = Callable[..., Path]
N = 200
FEWER = 60  # calls enough for every fault
SAME = ("items", "titles", "corrections", "also", "unmatched")
NAMES = {"reset": "connection", "half": "cut off", "malformed": "malformed tool call"}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Short pauses, and a cache of one's own."""
    monkeypatch.setattr("agent.llm.retry.FIRST", 0.001)
    monkeypatch.setattr("agent.llm.cache.home", lambda: tmp_path / "home")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return open_catalogue().graph


@pytest.fixture(scope="module")
def requests(tmp_path_factory: pytest.TempPathFactory) -> list[str | int | Path]:
    """200 requests of every type for films and books, as options of a run."""
    folder = tmp_path_factory.mktemp("built") / "queries"
    build.main(folder, counts="16")
    rows = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    path = folder / "chosen.jsonl"
    path.write_text("".join(f"{row}\n" for row in _some(rows)), encoding="utf-8")
    return ["--queries", path]


def _some(rows: list[str]) -> list[str]:
    return Random(0).sample(rows, N)  # noqa: S311


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Server]]:
    """Start the built-in model behind HTTP and point the settings there."""
    running: list[Server] = []

    def start(graph: KnowledgeGraph, faults: Faults | None = None) -> Server:
        running.append(Server(Builtin(graph), faults=faults).__enter__())
        monkeypatch.setenv("USHER_BASE_URL", running[-1].url)
        return running[-1]

    yield start
    for server in running:
        server.__exit__(None, None, None)


def answered(done: Any) -> dict[str, Any]:
    return {row["id"]: {name: row[name] for name in SAME} for row in done.answers}


def usage(done: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((done.folder / "run.json").read_text(encoding="utf-8"))["usage"]
    return found


def directly(run: Run, requests: list[Any]) -> tuple[Any, Any]:
    """What the built-in model answers without a server in between."""
    done = run(*requests, out="direct")
    return answered(done), done.scores


REMOTE = ("--model", "openai:builtin", "--concurrency", "4")


def test_200_requests_through_the_server_are_answered_as_directly(
    run: Run, serve: Any, graph: KnowledgeGraph, requests: list[Any]
) -> None:
    server = serve(graph)
    remote = run(*requests, *REMOTE, out="remote")
    assert (len(remote.answers), remote.code) == (N, 0)
    assert (answered(remote), remote.scores) == directly(run, requests)
    assert usage(remote)["calls"] == len(server.bodies) > N


def test_with_faults_the_same_run_has_the_same_scores(
    run: Run,
    serve: Any,
    graph: KnowledgeGraph,
    requests: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("USHER_STREAM", "1")  # half a stream is told from a connection that broke
    faults = Faults(0.1, seed=1)
    serve(graph, faults)
    requests = [*requests, "--limit", FEWER]
    remote = run(*requests, *REMOTE, out="remote")
    ids = [row["id"] for row in remote.answers]
    assert (len(ids), len(set(ids))) == (FEWER, FEWER)
    assert [row["error"] for row in remote.answers if row["error"]] == []
    assert (answered(remote), remote.scores) == directly(run, requests)
    injected = {NAMES.get(kind, kind): count for kind, count in faults.injected.items()}
    assert (usage(remote)["faults"], len(injected)) == (injected, 5)
    assert usage(remote)["retries"] == sum(injected.values()) - injected["malformed tool call"]


@pytest.fixture
def small(
    on_toy: Run, serve: Any, toy: KnowledgeGraph, toy_queries: list[dict[str, Any]], lines: Lines
) -> Callable[..., Any]:
    """Run the toy queries with the built-in model behind HTTP."""
    path = lines("queries.jsonl", *toy_queries)
    server = serve(toy)

    def start(*more: Any, out: str = "out") -> tuple[Any, Server]:
        return on_toy("--queries", path, "--model", "openai:builtin", *more, out=out), server

    return start


def test_a_second_run_asks_nothing(small: Any) -> None:
    first, server = small()
    asked = len(server.bodies)
    second, _ = small(out="again")
    assert (len(server.bodies), usage(second)["calls"], usage(second)["hits"]) == (
        asked,
        0,
        usage(first)["calls"],
    )


def test_a_second_run_answers_the_same(small: Any) -> None:
    first, second = small()[0], small(out="again")[0]
    assert (answered(first), first.scores) == (answered(second), second.scores)


def test_tokens_are_those_of_the_answer_wherever_it_came_from(small: Any) -> None:
    tokens = [[row["tokens"] for row in small(out=out)[0].answers] for out in ("a", "b")]
    assert (tokens[0], min(tokens[0]) > 0) == (tokens[1], True)


def test_a_replay_gives_the_table_without_a_server(
    small: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, server = small("--record", tmp_path / "replay.jsonl")
    asked = len(server.bodies)
    monkeypatch.delenv("USHER_BASE_URL")
    second, _ = small("--replay", tmp_path / "replay.jsonl", out="again")
    assert (second.code, len(server.bodies), usage(second)["calls"]) == (0, asked, 0)
    assert (second.scores, answered(second)) == (first.scores, answered(first))


def test_a_replay_is_a_run_of_its_own(small: Any, tmp_path: Path) -> None:
    small("--record", tmp_path / "replay.jsonl")
    done, _ = small("--replay", tmp_path / "replay.jsonl")
    assert (done.code, "this folder holds another run: replay differ" in done.err) == (2, True)


def test_a_replay_with_strange_settings_is_said(small: Any, tmp_path: Path) -> None:
    path = tmp_path / "replay.jsonl"
    path.write_text('{"settings": {"colour": "red"}}\n', encoding="utf-8")
    done, _ = small("--replay", path)
    assert (done.code, "replay.jsonl:1: its settings are not those of a replay: colour" in done.err) == (
        2,
        True,
    )


def test_a_replay_of_something_else_stops_and_says_so(
    small: Any, tmp_path: Path, lines: Lines, toy_queries: list[dict[str, Any]]
) -> None:
    small("--limit", "2", "--record", tmp_path / "replay.jsonl")
    done, _ = small("--replay", tmp_path / "replay.jsonl", out="again")
    assert (done.code, "holds no reply to a request of this run" in done.err) == (1, True)


def test_a_record_into_a_missing_folder_is_refused_before_anything_is_asked(
    small: Any, tmp_path: Path
) -> None:
    done, server = small("--record", tmp_path / "nowhere" / "replay.jsonl")
    assert (done.code, "there is no folder" in done.err, server.bodies) == (2, True, [])


def test_a_replay_is_not_recorded_again(small: Any, tmp_path: Path) -> None:
    path = tmp_path / "replay.jsonl"
    small("--limit", "1", "--record", path)
    done, _ = small("--limit", "1", "--replay", path, "--record", tmp_path / "b.jsonl", out="again")
    assert (done.code, "with --replay none is asked" in done.err) == (2, True)


def test_a_run_stops_at_max_calls(small: Any) -> None:
    done, server = small("--max-calls", "5")
    assert (done.code, "--max-calls 5 is reached" in done.err, len(server.bodies)) == (1, True, 5)


def test_a_run_that_stopped_goes_on(small: Any) -> None:
    small("--max-calls", "5")
    done, server = small()
    assert (done.code, len(done.answers), usage(done)["calls"]) == (0, 6, len(server.bodies))
    assert answered(done) == answered(small(out="whole")[0])


def test_a_limit_is_one_of_the_whole_run(small: Any) -> None:
    for _ in range(3):
        _, server = small("--max-calls", "5")
    assert len(server.bodies) == 5


def test_fresh_forgets_what_was_used(small: Any) -> None:
    small("--max-calls", "5")
    done, _ = small("--fresh")
    assert usage(done)["hits"] == 5


@pytest.fixture
def priced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "prices.toml"
    path.write_text(
        'as_of = 2026-01-01\n["*"]\nbuiltin = {input = 2, cached = 1, output = 8}\n', encoding="utf-8"
    )
    monkeypatch.setenv("USHER_PRICES", str(path))


def test_a_run_stops_at_max_cost(small: Any, priced: None) -> None:
    done, _server = small("--max-cost", "0.03")
    assert (done.code, "might pass --max-cost 0.03" in done.err) == (1, True)
    assert 0 < usage(done)["cost"] <= 0.03


def test_money_is_said(small: Any, priced: None) -> None:
    done, _ = small()
    used = usage(done)
    fresh = used["input"] - used["cached"]
    assert used["cost"] == pytest.approx((2 * fresh + used["cached"] + 8 * used["output"]) / 1e6, abs=1e-6)
    assert f"money: ${used['cost']:.4f}, prices as of 2026-01-01" in done.out


def test_an_unknown_price_is_said(small: Any) -> None:
    done, _ = small()
    assert (usage(done)["cost"], "money: price unknown" in done.out) == (None, True)


def test_max_cost_needs_a_price(small: Any) -> None:
    done, server = small("--max-cost", "1")
    assert (done.code, "is unknown, so --max-cost cannot be kept" in done.err, server.bodies) == (2, True, [])


def test_a_dry_run_asks_nothing(small: Any) -> None:
    done, server = small("--dry-run")
    assert (done.code, server.bodies, done.folder.exists()) == (0, [], False)


def test_a_dry_run_of_the_same_steps_is_right_about_calls(small: Any) -> None:
    guessed, _ = small("--dry-run")
    done, _ = small()
    assert f"6 queries: about {usage(done)['calls']} calls" in guessed.out


def test_a_dry_run_is_about_right_on_tokens(small: Any) -> None:
    guess = small("--dry-run")[0].out.split(" tokens in")[0].split()[-1].replace(",", "")
    assert int(guess) == pytest.approx(usage(small()[0])["input"], rel=0.2)


def test_a_dry_run_says_money(small: Any, priced: None) -> None:
    said = small("--dry-run")[0].out.replace(",", "")
    found = re.search(r"(\d+) tokens in (\d+) out; about \$([\d.]+)", said)
    assert found is not None
    sent, written, money = (float(number) for number in found.groups())
    assert money == pytest.approx((2 * sent + 8 * written) / 1e6, abs=0.005)


def test_a_dry_run_of_the_raw_model_is_a_call_a_query(small: Any) -> None:
    assert "6 queries: about 6 calls" in small("--dry-run", "--system", "llm")[0].out


PLACED = ("--task", "position-bias", "--system", "llm")


@pytest.fixture
def three_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.placing.PLACES", 3)


def test_position_bias_stops_at_max_calls(small: Any, three_places: None) -> None:
    done, server = small(*PLACED, "--max-calls", "4")
    assert (done.code, "--max-calls 4 is reached" in done.err, len(server.bodies)) == (1, True, 4)


def test_position_bias_says_what_it_used(small: Any, three_places: None) -> None:
    done, server = small(*PLACED)
    assert (usage(done)["calls"], "model calls: " in done.out) == (len(server.bodies), True)


def test_a_dry_run_of_position_bias_counts_every_place(small: Any, three_places: None) -> None:
    guessed, _ = small(*PLACED, "--dry-run")
    _, server = small(*PLACED)
    assert f"about {len(server.bodies)} calls" in guessed.out


@pytest.mark.parametrize("option", [("--dry-run",), ("--max-calls", "1"), ("--model", "openai:builtin")])
def test_what_asks_no_model_takes_no_options_of_models(on_toy: Run, option: tuple[str, ...]) -> None:
    done = on_toy("--task", "next-item", *option)
    assert (done.code, "asks no model" in done.err) == (2, True)


def test_the_settings_of_the_model_are_part_of_the_run(small: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    small()
    monkeypatch.setenv("USHER_TEMPERATURE", "1")
    done, _ = small()
    assert (done.code, "model_settings differ" in done.err) == (2, True)


@pytest.mark.parametrize("option", [("--max-calls", "1"), ("--max-cost", "1"), ("--record", "x")])
def test_limits_are_for_models_on_servers(small: Any, option: tuple[str, str]) -> None:
    done, _ = small("--model", "builtin", *option)
    assert (done.code, "are for models on servers" in done.err) == (2, True)


@pytest.mark.parametrize("words", ["model calls", "cached by the server", "price unknown", "faults"])
def test_the_report_says_what_a_run_used(
    small: Any,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    toy: KnowledgeGraph,
) -> None:
    done, _ = small()
    monkeypatch.setattr("bench.reports.runs._graph", lambda *_: toy)
    queries = str(done.folder.parent / "queries.jsonl")
    monkeypatch.setattr(
        sys, "argv", ["report", str(done.folder), "--queries", queries, "--format", "markdown"]
    )
    with pytest.raises(SystemExit):
        bench.report.app()
    assert words in capsys.readouterr().out
