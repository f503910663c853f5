"""Replies in the forms that servers give them, as the one form of the protocol."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

from agent.llm.errors import BadReply, ErrorInReply

Body = dict[str, Any]
_REASONS = ("message", "msg", "detail", "error", "description", "reason", "title")
_DEEP = 6  # how far a reason may lie inside an error


def checked(reply: Any, text: str) -> Body:
    """Return a completion whose first choice is a message as everybody relies on it.

    A reply that is not checked before it is kept would be a crash every time it is read again.

    Raises:
        ErrorInReply: it is an error.
        BadReply: it is something else.
    """
    choices = reply.get("choices") if isinstance(reply, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    first = first if isinstance(first, dict) else {}
    refuse_error(reply, first)
    message = message_of(first.get("message"))
    if message is None:
        raise BadReply(f"a reply without a message: {text[:200]}")
    for call in message.get("tool_calls") or ():
        if call.get("function"):
            call["function"]["arguments"] = _opened(call["function"]["arguments"])
    return {**reply, "usage": counted(reply.get("usage")), "choices": [{**first, "message": message}]}


def refuse_error(reply: Any, choice: Body) -> None:
    """Let a reply pass that is none of the errors which servers send with a success.

    Raises:
        ErrorInReply: it is one.
    """
    if isinstance(reply, list) and len(reply) == 1:  # Google's form of an error
        reply = reply[0]
    if not isinstance(reply, dict):
        return
    error = reply.get("error") or choice.get("error")
    if not error and choice.get("finish_reason") == "error":
        error = choice.get("message") or "the model's turn ended with an error"
    if not error and not reply.get("choices") and reply.get("object") in ("error", None):
        error = _bare(reply)
    if error:
        raise ErrorInReply(reason_of(error) or json.dumps(error)[:200], _status(error))


def _bare(reply: Body) -> Body:
    """Return what an error says that nothing marks as one."""
    base = reply.get("base_resp")
    failed = isinstance(base, dict) and base.get("status_code")
    said = {name: reply[name] for name in ("message", "msg", "detail") if reply.get(name)}
    return (base if failed else {}) | (said and reply)  # type: ignore[operator]


def reason_of(error: Any, depth: int = 0) -> str:
    """Return what the body of an error gives as its reason, in whatever form; "" if it gives none."""
    if isinstance(error, str):
        return " ".join(error.split())
    if depth > _DEEP:
        return ""
    if isinstance(error, list):
        told = [reason_of(each, depth + 1) for each in error]
        return "; ".join(each for each in told if each)
    if not isinstance(error, dict):
        return ""
    place = ".".join(str(each) for each in error["loc"]) if isinstance(error.get("loc"), list) else ""
    found = [reason_of(error[name], depth + 1) for name in _REASONS if error.get(name)]
    if not any(found):
        found = [reason_of(each, depth + 1) for each in error.values() if isinstance(each, dict | list)]
    said = next((each for each in found if each), str(error.get("status_msg") or ""))
    return f"{place}: {said}" if place else said


def _status(error: Any) -> int | None:
    if not isinstance(error, dict):
        return None
    for name in ("code", "status", "status_code"):
        with suppress(ValueError, TypeError):
            if 400 <= (status := int(error.get(name, ""))) < 600:
                return status
    return None


def message_of(message: Any) -> Body | None:
    """Return the message of a choice in the protocol's form; None if it is none.

    Its words may come in parts, its calls with arguments that are objects, without `function` around them,
    or as the one call of the protocol's first days. Whoever it says it is: it is the model.
    """
    if not isinstance(message, dict) or not isinstance(message.get("content"), str | list | None):
        return None
    listed = message.get("tool_calls") or []
    if not listed and isinstance(message.get("function_call"), dict):
        listed = [{"id": None, "function": message["function_call"]}]
    if not isinstance(listed, list):
        return None
    calls = [call_of(each) for each in listed]
    if None in calls:
        return None
    kept = {name: value for name, value in message.items() if name not in ("function_call", "tool_calls")}
    kept |= {"role": "assistant", "content": _as_text(message.get("content"))}
    return kept | ({"tool_calls": calls} if calls else {})


def call_of(call: Any) -> Body | None:
    """Return a tool call with its arguments as text; None if it is none."""
    if not isinstance(call, dict) or not isinstance(call.get("id"), str | int | None):
        return None
    if "function" not in call and isinstance(call.get("name"), str):
        function = {name: call[name] for name in ("name", "arguments", "parameters") if name in call}
        call = {"id": call.get("id"), "function": function}
    function = call.get("function")
    if not isinstance(function, dict | None):
        return None
    key = call.get("id")
    named: Body = call | {"id": str(key) if key not in (None, "") else key}
    return named if function is None else named | {"function": _with_text(function)}


def _with_text(function: Body) -> Body:
    given = function.get("arguments", function.get("parameters"))
    written = json.dumps(given, ensure_ascii=False) if isinstance(given, dict | list) else given
    kept = {name: value for name, value in function.items() if name != "parameters"}
    return kept | {"arguments": written}


def _opened(arguments: Any) -> Any:
    """Return arguments that were written as JSON twice as they were written first."""
    if isinstance(arguments, str) and arguments.lstrip().startswith('"'):
        with suppress(ValueError, TypeError):
            inner = json.loads(arguments)
            return inner if isinstance(json.loads(inner), dict) else arguments
    return arguments


def _as_text(content: str | list[Any] | None) -> str | None:
    """Return the words of a message; those that some servers send in parts are put together."""
    if not isinstance(content, list):
        return content
    parts = (part.get("text") if isinstance(part, dict) else part for part in content)
    return "".join(part for part in parts if isinstance(part, str))


def counted(usage: Any) -> Body:
    """Return the numbers of a usage, names and parts as they came; what is no number is left out."""
    if not isinstance(usage, dict):
        return {}
    parts = {name: value for name, value in usage.items() if name.endswith("_details")}
    numbers = {name: value for name, value in usage.items() if isinstance(value, int | float)}
    whole = {name: int(value) for name, value in numbers.items() if name not in parts}
    return whole | {name: counted(value) for name, value in parts.items() if isinstance(value, dict)}


def known_name(said: str, known: list[str]) -> str:
    """Return the one known name that a tool's name holds, as `functions.find_items` does; else the name."""
    if said in known:
        return said
    plain = said.casefold().replace("-", "_")
    held = [
        each for each in known if re.search(rf"(?<![a-z0-9]){re.escape(each.casefold())}(?![a-z0-9])", plain)
    ]
    longest = [each for each in held if not any(each != other and each in other for other in held)]
    return longest[0] if len(longest) == 1 else said
