"""Tool calls for models that know none: JSON in words, as `prompts/agent/json_protocol.md` says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import prompts

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
    text = message.get("content") or ""
    wanted = next(_calls(text), None)
    if wanted is None and '"arguments"' in text:
        wanted = [("unreadable", text)]
    if wanted is None:
        return message
    calls = [
        {"id": f"{prefix}-{number}", "type": "function", "function": {"name": name, "arguments": arguments}}
        for number, (name, arguments) in enumerate(wanted)
    ]
    return message | {"content": None, "tool_calls": calls}


def _calls(text: str) -> Iterator[list[tuple[str, str]]]:
    """Yield the calls of every JSON object in a text that is one of the protocol."""
    decoder = json.JSONDecoder()
    start = text.find("{")
    while start >= 0:
        try:
            value, end = decoder.raw_decode(text, start)
        except ValueError:
            end = start + 1
        else:
            listed = value.get("tool_calls") if "tool_calls" in value else [value]
            if isinstance(listed, list) and listed and all(_is_call(each) for each in listed):
                yield [(e["name"], json.dumps(e["arguments"], ensure_ascii=False)) for e in listed]
        start = text.find("{", end)


def _is_call(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("name"), str)
        and isinstance(value.get("arguments"), dict)
    )


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
