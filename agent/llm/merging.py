"""The chunks of a stream as one completion."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from agent.llm import forms, sse
from agent.llm.errors import CutOff
from agent.llm.repetition import goes_round

Body = dict[str, Any]
_TEXTS = ("content", "reasoning_content", "reasoning", "refusal")


def merged(chunks: Iterable[Any]) -> Body:
    """Return the chunks of a stream as one completion.

    A stream is whole where a reason to end was given, or its end was said (`[DONE]`, or the usage of it all).

    Raises:
        CutOff: the stream ended before the model did.
        ErrorInReply: the server sent an error in its place.
    """
    reply: Body = {"object": "chat.completion"}
    message: Body = {"role": "assistant", "content": ""}
    calls = _Calls()
    finish, is_whole = None, False
    for chunk in chunks:
        if chunk == sse.DONE:
            is_whole = True
            break
        choice = _first(chunk)
        forms.refuse_error(chunk, choice)
        if not isinstance(chunk, dict):
            continue
        reply |= {name: chunk[name] for name in ("id", "model") if chunk.get(name)}
        reply |= {"usage": usage} if (usage := forms.counted(chunk.get("usage"))) else {}
        is_whole = is_whole or (bool(usage) and not chunk.get("choices"))
        _add(message, calls, choice)
        finish = choice.get("finish_reason") or finish
        if finish is None and goes_round(message["content"]):
            finish = "length"  # as the protocol calls a reply that does not end by itself
            break
    if finish is None and not is_whole:
        raise CutOff("the stream ended in the middle")
    message |= {"tool_calls": calls.listed} if calls.listed else {}
    finish = finish or ("tool_calls" if calls.listed else "stop")
    return reply | {"choices": [{"index": 0, "message": message, "finish_reason": finish}]}


def _first(chunk: Any) -> Body:
    choices = chunk.get("choices") if isinstance(chunk, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    return first if isinstance(first, dict) else {}


def _add(message: Body, calls: _Calls, choice: Body) -> None:
    delta = choice.get("delta") or choice.get("message") or {}  # some send the last chunk as a message
    read = forms.message_of({"content": None} | delta) or {}
    for name in _TEXTS:
        piece = read.get(name) if name == "content" else delta.get(name)
        if isinstance(piece, str):
            message[name] = (message.get(name) or "") + piece
    for piece, whole in zip(delta.get("tool_calls") or (), read.get("tool_calls") or (), strict=False):
        calls.add(piece.get("index"), whole)


class _Calls:
    """Tool calls whose pieces come one after the other.

    Servers number calls, or tell them apart by their ids, or by neither: then a new name begins a new call
    once the arguments of the last one are whole.
    """

    def __init__(self) -> None:
        self.listed: list[Body] = []
        self._last: dict[Any, Body] = {}

    def add(self, place: int | None, piece: Body) -> None:
        """Add a piece, which begins a call or goes on with one."""
        key = place if place is not None else piece.get("id") or next(reversed(self._last), 0)
        function = piece.get("function") or {}
        call = self._last.get(key)
        if call is None or _begins(call, piece.get("id"), function.get("name")):
            call = {"id": None, "type": "function", "function": {"name": "", "arguments": ""}}
            self.listed.append(call)
        self._last.pop(key, None)  # the last one to be touched is the last of all
        self._last[key] = call
        call["id"] = call["id"] or piece.get("id")
        call["function"]["name"] = call["function"]["name"] or function.get("name") or ""
        call["function"]["arguments"] += function.get("arguments") or ""


def _begins(call: Body, key: Any, name: Any) -> bool:
    """Tell whether a piece under the number of a call begins another one."""
    if not name or not call["function"]["name"]:
        return False
    if key and call["id"]:
        return bool(key != call["id"])
    with suppress(ValueError):
        return isinstance(json.loads(call["function"]["arguments"]), dict)
    return False
