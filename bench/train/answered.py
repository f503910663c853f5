"""Rows of what the assistant does: its tool calls, and decisions on what its reading left open."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, convert_to_openai_messages
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import PrivateAttr

from agent.assistant import Assistant
from agent.messages import this_turn
from agent.models import system_prompt
from bench.train.rows import Message, Row
from bench.types import Query


class Decider(BaseChatModel):
    """Takes the first value of every choice, or those it is told, and keeps what it was asked."""

    _picks: dict[str, str] = PrivateAttr(default_factory=dict)
    _asked: list[tuple[list[Message], dict[str, list[str]]]] = PrivateAttr(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "usher-decider"

    def told(self, picks: Mapping[str, str]) -> None:
        """Hear which values to take from now on, by the keys of their choices; forget what was asked."""
        self._picks, self._asked = dict(picks), []

    @property
    def asked(self) -> list[tuple[list[Message], dict[str, list[str]]]]:
        """What was asked: messages, and the values of every choice."""
        return self._asked

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        properties = kwargs["response_format"]["json_schema"]["schema"]["properties"]
        values = {key: list(kind["enum"]) for key, kind in properties.items()}
        sent = convert_to_openai_messages(messages)
        self._asked.append((sent if isinstance(sent, list) else [sent], values))
        reply = AIMessage(decision({key: self._picks.get(key, each[0]) for key, each in values.items()}))
        return ChatResult(generations=[ChatGeneration(message=reply)])


def decision(picks: Mapping[str, str]) -> str:
    """Return a reply in one-call mode: one JSON object of the values taken."""
    return json.dumps(dict(picks), ensure_ascii=False)


def one_call_rows(queries: Iterable[Query], assistant: Assistant, decider: Decider) -> Iterator[Row]:
    """Yield a row for each request that leaves something open: what is asked, and the best values.

    Each choice is tried by itself; the value is taken that brings the answer nearest to what is true, of
    equal ones the first, which is what the built-in reading proposes.

    Args:
        queries: the requests, with their truth.
        assistant: one in one-call mode whose model is `decider`.
        decider: that model.
    """
    for query in queries:
        decider.told({})
        first = _nearness(assistant, query)
        if not decider.asked:
            continue
        messages, values = decider.asked[0]
        picks = {}
        for key, each in values.items():
            worth = [first, *(_with(assistant, decider, query, {key: value}) for value in each[1:])]
            picks[key] = each[worth.index(max(worth))]
        reply = {"role": "assistant", "content": decision(picks)}
        yield Row(kind="one-call", query=query.id, type=query.type, messages=[*messages, reply])


def trace_rows(queries: Iterable[Query], assistant: Assistant) -> Iterator[Row]:
    """Yield a row for each request that is answered rightly: the tool calls of the built-in model.

    The last message calls `recommend`; the tools that were on stand beside.
    """
    system = {"role": "system", "content": system_prompt(assistant.graph)}
    tools = [tool.offered() for tool in assistant.tools.values()]
    for query in queries:
        state = assistant.after({}, query.query)
        turn = list(this_turn(state["messages"]))
        last = max((n for n, m in enumerate(turn) if isinstance(m, AIMessage) and m.tool_calls), default=-1)
        said = convert_to_openai_messages(turn[: last + 1])
        named = [str(item["id"]) for item in (state["answer"] or {"items": []})["items"]]
        if last > 0 and nearness(named, query.ground_truth) == 1.0 and isinstance(said, list):
            yield Row(kind="trace", query=query.id, type=query.type, messages=[system, *said], tools=tools)


def nearness(items: Sequence[str], truth: Sequence[str]) -> float:
    """Return the F1 of items against what is true."""
    both = len(set(items) & set(truth))
    return 2 * both / (len(set(items)) + len(set(truth))) if both else 0.0


def _with(assistant: Assistant, decider: Decider, query: Query, picks: dict[str, str]) -> float:
    decider.told(picks)
    return _nearness(assistant, query)


def _nearness(assistant: Assistant, query: Query) -> float:
    named = [str(item["id"]) for item in assistant.ask(query.query).answer["items"]]
    return nearness(named, query.ground_truth)
