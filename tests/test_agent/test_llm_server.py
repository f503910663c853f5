"""The server that other tests ask: it speaks the protocol, and its faults are those of a seed."""

from __future__ import annotations

import http.client
import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from agent.models import chat_model
from kg.graph import KnowledgeGraph
from llm_server import KINDS, Builtin, Faults, Script, Server, calls, fails, says
from llm_server.brains import from_wire
from tools.toolsets import TOOLS

HELLO = {"model": "m", "messages": [{"role": "user", "content": "hello"}]}
SCHEMAS = [tool.schema for tool in TOOLS.values()]


def post(server: Server, body: dict[str, Any]) -> tuple[int, str]:
    host = server.url.split("/")[2]
    connection = http.client.HTTPConnection(host, timeout=10)
    try:
        connection.request("POST", "/v1/chat/completions", json.dumps(body))
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def events(text: str) -> list[Any]:
    return [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: {")]


def test_a_script_is_said_in_order_and_its_end_for_ever() -> None:
    with Server(Script("one", "two")) as server:
        said = [json.loads(post(server, HELLO)[1])["choices"][0]["message"]["content"] for _ in range(3)]
    assert said == ["one", "two", "two"]


def test_usage_adds_up() -> None:
    with Server(Script("one")) as server:
        usage = json.loads(post(server, HELLO)[1])["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"] > 2


def test_a_stream_holds_the_whole_reply() -> None:
    text = "a reply that is longer than one piece"
    with Server(Script(text)) as server:
        _, sent = post(server, HELLO | {"stream": True})
    deltas = [event["choices"][0]["delta"] for event in events(sent)]
    assert "".join(delta.get("content") or "" for delta in deltas) == text


def test_a_stream_holds_the_whole_arguments() -> None:
    arguments = {"text": "long enough for two pieces"}
    with Server(Script(calls(("link_entities", arguments)))) as server:
        _, sent = post(server, HELLO | {"stream": True})
    parts = [
        call["function"]["arguments"]
        for event in events(sent)
        for call in event["choices"][0]["delta"].get("tool_calls", ())
    ]
    assert json.loads("".join(parts)) == arguments


@pytest.mark.parametrize("asked", [True, False])
def test_a_stream_has_usage_where_it_is_asked_for(asked: bool) -> None:
    options = {"stream_options": {"include_usage": True}} if asked else {}
    with Server(Script("one")) as server:
        _, sent = post(server, HELLO | {"stream": True} | options)
    assert any("usage" in event for event in events(sent)) is asked


def test_a_stream_ends_with_done() -> None:
    with Server(Script("one")) as server:
        assert post(server, HELLO | {"stream": True})[1].endswith("data: [DONE]\n\n")


def test_a_failure_has_its_status() -> None:
    with Server(Script(fails(503, "busy"))) as server:
        assert post(server, HELLO)[0] == 503


def test_a_field_that_is_refused_is_a_400() -> None:
    with Server(refuses=("tools",)) as server:
        assert post(server, HELLO | {"tools": []})[0] == 400


def test_a_schema_is_filled() -> None:
    schema = {"type": "object", "properties": {"n": {"type": "integer"}}}
    wanted = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
    with Server() as server:
        message = json.loads(post(server, HELLO | {"response_format": wanted})[1])["choices"][0]["message"]
    assert json.loads(message["content"]) == {"n": 1}


def test_a_reset_is_a_connection_error() -> None:
    with Server(Script(fails("reset"))) as server, pytest.raises(ConnectionError):
        post(server, HELLO)


def test_half_a_reply_is_cut_off() -> None:
    with (
        Server(Script("one"), faults=Faults(1, kinds=("half",))) as server,
        pytest.raises(http.client.IncompleteRead),
    ):
        post(server, HELLO)


def test_half_a_stream_has_no_end() -> None:
    with Server(Script("one"), faults=Faults(1, kinds=("half",))) as server:
        sent = post(server, HELLO | {"stream": True})[1]
    assert (bool(events(sent)), "[DONE]" in sent) == (True, False)


def test_a_malformed_call_is_no_json() -> None:
    with Server(Script(calls(("find_items", {"a": 1}))), faults=Faults(1, kinds=("malformed",))) as server:
        message = json.loads(post(server, HELLO)[1])["choices"][0]["message"]
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        json.loads(message["tool_calls"][0]["function"]["arguments"])


def test_words_are_never_malformed() -> None:
    with Server(Script("one"), faults=Faults(1, kinds=("malformed",))) as server:
        assert (post(server, HELLO)[0], server.faults.injected) == (200, {})


# Faults


def drawn(seed: int, n: int = 400) -> list[str | None]:
    faults = Faults(0.1, seed)
    return [faults.draw({"n": number}) for number in range(n)]


def test_faults_are_those_of_the_seed() -> None:
    assert drawn(1) == drawn(1)


def test_faults_differ_by_seed() -> None:
    assert drawn(1) != drawn(2)


def test_faults_come_at_about_their_rate() -> None:
    assert 20 < sum(fault is not None for fault in drawn(1)) < 70


def test_every_kind_of_fault_comes() -> None:
    assert set(drawn(1)) == {None, *KINDS}


def test_a_body_does_not_fail_for_ever() -> None:
    faults = Faults(0.5, 1)
    assert None in [faults.draw(HELLO) for _ in range(20)]


def test_faults_do_not_depend_on_the_order_of_requests() -> None:
    faults = Faults(0.3, 1)
    backwards = [faults.draw({"n": number}) for number in reversed(range(50))]
    faults = Faults(0.3, 1)
    assert [faults.draw({"n": number}) for number in range(50)] == backwards[::-1]


# Threads and the built-in model


def test_many_are_served_at_once() -> None:
    with Server(Script("one")) as server, ThreadPoolExecutor(8) as pool:
        statuses = [status for status, _ in pool.map(lambda _: post(server, HELLO), range(40))]
    assert statuses == [200] * 40


def test_the_built_in_model_makes_the_same_calls_over_http(toy: KnowledgeGraph) -> None:
    request = "films directed by Ada Quill"
    direct = chat_model("builtin", toy)[0].bind_tools(SCHEMAS).invoke([HumanMessage(request)])
    body = {"model": "m", "messages": [{"role": "user", "content": request}], "tools": SCHEMAS}
    with Server(Builtin(toy)) as server:
        message = json.loads(post(server, body)[1])["choices"][0]["message"]
    sent = [(c["function"]["name"], json.loads(c["function"]["arguments"])) for c in message["tool_calls"]]
    assert sent == [(call["name"], call["args"]) for call in direct.tool_calls]


def test_a_refusal_of_a_tool_is_told_from_its_result() -> None:
    rows = [
        says("") | {"tool_calls": calls(("x", {}))["tool_calls"]},
        {"role": "tool", "tool_call_id": "call_0", "content": "there is no such tool"},
        {"role": "tool", "tool_call_id": "call_0", "content": "{}"},
    ]
    told = [message.status for message in from_wire(rows) if isinstance(message, ToolMessage)]
    assert told == ["error", "success"]


def test_a_broken_call_in_the_history_is_left_out() -> None:
    (message,) = from_wire([calls(("x", "{"))])
    assert isinstance(message, AIMessage)
    assert message.tool_calls == []


def test_ids_of_calls_differ() -> None:
    ids = re.findall(r"call_\d", json.dumps(calls(("a", {}), ("b", {}))))
    assert len(set(ids)) == 2
