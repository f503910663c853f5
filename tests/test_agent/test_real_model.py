"""A real language model, small, on a real server: what goes over the wire, never how good it is.

`make test-model` runs these against SmolLM2-135M-Instruct on llama.cpp's server. Its template knows no tools,
and its context is made too short for the loop.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.request import urlopen

import pytest

from agent.assistant import Assistant
from agent.llm import server_props
from agent.llm.client import Client
from agent.llm.errors import TooLong, Unanswered
from agent.llm.settings import Settings
from agent.stopping import Stopped, given_up_when

pytestmark = pytest.mark.model

REPOSITORY = Path(__file__).parents[2]
PYTHON = Path(os.environ.get("USHER_TEST_MODEL", REPOSITORY / ".venv-model" / "bin" / "python"))
CONTEXT = 2048
START = 60.0  # seconds
TOOL = {
    "type": "function",
    "function": {
        "name": "year_of",
        "description": "Return the year in which a film came out. " * 8,
        "parameters": {"type": "object", "properties": {"title": {"type": "string"}}},
    },
}
FORM = {
    "type": "json_schema",
    "json_schema": {
        "name": "choice",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {"what": {"enum": ["keep", "leave it out"]}, "how_many": {"enum": [3, 5]}},
            "required": ["what", "how_many"],
            "additionalProperties": False,
        },
    },
}


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    """The base URL of a running server."""
    if not PYTHON.exists():
        pytest.skip("the small model is not here: make test-model")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(PYTHON), str(REPOSITORY / "tests" / "small_model.py"), str(port), str(CONTEXT)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until the model is loaded."""
    until = time.monotonic() + START
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as said:
            if said.status == 200:
                return
        time.sleep(0.2)
    raise TimeoutError(f"the small model was not served within {START:.0f} s")


Ask = Callable[..., Client]


@pytest.fixture
def client(url: str) -> Ask:
    """Make a client with settings; replies are short unless one says otherwise."""

    def make(**settings: Any) -> Client:
        return Client.connect(
            "smollm2", Settings(**{"base_url": url, "max_tokens": 24, "retries": 0} | settings)
        )

    return make


# The protocol


@pytest.mark.parametrize("stream", [True, False])
def test_words_come_with_their_tokens_and_why_they_end(client: Ask, stream: bool) -> None:
    said = client(stream=stream, max_tokens=5).invoke("Count to fifty.")
    used = said.usage_metadata
    assert used is not None
    assert (bool(said.text), used["output_tokens"], said.response_metadata["finish_reason"]) == (
        True,
        5,
        "length",
    )
    assert used["input_tokens"] > 5


def test_the_same_is_said_streamed_and_in_one_piece(client: Ask) -> None:
    assert client(stream=True).invoke("Say OK.").text == client(stream=False).invoke("Say OK.").text


def test_a_schema_binds(client: Ask) -> None:
    said = json.loads(client(max_tokens=64).invoke("Which?", response_format=FORM).text)
    assert (said["what"] in ("keep", "leave it out"), said["how_many"] in (3, 5)) == (True, True)


# Tools that are dropped


def test_the_server_says_that_the_model_knows_no_tools(url: str) -> None:
    props = server_props.of(Settings(base_url=url))
    assert (props.tools, props.context) == (False, CONTEXT)


def test_tools_are_dropped_without_a_word(client: Ask) -> None:
    native = client(tool_calls="native", max_tokens=1)
    with_tools, without = native.bind_tools([TOOL]).invoke("Hello."), native.invoke("Hello.")
    counts = [each.usage_metadata["input_tokens"] for each in (with_tools, without)]  # type: ignore[attr-defined]
    assert counts[0] == counts[1]


def test_tools_reach_the_model_in_words(client: Ask) -> None:
    asked = client(max_tokens=1)
    said: Any = asked.bind_tools([TOOL]).invoke("Hello.")
    assert ("tools" in asked.refused, said.usage_metadata["input_tokens"] > 100) == (True, True)


def test_the_mode_follows(client: Ask) -> None:
    assert client().mode == "one-call"


