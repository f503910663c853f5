"""What servers refuse, told from their errors, and requests without it."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Any

from agent.llm import schema_text, tool_text
from agent.llm.settings import Settings

Body = dict[str, Any]
NO_THOUGHTS = "tool calls without reasoning_content"
TOO_LONG = "a conversation of this length"
_LIMITS = ("max_tokens", "max_completion_tokens")
_OPTIONAL = (
    *("parallel_tool_calls", "stream_options", "stream", "temperature", "reasoning_effort", "seed"),
    *_LIMITS,
)
# What a server refuses whatever it is sent; a limit is refused beside the length of a request.
KEPT = frozenset((*_OPTIONAL, "tools", NO_THOUGHTS, schema_text.SCHEMA, schema_text.FORMAT)) - {*_LIMITS}
_STATUS = (400, 404, 413, 422, 500, 501)  # llama.cpp says 500 to tools it was not started for
UNSAID = 400  # the status of an error that names none
# A server that could not read the call its own model made names tools as well, and refuses nothing.
_UNKNOWN = re.compile(
    r"support|requires?\b|unrecogni|unknown|unexpected (keyword|field|argument|parameter)"
    r"|unavailable|not (permitted|allowed|enabled)",
    re.I,
)
_OVERFLOW = re.compile(
    r"context[_ ]?(length|window|size)|maximum context|too many (input |prompt )?tokens|\bn_ctx\b"
    r"|\b(prompt|input|message|conversation|request|context)s?( \w+)? (is|are) too (long|large)\b"
    r"|(prompt|input|token)s?( \w+){0,3} exceeds?\b.*\b(maximum|limit|tokens|context)"
    r"|exceeds the (maximum|max) ",
    re.I,
)
_TOOLS = re.compile(r"\btools?\b|tool[_ -]choice|function[_ -]call", re.I)
_FORMAT = re.compile(r"response_format|json_schema|json_object")


def at_start(settings: Settings) -> set[str]:
    """Return what is not tried at all, by the settings."""
    written = {"tools"} if settings.tool_calls == "json" else set()
    return written | ({NO_THOUGHTS} if settings.send_reasoning else set())


def still(known: Set[str], settings: Settings) -> set[str]:
    """Return what of that which is known to be refused is not tried, by the settings."""
    insisted = {"tools"} if settings.tool_calls == "native" else set()
    return set(known) - insisted - ({NO_THOUGHTS} if settings.send_reasoning is not None else set())


def refusal(status: int | None, said: str, body: Body, settings: Settings) -> str | None:
    """Return what a server refuses, if it is something that can be done without, or the length of it all.

    Args:
        status: of the reply; None where there was none.
        said: the error's text.
        body: the request as it was sent.
        settings: they may insist on native tool calls, or on thoughts that stay here.
    """
    if status not in _STATUS:
        return None
    for name in _LIMITS:  # servers count the longest reply among what has to fit
        if name in body and re.search(r"\bmax_(completion_|new_)?tokens\b", said):
            return name
    if _OVERFLOW.search(said):  # before the others: servers name the tools among what is too long
        return TOO_LONG
    if status == 400 and "reasoning_content" in said and settings.send_reasoning is None:
        return NO_THOUGHTS
    asked = (body.get("response_format") or {}).get("type")
    if asked and status != 500 and _FORMAT.search(said) and "nvalid schema" not in said:
        return schema_text.SCHEMA if asked == schema_text.SCHEMA else schema_text.FORMAT
    if not _UNKNOWN.search(said):
        return None
    for name in _OPTIONAL:
        if name in body and re.search(rf"\b{name}\b", said):
            return name
    may = settings.tool_calls == "auto" and body.get("tools")
    return "tools" if may and _TOOLS.search(said) else None


def without(body: Body, refused: Set[str]) -> Body:
    """Return a request as a server takes it that refuses these things."""
    left_out = refused & set(_OPTIONAL) | ({"stream_options"} if "stream" in refused else set())
    sent = {name: value for name, value in body.items() if name not in left_out}
    sent["messages"] = [_thoughtful(message, NO_THOUGHTS in refused) for message in body["messages"]]
    if schema_text.SCHEMA in refused and schema_text.wanted(body):
        sent = schema_text.spoken(sent, refused)
    return tool_text.spoken(sent) if "tools" in refused and body.get("tools") else sent


def heard(reply: Body, body: Body, refused: Set[str]) -> Body:
    """Return a reply as if the server had taken the request as it was."""
    first, *others = reply["choices"]
    message = first["message"]
    if "tools" in refused and body.get("tools"):
        message = tool_text.heard(message, f"said-{len(body['messages'])}")
    elif body.get("tools"):
        message = tool_text.heard_among(message, f"said-{len(body['messages'])}", tool_text.offered(body))
    elif schema_text.SCHEMA in refused and schema_text.wanted(body):
        message = schema_text.heard(message)
    message = tool_text.named(message, tool_text.offered(body)) if body.get("tools") else message
    return reply | {"choices": [first | {"message": message}, *others]}


def _thoughtful(message: Body, wanted: bool) -> Body:
    """Return a message of tool calls with its thoughts or without: some servers insist, others refuse."""
    if wanted and message.get("tool_calls"):
        return {"reasoning_content": ""} | message
    return {name: value for name, value in message.items() if name != "reasoning_content"}
