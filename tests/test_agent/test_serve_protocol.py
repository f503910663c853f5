"""The chat-completions protocol: conversations, streams, parts, roles, people, options; real clients."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agent.assistant import Assistant
from agent.conversation import Conversation, Said
from agent.graph import build
from agent.http.instructions import with_unread, without_unread
from agent.http.replies import Reply
from agent.people import People
from agent.person import chosen
from agent.replay import Dialogue, Row, answers
from agent.serving.answers import UsherAnswer
from kg.types import ItemId

pytest.importorskip("fastapi", reason="serving needs the `server` extra")
import httpx
from fastapi.testclient import TestClient

from agent.serve import create_app

ADA = "films directed by Ada Quill"
CHAT = "/v1/chat/completions"
CLIENTS = Path(__file__).parents[3] / "shared" / "data" / "clients"
DIALOGUES = (
    (ADA, "from before 1980", "who shot it?", "more by the director of Salt Road", "thanks"),
    ("shot by Bo Lund", "not that one", "is it a drama?", "start over", "a drama"),
    ("something like Night Tram", "older", "seen it", "films by Zed Unknown", "why?"),
    ("stop suggesting dramas", ADA, "never show me anything blurgly again", "dramas are fine again"),
)


@pytest.fixture
def client(toy_usher: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(toy_usher), base_url="http://127.0.0.1") as opened:
        yield opened


def user(content: Any) -> dict[str, Any]:
    return {"role": "user", "content": content}


def posted(client: TestClient, *messages: dict[str, Any], **options: Any) -> dict[str, Any]:
    response = client.post(CHAT, json={"messages": messages, **options})
    assert response.status_code == 200, response.text
    return dict(response.json())


def refused(client: TestClient, *messages: dict[str, Any], **options: Any) -> dict[str, Any]:
    response = client.post(CHAT, json={"messages": messages or [user(ADA)], **options})
    assert response.status_code == 400
    return dict(response.json()["error"])


def events(client: TestClient, *messages: dict[str, Any], **options: Any) -> list[str]:
    response = client.post(CHAT, json={"messages": messages, "stream": True, **options})
    assert response.headers["content-type"].startswith("text/event-stream")
    return [line.removeprefix("data: ") for line in response.text.split("\n\n") if line]


def chunks(client: TestClient, *messages: dict[str, Any], **options: Any) -> list[dict[str, Any]]:
    return [json.loads(each) for each in events(client, *messages, **options)[:-1]]


# The same answers by all ways


def over_http(client: TestClient, turns: Sequence[str]) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []
    said = []
    for turn in turns:
        reply = posted(client, *messages, user(turn))
        messages += [user(turn), reply["choices"][0]["message"]]
        said.append(reply["usher"])
    return said


def replayed(usher: Assistant, turns: Sequence[str]) -> list[dict[str, Any]]:
    row = Row(1, Dialogue(id="d", catalogue="toy", turns=tuple(turns)))
    return next(said for _, said in answers(Path("d.jsonl"), [row], lambda _: usher))


@pytest.mark.parametrize("turns", DIALOGUES)
def test_http_chat_and_replay_answer_alike(
    client: TestClient, toy_usher: Assistant, turns: Sequence[str]
) -> None:
    chat = Conversation(toy_usher, graph=build(InMemorySaver()))
    by_chat = json.dumps([chat.say(turn).answer for turn in turns])
    assert json.dumps(over_http(client, turns)) == by_chat == json.dumps(replayed(toy_usher, turns))


@pytest.mark.parametrize("turns", DIALOGUES)
def test_a_server_that_was_started_anew_answers_alike(
    client: TestClient, toy_assistant: Any, turns: Sequence[str]
) -> None:
    said = over_http(client, turns)
    with TestClient(create_app(toy_assistant()), base_url="http://127.0.0.1") as other:
        assert posted(other, *map(user, turns))["usher"] == said[-1]


def test_an_answer_has_the_type_that_is_documented(client: TestClient) -> None:
    for answer in (answer for turns in DIALOGUES for answer in over_http(client, turns)):
        typed = UsherAnswer.model_validate_json(json.dumps(answer), strict=True)
        assert not [each.model_extra for each in (typed, *typed.items, *typed.facts) if each.model_extra]


def test_the_documented_type_is_in_the_schema(client: TestClient) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert {"UsherAnswer", "ErrorBody", "ChatCompletion"} <= set(schemas)


# Streams


def test_a_stream_says_what_a_reply_says(client: TestClient) -> None:
    deltas = [each["choices"][0]["delta"].get("content", "") for each in chunks(client, user(ADA))]
    assert "".join(deltas) == posted(client, user(ADA))["choices"][0]["message"]["content"]


def test_a_stream_ends_with_the_mark(client: TestClient) -> None:
    assert events(client, user(ADA))[-1] == "[DONE]"


def test_a_stream_begins_with_the_role(client: TestClient) -> None:
    assert chunks(client, user(ADA))[0]["choices"][0]["delta"]["role"] == "assistant"


def test_the_last_chunk_has_the_reason_and_the_answer_as_data(client: TestClient) -> None:
    last = chunks(client, user(ADA))[-1]
    assert (last["choices"][0]["finish_reason"], last["usher"]) == (
        "stop",
        posted(client, user(ADA))["usher"],
    )


def test_chunks_have_no_usage_unless_it_is_asked_for(client: TestClient) -> None:
    assert not any("usage" in each for each in chunks(client, user(ADA)))


def test_the_last_chunk_has_the_usage_where_it_is_asked_for(client: TestClient) -> None:
    *others, last = chunks(client, user(ADA), stream_options={"include_usage": True})
    assert [each["usage"] for each in others] == [None] * len(others)
    assert (last["choices"], last["usage"]) == ([], posted(client, user(ADA))["usage"])


def test_chunks_are_of_one_reply(client: TestClient) -> None:
    said = chunks(client, user(ADA))
    assert len({(each["id"], each["created"], each["object"]) for each in said}) == 1


def test_an_error_of_a_stream_is_no_stream(client: TestClient) -> None:
    assert refused(client, {"role": "system", "content": "x"}, stream=True)["code"] == "no_user_message"


# Parts and roles


def test_text_parts_are_read(client: TestClient) -> None:
    parts = [{"type": "text", "text": "films directed"}, {"type": "text", "text": "by Ada Quill"}]
    assert posted(client, user(parts))["usher"] == posted(client, user(ADA))["usher"]


@pytest.mark.parametrize(
    "content",
    [
        [ADA],
        {"type": "text", "text": ADA},
        [{"type": "input_text", "text": ADA}],
        [{"type": "text", "text": ADA, "annotations": []}, {"type": "text", "text": None}],
    ],
)
def test_text_is_read_by_any_of_its_names(client: TestClient, content: Any) -> None:
    assert posted(client, user(content))["usher"] == posted(client, user(ADA))["usher"]


@pytest.mark.parametrize("kind", ["image_url", "input_audio", "file", "video_url", "refusal"])
def test_what_is_no_text_is_refused(client: TestClient, kind: str) -> None:
    said = refused(client, user([{"type": kind, kind: {"data": "c2VjcmV0"}}]))
    assert (said["param"], said["code"]) == ("messages.0.content", "unsupported_content")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![x](http://evil.example/?q)", r"!\[x](http://evil.example/?q)"),
        ("<img src=x>", r"\<img src=x>"),
        ("[Rec] (2007), 2 < 3", "[Rec] (2007), 2 < 3"),
    ],
)
def test_no_label_is_markup_where_an_answer_is_read_as_markdown(
    toy_usher: Assistant, text: str, shown: str
) -> None:
    turn = toy_usher.ask(ADA)
    reply = Reply("usher", replace(turn, answer={**turn.answer, "text": text}), {})
    assert reply.completion()["choices"][0]["message"]["content"] == shown
    deltas = [each["choices"][0]["delta"].get("content", "") for each in reply.chunks(with_usage=False)]
    assert "".join(deltas) == shown


def test_an_image_is_refused_clearly(client: TestClient) -> None:
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,c2VjcmV0"}}
    said = refused(client, user([{"type": "text", "text": ADA}, image]))
    assert (said["param"], "images" in said["message"], "c2Vj" in said["message"]) == (
        "messages.0.content",
        True,
        False,
    )


def test_what_tools_and_developers_say_is_not_the_question(client: TestClient) -> None:
    call = {"id": "c", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
    messages = [
        {"role": "developer", "content": "Answer in French."},
        user("films directed by Dov Eberhart"),
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c", "content": "films shot by Bo Lund"},
        {"role": "assistant", "content": [{"type": "text", "text": "Salt Road"}]},
        user(ADA),
        {"role": "tool", "tool_call_id": "c", "content": None},
    ]
    asked = posted(client, user("films directed by Dov Eberhart"), user(ADA))["usher"]
    assert posted(client, *messages)["usher"] == asked


# Instructions


def system(content: str) -> dict[str, Any]:
    return {"role": "system", "content": content}


@pytest.mark.parametrize("role", ["system", "developer"])
def test_what_a_developer_asks_for_is_kept_to(client: TestClient, role: str) -> None:
    told = {"role": role, "content": "You are a film critic. Recommend one film at a time."}
    answer = posted(client, told, user(ADA))["usher"]
    assert (len(answer["items"]), "instructions" in answer["note"]) == (1, False)


def test_what_is_not_read_of_instructions_is_said_in_the_first_answer(client: TestClient) -> None:
    first = posted(client, system("Answer in French."), user(ADA))["usher"]
    assert ("“Answer in French”" in first["note"], first["text"].startswith(first["note"])) == (True, True)


def test_what_is_not_read_of_instructions_is_said_once(client: TestClient) -> None:
    first = posted(client, system("Answer in French."), user(ADA))["choices"][0]["message"]
    later = posted(client, system("Answer in French."), user(ADA), first, user("from before 1980"))["usher"]
    assert later == posted(client, user(ADA), user("from before 1980"))["usher"]


def test_of_many_instructions_a_few_are_named(toy_usher: Assistant) -> None:
    note = with_unread(toy_usher.ask(ADA), list("abcde")).answer["note"]
    assert note == "I couldn't use these instructions: “a”, “b”, “c” and 2 more."


def test_the_same_words_come_before_the_same_answer(toy_usher: Assistant) -> None:
    unread = ["Answer in French"]
    told = with_unread(toy_usher.ask(ADA), unread).answer["text"]
    assert without_unread([Said("assistant", told)], unread)[0].text == toy_usher.ask(ADA).answer["text"]


# Options


def test_null_and_unknown_options_do_no_harm(client: TestClient) -> None:
    nothing = dict.fromkeys(
        ["model", "stream", "stream_options", "n", "tools", "user", "response_format", "seed", "stop"]
    )
    assert posted(client, user(ADA), **nothing, invented={"a": 1})["usher"]["items"]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("n", 2),
        ("n", 0),
        ("tools", [{"type": "function", "function": {"name": "f"}}]),
        ("functions", [{"name": "f"}]),
        ("response_format", {"type": "json_object"}),
        ("response_format", {"type": "json_schema", "json_schema": {}}),
        ("logprobs", True),
        ("top_logprobs", 3),
        ("tool_choice", "required"),
        ("tool_choice", {"type": "function", "function": {"name": "f"}}),
        ("function_call", {"name": "f"}),
        ("web_search_options", {}),
        ("audio", {"voice": "alloy", "format": "wav"}),
        ("modalities", ["text", "audio"]),
    ],
)
def test_what_cannot_be_honoured_is_refused(client: TestClient, option: str, value: Any) -> None:
    said = refused(client, **{option: value})
    assert (said["param"], said["code"]) == (option, "unsupported_option")


@pytest.mark.parametrize(
    ("option", "value"),
    [("n", 1), ("tools", []), ("response_format", {"type": "text"}), ("tool_choice", "auto")],
)
def test_what_is_served_anyway_is_accepted(client: TestClient, option: str, value: Any) -> None:
    assert posted(client, user(ADA), **{option: value})["usher"]["items"]


def test_usage_is_counted(client: TestClient) -> None:
    usage = posted(client, user(ADA))["usage"]
    assert usage["prompt_tokens"] == len(ADA.split())
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]


# People


def test_what_is_known_of_a_person_counts(client: TestClient, toy_usher: Assistant) -> None:
    People(toy_usher.graph).change("zoe", lambda it: chosen(it, toy_usher.graph, likes=[ItemId("2")]))
    of_zoe = posted(client, user("something for me"), user="zoe")["usher"]["items"]
    assert "2" not in [line["id"] for line in of_zoe]
    assert of_zoe != posted(client, user("something for me"))["usher"]["items"]


@pytest.mark.parametrize("name", ["nobody known", "", None])
def test_of_an_unknown_person_nothing_is_known(client: TestClient, name: str | None) -> None:
    assert posted(client, user(ADA), user=name)["usher"] == posted(client, user(ADA))["usher"]


def test_what_is_no_name_is_refused(client: TestClient) -> None:
    assert refused(client, user="x" * 65)["param"] == "user"


# Long conversations


def test_a_conversation_of_many_messages_is_answered(client: TestClient) -> None:
    talk = [user("a drama"), {"role": "assistant", "content": "A drama."}] * 60
    assert posted(client, *talk, user(ADA))["usher"]["items"]


# Real clients


@pytest.fixture
def openai() -> Any:
    return pytest.importorskip("openai", reason="needs the `openai` client")


def test_the_openai_client_holds_a_conversation(openai: Any, client: TestClient) -> None:
    talk = openai.OpenAI(api_key="none", base_url="http://127.0.0.1/v1", http_client=client)
    messages: list[dict[str, Any]] = []
    said = []
    for turn in DIALOGUES[0]:
        messages.append(user(turn))
        reply = talk.chat.completions.create(model="usher", messages=messages)
        messages.append({"role": "assistant", "content": reply.choices[0].message.content})
        said.append(reply.usher)
    assert said == over_http(client, DIALOGUES[0])


def test_the_openai_client_reads_a_stream(openai: Any, client: TestClient) -> None:
    talk = openai.OpenAI(api_key="none", base_url="http://127.0.0.1/v1", http_client=client)
    stream = talk.chat.completions.create(
        model="usher", messages=[user(ADA)], stream=True, stream_options={"include_usage": True}
    )
    read = list(stream)
    text = "".join(each.choices[0].delta.content or "" for each in read if each.choices)
    assert (text, read[-1].usage.total_tokens > 0, read[-1].usher["text"]) == (text, True, text)


def test_the_openai_client_reads_models_and_errors(openai: Any, client: TestClient) -> None:
    talk = openai.OpenAI(api_key="none", base_url="http://127.0.0.1/v1", http_client=client, max_retries=0)
    assert [talk.models.retrieve(each.id).id for each in talk.models.list()] == ["usher", "usher/toy"]
    with pytest.raises(openai.BadRequestError) as error:
        talk.chat.completions.create(model="usher", messages=[user(ADA)], n=2)
    assert (error.value.param, error.value.code) == ("n", "unsupported_option")


def test_the_asynchronous_openai_client_is_answered(openai: Any, toy_usher: Assistant) -> None:
    async def asked() -> list[str]:
        transport = httpx.ASGITransport(create_app(toy_usher))
        async with openai.AsyncOpenAI(
            api_key="none",
            base_url="http://127.0.0.1/v1",
            http_client=httpx.AsyncClient(transport=transport),
        ) as talk:
            requests = [ADA, "shot by Bo Lund"] * 4
            calls = (talk.chat.completions.create(model="usher", messages=[user(each)]) for each in requests)
            return [reply.choices[0].message.content for reply in await asyncio.gather(*calls)]

    alone = [toy_usher.ask(each).answer["text"] for each in (ADA, "shot by Bo Lund")]
    assert asyncio.run(asked()) == alone * 4


# Requests of clients that failed once


@pytest.mark.parametrize("name", ["101-messages", "content-parts", "conversation", "stream"])
def test_a_request_that_failed_once_is_answered(client: TestClient, name: str) -> None:
    path = CLIENTS / f"{name}.json"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    assert client.post(CHAT, json=json.loads(path.read_text("utf-8"))).status_code == 200
