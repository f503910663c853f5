"""Replies in the forms that servers give them, over loopback sockets: all are read, and errors are none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage

from agent.llm.cache import DiskCache
from agent.llm.client import Client
from agent.llm.errors import TooLong, Unanswered
from agent.llm.repetition import goes_round
from agent.llm.settings import Settings
from agent.llm.spending import Use
from kg.errors import UsageError
from llm_server import Raw, Script, Server, calls, events, fails, raw, says

FIND = ("find_items", {"n": 1})
TOOLS = [
    {
        "type": "function",
        "function": {"name": name, "description": "", "parameters": {"type": "object", "properties": {}}},
    }
    for name in ("find_items", "similar_items", "recommend")
]


class Asked:
    """A model on a server that says these replies, the last one for ever."""

    def __init__(self, *replies: Any, cache: DiskCache | None = None, props: Any = None, **settings: Any):
        self.server = Server(Script(*replies), props=props)
        self.model = Client.connect("m", Settings(base_url=self.server.url, **settings), cache=cache)
        self.naps: list[float] = []
        self.model._line._sleep = self.naps.append

    def say(self, text: str = "hello") -> AIMessage:
        reply = self.model.bind_tools(TOOLS).invoke(text)
        assert isinstance(reply, AIMessage)
        return reply

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return self.server.bodies


class Counting:
    """Keeps what it is told."""

    def __init__(self, uses: list[Use]):
        self._uses = uses

    def before(self, body: Any) -> None:
        pass

    def after(self, use: Use) -> None:
        self._uses.append(use)


Ask = Callable[..., Asked]


@pytest.fixture
def ask() -> Iterator[Ask]:
    running: list[Server] = []

    def make(*replies: Any, **settings: Any) -> Asked:
        asked = Asked(*replies, **settings)
        running.append(asked.server.__enter__())
        return asked

    yield make
    for server in running:
        server.__exit__(None, None, None)


def completion(message: Any, finish: str | None = "stop", **more: Any) -> Raw:
    choice = {"index": 0, "message": message, "finish_reason": finish, **more}
    return raw({"object": "chat.completion", "model": "m", "choices": [choice]})


def chunk(delta: Any, finish: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "object": "chat.completion.chunk",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish, **more}],
    }


def call(arguments: Any, name: str = "find_items", **more: Any) -> dict[str, Any]:
    return {"id": "c", "type": "function", "function": {"name": name, "arguments": arguments}} | more


def made(reply: AIMessage) -> list[tuple[str, Any]]:
    return [(each["name"], each["args"]) for each in reply.tool_calls]


# Calls


@pytest.mark.parametrize(
    "message",
    [
        {"role": "assistant", "tool_calls": [call({"n": 1})]},
        {"role": "assistant", "tool_calls": [call(json.dumps('{"n": 1}'))]},
        {"role": "assistant", "tool_calls": [{"name": "find_items", "arguments": {"n": 1}}]},
        {
            "role": "assistant",
            "tool_calls": [{"id": 7, "function": {"name": "find_items", "parameters": {"n": 1}}}],
        },
        {"role": "assistant", "function_call": {"name": "find_items", "arguments": '{"n": 1}'}},
        {"role": "tool_plan", "content": [], "tool_calls": [call('{"n": 1}')]},
    ],
    ids=["object", "json-in-json", "bare", "parameters", "function_call", "role"],
)
def test_a_call_of_another_form_is_read(ask: Ask, message: Any) -> None:
    assert made(ask(completion(message, "tool_calls")).say()) == [FIND]


@pytest.mark.parametrize(
    "name",
    [
        *("functions.find_items", "functions.find_items:0", "default_api:find_items", "usher__find_items"),
        *("find_items<|channel|>commentary", "find_items<|constrain|>json", "Find-Items", "tools/find_items"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_the_one_tool_that_a_name_holds_is_meant(ask: Ask, name: str, stream: bool) -> None:
    assert made(ask(calls((name, {"n": 1})), stream=stream).say()) == [FIND]


@pytest.mark.parametrize("name", ["find_films", "find_items_or_similar_items", "refind_itemsx"])
def test_a_name_that_holds_no_tool_or_two_stays(ask: Ask, name: str) -> None:
    assert made(ask(calls((name, {"n": 1}))).say()) == [(name, {"n": 1})]


@pytest.mark.parametrize("role", ["model", None, "", "ai", 3])
@pytest.mark.parametrize("stream", [False, True])
def test_whoever_a_reply_says_it_is_it_is_the_model(ask: Ask, role: Any, stream: bool) -> None:
    piece = {"role": role, "content": "hi"}
    reply = events(chunk(piece), chunk({}, "stop")) if stream else completion(piece)
    assert ask(reply, stream=stream).say().text == "hi"


# Errors inside a success


ERRORS = {
    "in-choice": raw(
        {"choices": [{"finish_reason": "error", "error": {"message": "gone"}, "message": {"content": ""}}]}
    ),
    "only-a-reason-to-end": completion({"role": "assistant", "content": "gone"}, "error"),
    "at-the-top": raw({"error": {"code": 502, "message": "gone"}}),
    "a-text": raw({"error": "gone"}),
    "beside-nothing": raw({"choices": None, "base_resp": {"status_code": 1000, "status_msg": "gone"}}),
    "detail": raw({"detail": "gone"}),
    "listed": raw([{"error": {"code": 503, "message": "gone"}}]),
    "streamed": events(chunk({"content": "so"}), {"error": {"code": 502, "message": "gone"}}),
    "streamed-in-choice": events(
        chunk({"content": "so"}), chunk({"content": ""}, "error", error={"message": "gone"})
    ),
    "named": events('event: error\ndata: {"message": "gone"}\n\n'),
}


@pytest.mark.parametrize("reply", ERRORS.values(), ids=ERRORS.keys())
@pytest.mark.parametrize("stream", [False, True])
def test_an_error_inside_a_success_is_asked_again(ask: Ask, reply: Raw, stream: bool) -> None:
    if reply.kind == "text/event-stream" and not stream:
        pytest.skip("streams are sent to those who ask for them")
    asked = ask(reply, "hi", stream=stream)
    assert (asked.say().text, len(asked.naps)) == ("hi", 1)


@pytest.mark.parametrize("reply", ERRORS.values(), ids=ERRORS.keys())
def test_an_error_inside_a_success_shows_its_reason(ask: Ask, reply: Raw) -> None:
    with pytest.raises(Unanswered, match="gone"):
        ask(reply, retries=0).say()


def test_an_error_inside_a_success_is_not_kept(ask: Ask, tmp_path: Path) -> None:
    asked = ask(ERRORS["in-choice"], "hi", cache=DiskCache(tmp_path / "replies.sqlite"))
    assert [asked.say().text for _ in range(2)] == ["hi", "hi"]


@pytest.mark.parametrize("status", [401, 404])
def test_an_error_that_stays_is_not_asked_again(ask: Ask, status: int) -> None:
    asked = ask(raw({"error": {"code": status, "message": "no"}}))
    with pytest.raises(Unanswered, match="no"):
        asked.say()
    assert len(asked.bodies) == 1


# Errors of other forms


@pytest.mark.parametrize(
    "body",
    [
        {"error": "the model needs more memory"},
        {"detail": "the model needs more memory"},
        {"message": "the model needs more memory", "object": "error"},
        {"object": "error", "message": {"detail": [{"loc": ["body"], "msg": "the model needs more memory"}]}},
        {"errors": [{"message": "the model needs more memory"}]},
        [{"error": {"message": "the model needs more memory"}}],
        "the model needs more memory",
    ],
)
def test_the_reason_of_an_error_is_shown(ask: Ask, body: Any) -> None:
    with pytest.raises(Unanswered, match="the model needs more memory"):
        ask(raw(body, 400)).say()


@pytest.mark.parametrize("status", [200, 400, 422])
def test_a_refused_option_is_left_out_from_then_on(ask: Ask, status: int) -> None:
    told = {"type": "extra_forbidden", "loc": ["body", "seed"], "msg": "Extra inputs are not permitted"}
    asked = ask(raw({"object": "error", "message": {"detail": [told]}}, status), "hi", seed=1)
    asked.say()
    asked.say()
    assert ["seed" in body for body in asked.bodies] == [True, False, False]


def test_a_server_that_refuses_streams_is_asked_for_none(ask: Ask) -> None:
    asked = ask(fails(400, "stream is not supported by this model"), "hi")
    assert (asked.say().text, [body.get("stream") for body in asked.bodies]) == ("hi", [True, None])
    assert "stream_options" not in asked.bodies[1]


def test_a_limit_that_does_not_fit_is_left_out(ask: Ask) -> None:
    said = (
        "'max_tokens' or 'max_completion_tokens' is too large: 4096. This model's maximum context length is"
        " 4096 tokens and your request has 700 input tokens"
    )
    asked = ask(fails(400, said), "hi")
    assert (asked.say().text, [body.get("max_tokens") for body in asked.bodies]) == ("hi", [2048, None])


@pytest.mark.parametrize(
    "said",
    [
        "Cannot keep 900 tokens: the model is loaded with a context length of 512 tokens",
        "the request exceeds the available context size, try increasing it",
        "request (900 tokens) exceeds the available context size (512 tokens)",
        "Input is too long for requested model.",
        "The input token count (900) exceeds the maximum number of tokens allowed (512).",
        "prompt is too long: 900 tokens > 512 maximum",
        "Prompt contains 900 tokens, too large for model with 512 maximum context length",
        "the prompt has too many tokens for n_ctx 512",
    ],
)
@pytest.mark.parametrize("status", [200, 400])
def test_too_long_is_recognised(ask: Ask, said: str, status: int) -> None:
    with pytest.raises(TooLong):
        ask(raw({"error": said}, status)).say()


# Streams


WHOLE = {
    "no-reason": events(chunk({"role": "assistant", "content": "hi"})),
    "usage-is-last": events(
        chunk({"content": "hi"}), {"choices": [], "usage": {"prompt_tokens": 1}}, done=False
    ),
    "no-data": events(
        "event: ping\n\n", chunk({"content": "hi"}), ": awake\n\n", "data:\n\n", chunk({}, "stop")
    ),
    "data-of-words": events("data: connected\n\n", chunk({"content": "hi"}), chunk({}, "stop")),
    "carriage-returns": events(f"data: {json.dumps(chunk({'content': 'hi'}, 'stop'))}\r\n\r\n", done=False),
    "no-blank-line-at-the-end": events(f"data: {json.dumps(chunk({'content': 'hi'}, 'stop'))}\n", done=False),
    "no-space": events(f"data:{json.dumps(chunk({'content': 'hi'}, 'stop'))}\n\n"),
    "in-one-piece": completion({"role": "assistant", "content": "hi"}),
    "last-as-message": events({"choices": [{"message": {"content": "hi"}, "finish_reason": "stop"}]}),
    "no-choices": events({"choices": []}, {"type": "ping"}, chunk({"content": "hi"}), chunk({}, "stop")),
}


@pytest.mark.parametrize("reply", WHOLE.values(), ids=WHOLE.keys())
def test_a_stream_of_another_form_is_whole(ask: Ask, reply: Raw) -> None:
    asked = ask(reply, "again", stream=True)
    assert (asked.say().text, len(asked.bodies)) == ("hi", 1)


def test_rare_ends_of_lines_inside_words_stay(ask: Ask) -> None:
    words = "a\u2028b\x85c"
    text = json.dumps(chunk({"content": words}, "stop"), ensure_ascii=False)
    assert ask(events(f"data: {text}\n\n"), stream=True).say().text == words


def piece(arguments: Any, name: str | None = None, key: str | None = None, place: int | None = 0) -> Any:
    function = {"arguments": arguments} | ({"name": name} if name else {})
    return chunk({"tool_calls": [{"function": function, "id": key, "index": place}]})


@pytest.mark.parametrize(
    "pieces",
    [
        [piece('{"n": 1}', "find_items", "a"), piece('{"n": 2}', "find_items", "b")],
        [
            *(piece("", "find_items", "a"), piece('{"n"'), piece(": 1}")),
            *(piece("", "find_items", "b"), piece('{"n"'), piece(": 2}")),
        ],
        [piece('{"n": 1}', "find_items"), piece('{"n": 2}', "find_items")],
        [piece({"n": 1}, "find_items", "a"), piece({"n": 2}, "find_items", "b")],
        [piece('{"n": 1}', "find_items", "a", None), piece('{"n": 2}', "find_items", "b", None)],
        [piece('{"n": 1}', "find_items", "a", 0), piece('{"n": 2}', "find_items", "a", 1)],
    ],
    ids=["one-index", "one-index-in-pieces", "one-index-no-ids", "objects", "no-index", "one-id"],
)
def test_parallel_calls_are_kept_apart(ask: Ask, pieces: list[Any]) -> None:
    assert made(ask(events(*pieces, chunk({}, "tool_calls")), stream=True).say()) == [
        FIND,
        ("find_items", {"n": 2}),
    ]


def test_a_call_whose_id_comes_with_every_piece_is_one(ask: Ask) -> None:
    pieces = [piece('{"n"', "find_items", "a"), piece(": 1}", "find_items", "a")]
    assert made(ask(events(*pieces, chunk({}, "tool_calls")), stream=True).say()) == [FIND]


# Calls in words, and thoughts in front of them


SPOKEN = '{"name": "find_items", "arguments": {"n": 1}}'
WRITTEN = {
    "bare": SPOKEN,
    "fenced": f"I look.\n```json\n{SPOKEN}\n```",
    "tagged": f"<tool_call>\n{SPOKEN}\n</tool_call>",
    "listed": f"[TOOL_CALLS] [{SPOKEN}]",
    "the-protocol": f'{{"tool_calls": [{SPOKEN}]}}',
    "parameters": '{"name": "find_items", "parameters": {"n": 1}}',
    "as-a-function": f'{{"type": "function", "function": {SPOKEN}}}',
    "name-in-front": '<function=find_items>{"n": 1}</function>',
    "harmony": '<|channel|>commentary to=functions.find_items <|constrain|>json<|message|>{"n": 1}',
    "prefixed": '{"name": "functions.find_items", "arguments": "{\\"n\\": 1}"}',
    "twice-the-same": f"{SPOKEN}\n{SPOKEN}",
    "thoughts": f'<think>{{"name": "recommend", "arguments": {{}}}}?</think>{SPOKEN}',
    "thoughts-not-opened": f"Hm, so.</think>\n{SPOKEN}",
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN.keys())
@pytest.mark.parametrize("mode", ["auto", "json"])
def test_a_call_in_words_is_a_call(ask: Ask, text: str, mode: str) -> None:
    assert made(ask(text, tool_calls=mode).say()) == [FIND]


def test_calls_a_line_each_are_several(ask: Ask) -> None:
    second = '{"name": "recommend", "arguments": {}}'
    assert made(ask(f"{SPOKEN}\n{second}").say()) == [FIND, ("recommend", {})]


@pytest.mark.parametrize(
    "text",
    ['{"name": "Jaws", "arguments": {}}', '{"title": "Jaws"}', "find_items", f"<think>{SPOKEN}</think>Hi."],
)
def test_words_that_call_no_tool_that_is_offered_stay_words(ask: Ask, text: str) -> None:
    assert ask(text).say().tool_calls == []


@pytest.mark.parametrize(
    "text", ["<think>hm</think>OK", "hm</think>OK", "[THINK]hm[/THINK]OK", "<thinking>hm</thinking>\nOK"]
)
def test_thoughts_are_no_words(ask: Ask, text: str) -> None:
    said = ask(text).say()
    assert (said.text, said.additional_kwargs["reasoning_content"]) == ("OK", "hm")


def test_thoughts_that_never_end_are_no_words(ask: Ask) -> None:
    assert ask("<think>hm, so the first").say().text == ""


def test_thoughts_before_calls_are_kept(ask: Ask) -> None:
    said = ask(calls(FIND, content="<think>hm</think>")).say()
    assert (made(said), said.additional_kwargs["reasoning_content"]) == ([FIND], "hm")


# Tools that are dropped


def test_a_server_that_says_it_drops_tools_is_sent_them_in_words(ask: Ask) -> None:
    asked = ask(SPOKEN, props={"chat_template_caps": {"supports_tools": False}})
    asked.say()
    asked.say()
    assert [body.get("tools") for body in asked.bodies] == [None, None]


def test_a_server_that_says_it_knows_tools_is_sent_them(ask: Ask) -> None:
    asked = ask(calls(FIND), props={"chat_template_caps": {"supports_tools": True}})
    asked.say()
    assert len(asked.bodies[0]["tools"]) == 3


def test_native_means_native_whatever_the_server_says(ask: Ask) -> None:
    asked = ask("hi", tool_calls="native", props={"chat_template_caps": {"supports_tools": False}})
    asked.say()
    assert len(asked.bodies[0]["tools"]) == 3


LONG = [TOOLS[0] | {"function": TOOLS[0]["function"] | {"description": "long " * 600}}]  # type: ignore[operator]


def counting(tokens: int) -> Raw:
    reply = {
        "choices": [{"message": {"content": "OK"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": tokens},
    }
    return raw(reply)


@pytest.mark.parametrize(("tokens", "sent"), [(38, [True, False, False]), (900, [True, True])])
def test_fewer_tokens_than_the_tools_have_mean_that_they_were_dropped(
    ask: Ask, tokens: int, sent: list[bool]
) -> None:
    asked = ask(counting(tokens), stream=False)
    model = asked.model.bind_tools(LONG)
    model.invoke("hello")
    model.invoke("hello")
    assert ["tools" in body for body in asked.bodies] == sent


def test_few_tokens_mean_nothing_where_tools_are_called(ask: Ask) -> None:
    message = {"role": "assistant", "content": None, "tool_calls": [call('{"n": 1}')]}
    asked = ask(raw({"choices": [{"message": message}], "usage": {"prompt_tokens": 10}}), stream=False)
    assert made(asked.model.bind_tools(LONG).invoke("hello")) == [FIND]  # type: ignore[arg-type]


# Time


def slow(*pauses: float) -> Raw:
    return events(chunk({"content": "h"}), chunk({"content": "i"}), chunk({}, "stop"), pauses=pauses)


def test_a_reply_may_take_long_to_begin(ask: Ask) -> None:
    assert ask(slow(0.6), timeout=0.2, first_token=5).say().text == "hi"


def test_a_reply_that_never_begins_is_not_asked_for_again(ask: Ask) -> None:
    """A server of one's own is still at it: whatever is sent behind it would wait for it."""
    asked = ask(slow(1.0), first_token=0.2)
    with pytest.raises(Unanswered, match="USHER_FIRST_TOKEN"):
        asked.say()
    assert len(asked.bodies) == 1


