"""What a server says: messages, completions, chunks of a stream, refusals."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Body = dict[str, Any]
Message = dict[str, Any]
_PIECE = 12  # characters of a chunk


@dataclass(frozen=True, slots=True)
class Failure:
    """A refusal: an HTTP status with its error, or `reset` and `half` for what a broken network does."""

    status: int | str
    error: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raw:
    """A reply as it goes out, byte for byte; `pauses` are seconds before each of its pieces."""

    pieces: tuple[str, ...]
    status: int = 200
    kind: str = "application/json"
    pauses: tuple[float, ...] = ()


def raw(body: Any, status: int = 200) -> Raw:
    """A body of JSON that is sent as it is."""
    return Raw((body if isinstance(body, str) else json.dumps(body),), status)


def events(*data: Any, done: bool = True, pauses: tuple[float, ...] = ()) -> Raw:
    """A stream: a value is an event's data, a text stands for itself."""
    told = [each if isinstance(each, str) else f"data: {json.dumps(each)}\n\n" for each in data]
    return Raw((*told, *(["data: [DONE]\n\n"] if done else [])), kind="text/event-stream", pauses=pauses)


def says(text: str, **more: Any) -> Message:
    """A message of words; `reasoning_content` and the like stand beside them."""
    return {"role": "assistant", "content": text, **more}


def calls(*wanted: tuple[str, Any], content: str | None = None, **more: Any) -> Message:
    """A message of tool calls (name, arguments); arguments that are a string are sent as they stand."""
    listed = [
        {
            "id": f"call_{number}",
            "type": "function",
            "function": {"name": name, "arguments": args if isinstance(args, str) else json.dumps(args)},
        }
        for number, (name, args) in enumerate(wanted)
    ]
    return {"role": "assistant", "content": content, "tool_calls": listed, **more}


def fails(status: int | str, message: str = "not now", *, code: str | None = None, **headers: str) -> Failure:
    """A refusal; `retry_after="2"` is the header Retry-After."""
    error = {"message": message, "type": "error", "code": code}
    return Failure(status, error, {name.replace("_", "-"): value for name, value in headers.items()})


def tokens(value: Any) -> int:
    """Return roughly how many tokens a text or a JSON value has; the same every time."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return max(1, len(text) // 4)


def usage(body: Body, message: Message) -> dict[str, Any]:
    """Return the usage of a request; what was sent before the last message counts as cached."""
    sent = tokens([body.get("messages"), body.get("tools")])
    before = body["messages"][:-1]
    said = tokens([message.get("content"), message.get("tool_calls"), message.get("reasoning_content")])
    return {
        "prompt_tokens": sent,
        "completion_tokens": said,
        "total_tokens": sent + said,
        "prompt_tokens_details": {"cached_tokens": min(sent, tokens(before)) if len(before) > 1 else 0},
        "completion_tokens_details": {"reasoning_tokens": len(message.get("reasoning_content") or "") // 4},
    }


def completion(body: Body, message: Message, number: int) -> Body:
    """Return a whole completion."""
    return _frame(body, number, "chat.completion") | {
        "choices": [{"index": 0, "message": message, "finish_reason": _reason(message)}],
        "usage": usage(body, message),
    }


def chunks(body: Body, message: Message, number: int) -> Iterator[Body]:
    """Yield the same as chunks of a stream; the usage last, if it was asked for."""
    frame = _frame(body, number, "chat.completion.chunk")
    for delta in _deltas(message):
        yield frame | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    yield frame | {"choices": [{"index": 0, "delta": {}, "finish_reason": _reason(message)}]}
    if (body.get("stream_options") or {}).get("include_usage"):
        yield frame | {"choices": [], "usage": usage(body, message)}


def _frame(body: Body, number: int, kind: str) -> Body:
    return {"id": f"cmpl-{number}", "object": kind, "created": 1, "model": body.get("model", "")}


def _reason(message: Message) -> str:
    return "tool_calls" if message.get("tool_calls") else "stop"


def _deltas(message: Message) -> Iterator[dict[str, Any]]:
    yield {"role": "assistant", "content": ""}
    for key in ("reasoning_content", "reasoning", "content"):
        yield from ({key: piece} for piece in _pieces(message.get(key) or ""))
    for index, call in enumerate(message.get("tool_calls") or ()):
        function = call["function"]
        opening = {**call, "index": index, "function": {"name": function["name"], "arguments": ""}}
        yield {"tool_calls": [opening]}
        for piece in _pieces(function["arguments"]):
            yield {"tool_calls": [{"index": index, "function": {"arguments": piece}}]}


def _pieces(text: str) -> Sequence[str]:
    return [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
