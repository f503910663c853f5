"""The server and the chat on a database: what they keep is there, and a database that is gone is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from rich.console import Console

from agent import chat as chats
from agent.assistant import Assistant
from agent.memory import thread_of
from agent.people import People
from agent.serving.opening import Opening
from postgres_server import Postgres

pytest.importorskip("fastapi", reason="serving needs the `server` extra")
from fastapi.testclient import TestClient

from agent.serve import create_app

pytestmark = pytest.mark.deploy

ADA = {"messages": [{"role": "user", "content": "films directed by Ada Quill"}]}
ITEMS, ZOE = "/v1/people/zoe/items", "/v1/people/zoe"


@pytest.fixture
def client(
    toy_usher: Assistant, server: Postgres, url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    monkeypatch.setattr("agent.postgres._WAIT", 1.0)
    with TestClient(create_app(toy_usher, database=url), base_url="http://127.0.0.1") as opened:
        yield opened


def test_what_a_server_is_told_is_in_the_database(client: TestClient, toy_usher: Assistant, url: str) -> None:
    assert client.post(ITEMS, json={"opinion": "like", "item": "2"}).status_code == 200
    assert People(toy_usher.graph, database=url).load("zoe").likes == ("2",)
    assert People(toy_usher.graph).load("zoe").likes == ()


def test_a_server_deletes_people_and_conversations_in_the_database(
    client: TestClient, toy_usher: Assistant, url: str
) -> None:
    from agent.conversation import Conversation
    from agent.graph import build
    from agent.memory import conversations

    client.post(ITEMS, json={"opinion": "like", "item": "2"})
    thread = thread_of("toy", "zoe")
    with conversations(database=url) as saver:
        Conversation(toy_usher, graph=build(saver), thread=thread).say("films by Ada Quill")
        assert client.delete(ZOE).json()["catalogues"] == ["toy"]
        assert saver.get_tuple({"configurable": {"thread_id": thread}}) is None
    assert client.get(ZOE).json()["likes"] == []


def test_a_server_without_its_database_says_so_and_answers_who_has_no_name(
    client: TestClient, server: Postgres
) -> None:
    client.post(ITEMS, json={"opinion": "like", "item": "2"})
    server.stop()
    try:
        refused = [
            client.post(ITEMS, json={"opinion": "like", "item": "4"}),
            client.get(ZOE),
            client.delete(ZOE),
            client.post("/v1/chat/completions", json={**ADA, "user": "zoe"}),
        ]
        said = [(each.status_code, each.json()["error"]["code"]) for each in refused]
        assert said == [(503, "database_unreachable")] * 4
        assert client.post("/v1/chat/completions", json=ADA).status_code == 200
    finally:
        server.start()
    assert [item["id"] for item in client.get(ZOE).json()["likes"]] == ["2"]


class Typist(Console):
    """A console whose person says some lines and leaves; what is no text is done."""

    def __init__(self, *lines: Any):
        super().__init__(record=True, width=200)
        self.lines = [*lines, "/quit"]

    def input(self, *_: Any, **__: Any) -> str:
        while callable(self.lines[0]):
            self.lines.pop(0)()
        return str(self.lines.pop(0))


def test_a_chat_goes_on_after_its_database_was_gone(
    toy_usher: Assistant, server: Postgres, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.postgres._WAIT", 1.0)
    console = Typist(
        "films directed by Ada Quill",
        server.stop,
        "from before 1980",
        "/reset",
        server.start,
        "from after 1990",
    )
    chats.run(toy_usher, console, database=url)
    said = console.export_text()
    assert said.count("is not kept. Try again") == 2
    assert "Cold Orchard (2001)" in said.partition("Try again")[2]
    assert "Night Tram (1981)" not in said.partition("Try again")[2]


def test_other_catalogues_of_a_server_keep_their_vectors_where_the_first_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: dict[str, Any] = {}
    monkeypatch.setattr("agent.serving.opening.Assistant", lambda name, **given: asked.update(given))
    Opening(chroma="http://127.0.0.1:8000").other("books")
    assert asked["chroma"] == "http://127.0.0.1:8000"
