"""The next message of the built-in model: what it says to a conversation, and which tools it calls.

Deterministic, no network, the same tool calls an LLM would make. `agent.builtin.model` makes a LangChain
chat model of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, SystemMessage, ToolMessage

from agent.builtin.dialogue.earlier import Settled, merged, settled
from agent.builtin.dialogue.going_back import turns_before
from agent.builtin.dialogue.once_more import once_more
from agent.builtin.dialogue.state import DialogueState, state_of
from agent.builtin.goal.state import Goal
from agent.builtin.interpret.profile import is_bare_refusal
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.plan.tool_session import Answers, Call, NeedsTools, ToolSession, call_key
from agent.builtin.policy import decide
from agent.messages import DIALOGUE, EARLIER, PERSON, WISHES, answered_calls, loaded, turns
from kg.policy import Policy

Run = Callable[[AIMessage], Sequence[ToolMessage]]


@dataclass(frozen=True, slots=True)
class BuiltinReplies:
    """Reads the last request and what tools have answered since, and makes the next tool calls.

    It needs no instructions: of system messages it looks only for what is known of the person, of the
    dialogue and of standing wishes.
    """

    vocabulary: Vocabulary
    policy: Policy = field(default_factory=Policy)
    tools: frozenset[str] = frozenset()

    def bind_tools(self, tools: Sequence[Mapping[str, Any]]) -> BuiltinReplies:
        """Return the same with these tools, as schemas, switched on."""
        return replace(self, tools=frozenset(str(tool["function"]["name"]) for tool in tools))

    def invoke(self, input: Sequence[BaseMessage], *, run: Run | None = None) -> AIMessage:
        """Return the next message; with `run`, which answers calls, it is the last one of the turn."""
        place = len(input)

        def answers(calls: Sequence[Call]) -> list[Any]:
            nonlocal place
            assert run is not None  # noqa: S101
            told = run(_message(calls, place))
            place += 1 + len(told)
            return [None if each.status == "error" else loaded(str(each.content)) for each in told]

        request, state, session = _conversation(input, self.tools, answers if run else None)
        goal = _goal(input)
        left = _beside_wishes(input)
        try:
            if left == "" and goal is None and state is not None:
                said = once_more(request, session, self.vocabulary, state)
            else:
                said = decide(left or request, session, self.vocabulary, state, goal, self.policy)
            calls = [Call("recommend", said)]
        except NeedsTools as needed:
            calls = needed.calls
        return _message(calls, place)


def _message(calls: Sequence[Call], place: int) -> AIMessage:
    """Return a message that makes some calls; ids differ by its place in the conversation."""
    listed = [
        {"name": call.name, "args": call.arguments, "id": f"call-{place}-{index}", "type": "tool_call"}
        for index, call in enumerate(calls)
    ]
    return AIMessage(content="", tool_calls=listed)


def _conversation(
    messages: Sequence[BaseMessage], tools: frozenset[str], run: Answers | None
) -> tuple[str, DialogueState | None, ToolSession]:
    """Return the last request, what it may follow up on, and what tools have answered since."""
    spoken = turns(messages)
    past, now = spoken[:-1], spoken[-1] if spoken else []
    request = str(now[0].content) if now else ""
    before = next((m.additional_kwargs[EARLIER] for m in messages if EARLIER in m.additional_kwargs), None)
    if is_bare_refusal(request) and (meant := _meant(past, before)):
        request = f"{meant} ({request})"
    told = any(isinstance(m, SystemMessage) and PERSON in str(m.content) for m in messages)
    session = ToolSession(tools, knows_person=told, run=run)
    for name, arguments, answer in _answers(now[1:]):
        session.answers[call_key(name, arguments)] = answer
    every = [list(_answers(turn)) for turn in past]
    gone_back = turns_before(request, every)
    state = state_of(every, before) if gone_back is None else state_of(gone_back)
    texts = tuple(str(turn[0].content) for turn in past)
    return request, replace(state, texts=texts) if state is not None else None, session


def settled_by(past: Sequence[Sequence[BaseMessage]], before: Settled | None) -> Settled:
    """Return what turns of a conversation settled, each its messages, together with those `before` them."""
    whole = merged(settled([list(_answers(turn)) for turn in past]), before)
    return {**whole, "meant": _meant(past, before)}


def dialogue_before(messages: Sequence[BaseMessage], earlier: Settled | None) -> DialogueState | None:
    """Return what the last request may follow up on; `earlier` is what turns settled that are gone."""
    return state_of([list(_answers(turn)) for turn in turns(messages)[:-1]], earlier)


def _meant(past: Sequence[Sequence[BaseMessage]], before: Settled | None) -> str:
    """Return the last request that is more than a bare refusal to say something; "" if there is none."""
    texts = (str(turn[0].content) for turn in reversed(past))
    return next((text for text in texts if not is_bare_refusal(text)), before["meant"] if before else "")


def _goal(messages: Sequence[BaseMessage]) -> Goal | None:
    """Return the dialogue state that a system message tells; None where there is none."""
    for message in messages:
        if isinstance(message, SystemMessage) and DIALOGUE in str(message.content):
            return Goal.of_data(loaded(str(message.content).partition(f"{DIALOGUE}\n")[2].split("\n")[0]))
    return None


def _beside_wishes(messages: Sequence[BaseMessage]) -> str | None:
    """Return what a message asks for beside wishes that stand; None where all of it is a request."""
    for message in messages:
        if isinstance(message, SystemMessage) and WISHES in str(message.content):
            said = loaded(str(message.content).partition(f"{WISHES}\n")[2].split("\n")[0]).get("request")
            return None if said is None else str(said)
    return None


def _answers(messages: Sequence[BaseMessage]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Yield every answered call: name, arguments, and the result, None where the tool refused."""
    for call in answered_calls(messages):
        yield call.name, call.arguments, None if call.refused else loaded(call.content)
