"""Models on a server: what is sent, what comes back, what goes wrong on the way. Over loopback sockets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage
from pydantic import BaseModel

from agent.llm import wire
from agent.llm.client import Client
from agent.llm.errors import BadReply, Unanswered
from agent.llm.settings import Settings
from agent.llm.spending import Use
from kg.errors import UsageError
from llm_server import Faults, Script, Server, calls, fails, says
from llm_server.brains import Brain

TOOL = {
    "type": "function",
    "function": {
        "name": "find_items",
        "description": "Find items.",
        "parameters": {"type": "object", "properties": {"n": {"type": "integer"}}},
    },
}


@dataclass
class Listener:
    """Keeps what it is told."""

    uses: list[Use] = field(default_factory=list)

    def before(self, body: Any) -> None:
        pass

    def after(self, use: Use) -> None:
        self.uses.append(use)

    @property
    def faults(self) -> list[str]:
        return [use.fault for use in self.uses if use.fault]


@dataclass
class Asked:
    """A model on a server of its own; `naps` are the pauses it would have made, in seconds."""

    server: Server
    model: Client
    watch: Listener
    naps: list[float]

    def say(self, *messages: str | BaseMessage, tools: bool = False) -> AIMessage:
        model: Any = self.model.bind_tools([TOOL]) if tools else self.model
        reply = model.invoke([HumanMessage(m) if isinstance(m, str) else m for m in messages or ("hello",)])
        assert isinstance(reply, AIMessage)
        return reply


Ask = Callable[..., Asked]


@pytest.fixture
def ask() -> Iterator[Ask]:
    """Make a model on a server that replies as told, with settings."""
    running: list[Server] = []

    def make(*replies: Any, brain: Brain | None = None, **settings: Any) -> Asked:
        options = {name: settings.pop(name) for name in ("faults", "refuses") if name in settings}
        server = Server(brain or Script(*replies), **options).__enter__()
        running.append(server)
        watch, naps = Listener(), []
        name = settings.pop("name", "m")
        model = Client.connect(name, Settings(**{"base_url": server.url} | settings), watch=watch)
        model._line._sleep = naps.append
        return Asked(server, model, watch, naps)

    yield make
    for server in running:
        server.__exit__(None, None, None)


# What is sent


def test_a_request_is_sent_as_its_key_is_made_of(ask: Ask) -> None:
    asked = ask("hi", stream=True, max_tokens=7, seed=3, parallel=False)
    messages = [SystemMessage("s"), HumanMessage("h")]
    asked.say(*messages, tools=True)
    assert asked.server.bodies == [asked.model._get_request_payload(messages, tools=[TOOL])]


def test_the_temperature_is_sent(ask: Ask) -> None:
    asked = ask("hi", temperature=0.5)
    asked.say()
    assert asked.server.bodies[0]["temperature"] == 0.5


def test_no_temperature_is_sent_where_there_is_none(ask: Ask) -> None:
    asked = ask("hi", temperature=None, name="o1")
    asked.say()
    assert "temperature" not in asked.server.bodies[0]


def test_a_server_of_ones_own_is_sent_max_tokens(ask: Ask) -> None:
    asked = ask("hi", max_tokens=7)
    asked.say()
    assert {name for name in asked.server.bodies[0] if "max" in name} == {"max_tokens"}


def test_openai_is_sent_max_completion_tokens() -> None:
    body = Client.connect("gpt-4o", Settings(api_key="x", max_tokens=7))._get_request_payload("hello")
    assert {name for name in body if "max" in name} == {"max_completion_tokens"}


def test_the_key_is_sent(ask: Ask) -> None:
    asked = ask("hi", api_key="secret")
    asked.say()
    assert asked.server.headers[0]["authorization"] == "Bearer secret"


def test_the_key_is_not_shown() -> None:
    settings = Settings(api_key="secret")
    assert "secret" not in repr(settings) + repr(Client.connect("m", settings)) + str(settings.stamp())


def test_parallel_calls_are_switched_off_only_with_tools(ask: Ask) -> None:
    asked = ask("hi", parallel=False)
    asked.say()
    asked.say(tools=True)
    assert [body.get("parallel_tool_calls") for body in asked.server.bodies] == [None, False]


# What comes back


@pytest.mark.parametrize("stream", [False, True])
def test_words_come_back(ask: Ask, stream: bool) -> None:
    assert ask("hello there, this is a reply", stream=stream).say().text == "hello there, this is a reply"


@pytest.mark.parametrize("stream", [False, True])
def test_usage_comes_back(ask: Ask, stream: bool) -> None:
    asked = ask("hi", stream=stream)
    usage = asked.say().usage_metadata
    assert usage is not None
    assert usage["total_tokens"] == asked.watch.uses[0].input + asked.watch.uses[0].output > 2


@pytest.mark.parametrize("stream", [False, True])
def test_several_calls_come_back(ask: Ask, stream: bool) -> None:
    said = ask(calls(("find_items", {"n": 1}), ("find_items", {"n": 2})), stream=stream).say(tools=True)
    assert [call["args"] for call in said.tool_calls] == [{"n": 1}, {"n": 2}]


@pytest.mark.parametrize("stream", [False, True])
def test_words_beside_calls_are_kept(ask: Ask, stream: bool) -> None:
    said = ask(calls(("find_items", {}), content="I look."), stream=stream).say(tools=True)
    assert (said.text, len(said.tool_calls)) == ("I look.", 1)


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
def test_thoughts_are_kept_apart(ask: Ask, stream: bool, name: str) -> None:
    said = ask(says("four", **{name: "two and two"}), stream=stream).say()
    assert (said.text, said.additional_kwargs["reasoning_content"]) == ("four", "two and two")


def test_thoughts_in_front_of_words_are_kept_apart(ask: Ask) -> None:
    said = ask("<think>two and two</think>\nfour").say()
    assert (said.text, said.additional_kwargs["reasoning_content"]) == ("four", "two and two")


def test_a_server_that_wants_thoughts_back_gets_them(ask: Ask) -> None:
    wants = fails(400, "The `reasoning_content` in the thinking mode must be passed back to the API.")
    asked = ask(calls(("find_items", {})), wants, "done")
    first = asked.say("a", tools=True)
    asked.say("a", first, ToolMessage("{}", tool_call_id=first.tool_calls[0]["id"]))
    assert [body["messages"][1].get("reasoning_content") for body in asked.server.bodies[1:]] == [None, ""]


@pytest.mark.parametrize("send", [True, False])
def test_thoughts_are_sent_back_where_that_is_wanted(ask: Ask, send: bool) -> None:
    asked = ask(calls(("find_items", {}), reasoning_content="hm"), "done", send_reasoning=send)
    first = asked.say("a", tools=True)
    asked.say("a", first, ToolMessage("{}", tool_call_id=first.tool_calls[0]["id"]))
    assert ("reasoning_content" in asked.server.bodies[1]["messages"][1]) is send


@pytest.mark.parametrize("arguments", ['{"n": 1', "[1]", "null", "find_items(1)", "1"])
def test_arguments_that_are_no_object_are_an_invalid_call(ask: Ask, arguments: str) -> None:
    said = ask(calls(("find_items", arguments))).say(tools=True)
    assert ([c["args"] for c in said.invalid_tool_calls], said.tool_calls) == ([arguments], [])


def test_a_good_call_beside_a_bad_one_is_kept(ask: Ask) -> None:
    said = ask(calls(("find_items", "{"), ("find_items", {"n": 2}))).say(tools=True)
    assert ([c["args"] for c in said.tool_calls], len(said.invalid_tool_calls)) == ([{"n": 2}], 1)


def test_a_malformed_call_is_counted(ask: Ask) -> None:
    asked = ask(calls(("find_items", "{")))
    asked.say(tools=True)
    assert asked.watch.faults == ["malformed tool call"]


def test_no_arguments_are_empty_arguments(ask: Ask) -> None:
    assert ask(calls(("find_items", ""))).say(tools=True).tool_calls[0]["args"] == {}


def test_calls_without_ids_get_some(ask: Ask) -> None:
    reply = calls(("find_items", {"n": 1}), ("find_items", {"n": 2}))
    for call in reply["tool_calls"]:
        call["id"] = ""
    assert len({call["id"] for call in ask(reply).say(tools=True).tool_calls}) == 2


def test_a_bad_call_is_answered_in_the_next_request(ask: Ask) -> None:
    """Servers refuse a conversation in which a call has no answer."""
    asked = ask(calls(("find_items", '{"n": 1'), ("find_items", {"n": 2})), "done")
    first = asked.say("a", tools=True)
    asked.say("a", first, ToolMessage("{}", tool_call_id="call_1"), tools=True)
    sent = asked.server.bodies[1]["messages"]
    wanted = {call["id"] for call in sent[1]["tool_calls"]}
    assert {message["tool_call_id"] for message in sent[2:]} == wanted == {"call_0", "call_1"}


def test_arguments_in_the_next_request_can_be_read(ask: Ask) -> None:
    asked = ask(calls(("find_items", '{"n": 1')), "done")
    asked.say("a", asked.say("a", tools=True), "again")
    assert asked.server.bodies[1]["messages"][1]["tool_calls"][0]["function"]["arguments"] == "{}"


class Pair(BaseModel):
    """A pair."""

    n: int
    s: str


def test_a_schema_can_be_asked_for(ask: Ask) -> None:
    model = ask('{"n": 1, "s": "x"}').model.with_structured_output(Pair, method="json_schema")
    assert model.invoke("a pair") == Pair(n=1, s="x")


def only(*formats: str) -> Brain:
    """A server that knows some forms of reply, and wraps what it says into a code fence."""

    def brain(body: Any) -> Any:
        asked = (body.get("response_format") or {}).get("type")
        if asked not in (None, *formats):
            return fails(400, f"response_format of type {asked} is not supported")
        return says('```json\n{"n": 1, "s": "x"}\n```')

    return brain


@pytest.mark.parametrize("formats", [("json_object",), ()])
def test_a_schema_becomes_words_where_a_server_knows_none(ask: Ask, formats: tuple[str, ...]) -> None:
    asked = ask(brain=only(*formats))
    model = asked.model.with_structured_output(Pair, method="json_schema")
    assert [model.invoke("a pair") for _ in range(2)] == [Pair(n=1, s="x")] * 2
    assert len(asked.server.bodies) == 4 - len(formats)  # what was refused is not tried again


def test_a_schema_in_words_is_the_schema(ask: Ask) -> None:
    asked = ask(brain=only())
    asked.model.with_structured_output(Pair, method="json_schema").invoke("a pair")
    assert '"additionalProperties": false' in asked.server.bodies[-1]["messages"][0]["content"]


def test_a_stream_comes_whole(ask: Ask) -> None:
    assert [chunk.text for chunk in ask("in one piece, not in many").model.stream("hello")] == [
        "in one piece, not in many"
    ]


def test_two_event_loops_may_ask_one_after_the_other(ask: Ask) -> None:
    asked = ask("one", "two")
    assert [asyncio.run(asked.model.ainvoke("hello")).text for _ in range(2)] == ["one", "two"]


# What goes wrong on the way

BROKEN: dict[str, tuple[Any, str]] = {
    "429": (fails(429), "429"),
    "500": (fails(500), "500"),
    "503": (fails(503), "503"),
    "reset": (fails("reset"), "connection"),
    "half": (fails("half"), "cut off"),
}


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("name", BROKEN)
def test_it_is_asked_again(ask: Ask, name: str, stream: bool) -> None:
    reply, kind = BROKEN[name]
    asked = ask(reply, "hi", stream=stream)
    assert (asked.say().text, asked.watch.faults, len(asked.naps)) == ("hi", [kind], 1)


def test_a_success_without_a_message_is_asked_again(ask: Ask) -> None:
    asked = ask(fails(200, "overloaded"), "hi")
    assert (asked.say().text, asked.watch.faults) == ("hi", ["no completion"])


@pytest.mark.parametrize(
    "message",
    [
        None,
        {"content": 5},
        {"content": "", "tool_calls": [None]},
        {"content": "", "tool_calls": "find_items"},
        {"content": "", "tool_calls": [{"id": "1", "function": "find_items"}]},
        {"content": "", "tool_calls": [{"id": ["1"], "function": {"name": "find_items"}}]},
    ],
)
def test_a_reply_that_is_no_message_of_the_protocol_is_no_completion(message: Any) -> None:
    with pytest.raises(BadReply, match="without a message"):
        wire.whole(json.dumps({"choices": [{"message": message}]}))


@pytest.mark.parametrize("choices", [[None], ["hi"], {}, None])
def test_choices_that_are_none_are_no_completion(choices: Any) -> None:
    with pytest.raises(BadReply, match="without a message"):
        wire.whole(json.dumps({"choices": choices}))


def test_words_in_parts_are_put_together(ask: Ask) -> None:
    asked = ask(says("") | {"content": [{"type": "text", "text": "good "}, {"type": "text", "text": "day"}]})
    assert asked.say().content == "good day"


def test_a_message_that_names_no_role_is_the_models() -> None:
    reply = wire.whole(json.dumps({"choices": [{"message": {"content": "hi"}}]}))
    assert reply["choices"][0]["message"] == {"role": "assistant", "content": "hi"}


@pytest.mark.parametrize("usage", [None, [], "many", {"prompt_tokens": "3", "prompt_tokens_details": 5}])
def test_a_usage_without_numbers_counts_nothing(usage: Any) -> None:
    reply = {"choices": [{"message": {"content": "hi"}}], "usage": usage}
    assert wire.whole(json.dumps(reply))["usage"] == {}


def test_the_numbers_of_a_usage_are_kept() -> None:
    usage = {"prompt_tokens": 3.0, "prompt_tokens_details": {"cached_tokens": 2, "audio": None}}
    reply = {"choices": [{"message": {"content": "hi"}}], "usage": usage}
    assert wire.whole(json.dumps(reply))["usage"] == {
        "prompt_tokens": 3,
        "prompt_tokens_details": {"cached_tokens": 2},
    }


def test_a_server_that_takes_too_long_is_asked_again(ask: Ask) -> None:
    import time

    waits = [0.4, 0.0]

    def slow(_: Any) -> Any:
        time.sleep(waits.pop(0))
        return says("hi")

    asked = ask(brain=slow, timeout=0.2, stream=False)
    assert (asked.say().text, asked.watch.faults) == ("hi", ["timeout"])


def test_it_is_asked_only_so_often(ask: Ask) -> None:
    asked = ask(fails(500), retries=2)
    with pytest.raises(Unanswered, match=r"after 3 attempts: .*500"):
        asked.say()
    assert len(asked.server.bodies) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_refusal_is_final(ask: Ask, status: int) -> None:
    asked = ask(fails(status, "no"))
    with pytest.raises(Unanswered, match=str(status)):
        asked.say()
    assert len(asked.server.bodies) == 1


def test_no_money_left_is_final(ask: Ask) -> None:
    asked = ask(fails(429, "no money", code="insufficient_quota"))
    with pytest.raises(Unanswered, match="no money"):
        asked.say()
    assert asked.naps == []


def test_the_server_decides_how_long_to_wait(ask: Ask) -> None:
    asked = ask(fails(429, retry_after="7"), "hi")
    asked.model._line.pace.hold = lambda seconds: None  # type: ignore[method-assign]
    asked.say()
    assert 7 <= asked.naps[0] < 8


def test_a_server_that_wants_an_hour_is_not_waited_for(ask: Ask) -> None:
    asked = ask(fails(429, retry_after="3600"))
    with pytest.raises(Unanswered, match="asks to wait 3600 s"):
        asked.say()


def test_pauses_grow(ask: Ask) -> None:
    asked = ask(*[fails(500)] * 4, "hi")
    asked.say()
    assert asked.naps == sorted(asked.naps)


def test_nobody_there_says_what_to_do() -> None:
    model = Client.connect("m", Settings(base_url="http://127.0.0.1:9/v1", retries=0))
    with pytest.raises(Unanswered, match="Check that the server runs"):
        model.invoke("hello")


def test_a_page_in_the_place_of_a_reply_is_said() -> None:
    from agent.llm.wire import whole

    with pytest.raises(UsageError, match="does not speak the chat-completions protocol"):
        whole("<html>welcome</html>")


def test_faults_at_a_rate_are_all_survived(ask: Ask) -> None:
    kinds = ("429", "500", "reset", "half")
    asked = ask("hi", faults=Faults(0.3, 1, kinds), stream=True, concurrency=4)
    with ThreadPoolExecutor(4) as pool:
        said = [m.text for m in pool.map(lambda n: asked.say(f"hello {n}"), range(60))]
    names = {"reset": "connection", "half": "cut off"}
    injected = {names.get(kind, kind): n for kind, n in asked.server.faults.injected.items()}
    counted = {kind: asked.watch.faults.count(kind) for kind in set(asked.watch.faults)}
    assert (said, counted) == (["hi"] * 60, injected)


def test_no_more_than_so_many_are_asked_at_once(ask: Ask) -> None:
    asked = ask("hi", concurrency=2)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: asked.say(f"hello {n}"), range(24)))
    assert asked.server.busiest <= 2


# What a server does not understand


@pytest.mark.parametrize("field", ["temperature", "parallel_tool_calls"])
def test_a_field_that_is_refused_is_left_out(ask: Ask, field: str) -> None:
    asked = ask("hi", refuses=(field,), parallel=False)
    asked.say(tools=True)
    asked.say(tools=True)
    assert [field in body for body in asked.server.bodies] == [True, False, False]


SPOKEN = '{"tool_calls": [{"name": "find_items", "arguments": {"n": 1}}]}'


@pytest.mark.parametrize("options", [{"refuses": ("tools",)}, {"tool_calls": "json"}])
def test_a_model_without_tool_calls_writes_them(ask: Ask, options: Any) -> None:
    said = ask(SPOKEN, **options).say(tools=True)
    assert [(call["name"], call["args"]) for call in said.tool_calls] == [("find_items", {"n": 1})]


def test_native_means_native(ask: Ask) -> None:
    asked = ask("hi", refuses=("tools",), tool_calls="native")
    with pytest.raises(Unanswered, match="Unsupported parameter: tools"):
        asked.say(tools=True)


def test_written_tools_are_described_once(ask: Ask) -> None:
    asked = ask(SPOKEN, tool_calls="json")
    asked.say(SystemMessage("You are Usher."), "hello", tools=True)
    (system, _), body = asked.server.bodies[0]["messages"], asked.server.bodies[0]
    assert (
        "You are Usher." in system["content"],
        system["content"].count("Find items."),
        "tools" in body,
    ) == (
        True,
        1,
        False,
    )


def test_written_calls_and_results_are_plain_messages(ask: Ask) -> None:
    asked = ask(SPOKEN, "done", tool_calls="json")
    first = asked.say("a", tools=True)
    asked.say("a", first, ToolMessage('{"items": []}', tool_call_id=first.tool_calls[0]["id"]), tools=True)
    told = [(m["role"], m["content"]) for m in asked.server.bodies[1]["messages"][2:]]
    assert told == [("assistant", SPOKEN), ("user", 'find_items answered:\n{"items": []}')]


@pytest.mark.parametrize(
    "text",
    [
        SPOKEN,
        f"```json\n{SPOKEN}\n```",
        f"I look. {SPOKEN} There.",
        '{"name": "find_items", "arguments": {"n": 1}}',
        f'{{"mood": "curious"}} {SPOKEN}',
    ],
)
def test_written_calls_are_found(ask: Ask, text: str) -> None:
    assert [c["args"] for c in ask(text, tool_calls="json").say(tools=True).tool_calls] == [{"n": 1}]


def test_a_written_call_that_breaks_off_is_invalid(ask: Ask) -> None:
    said = ask(SPOKEN[:-4], tool_calls="json").say(tools=True)
    assert (said.tool_calls, len(said.invalid_tool_calls)) == ([], 1)


def test_words_stay_words(ask: Ask) -> None:
    assert ask("I know {nothing}.", tool_calls="json").say(tools=True).text == "I know {nothing}."


def test_written_arguments_are_the_schema(ask: Ask) -> None:
    asked = ask("hi", tool_calls="json")
    asked.say(tools=True)
    assert json.dumps(TOOL["function"]) in asked.server.bodies[0]["messages"][0]["content"]
