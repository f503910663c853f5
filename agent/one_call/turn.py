"""A turn in one call: the draft of the built-in model, what a model decided on it, and the proposal."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from langchain_core.messages import AIMessage, AnyMessage
from langchain_core.messages.ai import UsageMetadata, add_usage

from agent.answer import Failed
from agent.llm.errors import Unanswered
from agent.messages import Answered, answered_calls, call_and_answer, next_place, this_turn
from agent.one_call.ask import ask, described
from agent.one_call.choices import open_choices, read_so_far
from agent.one_call.draft import draft_of
from agent.one_call.edit import edited
from agent.state import Context
from tools.toolsets import as_json

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

RunTool = Callable[[str, dict[str, Any]], tuple[str, bool]]


class Decided(NamedTuple):
    """A proposal, the messages to add to its draft's, the model calls it took, and how these failed."""

    proposal: dict[str, Any]
    messages: list[AnyMessage]
    calls: int
    failed: Failed | None = None


def decided(
    context: Context, messages: Sequence[AnyMessage], proposal: dict[str, Any], run: RunTool
) -> Decided:
    """Let a model decide what a draft leaves open; without anything open it is not asked.

    Args:
        context: what the run is given; its model decides. Where it is not strict and the server fails, the
            draft stands.
        messages: the conversation, up to the draft's answer.
        proposal: the draft, as arguments of `recommend`.
        run: runs a tool; returns what it says and whether that is a refusal.

    Raises:
        Unanswered: the server failed, and the context is strict.
    """
    assert context.model is not None  # noqa: S101
    assert context.knowledge is not None  # noqa: S101
    turn, tried, looked = this_turn(messages), _Looked(run), _Looked(run)
    draft = draft_of(proposal, list(answered_calls(turn)), context.knowledge.graph)
    draft = replace(draft, person_decides=context.may_ask)
    choices = open_choices(draft, tried)
    if not choices:
        return Decided(proposal, [], 0)
    told = described(str(turn[0].text), read_so_far(draft), choices)
    try:
        reply = ask(cast("BaseChatModel", context.model), context.system, told, choices)
    except Unanswered as error:
        if context.strict:
            raise
        return Decided(proposal, [], 1, Failed("unanswered", error.reason))
    options = [reply.taken[choice.key] for choice in choices if choice.key in reply.taken]
    edits = [option.edit for option in options if option.edit is not None]
    after = edited(draft, edits, looked)
    return Decided(after, _said(messages, looked.made, after, reply.said), len(reply.said))


class _Looked:
    """Runs tools, and keeps what was asked of them."""

    def __init__(self, run: RunTool):
        self._run = run
        self.made: list[Answered] = []

    def __call__(self, name: str, arguments: dict[str, Any]) -> Any:
        content, refused = self._run(name, arguments)
        self.made.append(Answered(name, arguments, content, refused))
        return None if refused else json.loads(content)


def _said(
    messages: Sequence[AnyMessage],
    made: Sequence[Answered],
    proposal: dict[str, Any],
    replies: Sequence[AIMessage],
) -> list[AnyMessage]:
    """Return the lookups and the decided proposal as messages, with the tokens that the model used."""
    place, said = next_place(messages), list[AnyMessage]()
    for number, each in enumerate(each for each in made if not each.refused):
        said += call_and_answer(each.name, each.arguments, each.content, f"decided-{place}-{number}")
    items = as_json({"items": proposal["items"]})
    said += call_and_answer("recommend", proposal, items, f"decided-{place}-{len(made)}")
    call = said[-2]
    assert isinstance(call, AIMessage)  # noqa: S101
    call.usage_metadata = _tokens(replies)
    return said


def _tokens(replies: Sequence[AIMessage]) -> UsageMetadata | None:
    """Return the tokens of several replies together; None where none was counted."""
    used = [each.usage_metadata for each in replies if each.usage_metadata]
    return reduce(add_usage, used) if used else None
