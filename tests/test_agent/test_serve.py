"""Usher over HTTP: the page, the chat-completions protocol, and what bad requests get."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from agent.assistant import Assistant
from agent.http.requests import MAX_MESSAGES
from agent.llm.errors import Unanswered

pytest.importorskip("fastapi", reason="serving needs the `server` extra")
from fastapi.testclient import TestClient

from agent.serve import create_app

ADA = "films directed by Ada Quill"
CHAT = "/v1/chat/completions"


@pytest.fixture
def client(toy_usher: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(toy_usher), base_url="http://127.0.0.1") as opened:
        yield opened


def body(*said: str, **rest: Any) -> dict[str, Any]:
    return {"model": "usher", "messages": [{"role": "user", "content": text} for text in said], **rest}


def error_of(response: Any, status: int = 400) -> dict[str, Any]:
    """Return the error of a reply, in the protocol's form."""
    said = response.json()
    assert (response.status_code, list(said), list(said["error"])) == (
        status,
        ["error"],
        ["message", "type", "param", "code"],
    )
    return dict(said["error"])


def reply(client: TestClient, *said: str) -> str:
    return client.post(CHAT, json=body(*said)).json()["choices"][0]["message"]["content"]


# The page


def test_the_page_does_not_repeat_what_it_is_asked(client: TestClient) -> None:
    assert "<script>alert" not in client.get("/?q=<script>alert(1)</script>").text


def test_an_unknown_page_is_404(client: TestClient) -> None:
    assert client.get("/nowhere").status_code == 404


# Models


def test_a_model_is_a_catalogue(client: TestClient) -> None:
    assert [model["id"] for model in client.get("/v1/models").json()["data"]] == ["usher", "usher/toy"]


@pytest.mark.parametrize("model", ["usher", "usher/toy"])
def test_a_model_is_told_of(client: TestClient, model: str) -> None:
    told = client.get(f"/v1/models/{model}").json()
    assert (told["id"], told["object"], type(told["created"])) == (model, "model", int)


def test_an_unknown_model_is_not_told_of(client: TestClient) -> None:
    assert error_of(client.get("/v1/models/usher/nowhere"), 404)["code"] == "model_not_found"


# Completions


def test_a_question_is_answered_in_words(client: TestClient) -> None:
    assert "Night Tram (1981)" in reply(client, ADA)


def test_a_question_is_answered_with_the_data_too(client: TestClient) -> None:
    answer = client.post(CHAT, json=body(ADA)).json()["usher"]
    assert [line["id"] for line in answer["items"]] == ["2", "1", "6"]


def test_the_reply_is_of_the_protocol(client: TestClient) -> None:
    said = client.post(CHAT, json=body(ADA)).json()
    assert (said["object"], said["choices"][0]["finish_reason"]) == ("chat.completion", "stop")


def test_the_reply_is_the_assistants(client: TestClient) -> None:
    said = client.post(CHAT, json=body(ADA)).json()
    assert said["choices"][0]["message"]["role"] == "assistant"


def test_the_last_user_message_is_the_question(client: TestClient) -> None:
    assert "Salt Road (1990)" in reply(client, ADA, "films directed by Dov Eberhart")


def test_earlier_messages_count(client: TestClient) -> None:
    answer = client.post(CHAT, json=body(ADA, "from before 1980")).json()["usher"]
    assert [line["id"] for line in answer["items"]] == ["1"]


def test_other_roles_are_not_the_question(client: TestClient) -> None:
    messages = [
        {"role": "system", "content": "films directed by Dov Eberhart"},
        {"role": "user", "content": ADA},
        {"role": "assistant", "content": "films directed by Dov Eberhart"},
    ]
    said = client.post(CHAT, json={"messages": messages}).json()
    assert "Night Tram (1981)" in said["choices"][0]["message"]["content"]


def test_sampling_parameters_do_no_harm(client: TestClient) -> None:
    assert client.post(CHAT, json=body(ADA, temperature=0.2, top_p=1, seed=7, user="me")).status_code == 200


@pytest.mark.parametrize("model", ["usher", "usher/toy"])
def test_a_reply_says_which_model_answered(client: TestClient, model: str) -> None:
    assert client.post(CHAT, json=body(ADA) | {"model": model}).json()["model"] == model