def test_a_reply_that_falls_silent_is_asked_for_again(ask: Ask) -> None:
    asked = ask(slow(0, 1.0), "hi", timeout=0.3)
    assert (asked.say().text, len(asked.bodies)) == ("hi", 2)


def test_replies_of_ones_own_server_are_streamed_and_limited() -> None:
    own, openai = (Settings(base_url=url) for url in ("http://127.0.0.1:1/v1", "https://api.openai.com/v1"))
    assert [(each.streams, each.limit) for each in (own, openai)] == [(True, 2048), (False, None)]


@pytest.mark.parametrize(("said", "limit"), [("none", None), ("auto", 2048), ("7", 7)])
def test_the_limit_of_replies_is_a_setting(said: str, limit: int | None) -> None:
    assert Settings(base_url="http://127.0.0.1:1/v1", max_tokens=said).limit == limit  # type: ignore[arg-type]


def test_why_a_reply_ended_is_told_to_who_counts(ask: Ask) -> None:
    asked, uses = ask(completion({"content": "so"}, "length")), list[Use]()
    asked.model._line.watch = Counting(uses)
    asked.say()
    assert [use.finish for use in uses] == ["length"]


def test_why_a_reply_ended_is_kept(ask: Ask) -> None:
    assert ask(completion({"content": "so"}, "length")).say().response_metadata["finish_reason"] == "length"


