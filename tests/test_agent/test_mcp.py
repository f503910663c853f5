"""The MCP server with the SDK's own client: tools, resources, refusals, over both transports."""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from agent.assistant import Assistant
from agent.mcp.adapter import Refusal, Stated, ToolAdapter, said_of
from agent.serving.served import Served

pytest.importorskip("mcp", reason="MCP needs the `mcp` extra")
import anyio
import uvicorn
from mcp import Client, StdioServerParameters

from agent.mcp.server import PATH, create_server

BY_QUILL = [{"relation": "director", "value": "Ada Quill"}]


@pytest.fixture
def adapter(toy_usher: Assistant) -> ToolAdapter:
    return ToolAdapter(Served(toy_usher))


def with_client(server: Any, act: Callable[[Client], Awaitable[Any]]) -> Any:
    """Return what an act of a connected client returns."""

    async def run() -> Any:
        async with Client(server) as client:
            return await act(client)

    return anyio.run(run)


def called(adapter: ToolAdapter, name: str, **arguments: Any) -> Any:
    return with_client(create_server(adapter), lambda client: client.call_tool(name, arguments))


def refusal(adapter: ToolAdapter, name: str, **arguments: Any) -> str:
    result = called(adapter, name, **arguments)
    assert result.is_error
    return str(result.content[0].text)


def test_every_tool_has_schemas_and_takes_nothing_else(adapter: ToolAdapter) -> None:
    listed = with_client(create_server(adapter), lambda client: client.list_tools()).tools
    assert [each.name for each in listed] == ["ask", "find", "explain", "check", "verify", "catalogues"]
    assert all(each.output_schema and each.input_schema["additionalProperties"] is False for each in listed)
    assert all(each.description for each in listed)


def test_a_request_is_answered_as_data(adapter: ToolAdapter) -> None:
    said = called(adapter, "ask", request="films directed by Ada Quill").structured_content
    assert (said["act"], said["basis"], len(said["items"])) == ("recommend", "proved", 3)


def test_progress_is_told(adapter: ToolAdapter) -> None:
    seen: list[str | None] = []

    async def hear(progress: float, total: float | None, message: str | None) -> None:
        seen.append(message)

    async def act(client: Client) -> Any:
        return await client.call_tool(
            "ask", {"request": "films directed by Ada Quill"}, progress_callback=hear
        )

    with_client(create_server(adapter), act)
    assert "find_items" in seen


def test_items_are_found_by_facts_and_nothing_is_said_in_words(adapter: ToolAdapter) -> None:
    found = called(
        adapter, "find", conditions=BY_QUILL, order=[{"relation": "year", "descending": True}], limit=2
    ).structured_content
    assert ([each["title"] for each in found["items"]], found["total"]) == (["Cold Orchard", "Night Tram"], 3)
    none = called(adapter, "find", conditions=[*BY_QUILL, {"relation": "genre", "value": "Western"}])
    assert "Nothing found." in none.content[0].text


def test_an_item_is_explained_by_title_and_read_as_a_resource(adapter: ToolAdapter) -> None:
    told = called(adapter, "explain", item="Night Tram").structured_content
    assert (told["id"], told["facts"]["director"]) == ("2", ["Ada Quill"])
    read = with_client(create_server(adapter), lambda client: client.read_resource(told["resource"]))
    assert json.loads(read.contents[0].text) == told


def test_a_fact_is_checked(adapter: ToolAdapter) -> None:
    said = called(adapter, "check", item="2", relation="director", value="Dov Eberhart").structured_content
    assert (said["verdict"], said["true"]) == ("contradicted", ["Ada Quill"])


def test_an_answer_is_verified(adapter: ToolAdapter) -> None:
    said = called(
        adapter, "verify", request="films directed by Ada Quill", answer="- Salt Road"
    ).structured_content
    assert (said["holds"], said["items"][0]["verdict"]) == (False, "contradicted")


def test_catalogues_tell_their_relations(adapter: ToolAdapter) -> None:
    (own,) = called(adapter, "catalogues").structured_content["catalogues"]
    assert (own["name"], own["items"]) == ("toy", 6)
    assert {each["name"] for each in own["relations"]} >= {"director", "genre"}


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("find", {"conditions": BY_QUILL, "limt": 3}, "limt"),
        ("find", {"conditions": [{"relation": "colour", "value": "red"}]}, "colour"),
        ("find", {"conditions": [{"relation": "genre", "value": "Drama", "values": 1}]}, "values"),
        ("explain", {"item": "Borrowed Lanterns"}, "no item here is called"),
        ("ask", {"request": "x", "catalogue": "none"}, "none"),
        ("ask", {}, "request"),
    ],
)
def test_what_cannot_be_done_is_said(
    adapter: ToolAdapter, name: str, arguments: dict[str, Any], said: str
) -> None:
    assert said in refusal(adapter, name, **arguments)


def test_a_title_of_several_items_is_not_guessed_and_a_year_tells_them_apart(usher: Assistant) -> None:
    adapter, knowledge = ToolAdapter(Served(usher)), usher.knowledge
    assert "Jaws (book/jaws-1974)" in said_of_refusal(lambda: adapter.item(knowledge, "Jaws"))
    assert [adapter.item(knowledge, f"Jaws ({year})") for year in (1974, 1975)] == [
        "book/jaws-1974",
        "movie/jaws-1975",
    ]


def said_of_refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return str(refused.value)


def test_a_relation_that_is_not_there_is_refused(adapter: ToolAdapter) -> None:
    with pytest.raises(Refusal, match="colour"):
        said_of(lambda: adapter.find([Stated(relation="colour", value="red")]))


def test_over_http(adapter: ToolAdapter) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_server(adapter).streamable_http_app(streamable_http_path=PATH)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        said = with_client(
            f"http://127.0.0.1:{port}{PATH}", lambda client: client.call_tool("explain", {"item": "2"})
        )
        assert said.structured_content["title"] == "Night Tram"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def test_over_stdio() -> None:
    started = StdioServerParameters(command=sys.executable, args=["-m", "agent", "mcp"])
    said = with_client(started, lambda client: client.call_tool("explain", {"item": "Alien"}))
    assert said.structured_content["facts"]["director"] == ["Ridley Scott"]
