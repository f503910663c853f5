"""What was found out of a server is known to later processes, for a while."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from agent.commands import app
from agent.llm.cache import DiskCache
from agent.llm.client import Client
from agent.llm.line import Line
from agent.llm.modes import chosen
from agent.llm.remembered import DAYS, FILE, Remembered
from agent.llm.server_props import Props
from agent.llm.settings import Settings
from agent.messages import REPAIR
from agent.models import chat_model
from kg.graph import KnowledgeGraph
from kg.store import home
from llm_server import Server, says
from llm_server.brains import Brain, obliging

URL = "http://127.0.0.1:9/v1"
DAY = date(2026, 11, 30)


def memory(model: str = "m", day: date = DAY, **settings: Any) -> Remembered:
    return Remembered(model, Settings(**{"base_url": URL} | settings), lambda: day)


def kept() -> str:
    return (home() / FILE).read_text(encoding="utf-8")


def write(text: str) -> None:
    home().mkdir(parents=True, exist_ok=True)
    (home() / FILE).write_text(text, encoding="utf-8")


# The file


def test_what_is_refused_is_known_to_another_process() -> None:
    memory().add("tools")
    assert memory().refused() == {"tools"}


def test_what_is_refused_adds_up() -> None:
    memory().add("tools")
    memory().add("seed")
    assert memory().refused() == {"tools", "seed"}


@pytest.mark.parametrize("other", [{"model": "n"}, {"base_url": "http://127.0.0.1:8/v1"}])
def test_another_model_or_server_is_another_entry(other: dict[str, Any]) -> None:
    memory().add("tools")
    assert memory(**other).refused() == frozenset()


def test_neither_address_nor_name_nor_key_is_in_the_file() -> None:
    url = "http://me:password@secret.example/v1"
    Remembered("my-model", Settings(base_url=url, api_key="sk-verysecret")).add("tools")
    assert not [word for word in ("password", "me:", "secret", "my-model") if word in kept()]


def test_the_key_of_a_server_does_not_depend_on_a_password() -> None:
    memory(base_url="http://me:one@example.org/v1").add("tools")
    assert memory(base_url="http://me:two@example.org/v1").refused() == {"tools"}


def test_the_file_is_its_owners_alone() -> None:
    memory().add("tools")
    assert stat.S_IMODE((home() / FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize(("days", "known"), [(DAYS - 1, True), (DAYS, False), (-1, False)])
def test_what_is_old_or_of_the_future_is_forgotten(days: int, known: bool) -> None:
    memory().add("tools")
    assert bool(memory(day=DAY + timedelta(days)).refused()) == known


@pytest.mark.parametrize(
    "refused", ["max_tokens", "max_completion_tokens", "a conversation of this length", "x"]
)
def test_what_depends_on_one_request_is_not_kept(refused: str) -> None:
    memory().add(refused)
    assert memory().refused() == frozenset()


BROKEN = (
    "",
    "{",
    "[]",
    "[" * 100_000,
    "\x00",
    '{"KEY": 3}',
    '{"KEY": {"refused": ["tools"]}}',
    '{"KEY": {"refused": "tools", "found": "2026-11-30"}}',
    '{"KEY": {"refused": [{}], "found": "2026-11-30"}}',
    '{"KEY": {"mode": "fast", "found": "2026-11-30"}}',
    '{"KEY": {"refused": ["tools"], "found": "yesterday"}}',
)


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_file_holds_nothing_and_is_written_again(broken: str) -> None:
    memory().add("seed")
    (key,) = json.loads(kept())
    write(broken.replace("KEY", key))
    assert (memory().refused(), memory().mode()) == (frozenset(), None)
    memory().add("tools")
    assert memory().refused() == {"tools"}


def test_words_of_the_file_that_no_server_refuses_do_nothing() -> None:
    memory().add("tools")
    write(kept().replace('"tools"', '"tools", "messages", "model"'))
    assert memory().refused() == {"tools"}


def test_the_file_does_not_grow_without_end() -> None:
    for number in range(205):
        memory(f"m{number}").add("tools")
    assert len(json.loads(kept())) == 200
    assert memory("m204").refused() == {"tools"}


def test_a_turn_goes_on_where_nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("USHER_HOME", str(tmp_path / "file"))
    memory().add("tools")
    assert memory().refused() == frozenset()


# A line


def asked(brain: Brain, refuses: tuple[str, ...] = (), **settings: Any) -> Callable[[], list[Any]]:
    """Return a function that asks with a tool as a process of its own does; it returns what was sent."""
    server = Server(brain, refuses=refuses)

    def ask() -> list[Any]:
        own = Settings(**{"base_url": server.url, "retries": 0, "stream": False, **settings})
        before = len(server.bodies)
        tool = {"type": "function", "function": {"name": "find", "parameters": {"type": "object"}}}
        Client.connect("m", own, remembers=True).bind_tools([tool]).invoke("hello")
        return list(server.bodies[before:])

    ask.server = server  # type: ignore[attr-defined]
    return ask


@pytest.fixture
def processes(request: pytest.FixtureRequest) -> Callable[..., Callable[[], list[Any]]]:
    def start(*args: Any, **settings: Any) -> Callable[[], list[Any]]:
        ask = asked(*args, **settings)
        server = ask.server  # type: ignore[attr-defined]
        server.__enter__()
        request.addfinalizer(lambda: server.__exit__(None, None, None))
        return ask

    return start


def test_a_later_process_does_not_send_what_is_refused(processes: Any) -> None:
    ask = processes(obliging, ("temperature",))
    assert [["temperature" in body for body in ask()] for _ in range(2)] == [[True, False], [False]]


def test_native_tools_are_sent_though_they_were_refused(processes: Any) -> None:
    ask = processes(obliging, ("tools",))
    ask()
    own = Settings(base_url=ask.server.url, tool_calls="native")
    assert "tools" not in Client.connect("m", own, remembers=True).refused


def test_a_run_with_a_cache_finds_out_by_itself(toy: KnowledgeGraph, tmp_path: Path) -> None:
    own = Settings(base_url=URL)
    Remembered("m", own).add("tools")
    plain, _ = chat_model("openai:m", toy, settings=own)
    cached, _ = chat_model("openai:m", toy, settings=own, cache=DiskCache(tmp_path / "replies"))
    assert [each.refused for each in (plain, cached)] == [{"tools"}, frozenset()]  # type: ignore[attr-defined]


TOOL = {"type": "function", "function": {"name": "find", "description": "long " * 600, "parameters": {}}}
HELLO = {"role": "user", "content": "hello"}


def line(own: Remembered, *, read: int = 900, look: Props = Props()) -> Line:
    reply = {"choices": [{"message": {"content": "OK"}}], "usage": {"prompt_tokens": read}}
    return Line(Settings(base_url=URL), lambda _: reply, look=lambda: look, memory=own)


def test_tools_that_are_dropped_by_the_count_are_known_later() -> None:
    line(memory(), read=38).reply({"model": "m", "messages": [HELLO], "tools": [TOOL]})
    assert memory().refused() == {"tools"}


def test_words_twice_where_a_call_was_due_are_not_known_later() -> None:
    back = [
        HELLO,
        {"role": "assistant", "content": "OK"},
        {"role": "user", "name": REPAIR, "content": "Call"},
    ]
    first = line(memory())
    first.reply({"model": "m", "messages": back, "tools": [TOOL]})
    assert (first.refused, memory().refused()) == ({"tools"}, frozenset())


@pytest.mark.parametrize(("says_now", "known"), [(True, False), (False, True), (None, True)])
def test_a_server_that_takes_tools_by_now_is_believed(says_now: bool | None, known: bool) -> None:
    memory().add("tools")
    line(memory(), look=Props(tools=says_now)).reply({"model": "m", "messages": [HELLO], "tools": [TOOL]})
    assert ("tools" in memory().refused()) == known


# The mode


def test_the_mode_that_was_found_is_taken() -> None:
    own = Settings(base_url=URL)
    Remembered("m", own).settle("one-call")
    assert chosen("m", own, lambda _: Props(tools=True)) == "one-call"


def test_a_mode_that_is_set_is_taken_whatever_was_found() -> None:
    own = Settings(base_url=URL, mode="loop")
    Remembered("m", own).settle("one-call")
    assert chosen("m", own) == "loop"


def test_a_check_forgets_what_was_known_and_keeps_the_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(obliging) as server:
        monkeypatch.setenv("USHER_BASE_URL", server.url)
        own = Remembered("m", Settings(base_url=server.url))
        own.add("seed")
        CliRunner().invoke(app, ["models", "check", "openai:m"])
    assert (own.refused(), own.mode()) == (frozenset(), "loop")


def test_a_check_of_a_server_that_calls_no_tools_keeps_one_call(monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(lambda _: says("OK")) as server:
        monkeypatch.setenv("USHER_BASE_URL", server.url)
        CliRunner().invoke(app, ["models", "check", "openai:m"])
        assert Remembered("m", Settings(base_url=server.url)).mode() == "one-call"
