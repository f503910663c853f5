"""One request over the wire: a body in, a whole completion out, streamed or not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from agent.llm.errors import BadReply, CutOff
from kg.errors import UsageError

Body = dict[str, Any]
_TEXTS = ("content", "reasoning_content", "reasoning", "refusal")


def post(completions: Any, body: Body) -> Body:
    """Send a body with the SDK's `chat.completions` and return the completion in the protocol's form.

    Raises:
        openai.APIError: the server refused or was not reached.
        CutOff: the reply ended in the middle.
        BadReply: a success without a completion.
        UsageError: what answers there does not speak this protocol.
    """
    # As `extra_body` it goes out as it is; what is said twice to the SDK is taken from there.
    known = {"model": body["model"], "messages": [], "extra_body": body}
    if body.get("stream"):
        return merged(_chunks(completions.create(**known, stream=True)))
    text = completions.with_raw_response.create(**known).text
    return whole(text if isinstance(text, str) else text())


def whole(text: str) -> Body:
    """Return the completion in the text of a reply, checked for what everybody relies on.

    A reply that is not checked before it is kept would be a crash every time it is read again.
    """
    try:
        reply = json.loads(text)
    except ValueError:
        if text.lstrip().startswith("{"):
            raise CutOff("the reply ends in the middle") from None
        raise UsageError(
            f"what answers there does not speak the chat-completions protocol: it sent {text[:60]!r}."
            "\n  Check USHER_BASE_URL; it usually ends in /v1."
        ) from None
    choices = reply.get("choices") if isinstance(reply, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(first, dict) or not _is_message(first.get("message")):
        raise BadReply(f"a reply without a message: {text[:200]}")
    message = {"role": "assistant"} | first["message"]
    message["content"] = _as_text(message.get("content"))
    return {**reply, "usage": _counted(reply.get("usage")), "choices": [first | {"message": message}]}


def _is_message(message: Any) -> bool:
    """Tell whether this is a message of the protocol: words in one piece or several, calls or none."""
    if not isinstance(message, dict) or not isinstance(message.get("content"), str | list | None):
        return False
    calls = message.get("tool_calls") or []
    return isinstance(calls, list) and all(
        isinstance(call, dict)
        and isinstance(call.get("id"), str | int | None)
        and isinstance(call.get("function"), dict | None)
        for call in calls
    )


def _as_text(content: str | list[Any] | None) -> str | None:
    """Return the words of a message; those that some servers send in parts are put together."""
    if not isinstance(content, list):
        return content
    parts = (part.get("text") if isinstance(part, dict) else part for part in content)
    return "".join(part for part in parts if isinstance(part, str))


def _counted(usage: Any) -> Body:
    """Return the numbers of a usage, names and parts as they came; what is no number is left out."""
    if not isinstance(usage, dict):
        return {}
    parts = {name: value for name, value in usage.items() if name.endswith("_details")}
    numbers = {name: value for name, value in usage.items() if isinstance(value, int | float)}
    counted = {name: int(value) for name, value in numbers.items() if name not in parts}
    return counted | {name: _counted(value) for name, value in parts.items() if isinstance(value, dict)}


def merged(chunks: Iterable[Body]) -> Body:
    """Return the chunks of a stream as one completion.

    Raises:
        CutOff: the stream ended before the model did.
    """
    reply: Body = {"object": "chat.completion"}
    message: Body = {"role": "assistant", "content": ""}
    calls: dict[Any, Body] = {}
    finish = None
    for chunk in chunks:
        reply |= {name: chunk[name] for name in ("id", "model") if chunk.get(name)}
        reply |= {"usage": usage} if (usage := _counted(chunk.get("usage"))) else {}
        for choice in (chunk.get("choices") or [])[:1]:
            _add(message, calls, choice.get("delta") or {})
            finish = choice.get("finish_reason") or finish
    if finish is None:
        raise CutOff("the stream ended in the middle")
    if calls:
        message["tool_calls"] = list(calls.values())
    return reply | {"choices": [{"index": 0, "message": message, "finish_reason": finish}]}


def _add(message: Body, calls: dict[Any, Body], delta: Body) -> None:
    for name in _TEXTS:
        if isinstance(delta.get(name), str):
            message[name] = (message.get(name) or "") + delta[name]
    for piece in delta.get("tool_calls") or ():
        # Some servers number no calls: a new id is then a new call, and what has none goes on with the last.
        place = piece.get("index")
        place = place if place is not None else piece.get("id") or next(reversed(calls), 0)
        call = calls.setdefault(
            place, {"id": None, "type": "function", "function": {"name": "", "arguments": ""}}
        )
        call["id"] = piece.get("id") or call["id"]
        said = piece.get("function") or {}
        call["function"]["name"] = call["function"]["name"] or said.get("name") or ""
        call["function"]["arguments"] += said.get("arguments") or ""


def _chunks(stream: Any) -> Iterable[Body]:
    """Yield the chunks of a stream; what breaks it on the way is said as `CutOff`."""
    try:
        with stream:
            for chunk in stream:
                yield chunk if isinstance(chunk, dict) else chunk.model_dump()
    except Exception as error:
        broken = any(kind.__name__ in ("TransportError", "JSONDecodeError") for kind in type(error).__mro__)
        if not broken:
            raise
        raise CutOff(f"the stream broke: {error}") from error


def is_object(call: Body) -> bool:
    """Tell whether a tool call has a name, and arguments that are a JSON object; none at all count as one."""
    function = call.get("function")
    if not isinstance(function, dict) or not isinstance(function.get("name"), str) or not function["name"]:
        return False
    arguments = function.get("arguments")
    try:
        return arguments in (None, "") or isinstance(json.loads(arguments), dict)
    except (ValueError, TypeError):
        return False
