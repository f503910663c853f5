"""What decides on a reply: a script, the built-in model, or one that does whatever it is asked."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from typing import Any

from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    ToolCall,
    ToolMessage,
    convert_to_messages,
)

from agent.looked_up import HEADING
from agent.messages import DIALOGUE, PERSON, WISHES
from agent.models import chat_model
from kg.graph import KnowledgeGraph
from llm_server.replies import Body, Failure, Message, Raw, calls, says
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.toolsets import TOOLS, as_json

Reply = Message | Failure | Raw
Brain = Callable[[Body], Reply]


class Script:
    """Says one thing after the other, and the last one for ever. A text is short for a message of words."""

    def __init__(self, *replies: Reply | str):
        self._replies = list(replies)
        self._lock = threading.Lock()

    def __call__(self, _: Body) -> Reply:
        with self._lock:
            reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        return says(reply) if isinstance(reply, str) else reply


class Builtin:
    """The built-in model behind HTTP: wire messages -> LangChain messages -> its tool calls -> the wire."""

    def __init__(self, graph: KnowledgeGraph):
        self._model, _ = chat_model("builtin", graph)
        self._knowledge = Knowledge(graph, _no_index)

    def __call__(self, body: Body) -> Reply:
        if not body.get("tools"):
            return says("OK")
        messages = with_blocks_apart(from_wire(body["messages"]))
        names = {tool["function"]["name"] for tool in body["tools"]}
        begun = any(HEADING in str(m["content"]) for m in body["messages"] if m["role"] == "user")
        known = LOOKED_UP if begun else frozenset()
        bound = self._model.bind_tools([TOOLS[name].schema for name in TOOLS if name in names | known])
        message = bound.invoke(messages)
        assert isinstance(message, AIMessage)
        while message.tool_calls and {call["name"] for call in message.tool_calls} <= known:
            messages += [message, *map(self._told, message.tool_calls)]
            message = bound.invoke(messages)
            assert isinstance(message, AIMessage)
        wanted = [(call["name"], json.dumps(call["args"], ensure_ascii=False)) for call in message.tool_calls]
        reply = calls(*wanted)
        for call, sent in zip(message.tool_calls, reply["tool_calls"], strict=True):
            sent["id"] = call["id"]
        return reply

    def _told(self, call: ToolCall) -> ToolMessage:
        """Answer a lookup again whose text stands in the request already."""
        try:
            content = as_json(TOOLS[call["name"]].call(self._knowledge, call["args"]))
        except ToolError as error:
            return ToolMessage(str(error), tool_call_id=call["id"], status="error")
        return ToolMessage(content, tool_call_id=call["id"])


LOOKED_UP = frozenset(("link_entities", "check_fact", "resolve_reference"))
_BLOCKS = (HEADING, PERSON, DIALOGUE, WISHES)


def _no_index() -> Any:
    raise AssertionError("what is looked up needs no index of texts")


def with_blocks_apart(messages: list[BaseMessage]) -> list[BaseMessage]:
    """Return messages whose requests are the person's words; what stands below the last is the system's."""
    told: list[BaseMessage] = []
    said: list[BaseMessage] = []
    for message in messages:
        text = str(message.content)
        starts = [at for block in _BLOCKS if (at := text.find(f"\n\n{block}\n")) >= 0]
        if isinstance(message, HumanMessage) and starts:
            told = [SystemMessage(text[min(starts) :])]
            said.append(HumanMessage(text[: min(starts)]))
        else:
            said.append(message)
    return [*told, *said]


def from_wire(messages: list[dict[str, Any]]) -> list[BaseMessage]:
    """Return messages of the protocol as LangChain's; what is no JSON is what a tool says when it refuses."""
    found: list[BaseMessage] = []
    for message in messages:
        whole = [call for call in message.get("tool_calls") or () if is_json(call["function"]["arguments"])]
        kept = {key: value for key, value in message.items() if key != "tool_calls"}
        if message["role"] == "tool" and not is_json(message["content"]):
            found.append(
                ToolMessage(message["content"], tool_call_id=message["tool_call_id"], status="error")
            )
        else:
            found += convert_to_messages([kept | ({"tool_calls": whole} if whole else {})])
    return found


def is_json(text: str) -> bool:
    """Tell whether a text is JSON."""
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def obliging(body: Body) -> Reply:
    """Do what is asked: fill the schema, call the tool once a 'quoted name', then answer."""
    messages, schema = body["messages"], _schema(body)
    if schema is not None:
        return says(json.dumps(instance(schema)))
    if body.get("tools") and messages[-1]["role"] != "tool":
        function = body["tools"][0]["function"]
        named = re.findall(r"'([^']+)'", messages[-1]["content"]) or ["it"]
        return calls(*((function["name"], instance(function["parameters"], name)) for name in named))
    return says("OK")


def _schema(body: Body) -> dict[str, Any] | None:
    wanted = body.get("response_format") or {}
    return wanted["json_schema"]["schema"] if wanted.get("type") == "json_schema" else None


def instance(schema: dict[str, Any], word: str = "word") -> Any:
    """Return the simplest value of a JSON schema; its texts are `word`."""
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            return {name: instance(each, word) for name, each in schema.get("properties", {}).items()}
        case "array":
            return [instance(schema.get("items", {}), word)]
        case "integer" | "number":
            return 1
        case "boolean":
            return True
        case _:
            return word