def test_a_model_that_goes_round_is_stopped(ask: Ask) -> None:
    round_and_round = [chunk({"content": "the same line again\n"})] * 400
    said = ask(events(*round_and_round, chunk({}, "stop"))).say()
    assert (len(said.text) < 1000, said.response_metadata["finish_reason"]) == (True, "length")


@pytest.mark.parametrize(
    "text",
    ["", "no " * 100, json.dumps([f"movie/{number}" for number in range(300)]), "a longer text. " * 20],
)
def test_what_only_looks_alike_does_not_go_round(text: str) -> None:
    assert not goes_round(text)


# The way there


def test_the_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(Script("hi")) as server:
        monkeypatch.setenv("HTTP_PROXY", server.url.removesuffix("/v1"))
        monkeypatch.setenv("NO_PROXY", "")
        settings = Settings(base_url="http://models.invalid/v1", retries=0)
        assert Client.connect("m", settings).invoke("hello").text == "hi"


def test_a_proxy_that_cannot_be_used_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://127.0.0.1:1")
    with pytest.raises(UsageError, match="ALL_PROXY"):
        Client.connect("m", Settings(base_url="http://127.0.0.1:1/v1"))


# As they were recorded


SENT = Path(__file__).parents[3] / "shared" / "data" / "servers"


