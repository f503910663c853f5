"""What is looked up before a language model is asked: names, then what the request claims and refers to.

Every request needs these calls, and they follow from its words alone. The conversation keeps them as calls
with results; the model is shown what they found (`agent.model_input`), and two calls of it answer most
requests: one to find, one to recommend. The built-in model reads by itself and gets none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from agent.builtin.interpret.message import understood
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.plan.alternatives import resolve
from agent.builtin.plan.claims import check_claims
from agent.builtin.plan.tool_session import Call, NeedsTools, ToolSession
from agent.messages import LOOKUP, REPAIR, next_place
from agent.state import Context

_LINK = "link_entities"
_FACTS = ("check_fact", "resolve_reference")
_MOST = 12  # calls; a request that reads in more ways is left to the model
Run = Callable[[Context, str, dict[str, Any]], tuple[str, bool]]


def head_start(context: Context, messages: Sequence[AnyMessage], run: Run) -> list[AnyMessage]:
    """Return tool calls with their answers for a request that nothing was done about yet.

    Args:
        context: what the run is given; only tools that are on are called, for language models only.
        messages: the conversation.
        run: runs a tool; returns what it says and whether that is a refusal.

    Returns:
        Messages to add, none if the last message is no request or links are off.
    """
    last = messages[-1] if messages else None
    wanted = context.language_model and _LINK in context.tools
    if not wanted or not isinstance(last, HumanMessage) or last.name == REPAIR:
        return []
    text, place = str(last.text), next_place(messages)
    links = Call(_LINK, {"text": text})
    content, refused = run(context, links.name, links.arguments)
    added = _said([links], [(content, refused)], place)
    facts = [] if refused else _facts(context, text, json.loads(content))
    if facts:
        answers = [run(context, call.name, call.arguments) for call in facts]
        added += _said(facts, answers, place + len(added))
    return added


def _facts(context: Context, text: str, links: dict[str, Any]) -> list[Call]:
    """Return the calls that check what a request claims and resolve what it refers to."""
    assert context.knowledge is not None  # noqa: S101
    vocabulary = Vocabulary.of_graph(context.knowledge.graph)
    reading = understood(text, links, vocabulary).reading
    session = ToolSession(frozenset(context.tools) & frozenset(_FACTS))
    wanted: dict[str, Call] = {}
    for look_up in (check_claims, resolve):
        try:
            look_up(reading, session)
        except NeedsTools as needed:
            wanted |= {call.key: call for call in needed.calls}
    return list(islice(wanted.values(), _MOST))


def _said(calls: Sequence[Call], answers: Sequence[tuple[str, bool]], place: int) -> list[AnyMessage]:
    """Return a message that makes these calls, and a message for every answer; ids differ by place."""
    ids = [f"{LOOKUP}-{place}-{number}" for number in range(len(calls))]
    asked = AIMessage(
        "",
        tool_calls=[
            {"name": call.name, "args": call.arguments, "id": key, "type": "tool_call"}
            for call, key in zip(calls, ids, strict=True)
        ],
    )
    told = [
        ToolMessage(content, tool_call_id=key, status="error" if refused else "success")
        for (content, refused), key in zip(answers, ids, strict=True)
    ]
    return [asked, *told]