def test_a_catalogue_that_is_not_served_is_said(client: TestClient) -> None:
    said = error_of(client.post(CHAT, json=body(ADA) | {"model": "usher/nowhere"}), 404)
    assert (said["param"], "usher/toy" in said["message"]) == ("model", True)


def test_another_catalogue_is_opened_when_it_is_asked_for(
    toy_usher: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("agent.serving.served.installed", lambda: ["other"])
    app = create_app(toy_usher, lambda name: asked.append(name) or toy_usher)  # type: ignore[func-returns-value]
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        said = [opened.post(CHAT, json=body(ADA) | {"model": "usher/other"}) for _ in range(2)]
    assert (asked, [each.json()["model"] for each in said]) == (["other"], ["usher/other"] * 2)


def test_another_model_name_is_answered_by_usher(client: TestClient) -> None:
    assert client.post(CHAT, json=body(ADA) | {"model": "gpt-4o"}).json()["model"] == "usher"


def test_an_empty_question_is_answered_politely(client: TestClient) -> None:
    assert "couldn't make sense of that" in reply(client, "")


def test_what_is_more_than_can_be_read_is_told_so(client: TestClient) -> None:
    assert "at most 4,000 characters" in reply(client, "Night Tram " * 400)


def test_markup_in_a_question_comes_back_inside_json_only(client: TestClient) -> None:
    response = client.post(CHAT, json=body('films by "<img src=x onerror=alert(1)> Zed Unknown"'))
    assert response.headers["content-type"] == "application/json"


def test_text_outside_ascii_survives(client: TestClient) -> None:
    assert "Žofie Nováková" in reply(client, "films directed by Žofie Nováková")


# A model that fails


def test_a_model_that_gives_no_answer_is_said(toy_usher: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise Unanswered("the model server 127.0.0.1:1 gave no answer")

    monkeypatch.setattr("agent.serve.answer_last", fails)
    with TestClient(create_app(toy_usher), base_url="http://127.0.0.1") as opened:
        said = error_of(opened.post(CHAT, json=body(ADA)), 502)
    assert (said["message"], said["type"]) == ("the model server 127.0.0.1:1 gave no answer", "server_error")


def test_a_fault_of_ours_is_an_error_of_the_protocol(
    toy_usher: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("agent.serve.answer_last", fails)
    with TestClient(create_app(toy_usher), base_url="http://127.0.0.1") as opened:
        said = error_of(opened.post(CHAT, json=body(ADA)), 500)
    assert (said["type"], "secret" in said["message"]) == ("server_error", False)


# Bad requests


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"messages": []},
        {"messages": "hello"},
        {"messages": [{"role": "user"}]},
        {"messages": [{"role": "emperor", "content": "x"}]},
        {"messages": [{"role": "user", "content": 7}]},
        {"messages": [{"role": "system", "content": "x"}]},
        {"messages": [{"role": "user", "content": None}]},
        {"messages": [{"role": "user", "content": "x"}], "stream": "perhaps"},
        {"messages": [{"role": "user", "content": "x"}] * (MAX_MESSAGES + 1)},
        {"messages": [{"role": "user", "content": "x" * 100_001}]},
        [],
        None,
    ],
    ids=[
        *(
            "nothing",
            "no-messages",
            "a-string",
            "no-content",
            "unknown-role",
            "a-number",
            "no-user",
            "null-content",
            "stream",
        ),
        *("too-many", "too-long", "a-list", "null"),
    ],
)
def test_a_bad_request_is_an_error_of_the_protocol(client: TestClient, sent: Any) -> None:
    assert error_of(client.post(CHAT, json=sent))["type"] == "invalid_request_error"


def sent_as(client: TestClient, content: bytes) -> Any:
    return client.post(CHAT, content=content, headers={"content-type": "application/json"})


def test_broken_json_is_an_error(client: TestClient) -> None:
    assert "not a JSON object" in error_of(sent_as(client, b'{"messages": ['))["message"]


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"messages": NaN}',
        b'{"messages": [{"role": "user", "content": 1e999}]}',
    ],
    ids=["no-text", "deep", "nan", "infinite"],
)
def test_what_is_hardly_json_is_an_error(client: TestClient, content: bytes) -> None:
    error_of(sent_as(client, content))


