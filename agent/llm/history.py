"""Messages as servers want and give them: calls answered on the way out, thoughts apart on the way in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from agent.llm.thoughts import apart
from agent.llm.wire import is_object

Body = dict[str, Any]
_UNREADABLE = "The arguments were not a JSON object: {}\nCall again with valid JSON."
_NOT_RUN = "This call was not run."


def mended(messages: Sequence[Body]) -> list[Body]:
    """Return messages in which every tool call has readable arguments and an answer.

    Servers refuse a conversation that has not, and a call that did not parse has neither.
    """
    whole: list[Body] = []
    for place, message in enumerate(messages):
        calls = message.get("tool_calls")
        if not calls:
            whole.append(message)
            continue
        whole.append(message | {"tool_calls": [_readable(call) for call in calls]})
        after = takewhile(lambda later: later["role"] == "tool", messages[place + 1 :])
        answered = {later["tool_call_id"] for later in after}
        whole += [_answer(call) for call in calls if call["id"] not in answered]
    return whole


def tidy(message: Body, place: int) -> tuple[Body, list[Body]]:
    """Return a reply's message with what can be used, and the tool calls that cannot be read.

    Calls without an id get one that no other message of the conversation has (`place`: see
    `next_place`); thoughts that a model wrote in front of its reply (`<think>`) go where thoughts belong.
    """
    content = message.get("content") or ""
    content, thought = apart(content) if isinstance(content, str) else (content, "")
    thought = thought or message.get("reasoning_content") or message.get("reasoning") or ""
    seen: set[str] = set()
    calls = []
    for number, call in enumerate(message.get("tool_calls") or ()):
        known = call.get("id") if call.get("id") not in seen else None
        named = call | {"id": known or f"call-{place}-{number}", "type": "function"}
        if named.get("function") and not named["function"].get("arguments"):
            named |= {"function": named["function"] | {"arguments": "{}"}}
        seen.add(named["id"])
        calls.append(named)
    used = {name: value for name, value in message.items() if name not in ("tool_calls", "reasoning")}
    used |= {"content": content, "reasoning_content": thought}
    return used | {"tool_calls": [c for c in calls if is_object(c)]}, [c for c in calls if not is_object(c)]


def _readable(call: Body) -> Body:
    if is_object(call):
        return call
    return call | {"function": {"name": call["function"].get("name") or "unreadable", "arguments": "{}"}}


def _answer(call: Body) -> Body:
    said = _NOT_RUN if is_object(call) else _UNREADABLE.format(call["function"].get("arguments"))
    return {"role": "tool", "tool_call_id": call["id"], "content": said}
