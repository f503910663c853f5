"""A model that answers at once: its turn is one step of the graph, and the same turn."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import HumanMessage
from langgraph.errors import GraphRecursionError

from agent.assistant import Assistant, turn_of
from agent.builtin import replies
from agent.builtin.policy import decide
from agent.graph import build
from agent.state import Context, new_turn
from agent.straight import straight
from kg.policy import Policy
from tools.knowledge import Asker

ASKED = "films directed by Ada Quill"


def states(context: Context, text: str) -> list[dict[str, Any]]:
    config: Any = {"recursion_limit": 64}
    return list(build().stream(new_turn(text), config, context=context, stream_mode="values"))


@pytest.mark.parametrize("text", [ASKED, "hello", "Who directed Saltmarsh?", "something by Ada Quilt"])
def test_a_turn_at_once_is_the_turn_step_by_step(toy_usher: Assistant, text: str) -> None:
    fast, slow = (states(replace(toy_usher.context, at_once=once), text) for once in (True, False))
    assert turn_of(fast[-1]) == turn_of(slow[-1])
    assert [m.content for m in fast[-1]["messages"]] == [m.content for m in slow[-1]["messages"]]
    assert len(fast) < len(slow)


@pytest.mark.parametrize("text", [ASKED, "hello", "Who directed Saltmarsh?", "something by Ada Quilt", ""])
def test_a_turn_without_a_schedule_is_the_turn_of_the_graph(toy_usher: Assistant, text: str) -> None:
    by_graph, config = {}, {"recursion_limit": 64}
    state: Any = {}
    for said in (text, "from before 1980", "why?"):
        turn = new_turn(said)
        sent: Any = {**by_graph, **turn, "messages": [*by_graph.get("messages", []), *turn["messages"]]}
        by_graph = build().invoke(sent, config, context=toy_usher.context)  # type: ignore[arg-type, assignment]
        state = toy_usher.after(state, said)
        assert [m.content for m in state["messages"]] == [m.content for m in by_graph["messages"]]
        assert state | {"messages": []} == by_graph | {"messages": []}


def test_messages_of_a_turn_without_a_schedule_have_ids_of_their_own(toy_usher: Assistant) -> None:
    """By them a long conversation is cut."""
    state: Any = {}
    for number in range(9):
        state = toy_usher.after(state, f"{ASKED} {number}")
    ids = [message.id for message in state["messages"]]
    assert None not in ids
    assert len(set(ids)) == len(ids)
    assert sum(isinstance(message, HumanMessage) for message in state["messages"]) == 6


def test_a_turn_for_somebody_uses_the_model_as_it_was_bound(toy_usher: Assistant) -> None:
    somebody = toy_usher.context_of(Asker(age=30))
    assert somebody.knowledge is not toy_usher.context.knowledge
    assert somebody.bound is toy_usher.context.bound


def test_rules_of_a_client_are_told_apart(toy_usher: Assistant) -> None:
    """By them states of conversations are kept."""
    key = toy_usher.policy_key
    assert toy_usher.under(Policy(one_at_a_time=True)).policy_key != key == toy_usher.policy_key


def test_a_turn_without_a_schedule_ends(toy_usher: Assistant) -> None:
    with pytest.raises(GraphRecursionError):
        straight(toy_usher.context, new_turn(ASKED), 1)


def test_a_turn_at_once_ends_at_the_limit_of_steps(toy_usher: Assistant) -> None:
    limits = [replace(toy_usher.context, max_steps=1, at_once=once) for once in (True, False)]
    fast, slow = (states(each, ASKED)[-1] for each in limits)
    assert (fast["steps"], fast["answer"]) == (1, slow["answer"])


def test_a_message_is_decided_on_once(toy_usher: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    monkeypatch.setattr(replies, "decide", lambda *args: made.append(args) or decide(*args))
    assert toy_usher.ask(ASKED).model_calls > len(made) == 1


def test_only_the_built_in_model_moves_at_once(toy_usher: Assistant) -> None:
    server = Assistant("toy", model=toy_usher.context.model or "")
    assert (toy_usher.context.at_once, server.context.at_once) == (True, False)


class Ear(BaseCallbackHandler):
    """Counts the calls of a chat model."""

    heard = 0

    def on_chat_model_start(self, *_: Any, **__: Any) -> None:
        self.heard += 1


def test_who_listens_hears_the_built_in_model(toy_usher: Assistant) -> None:
    ear = Ear()
    config: Any = {"recursion_limit": 64, "callbacks": [ear]}
    state = build().invoke(new_turn(ASKED), config, context=toy_usher.context)
    assert ear.heard == state["steps"] > 1


def test_a_long_sentence_of_names_is_read_in_time(toy_usher: Assistant) -> None:
    """Every place of it might begin a question."""
    before = time.process_time()
    toy_usher.ask("I loved " + "Saltmarsh and " * 280)
    assert time.process_time() - before < 5
