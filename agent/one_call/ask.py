"""One reply of a model, bound by a JSON schema of a message's own values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

import prompts
from agent.one_call.types import Choice, Option

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MOST_CALLS = 2  # of a request: one, and one more where the reply did not fit
_REQUEST = 700  # characters of a request; the open words of a longer one are named below it
_READING = 200  # characters of what is read
_REPLY = 40  # tokens of a reply, beside those of its values
_WRONG = "That was not one JSON object with these keys and values. Reply again."


class Reply(NamedTuple):
    """The options a model took, by the keys of their choices, and all it said.

    Nothing is taken where no reply fitted.
    """

    taken: Mapping[str, Option]
    said: tuple[AIMessage, ...]


def ask(model: BaseChatModel, system: str, told: str, choices: Sequence[Choice]) -> Reply:
    """Let a model decide, in one reply, or in two where the first fits no schema.

    Args:
        model: any chat model; what the schema asks is checked here too.
        system: what it is told of every request.
        told: what it is told of this one, see `described`.
        choices: what is open, their keys all different.

    Raises:
        Unanswered: the server gave no reply.
    """
    messages: list[BaseMessage] = [SystemMessage(system), HumanMessage(told)]
    bound: dict[str, Any] = {"response_format": schema(choices), "max_tokens": _room(choices)}
    said: list[AIMessage] = []
    for _ in range(MOST_CALLS):
        reply = model.invoke([*messages], **bound)
        assert isinstance(reply, AIMessage)  # noqa: S101
        said.append(reply)
        taken = read(str(reply.text), choices)
        if taken is not None:
            return Reply(taken, tuple(said))
        messages += [AIMessage(str(reply.text)[:_REQUEST]), HumanMessage(_WRONG)]
    return Reply({}, tuple(said))


def described(request: str, reading: str, choices: Sequence[Choice]) -> str:
    """Return what a model is told of a request: its words, what is read of them, and what is open."""
    lines = "\n".join(f"{_quoted(c.key)}: {' | '.join(_quoted(o.value) for o in c.options)}" for c in choices)
    return prompts.load(
        "agent/one_call_open",
        request=_cut(request, _REQUEST),
        reading=_cut(reading, _READING),
        choices=lines,
    )


def schema(choices: Sequence[Choice]) -> dict[str, Any]:
    """Return the response format that admits one of its values for every choice, and nothing else."""
    values = {c.key: {"type": "string", "enum": [o.value for o in c.options]} for c in choices}
    whole = {
        "type": "object",
        "properties": values,
        "required": list(values),
        "additionalProperties": False,
    }
    return {"type": "json_schema", "json_schema": {"name": "decisions", "strict": True, "schema": whole}}


def read(text: str, choices: Sequence[Choice]) -> dict[str, Option] | None:
    """Return what a reply takes; None where it is no JSON object with a value of every choice."""
    start, end = text.find("{"), text.rfind("}")
    try:
        value = json.loads(text[start : end + 1])
    except ValueError:
        return None
    if not isinstance(value, dict):
        return None
    taken = {choice.key: choice.option(value.get(choice.key)) for choice in choices}
    found = {key: option for key, option in taken.items() if option is not None}
    return found if len(found) == len(choices) else None


def _room(choices: Sequence[Choice]) -> int:
    """Return the most tokens a reply may have: a character of a value is never more than a token."""
    return _REPLY + sum(len(c.key) + max(len(o.value) for o in c.options) for c in choices)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]} …"
