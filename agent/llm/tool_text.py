"""Tool calls for models that know none: JSON in words, as `prompts/agent/json_protocol.md` says."""

from __future__ import annotations

import json
from typing import Any

import prompts
from agent.llm.forms import known_name
from agent.llm.thoughts import apart
from agent.llm.written_calls import begins_one, written

Body = dict[str, Any]
_FIELDS = ("tools", "tool_choice", "parallel_tool_calls")


def spoken(body: Body) -> Body:
    """Return a request with tools as one without: tools described, calls and results as plain messages."""
    described = "\n".join(json.dumps(tool["function"], ensure_ascii=False) for tool in body["tools"])
    protocol = prompts.load("agent/json_protocol", tools=described)
    messages: list[Body] = []
    names: dict[str, str] = {}
    for message in body["messages"]:
        names |= {call["id"]: call["function"]["name"] for call in message.get("tool_calls") or ()}
        _append(messages, _as_words(message, names))
    if messages and messages[0]["role"] in ("system", "developer"):
        messages[0] = messages[0] | {"content": f"{messages[0]['content']}\n\n{protocol}"}
    else:
        messages.insert(0, {"role": "system", "content": protocol})
    return {name: value for name, value in body.items() if name not in _FIELDS} | {"messages": messages}


def heard(message: Body, prefix: str) -> Body:
    """Return a reply in words with its tool calls read out; ids begin with `prefix`.

    What was meant as a call and is no JSON becomes a call whose arguments do not parse.
    """
    text, _ = apart(message.get("content") or "")
    wanted = [(each.name, each.text) for each in written(text)]
    if not wanted and begins_one(text):
        wanted = [("unreadable", text)]
    return _with_calls(message, wanted, prefix)


def heard_among(message: Body, prefix: str, names: list[str]) -> Body:
    """Return a reply that makes no call with the calls of these tools that its words make."""
    text = message.get("content")
    if message.get("tool_calls") or not isinstance(text, str):
        return message
    made = [each._replace(name=known_name(each.name, names)) for each in written(apart(text)[0])]
    return _with_calls(message, [(each.name, each.text) for each in made if each.name in names], prefix)


def named(message: Body, names: list[str]) -> Body:
    """Return a reply whose calls have the names of tools that stand in what the model called them."""
    calls = message.get("tool_calls")
    if not calls:
        return message
    return message | {"tool_calls": [_named(call, names) for call in calls]}


def offered(body: Body) -> list[str]:
    """Return the names of the tools of a request."""
    return [tool["function"]["name"] for tool in body.get("tools") or ()]


def _named(call: Body, names: list[str]) -> Body:
    function = call.get("function") or {}
    if not isinstance(function.get("name"), str):
        return call
    return call | {"function": function | {"name": known_name(function["name"], names)}}


def _with_calls(message: Body, wanted: list[tuple[str, str]], prefix: str) -> Body:
    if not wanted:
        return message
    if thought := apart(message["content"])[1]:
        message = {"reasoning_content": thought} | message
    calls = [
        {"id": f"{prefix}-{number}", "type": "function", "function": {"name": name, "arguments": arguments}}
        for number, (name, arguments) in enumerate(wanted)
    ]
    return message | {"content": None, "tool_calls": calls}


def _as_words(message: Body, names: dict[str, str]) -> Body:
    if message["role"] == "tool":
        name = names.get(message["tool_call_id"], "a tool")
        return {"role": "user", "content": f"{name} answered:\n{message['content']}"}
    if message.get("tool_calls"):
        listed = [
            {"name": call["function"]["name"], "arguments": _parsed(call["function"]["arguments"])}
            for call in message["tool_calls"]
        ]
        return {"role": "assistant", "content": json.dumps({"tool_calls": listed}, ensure_ascii=False)}
    return message


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _append(messages: list[Body], message: Body) -> None:
    """Add a message; two of a person in a row are one, as templates of small models want."""
    if messages and messages[-1]["role"] == message["role"] == "user":
        messages[-1] = messages[-1] | {"content": f"{messages[-1]['content']}\n\n{message['content']}"}
    else:
        messages.append(message)
