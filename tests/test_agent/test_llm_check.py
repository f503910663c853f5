"""`usher models check`: what a server can do, line by line, and the exit code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

from agent.commands import app
from agent.llm import modes
from agent.llm.check import Line, check
from agent.llm.client import Client
from agent.llm.measure import Measured
from agent.llm.server_props import Props
from agent.llm.settings import Settings
from llm_server import Script, Server, calls, fails, says
from llm_server.brains import Brain, obliging
from llm_server.replies import Body

ALL = (
    *("reachable", "plain reply", "tool call", "tool result"),
    *("parallel tool calls", "streaming", "usage", "JSON schema"),
)


def found(brain: Brain = obliging, refuses: tuple[str, ...] = (), **settings: Any) -> dict[str, Line]:
    with Server(brain, refuses=refuses) as server:
        lines = check("m", Settings(base_url=server.url, retries=0, **settings))
        return {line.what: line for line in lines}


def without(*fields: str) -> Brain:
    """A server that takes no notice of some fields of a request."""

    def brain(body: Body) -> Any:
        return obliging({name: value for name, value in body.items() if name not in fields})

    return brain


def test_a_server_that_can_do_everything() -> None:
    lines = found()
    assert {what: line.verdict for what, line in lines.items()} == dict.fromkeys(ALL, "ok")


def test_nobody_there_is_one_failure() -> None:
    lines = list(check("m", Settings(base_url="http://127.0.0.1:9/v1", retries=0)))
    assert [line.verdict for line in lines] == ["no"] + ["skipped"] * 7


@pytest.mark.parametrize(
    ("brain", "what", "said"),
    [
        (Script(says(" ")), "plain reply", "an empty reply"),
        (without("tools"), "tool call", "the reply was words"),
        (Script(calls(("year_of", {"title": "Alien"}))), "tool call", "called with {'title': 'Alien'}"),
        (Script(calls(("year_of", "{"))), "tool call", "arguments that are no JSON object"),
        (Script(calls(("year_of", {"title": "Jaws"}))), "parallel tool calls", "1 at once"),
        (without("response_format"), "JSON schema", "no JSON: 'OK'"),
        (Script('{"title": "Jaws"}'), "JSON schema", "another form"),
    ],
)
def test_what_does_not_work_is_said(brain: Brain, what: str, said: str) -> None:
    line = found(brain)[what]
    assert (line.verdict, said in line.said) == ("no", True)


def test_a_server_that_refuses_tools_says_so() -> None:
    assert found(refuses=("tools",), tool_calls="native")["tool call"].verdict == "no"


def test_a_server_that_cannot_stream_says_so() -> None:
    lines = found(refuses=("stream",))
    assert (lines["streaming"].verdict, lines["plain reply"].verdict) == ("no", "ok")


def test_written_tool_calls_are_told_from_native_ones() -> None:
    spoken = '{"tool_calls": [{"name": "year_of", "arguments": {"title": "Jaws"}}]}'
    lines = found(Script(spoken), refuses=("tools",))
    assert (lines["tool call"].verdict, lines["tool call"].said[:15]) == ("ok", "written as JSON")


def test_a_schema_in_words_is_told_from_a_native_one() -> None:
    said = found(Script('{"title": "Jaws", "year": 1975}'), refuses=("response_format",))["JSON schema"]
    assert (said.verdict, "in words" in said.said) == ("ok", True)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run the command against a server."""

    def run(brain: Brain = obliging, props: Any = None, **environment: str) -> Any:
        with Server(brain, props=props) as server:
            monkeypatch.setenv("USHER_BASE_URL", server.url)
            monkeypatch.setenv("USHER_RETRIES", "0")
            for name, text in environment.items():
                monkeypatch.setenv(name, text)
            return CliRunner().invoke(app, ["models", "check", "openai:m"])

    return run


def test_every_ability_has_its_line(command: Callable[..., Any]) -> None:
    lines = command().stdout.splitlines()
    assert [line.strip().startswith(what) for line, what in zip(lines[1:], ALL, strict=False)] == [True] * 8


def test_the_price_is_said_to_be_unknown(command: Callable[..., Any]) -> None:
    assert "unknown (USHER_PRICES)" in command().stdout


@pytest.mark.parametrize(
    ("brain", "code"),
    [
        (obliging, 0),
        (without("response_format"), 0),
        (without("tools"), 1),
        (Script(fails(401, "bad key")), 2),
        (Script(fails(404, "no such model")), 2),
    ],
)
def test_the_exit_code_tells_what_matters(command: Callable[..., Any], brain: Brain, code: int) -> None:
    assert command(brain).exit_code == code


def test_the_key_is_not_printed(command: Callable[..., Any]) -> None:
    assert "sk-secret" not in command(Script(fails(401, "bad key")), OPENAI_API_KEY="sk-secret").output


# What fits the model


def line_of(done: Any, what: str) -> str:
    lines = [line.strip() for line in done.stdout.splitlines()]
    return next(line.removeprefix(what) for line in lines if line.startswith(f"{what} "))


@pytest.mark.parametrize(
    ("props", "said"),
    [
        ({"chat_template_caps": {"supports_tools": False}}, "dropped"),
        ({"chat_template_caps": {"supports_tools": True}}, "passed on"),
        (None, "passed on"),
    ],
)
def test_whether_tools_reach_the_model_is_said(command: Callable[..., Any], props: Any, said: str) -> None:
    assert said in line_of(command(props=props), "tools")


def test_the_context_is_said_where_the_server_says_it(command: Callable[..., Any]) -> None:
    done = command(props={"default_generation_settings": {"n_ctx": 4096}})
    assert "4,096 tokens" in line_of(done, "context")


@pytest.mark.parametrize(
    ("measured", "calls", "mode"),
    [
        (Measured(False, 32_000, 900.0, 30.0), True, "loop"),
        (Measured(), True, "loop"),
        (Measured(True, 32_000, 900.0, 30.0), True, "one-call"),
        (Measured(False, 4096, 900.0, 30.0), True, "one-call"),
        (Measured(False, 32_000, 20.0, 5.0), True, "one-call"),
        (Measured(False, 32_000, 900.0, 30.0), False, "one-call"),
    ],
)
def test_the_mode_follows_from_what_was_measured(measured: Measured, calls: bool, mode: str) -> None:
    assert measured.mode(calls=calls)[0] == mode


def test_the_mode_is_said(command: Callable[..., Any]) -> None:
    assert line_of(command(), "mode").strip().startswith("loop")
    assert line_of(command(without("tools")), "mode").strip().startswith("one-call")


@pytest.mark.parametrize(
    ("set_to", "tools", "mode"),
    [("auto", False, "one-call"), ("auto", True, "loop"), ("auto", None, "loop"), ("loop", False, "loop")],
)
def test_auto_follows_what_the_server_says(set_to: Any, tools: bool | None, mode: str) -> None:
    own = Settings(base_url="http://127.0.0.1:9/v1", mode=set_to)
    assert modes.chosen("m", own, lambda _: Props(tools)) == mode


def test_a_client_is_asked_as_its_server_says() -> None:
    with Server(props={"chat_template_caps": {"supports_tools": False}}) as server:
        assert Client.connect("m", Settings(base_url=server.url)).mode == "one-call"
