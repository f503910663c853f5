"""A conversation with Usher, the same for every interface: chat, replay, API and benchmark.

It is kept by a graph under the id of a thread, or in memory, or comes as a whole list of messages every time:
the answers are the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Sequence
from typing import Literal, NamedTuple

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from agent import standing_wishes, wishes_heard
from agent.assistant import Assistant, Step, Turn, turn_of
from agent.graph import Graph
from agent.memory import one_turn_at_a_time, prune
from agent.state import State
from agent.trimming import KEPT_TURNS
from kg.folders import writing
from kg.store import home
from tools.knowledge import Asker

REPLAYED = 250  # turns of a conversation that are read again at most, where its states are not in memory


class Said(NamedTuple):
    """A message of a conversation: by the person, or by Usher as somebody else kept it."""

    role: Literal["user", "assistant"]
    text: str


class Conversation:
    """Messages of one person, answered in order; kept by `graph` under `thread`, or without one in memory.

    Messages that come at once to a conversation that a graph keeps are answered one after the other. Of a
    long one the last turns are kept whole, and of older ones what they settled.
    """

    def __init__(
        self,
        assistant: Assistant,
        *,
        graph: Graph | None = None,
        thread: str = "conversation",
        asker: Asker = Asker(),
    ):
        self.assistant = assistant
        self.graph = graph
        self.thread = thread
        self.asker = asker
        self._state: State = {}

    @classmethod
    def from_messages(
        cls, assistant: Assistant, messages: Sequence[Said], *, asker: Asker = Asker()
    ) -> Conversation:
        """Return the conversation after some messages, for `say` to go on with; nothing is kept on disk.

        The built-in model is deterministic: what the person said is answered again, as far as the states are
        not in memory any more, whatever stands there as Usher's words; of a very long conversation the last
        `REPLAYED` turns. A language model is given the last messages as they are.
        """
        found = cls(assistant, asker=asker)
        turns = _turns(messages)
        found._state = _state_after(assistant, turns, _keys(assistant, turns, asker), asker)
        return found

    def say(
        self,
        message: str,
        on_step: Callable[[Step], None] | None = None,
        on_question: Callable[[str, Sequence[str]], int] | None = None,
    ) -> Turn:
        """Answer the next message; see `Assistant.chat`. In memory there is nobody to ask.

        Raises:
            UnwritableError: the answer cannot be kept.
            UnreachableError: the database that keeps it does not answer.
        """
        if self.graph is None:
            self._state = self.assistant.after(self._state, message, on_step, asker=self.asker)
            return turn_of(self._state)
        saver = self.graph.checkpointer
        with writing(home()), one_turn_at_a_time(saver, self.thread) as held:
            graph = self.graph if held is saver else self.graph.copy({"checkpointer": held})
            hear = on_step or _silent
            turn = self.assistant.chat(graph, self.thread, message, hear, on_question, asker=self.asker)
            prune(held, self.thread)
        return turn


def answer_last(
    assistant: Assistant,
    messages: Sequence[Said],
    on_step: Callable[[Step], None] | None = None,
    *,
    asker: Asker = Asker(),
    who: str = "",
) -> Turn:
    """Return the answer to the last message of a whole conversation, which is the person's.

    The state after it stays in memory, for the messages that follow. What the built-in model answered to
    the same messages is its answer again. `on_step` sees every tool call of the last turn as it ends. Of the
    person `who` by name, more may be remembered by now: what they were shown before stays what it was.
    """
    turns, by_model = _turns(messages), assistant.context.language_model
    keys = _keys(assistant, turns, asker)
    if not by_model:
        kept = assistant.states.get(keys[-1])
        if kept is not None:
            turn = turn_of(kept)
            for step in turn.steps:
                (on_step or _silent)(step)
            return turn
    before = _state_after(assistant, turns[:-1], keys[:-1], asker, who)
    state = assistant.after(before, turns[-1].request, on_step, asker=asker)
    turn = turn_of(state)
    turns[-1] = turns[-1]._replace(replies=(turn.answer["text"].strip(),))
    assistant.states.put(_keys(assistant, turns, asker)[-1] if by_model else keys[-1], state)
    if who:
        assistant.states.put(_shown_keys(assistant, turns, who)[-1], state)
    return turn


class _Turn(NamedTuple):
    request: str
    replies: tuple[str, ...]


def _turns(messages: Sequence[Said]) -> list[_Turn]:
    """Return what was said turn by turn; Usher's words before the first request are of none."""
    turns: list[_Turn] = []
    for said in messages:
        if said.role == "user":
            turns.append(_Turn(said.text, ()))
        elif turns:
            turns[-1] = turns[-1]._replace(replies=(*turns[-1].replies, said.text.strip()))
    return turns


def _keys(assistant: Assistant, turns: Sequence[_Turn], asker: Asker) -> list[Hashable]:
    """Return what the states after every turn are kept by; Usher's words count where they are a model's."""
    digest, keys = hashlib.sha256(assistant.policy_key), list[Hashable]()
    for turn in turns:
        said = turn if assistant.context.language_model else (turn.request,)
        digest.update(json.dumps(said).encode())
        keys.append((digest.digest(), asker))
    return keys


def _shown_keys(assistant: Assistant, turns: Sequence[_Turn], who: str) -> list[Hashable]:
    """Return what the states after every turn are kept by for who was shown exactly these answers."""
    digest, keys = hashlib.sha256(assistant.policy_key), list[Hashable]()
    for turn in turns:
        digest.update(json.dumps(turn).encode())
        keys.append((digest.digest(), who))
    return keys


def _state_after(
    assistant: Assistant, turns: Sequence[_Turn], keys: Sequence[Hashable], asker: Asker, who: str = ""
) -> State:
    """Return the state after turns: the latest in memory, and after it what was said since."""
    shown = _shown_keys(assistant, turns, who) if who else keys
    get = assistant.states.get
    known = ((place + 1, get(shown[place]) or get(keys[place])) for place in reversed(range(len(turns))))
    start, state = next(((place, state) for place, state in known if state is not None), (0, State()))
    if assistant.context.language_model:
        return _given(assistant, state, turns[start:], asker)
    start = max(start, len(turns) - REPLAYED)
    for turn, key in zip(turns[start:], keys[start:], strict=True):
        state = assistant.after(state, turn.request, asker=asker)
        assistant.states.put(key, state)
    return state


def _given(assistant: Assistant, state: State, turns: Sequence[_Turn], asker: Asker) -> State:
    """Return a state with the last turns as plain messages, and what all of them wish over requests."""
    context, wishes = assistant.context_of(asker), state.get("wishes")
    plain: list[AnyMessage] = list(state.get("messages", []))
    for turn in turns[-REPLAYED:]:
        request = HumanMessage(turn.request)
        heard = wishes_heard.heard(context, {**state, "messages": [*plain, request], "wishes": wishes})
        wishes = standing_wishes.settled(heard, keeps=False)
    for turn in turns[-KEPT_TURNS:]:
        plain += [HumanMessage(turn.request), *map(AIMessage, turn.replies)]
    given: State = {**state, "messages": plain}
    return {**given, "wishes": wishes} if wishes else given


def _silent(_: Step) -> None:
    """Hear of a step, and do nothing."""
