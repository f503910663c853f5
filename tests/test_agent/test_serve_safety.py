"""What keeps others out of a server: hosts, keys, origins, headers; and what no request may break."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.assistant import Assistant
from agent.http.access import Access, read_keys
from agent.http.asgi import POLICY
from agent.llm import secrets
from agent.llm.secrets import masked
from kg.errors import UsageError

pytest.importorskip("fastapi", reason="serving needs the `server` extra")
from fastapi.testclient import TestClient

from agent.serve import create_app

HERE = "http://127.0.0.1"
CHAT = "/v1/chat/completions"
ADA = "films directed by Ada Quill"
KEY = "0f3b4c1d"


@pytest.fixture
def client(toy_usher: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(toy_usher), base_url=HERE) as opened:
        yield opened


@pytest.fixture
def locked(toy_usher: Assistant) -> Iterator[TestClient]:
    """A server that wants a key and lets the pages of one origin read."""
    access = Access("0.0.0.0", (KEY, "another"), ("https://app.example",), ("usher.example",))  # noqa: S104
    with TestClient(create_app(toy_usher, access=access), base_url=HERE) as opened:
        yield opened


def body(text: str = ADA, **rest: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": text}], **rest}


# Hosts


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8321", "localhost:80", "LOCALHOST", "[::1]:8321"])
def test_a_server_answers_to_its_own_names(client: TestClient, host: str) -> None:
    assert client.get("/health", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8321", "192.168.1.7", "127.0.0.1.nip.io", ""])
@pytest.mark.parametrize("path", ["/", "/health", "/v1/models"])
def test_a_name_that_was_made_to_lead_here_is_refused(client: TestClient, host: str, path: str) -> None:
    response = client.get(path, headers={"host": host})
    assert (response.status_code, response.json()["error"]["code"]) == (400, "host_not_allowed")


@pytest.mark.parametrize(
    ("host", "status"), [("usher.example", 200), ("10.0.0.8:8321", 200), ("evil.example", 400)]
)
def test_off_loopback_addresses_and_given_names_are_answered(
    locked: TestClient, host: str, status: int
) -> None:
    assert locked.get("/health", headers={"host": host}).status_code == status


def test_any_name_will_do_where_that_is_wanted() -> None:
    assert Access(names=("*",)).answers_to("evil.example")


# Keys


@pytest.mark.parametrize("path", ["/v1/models", "/openapi.json", "/v1/models/usher", "/nowhere"])
@pytest.mark.parametrize("sent", [{}, {"authorization": "Bearer wrong"}, {"authorization": f"Basic {KEY}"}])
def test_without_a_key_nothing_is_told(locked: TestClient, path: str, sent: dict[str, str]) -> None:
    response = locked.get(path, headers=sent)
    assert (response.status_code, response.json()["error"]["code"]) == (401, "invalid_api_key")
    assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("key", [KEY, "another"])
def test_with_a_key_everything_is_answered(locked: TestClient, key: str) -> None:
    headers = {"authorization": f"Bearer {key}"}
    assert locked.post(CHAT, json=body(), headers=headers).status_code == 200
    assert locked.get("/v1/models", headers=headers).status_code == 200


def test_a_key_is_asked_for_before_a_body_is_read(locked: TestClient) -> None:
    assert locked.post(CHAT, content=b"no json").status_code == 401


@pytest.mark.parametrize("path", ["/", "/health"])
def test_the_page_and_the_health_are_open(locked: TestClient, path: str) -> None:
    assert locked.get(path).status_code == 200
    assert locked.post(path).status_code == 401


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "usher.example"])  # noqa: S104
def test_off_loopback_keys_are_required(host: str) -> None:
    with pytest.raises(UsageError, match="--api-key-file"):
        Access(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_on_loopback_keys_are_not_required(host: str) -> None:
    assert Access(host).is_on_loopback


def test_keys_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(f"# of Zoe\n{KEY}\n\n  another  \n")
    assert read_keys(file) == (KEY, "another")


@pytest.mark.parametrize("text", ["", "# nothing\n", "two words\n", "schl\u00fcssel\n"])
def test_a_file_without_keys_is_an_error(tmp_path: Path, text: str) -> None:
    file = tmp_path / "keys"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="keys"):
        read_keys(file)


def test_the_command_refuses_an_open_server(agent: Any) -> None:
    done = agent("serve", "--host", "0.0.0.0")  # noqa: S104
    assert (done.code, "--api-key-file" in done.err) == (2, True)


# Origins


def test_pages_elsewhere_may_read_where_that_is_wanted(locked: TestClient) -> None:
    origin = {"origin": "https://app.example"}
    asked = {**origin, "access-control-request-method": "POST", "access-control-request-headers": "x-a"}
    assert locked.options(CHAT, headers=asked).status_code == 200
    for sent in (origin, {**origin, "authorization": f"Bearer {KEY}"}):
        told = locked.post(CHAT, json=body(), headers=sent).headers
        assert told["access-control-allow-origin"] == "https://app.example"


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_other_pages_may_not_read(locked: TestClient, origin: str) -> None:
    headers = {"origin": origin, "authorization": f"Bearer {KEY}"}
    assert "access-control-allow-origin" not in locked.post(CHAT, json=body(), headers=headers).headers


def test_no_page_elsewhere_may_read_by_default(client: TestClient) -> None:
    told = client.post(CHAT, json=body(), headers={"origin": "https://app.example"}).headers
    assert "access-control-allow-origin" not in told


def test_what_a_page_elsewhere_may_send_unasked_is_refused(client: TestClient) -> None:
    plain = {"content-type": "text/plain"}
    assert client.post(CHAT, content=json.dumps(body()), headers=plain).status_code == 400


@pytest.mark.parametrize("origin", ["app.example", "https://app.example/", "https://app.example/x", ""])
def test_what_is_no_origin_is_an_error(origin: str) -> None:
    with pytest.raises(UsageError, match="origin"):
        Access(origins=(origin,))


# Headers


@pytest.mark.parametrize("path", ["/health", "/v1/models", "/nowhere", "/v1/models/none"])
def test_every_reply_has_the_headers(client: TestClient, path: str) -> None:
    told = client.get(path).headers
    assert (told["content-security-policy"], told["x-content-type-options"]) == (POLICY, "nosniff")
    assert (told["x-frame-options"], told["referrer-policy"]) == ("DENY", "no-referrer")


def test_the_page_runs_no_script_but_its_own(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in policy


def test_refusals_have_the_headers_too(client: TestClient, locked: TestClient) -> None:
    replies = (
        client.get("/", headers={"host": "evil.example"}),
        locked.get("/v1/models"),
        client.post(CHAT, content=b"x" * (2**20 + 1)),
    )
    assert [each.headers["content-security-policy"] for each in replies] == [POLICY] * 3


# HEAD


@pytest.mark.parametrize("path", ["/", "/health", "/v1/models", "/v1/models/usher/toy", "/openapi.json"])
def test_head_is_get_without_the_body(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


# What no request may break

_HALF = "\ud800"


def sent(client: TestClient, value: Any, path: str = CHAT) -> Any:
    return client.post(path, content=json.dumps(value), headers={"content-type": "application/json"})


@pytest.mark.parametrize(
    "value",
    [
        body(f"films by {_HALF}"),
        body(model=f"usher/{_HALF}"),
        body(model=_HALF),
        body(user=_HALF),
        body(stream=True, user=f"zoe{_HALF}"),
        body(f"films by {_HALF}", stream=True),
        {"messages": [{"role": _HALF, "content": ADA}]},
        {"messages": [{"role": "user", "content": [{"type": _HALF, "text": ADA}]}]},
        {"messages": [{"role": "user", "content": [{"type": "text", "text": _HALF}]}]},
        {"messages": [{"role": "system", "content": f"never {_HALF}"}, {"role": "user", "content": ADA}]},
        {"messages": [{"role": "user", "content": ADA}, {"role": "assistant", "content": _HALF}]},
        body(response_format={"type": _HALF}),
        body(**{_HALF: 1}),
    ],
)
def test_half_a_character_breaks_nothing(client: TestClient, value: Any) -> None:
    assert sent(client, value).status_code < 500


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("name", ["n", "user", "model", "messages", "stream", "stream_options", "tools", "x"])
def test_what_is_no_number_breaks_nothing(client: TestClient, name: str, value: float) -> None:
    assert sent(client, body() | {name: value}).status_code in (200, 400)


@pytest.mark.parametrize(
    "value",
    [
        {"request": ADA, "answer": f"- {_HALF}"},
        {"request": _HALF, "answer": "x"},
        {"request": ADA, "answer": [_HALF], "repair": True},
        {"request": ADA, "answer": float("nan")},
        {"request": "x" * 4_001, "answer": "x"},
    ],
)
def test_no_verification_breaks(client: TestClient, value: Any) -> None:
    assert sent(client, value, "/v1/verify").status_code < 500


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\u202ereversed", "a\u200bb", "bell\x07", "\x85", "\x9b1m"])
def test_what_no_reader_sees_comes_back_as_an_escape(client: TestClient, text: str) -> None:
    for value in (body(f"films directed by {text} Quill"), body(model=f"usher/{text}"), body(user=text)):
        said = sent(client, value).text.encode("ascii", "replace").decode()
        told = json.dumps(json.loads(sent(client, value).text), ensure_ascii=False)
        assert told.isprintable(), said


def test_a_fault_is_logged_without_keys(
    toy_usher: Assistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("sent with Bearer sk-verysecretkey1234")

    monkeypatch.setattr("agent.serve.answer_last", fails)
    with TestClient(create_app(toy_usher), base_url=HERE) as opened:
        response = opened.post(CHAT, json=body())
    assert (response.status_code, response.headers["content-security-policy"]) == (500, POLICY)
    assert "RuntimeError" in caplog.text
    assert "verysecret" not in caplog.text + response.text


# Clients that go


def test_nobody_answers_a_client_that_went(toy_usher: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of turns that wait for a thread none begins, and one that runs ends at its next step."""
    begun, ended = threading.Semaphore(0), []
    after = Assistant.after

    def slow(self: Assistant, *given: Any, **options: Any) -> Any:
        begun.release()
        time.sleep(2)
        try:
            return after(self, *given, **options)
        except BaseException as error:
            ended.append(type(error).__name__)
            raise

    monkeypatch.setattr(Assistant, "after", slow)
    app = create_app(toy_usher)

    async def asked(number: int) -> None:
        sent_body = json.dumps(body(f"{ADA} {number}")).encode()
        messages = iter([{"type": "http.request", "body": sent_body, "more_body": False}])

        async def receive() -> dict[str, Any]:
            if (message := next(messages, None)) is not None:
                return message
            await asyncio.sleep(0.5 if number < 2 else 0.1)  # who waits goes before a thread is free
            return {"type": "http.disconnect"}

        async def send(_: Any) -> None: ...

        headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
        scope = {"type": "http", "method": "POST", "path": CHAT, "headers": headers, "query_string": b""}
        await app({**scope, "http_version": "1.1", "scheme": "http", "root_path": ""}, receive, send)  # type: ignore[arg-type]

    async def all_of_them() -> None:
        await asyncio.gather(*(asked(number) for number in range(12)))

    asyncio.run(all_of_them())
    time.sleep(2.5)
    count = 0
    while begun.acquire(blocking=False):
        count += 1
    assert (count, set(ended)) == (2, {"Stopped"})


# Keys in errors


@pytest.mark.parametrize(
    "text",
    [
        "Incorrect API key provided: sk-abcdefgh12345678.",
        "401 for http://zoe:hunter2secret@host/v1",
        "Authorization: Bearer abcdef123456",
    ],
)
def test_what_looks_like_a_key_is_masked(text: str) -> None:
    told = masked(text)
    assert secrets.HIDDEN in told
    assert not any(each in told for each in ("abcdef", "hunter2"))


def test_a_key_that_was_given_is_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "_KNOWN", set())
    secrets.remember("plainwords")
    secrets.remember("none")
    assert masked("the key plainwords, none at all") == "the key [key], none at all"


@pytest.mark.parametrize("text", ["a risk-averse skate-board", "sk-8 shoes", "https://host/v1", "key-value"])
def test_words_are_not_masked(text: str) -> None:
    assert masked(text) == text