@pytest.mark.skipif(not SENT.is_dir(), reason="../shared/data/servers is not here")
@pytest.mark.parametrize(
    "name", ["ok-control", "arguments-object", "name-harmony", "name-prefixed", "no-finish-reason"]
)
def test_recorded_calls_are_read(ask: Ask, name: str) -> None:
    for path in sorted(SENT.glob(f"{name}.*")):
        stream = path.suffix == ".sse"
        kind = "text/event-stream" if stream else "application/json"
        said = ask(Raw((path.read_text(encoding="utf-8"),), kind=kind), stream=stream).say()
        assert [each["name"] for each in said.tool_calls] == ["find_items"]


@pytest.mark.skipif(not SENT.is_dir(), reason="../shared/data/servers is not here")
@pytest.mark.parametrize("status", [200, 400, 500])
@pytest.mark.parametrize(
    "name", ["error-string", "error-too-long-string", "error-nested-message", "error-detail-tools"]
)
def test_recorded_errors_are_errors(ask: Ask, name: str, status: int) -> None:
    text = (SENT / f"{name}.json").read_text(encoding="utf-8")
    with pytest.raises(Unanswered):
        ask(raw(text, status), retries=0).say()


def test_words_beside_a_reply_that_is_a_schema_are_not_calls(ask: Ask) -> None:
    assert ask(says(SPOKEN)).model.invoke("hello").text == SPOKEN
