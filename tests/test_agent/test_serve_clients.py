"""Real clients of the protocol, over a real socket: what they hear is what the chat says."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agent.assistant import Assistant
from agent.conversation import Conversation
from agent.graph import build
from agent.people import People
from agent.person import chosen
from kg.types import ItemId

pytest.importorskip("fastapi", reason="serving needs the `server` extra")
import openai  # langchain-openai brings it
import uvicorn

from agent.http.access import Access
from agent.serve import create_app

ADA = "films directed by Ada Quill"
KEY = "a-key-of-the-server"
TALKS = (
    (ADA, "from before 1980", "who shot it?", "more by the director of Salt Road", "thanks"),
    ("something like Night Tram", "older", "not that one", "a drama", "why?"),
)


@pytest.fixture
def served(toy_usher: Assistant) -> Iterator[str]:
    """The base URL of a server that wants a key."""
    app = create_app(toy_usher, access=Access(keys=(KEY,)))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/v1"
    server.should_exit = True
    thread.join()


def by_chat(usher: Assistant, turns: Sequence[str]) -> list[str]:
    chat = Conversation(usher, graph=build(InMemorySaver()))
    return [json.dumps(chat.say(turn).answer) for turn in turns]


@pytest.mark.parametrize("turns", TALKS)
def test_five_streamed_turns_are_those_of_the_chat(
    served: str, toy_usher: Assistant, turns: Sequence[str]
) -> None:
    said, messages = [], []
    with openai.OpenAI(api_key=KEY, base_url=served) as client:
        for turn in turns:
            messages.append({"role": "user", "content": turn})
            options: dict[str, Any] = {"stream": True, "stream_options": {"include_usage": True}}
            chunks = list(client.chat.completions.create(model="usher", messages=messages, **options))
            text = "".join(each.choices[0].delta.content or "" for each in chunks if each.choices)
            assert (text, chunks[-1].usage.total_tokens > 0) == (chunks[-1].usher["text"], True)
            said.append(json.dumps(chunks[-1].usher))
            messages.append({"role": "assistant", "content": text})
    assert said == by_chat(toy_usher, turns)


def test_an_asynchronous_client_holds_conversations_at_once(served: str, toy_usher: Assistant) -> None:
    async def talk(client: Any, turns: Sequence[str]) -> list[str]:
        said, messages = [], []
        for turn in turns:
            messages.append({"role": "user", "content": turn})
            stream = await client.chat.completions.create(model="usher", messages=messages, stream=True)
            chunks = [each async for each in stream]
            messages.append({"role": "assistant", "content": chunks[-1].usher["text"]})
            said.append(json.dumps(chunks[-1].usher))
        return said

    async def all_of_them() -> list[list[str]]:
        async with openai.AsyncOpenAI(api_key=KEY, base_url=served) as client:
            return list(await asyncio.gather(*(talk(client, turns) for turns in TALKS * 4)))

    assert asyncio.run(all_of_them()) == [by_chat(toy_usher, turns) for turns in TALKS * 4]


def test_people_who_ask_at_once_are_not_mixed_up(served: str, toy_usher: Assistant) -> None:
    names = [f"person {number}" for number in range(6)]
    people = People(toy_usher.graph)
    for number, name in enumerate(names, 1):
        liked = [ItemId(str(number))]
        people.change(name, lambda person, liked=liked: chosen(person, toy_usher.graph, likes=liked))  # type: ignore[misc]

    async def asked(client: Any, name: str) -> list[str]:
        messages = [{"role": "user", "content": "something for me"}]
        reply = await client.chat.completions.create(model="usher", messages=messages, user=name)
        return [line["id"] for line in reply.usher["items"]]

    async def all_of_them() -> list[list[str]]:
        async with openai.AsyncOpenAI(api_key=KEY, base_url=served) as client:
            return list(await asyncio.gather(*(asked(client, name) for name in names * 4)))

    alone = [toy_usher.ask("something for me", asker=people.load(name).asker).answer for name in names]
    assert asyncio.run(all_of_them()) == [[line["id"] for line in each["items"]] for each in alone] * 4


def test_a_client_without_the_key_hears_why(served: str) -> None:
    with (
        openai.OpenAI(api_key="wrong", base_url=served, max_retries=0) as client,
        pytest.raises(openai.AuthenticationError, match="key is missing or wrong") as error,
    ):
        client.models.list()
    assert error.value.code == "invalid_api_key"


def test_langchain_holds_a_conversation(served: str, toy_usher: Assistant) -> None:
    model = pytest.importorskip("langchain_openai").ChatOpenAI(
        model="usher", api_key=KEY, base_url=served, use_responses_api=False
    )
    said, messages = [], list[Any]()
    for turn in TALKS[0]:
        messages.append(("user", turn))
        reply = model.invoke(messages)
        said.append(reply.content)
        messages.append(reply)
    assert said == [json.loads(each)["text"] for each in by_chat(toy_usher, TALKS[0])]
    assert "".join(str(chunk.content) for chunk in model.stream(messages[:1])) == said[0]
