"""Messages of a conversation: where a turn begins, and which tool calls were answered."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from langchain_core.messages import AIMessage, AnyMessage, BaseMessage, HumanMessage, ToolMessage

PERSON = "# Who asks"  # the heading under which a model is told of the person
DIALOGUE = "# Dialogue state"  # the heading under which it is told what a dialogue has settled, as JSON
WISHES = "# Standing wishes"  # the same for what the person wants over requests
EARLIER = "earlier"  # of a message: what turns settled whose messages are gone
REPAIR = "guard"  # the name under which the guard speaks to the model
NO_WORDS = (
    "Words are not shown to the person. Answer by calling recommend; with nothing to recommend, call it"
    " without items and say why in its note."
)
LOOKUP = "start"  # how ids of calls begin that were made before a model was asked
_KEPT = 256  # answers of tools
_OWN_ID = re.compile(r"[a-z]+-(\d{1,9})-\d+", re.ASCII)


@lru_cache(maxsize=_KEPT)
def loaded(content: str) -> Any:
    """Return a tool's answer as data; nobody changes it, so the same text is loaded once."""
    return json.loads(content)


def this_turn(messages: Sequence[AnyMessage]) -> Sequence[AnyMessage]:
    """Return the messages since the person's last request; what the guard sends back is of the same turn."""
    said = [i for i, m in enumerate(messages) if isinstance(m, HumanMessage) and m.name != REPAIR]
    return messages[said[-1] :] if said else messages


def turns(messages: Sequence[BaseMessage]) -> list[Sequence[BaseMessage]]:
    """Return the messages of every turn, oldest first; what stands before the first request is of none."""
    said = [i for i, m in enumerate(messages) if isinstance(m, HumanMessage) and m.name != REPAIR]
    return [messages[start:end] for start, end in pairwise([*said, len(messages)])]


def next_place(messages: Sequence[BaseMessage]) -> int:
    """Return a number for ids of new tool calls (`call-PLACE-0`) that those of the conversation lack.

    It is the number of messages, or more where older ones are gone.
    """
    ids = (str(call["id"]) for m in messages if isinstance(m, AIMessage) for call in m.tool_calls)
    used = (int(match[1]) + 1 for each in ids if (match := _OWN_ID.fullmatch(each)))
    return max([len(messages), *used])


def call_and_answer(name: str, arguments: dict[str, Any], told: str, key: str) -> list[AnyMessage]:
    """Return a tool call and what came back as messages that later turns read."""
    call = {"name": name, "args": arguments, "id": key, "type": "tool_call"}
    return [AIMessage("", tool_calls=[call]), ToolMessage(told, tool_call_id=key)]


def as_shown(
    shown: Sequence[str], proposal: Mapping[str, Any], *, withheld: bool = False
) -> list[AnyMessage]:
    """Return what lets later turns count items as they were shown; nothing where that is as proposed.

    Where all were `withheld`, later turns know of none.
    """
    known = set(shown)
    proposed = [item for item in proposal["items"] if item in known]
    none_shown = withheld and not shown and proposal["items"]
    if not none_shown and (list(shown) == proposed or sorted(shown) != sorted(proposed)):
        return []
    items = list(shown)
    return call_and_answer("recommend", {**proposal, "items": items}, json.dumps({"items": items}), "shown")


def repairs_of(messages: Sequence[BaseMessage]) -> int:
    """Return how often the last turn was sent back."""
    turn = this_turn(messages)  # type: ignore[arg-type]
    return sum(isinstance(each, HumanMessage) and each.name == REPAIR for each in turn)


def repeats(turn: Sequence[BaseMessage]) -> int:
    """Return how many replies at the end of a turn, one after the other, only call what was called before."""
    called: set[str] = set()
    in_a_row = 0
    for message in turn:
        if isinstance(message, AIMessage) and message.tool_calls:
            calls = {json.dumps([call["name"], call["args"]], sort_keys=True) for call in message.tool_calls}
            in_a_row = in_a_row + 1 if calls <= called else 0
            called |= calls
    return in_a_row


def is_lookup(message: BaseMessage) -> bool:
    """Tell whether a message is a call, or the answer to one, that was made before a model was asked."""
    if isinstance(message, ToolMessage):
        return message.tool_call_id.startswith(f"{LOOKUP}-")
    calls = message.tool_calls if isinstance(message, AIMessage) else []
    return bool(calls) and all(str(call["id"]).startswith(f"{LOOKUP}-") for call in calls)


class Answered(NamedTuple):
    """A tool call with what came back: JSON, or a refusal."""

    name: str
    arguments: dict[str, Any]
    content: str
    refused: bool


def answered_calls(messages: Sequence[BaseMessage]) -> Iterator[Answered]:
    """Yield the tool calls that were answered, in order; an id that comes again means the later call."""
    asked: dict[str, tuple[str, dict[str, Any]]] = {}
    for message in messages:
        if isinstance(message, AIMessage):
            asked |= {str(call["id"]): (call["name"], call["args"]) for call in message.tool_calls}
        elif isinstance(message, ToolMessage) and message.tool_call_id in asked:
            yield Answered(*asked[message.tool_call_id], str(message.content), message.status == "error")
