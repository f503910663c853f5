"""What SmolLM2-135M on llama.cpp's server really sent (`tests/llm_server/recorded`), sent once more."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import llm_server
from agent.llm import server_props
from agent.llm.client import Client
from agent.llm.errors import TooLong
from agent.llm.modes import chosen
from agent.llm.settings import Settings
from llm_server import Raw, Script, Server

RECORDED = Path(llm_server.__file__).parent / "recorded"
TOOL = {"type": "function", "function": {"name": "year_of", "description": "", "parameters": {}}}
Send = Callable[..., Client]


@pytest.fixture
def send() -> Iterator[Send]:
    """Make a client of a server that sends what was recorded."""
    running: list[Server] = []

    def make(name: str, status: int = 200, **settings: Any) -> Client:
        kind = "text/event-stream" if name.endswith(".sse") else "application/json"
        body = (RECORDED / name).read_text(encoding="utf-8")
        running.append(Server(Script(Raw((body,), status, kind))).__enter__())
        return Client.connect("smollm2", Settings(base_url=running[-1].url, retries=0, **settings))

    yield make
    for server in running:
        server.__exit__(None, None, None)


@pytest.mark.parametrize("name", ["words.sse", "words.json"])
def test_words_with_their_tokens(send: Send, name: str) -> None:
    said = send(name, stream=name.endswith(".sse")).invoke("Say OK.")
    assert (said.text, said.response_metadata["finish_reason"]) == ("I'm glad to assist you", "length")
    assert said.usage_metadata
    assert (said.usage_metadata["input_tokens"], said.usage_metadata["output_tokens"]) == (33, 6)


def test_one_piece_where_a_stream_was_asked_for(send: Send) -> None:
    assert send("words.json", stream=True).invoke("Say OK.").text == "I'm glad to assist you"


def test_a_reply_by_a_schema(send: Send) -> None:
    said = json.loads(send("schema.json", stream=False).invoke("The film Jaws came out in 1975.").text)
    assert said == {"title": "Jaws", "year": 1975}


def test_words_where_tools_were_dropped(send: Send) -> None:
    said: Any = send("tools_dropped.json", stream=False).bind_tools([TOOL]).invoke("Call year_of for 'Jaws'.")
    assert said.tool_calls == []


def test_too_long(send: Send) -> None:
    with pytest.raises(TooLong):
        send("too_long.json", 400).invoke("Say OK.")


def test_what_the_server_says_of_itself() -> None:
    props = json.loads((RECORDED / "props.json").read_text(encoding="utf-8"))
    with Server(props=props) as server:
        settings = Settings(base_url=server.url)
        told = server_props.of(settings)
        assert (told.tools, told.context, chosen("smollm2", settings)) == (False, 2048, "one-call")