def test_numbers_that_are_none_do_no_harm(client: TestClient) -> None:
    content = b'{"messages": [{"role": "user", "content": "a drama"}], "temperature": NaN}'
    assert sent_as(client, content).status_code == 200


def test_half_a_character_does_no_harm(client: TestClient) -> None:
    content = rb'{"messages": [{"role": "user", "content": "films by \ud800"}]}'
    assert sent_as(client, content).status_code in (200, 400)


def test_a_large_body_is_refused(client: TestClient) -> None:
    said = error_of(sent_as(client, b'{"messages": "' + b"secret" * 200_000 + b'"}'), 413)
    assert (said["code"], "secret" in said["message"]) == ("body_too_large", False)


@pytest.mark.parametrize(
    ("sent", "where"),
    [({}, "messages"), (body() | {"messages": [{"role": "user", "content": 7}]}, "messages.0.content")],
)
def test_an_error_names_the_field(client: TestClient, sent: Any, where: str) -> None:
    said = error_of(client.post(CHAT, json=sent))
    assert (said["param"], said["message"].startswith(f"{where}: ")) == (where, True)


def test_a_body_of_another_type_is_an_error_that_says_which(client: TestClient) -> None:
    said = error_of(client.post(CHAT, data={"messages": "x"}))
    assert "application/json" in said["message"]


def test_an_error_does_not_repeat_the_body(client: TestClient) -> None:
    sent = {"messages": [{"role": "secret", "content": {"secret": 1}}]}
    assert "secret" not in client.post(CHAT, json=sent).text


def test_an_unknown_path_is_an_error_of_the_protocol(client: TestClient) -> None:
    error_of(client.get("/nowhere"), 404)


def test_a_bad_request_says_what_is_wrong(client: TestClient) -> None:
    assert (
        "no user message" in client.post(CHAT, json={"messages": [{"role": "system", "content": "x"}]}).text
    )


def test_getting_a_completion_is_not_allowed(client: TestClient) -> None:
    assert client.get(CHAT).status_code == 405


def test_the_same_question_gets_the_same_answer(client: TestClient) -> None:
    first, second = (client.post(CHAT, json=body(ADA)).json()["usher"] for _ in range(2))
    assert json.dumps(first) == json.dumps(second)


def test_a_question_remembers_nothing_of_the_last(client: TestClient) -> None:
    client.post(CHAT, json=body("I loved Night Tram."))
    assert "Night Tram (1981)" in reply(client, ADA)


# Health


@pytest.mark.parametrize("path", ["/", "/health", "/v1/models"])
def test_a_server_that_is_there_says_so(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/health"])
def test_it_is_told_without_a_body_too(client: TestClient, path: str) -> None:
    response = client.head(path)
    assert (response.status_code, response.content) == (200, b"")


# Verifying


@pytest.mark.parametrize("answer", ["- Night Tram (1981)\n- Salt Road", ["2", "Salt Road"]])
def test_an_answer_is_verified(client: TestClient, answer: str | list[str]) -> None:
    said = client.post("/v1/verify", json={"request": ADA, "answer": answer, "repair": True}).json()
    assert [(each["title"], each["verdict"]) for each in said["items"]] == [
        ("Night Tram", "proved"),
        ("Salt Road", "contradicted"),
    ]
    assert (said["holds"], said["repaired"]["items"][0]["title"]) == (False, "Night Tram")


@pytest.mark.parametrize(
    "wrong", [{"answer": "x"}, {"request": ADA}, {"request": ADA, "answer": "", "ask": 1}]
)
def test_what_cannot_be_verified_is_an_error_of_the_protocol(
    client: TestClient, wrong: dict[str, Any]
) -> None:
    error_of(client.post("/v1/verify", json=wrong))


def test_a_catalogue_that_is_not_there_verifies_nothing(client: TestClient) -> None:
    error_of(client.post("/v1/verify", json={"request": ADA, "answer": "x", "model": "usher/none"}), 404)