# What goes wrong


def test_too_long_is_recognised(client: Ask) -> None:
    with pytest.raises(TooLong):
        client().invoke("one two three four " * CONTEXT)


def test_a_reply_that_is_not_waited_for_is_given_up(client: Ask) -> None:
    with pytest.raises(Unanswered, match="USHER_FIRST_TOKEN"):
        client(first_token=0.05).invoke("seven eight nine ten " * 60)


def test_a_turn_that_is_given_up_frees_the_server(client: Ask) -> None:
    gone: list[bool] = []
    Timer(1.0, gone.append, [True]).start()
    begun = time.monotonic()
    with given_up_when(lambda: bool(gone)), pytest.raises(Stopped):
        client(max_tokens=1500).invoke(
            "Write down every number from one to a thousand, with a word for each."
        )
    assert client(max_tokens=1).invoke("Say OK.").usage_metadata
    assert time.monotonic() - begun < 30


def test_a_model_that_is_stopped_in_a_call_is_answered(client: Ask) -> None:
    assert (
        client(max_tokens=3, tool_calls="json").bind_tools([TOOL]).invoke("Call year_of for 'Jaws'.")
        is not None
    )


# Usher with it


def environment(url: str, home: Path) -> dict[str, str]:
    return os.environ | {
        "USHER_BASE_URL": url,
        "USHER_HOME": str(home),
        "USHER_RETRIES": "0",
        "PYTHONPATH": str(REPOSITORY),
    }


def run(url: str, home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=REPOSITORY,
        env=environment(url, home),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_models_check_tells_the_truth(url: str, tmp_path: Path) -> None:
    lines = run(url, tmp_path, "usher", "models", "check", "openai:smollm2").stdout.splitlines()
    told = {line.split()[0]: line for line in lines}
    assert ("dropped" in told["tools"], f"{CONTEXT:,} tokens" in told["context"]) == (True, True)
    assert ("one-call" in told["mode"], "tokens a second" in told["speed"]) == (True, True)


@pytest.fixture
def asked(url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Ask Usher, driven by the model."""

    def ask(request: str, **settings: str) -> Any:
        for name, value in ({"base_url": url, "retries": "0"} | settings).items():
            monkeypatch.setenv(f"USHER_{name.upper()}", value)
        return Assistant("builtin", model="openai:smollm2").ask(request)

    return ask


def test_an_answer_in_one_call_is_proved(asked: Callable[..., Any]) -> None:
    turn = asked("films directed by John Ford, such as Stagecoach maybe, for aunt Dolly")
    assert turn.model_calls <= 2
    assert all(["director", "John Ford"] in line["proof"] for line in turn.answer["items"])


def test_a_loop_that_does_not_fit_leaves_the_built_in_models_answer(asked: Callable[..., Any]) -> None:
    answer = asked("films directed by John Ford from the 1950s", mode="loop", max_tokens="16").answer
    assert (len(answer["items"]), answer["basis"]) == (5, "proved")
    assert answer["fallback"]["why"] in ("too long", "words", "repeats")


def test_a_raw_run_ends_with_scores(url: str, tmp_path: Path) -> None:
    out = tmp_path / "run"
    queries = tmp_path / "queries.jsonl"
    queries.write_text(json.dumps(QUERY) + "\n", encoding="utf-8")
    command = ("--system", "llm", "--model", "openai:smollm2", "--queries", str(queries), "--out", str(out))
    done = run(url, tmp_path, "bench.run", *command)
    assert done.returncode == 0, done.stderr
    (answer,) = map(json.loads, (out / "answers.jsonl").read_text(encoding="utf-8").splitlines())
    assert (answer["error"], answer["calls"] >= 1, (out / "scores.json").exists()) == (None, True, True)


QUERY = {
    "id": "q",
    "domain": "movie",
    "type": "explicit",
    "query": "films by John Ford",
    "n_conditions": 1,
    "conditions": [{"relation": "director", "value": "John Ford"}],
    "ground_truth": ["movie/the-searchers-1956"],
}
