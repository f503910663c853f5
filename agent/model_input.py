"""The messages that a model is sent: what was looked up and who asks stand with the request, as text.

The conversation keeps every lookup as a call with its result, for the guard and for later turns. A language
model made none of these calls, so it is shown what they found beside the words of the person. What is the
same for every request comes first, so that a server can keep it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

from langchain_core.messages import AnyMessage, HumanMessage, SystemMessage, ToolMessage

from agent.briefing import briefing, present
from agent.looked_up import as_text
from agent.messages import REPAIR, answered_calls, is_lookup, this_turn, turns
from agent.shortening import in_short
from agent.state import Context, State
from agent.trimming import earlier_message


def model_messages(context: Context, state: State, *, short: bool = False) -> list[AnyMessage]:
    """Return the messages that a model is sent; `short`: this turn only, with short answers of tools."""
    if not context.language_model:
        return _as_they_are(context, state, short=short)
    now = present(context, state)
    whole = [state["messages"]] if not _requests(state["messages"]) else turns(state["messages"])
    spoken = cast("list[Sequence[AnyMessage]]", whole[-1:] if short else whole)
    sent: list[AnyMessage] = [SystemMessage(context.system)] if context.system else []
    for place, turn in enumerate(spoken):
        sent += _shown(turn, now if place == len(spoken) - 1 else "")
    return list(in_short(sent)) if short else sent


def _as_they_are(context: Context, state: State, *, short: bool) -> list[AnyMessage]:
    told = briefing(context, state)
    before: list[AnyMessage] = [SystemMessage(told)] if told else []
    if short:
        return [*before, *in_short(this_turn(state["messages"]))]
    return [*before, *earlier_message(state), *state["messages"]]


def _requests(messages: Sequence[AnyMessage]) -> bool:
    return any(isinstance(each, HumanMessage) and each.name != REPAIR for each in messages)


def _shown(turn: Sequence[AnyMessage], now: str) -> list[AnyMessage]:
    """Return the messages of a turn: its lookups as text behind the request, results without evidence."""
    looked = as_text(list(answered_calls([message for message in turn if is_lookup(message)])))
    shown: list[AnyMessage] = []
    for message in turn:
        if isinstance(message, HumanMessage) and message.name != REPAIR:
            blocks = "".join(f"\n\n{block}" for block in (looked, now) if block)
            shown.append(HumanMessage(f"{message.text}{blocks}"))
        elif not is_lookup(message):
            shown.append(_without_evidence(message))
    return shown


def _without_evidence(message: AnyMessage) -> AnyMessage:
    """Return a tool's result as a model needs it: the guard proves again, so proofs are only in its way."""
    if not isinstance(message, ToolMessage) or message.status == "error":
        return message
    return message.model_copy(update={"content": _short(str(message.content))})


@lru_cache(maxsize=256)  # a conversation is sent again with every call
def _short(content: str) -> str:
    """Return a tool's result as JSON without its evidence."""
    result = json.loads(content)
    if isinstance(result, dict):
        result = {name: _hits(value) for name, value in result.items() if name != "evidence"}
    return json.dumps(result, ensure_ascii=False, separators=(",", ":"))


def _hits(value: Any) -> Any:
    """Return found items without scores that nobody gave; any other value as it is."""
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return value
    return [{name: told for name, told in each.items() if told is not None} for each in value]
