"""A conversation by id, in memory and from a list of messages: the same answers; long ones stay small."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import FakeListChatModel
from langchain_core.messages import HumanMessage
from langgraph.checkpoint.memory import InMemorySaver

from agent import conversation, trimming
from agent.assistant import Assistant
from agent.conversation import Conversation, Said, answer_last
from agent.graph import Graph, build
from agent.memory import conversations
from agent.messages import as_shown, next_place, turns
from agent.state_cache import StateCache
from kg.policy import Policy
from tools.knowledge import Asker

ADA = "films directed by Ada Quill"
TALK = (ADA, "from before 1980", "who shot it?", "thanks", "more by the director of Salt Road", "not that")
SILENT = FakeListChatModel(responses=["nothing"])
FORGETS_NOTHING = 10**6


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USHER_HOME", str(tmp_path))


def by_id(usher: Assistant, talk: Sequence[str], graph: Graph | None = None) -> list[dict[str, Any]]:
    kept = Conversation(usher, graph=graph or build(InMemorySaver()), thread="t")
    return [kept.say(text).answer for text in talk]


def in_memory(usher: Assistant, talk: Sequence[str]) -> list[dict[str, Any]]:
    kept = Conversation(usher)
    return [kept.say(text).answer for text in talk]


def listed(usher: Assistant, talk: Sequence[str], said: str | None = None) -> list[dict[str, Any]]:
    """Send all messages every time, with Usher's replies as they were or as somebody else has them."""
    messages: list[Said] = []
    answers = []
    for text in talk:
        messages.append(Said("user", text))
        answers.append(answer_last(usher, messages).answer)
        messages.append(Said("assistant", answers[-1]["text"] if said is None else said))
    return answers


def state_of(graph: Graph) -> dict[str, Any]:
    return graph.get_state({"configurable": {"thread_id": "t"}}).values


# The same answers


def test_in_memory_is_as_by_id(toy_usher: Assistant) -> None:
    assert in_memory(toy_usher, TALK) == by_id(toy_usher, TALK)


def test_a_list_is_as_by_id(toy_usher: Assistant) -> None:
    assert listed(toy_usher, TALK) == by_id(toy_usher, TALK)


def test_a_list_without_kept_states_is_as_with_them(toy_usher: Assistant) -> None:
    with_states = listed(toy_usher, TALK)
    toy_usher.states = StateCache(states=0)
    assert listed(toy_usher, TALK) == with_states


def test_other_words_in_the_place_of_ushers_change_nothing(toy_usher: Assistant) -> None:
    assert listed(toy_usher, TALK, said="something else") == by_id(toy_usher, TALK)


def test_words_before_the_first_request_change_nothing(toy_usher: Assistant) -> None:
    greeted = [Said("assistant", "Hello!"), Said("user", ADA)]
    assert answer_last(toy_usher, greeted).answer == toy_usher.ask(ADA).answer


def test_a_conversation_goes_on_from_messages(toy_usher: Assistant) -> None:
    begun = Conversation.from_messages(toy_usher, [Said("user", TALK[0])])
    assert begun.say(TALK[1]).answer == by_id(toy_usher, TALK[:2])[1]


def test_other_conversations_do_not_mix(toy_usher: Assistant) -> None:
    listed(toy_usher, TALK)
    other = [Said("user", "shot by Bo Lund"), Said("user", TALK[1])]
    assert answer_last(toy_usher, other).answer == by_id(toy_usher, [said.text for said in other])[1]


def test_other_people_do_not_mix(toy_usher: Assistant) -> None:
    messages = [Said("user", "something good")]
    answer_last(toy_usher, messages, asker=Asker(history=("2", "1")))
    assert answer_last(toy_usher, messages).answer == toy_usher.ask("something good").answer


def test_other_policies_do_not_mix(toy_usher: Assistant) -> None:
    careful = toy_usher.under(Policy(one_at_a_time=True))
    lengths = [len(answer_last(each, [Said("user", ADA)]).answer["items"]) for each in (toy_usher, careful)]
    assert lengths == [3, 1]


def test_an_assistant_under_a_policy_stays_ready(toy_usher: Assistant) -> None:
    policy = Policy(one_at_a_time=True)
    assert toy_usher.under(policy) is toy_usher.under(Policy(one_at_a_time=True))
    assert toy_usher.under(Policy()) is toy_usher


# What is answered again


def count_turns(usher: Assistant, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the requests that are answered from now on."""
    asked: list[str] = []
    after = usher.after

    def noted(state: Any, request: str, *rest: Any, **more: Any) -> Any:
        asked.append(request)
        return after(state, request, *rest, **more)

    monkeypatch.setattr(usher, "after", noted)
    return asked


def test_a_turn_that_follows_is_answered_alone(toy_usher: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = count_turns(toy_usher, monkeypatch)
    listed(toy_usher, TALK)
    assert asked == list(TALK)


def test_the_same_messages_are_answered_once(toy_usher: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = count_turns(toy_usher, monkeypatch)
    first, second = (answer_last(toy_usher, [Said("user", ADA)]) for _ in range(2))
    assert (asked, first) == ([ADA], second)


def test_after_an_edit_only_what_follows_it_is_answered_again(
    toy_usher: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(toy_usher, TALK[:3])
    asked = count_turns(toy_usher, monkeypatch)
    answer_last(toy_usher, [Said("user", text) for text in (*TALK[:2], "a drama", "older")])
    assert asked == ["a drama", "older"]


def test_of_a_very_long_list_the_last_turns_are_read_again(
    toy_usher: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation, "REPLAYED", 2)
    asked = count_turns(toy_usher, monkeypatch)
    answer_last(toy_usher, [Said("user", text) for text in (*TALK[:4], ADA)])
    assert asked == [*TALK[2:4], ADA]


def test_kept_states_are_bounded() -> None:
    kept = StateCache(states=2)
    for number in range(3):
        kept.put(number, {})
    assert (kept.get(0), kept.get(1), len(kept)) == (None, {}, 2)


def test_kept_states_are_bounded_by_what_they_hold() -> None:
    kept = StateCache(characters=10)
    kept.put("old", {"messages": [HumanMessage("x" * 6)]})
    kept.put("new", {"messages": [HumanMessage("x" * 6)]})
    assert (kept.get("old"), len(kept)) == (None, 1)


# Language models


def given(usher: Assistant, messages: Sequence[Said]) -> list[tuple[str, str]]:
    state = Conversation.from_messages(usher, messages)._state
    return [(message.type, message.text) for message in state.get("messages", [])]


def test_a_language_model_is_given_earlier_messages_as_they_are(toy_assistant: Any) -> None:
    usher = toy_assistant(model=SILENT)
    said = [Said("user", ADA), Said("assistant", "Night Tram"), Said("user", "older")]
    assert given(usher, said) == [("human", ADA), ("ai", "Night Tram"), ("human", "older")]


def test_a_language_model_is_given_the_last_turns_only(toy_assistant: Any) -> None:
    usher = toy_assistant(model=SILENT)
    said = [Said("user", str(number)) for number in range(100)]
    assert given(usher, said) == [("human", str(n)) for n in range(100 - trimming.KEPT_TURNS, 100)]


def test_a_language_model_goes_on_from_its_own_answer(
    toy_assistant: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    usher = toy_assistant(model=SILENT)
    after = {"messages": [HumanMessage("with its tools")], "answer": {"text": "Night Tram"}}
    monkeypatch.setattr(usher, "after", lambda *_, **__: after)
    answer_last(usher, [Said("user", ADA)])
    own, other = (given(usher, [Said("user", ADA), Said("assistant", text)]) for text in ("Night Tram", "x"))
    assert (own, other) == ([("human", "with its tools")], [("human", ADA), ("ai", "x")])


# Long conversations

LONG = [ADA, "who shot it?", "from before 1980", "shot by Bo Lund", "more", "not that one", "a drama"] * 8


@pytest.mark.parametrize("kept", [1, 2])
def test_what_older_turns_settled_is_carried(
    toy_usher: Assistant, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    monkeypatch.setattr(trimming, "KEPT_TURNS", FORGETS_NOTHING)
    whole = in_memory(toy_usher, LONG)
    monkeypatch.setattr(trimming, "KEPT_TURNS", kept)
    assert in_memory(toy_usher, LONG) == whole


def test_messages_of_the_last_turns_are_kept(toy_usher: Assistant) -> None:
    graph = build(InMemorySaver())
    by_id(toy_usher, LONG, graph)
    assert len(turns(state_of(graph)["messages"])) == trimming.KEPT_TURNS


def test_a_short_conversation_is_kept_whole(toy_usher: Assistant) -> None:
    graph = build(InMemorySaver())
    by_id(toy_usher, LONG[: trimming.KEPT_TURNS], graph)
    assert state_of(graph).get("earlier") is None


def test_one_state_of_a_conversation_is_kept(toy_usher: Assistant) -> None:
    graph = build(saver := InMemorySaver())
    by_id(toy_usher, LONG[:20], graph)
    assert len(list(saver.list({"configurable": {"thread_id": "t"}}))) == 1


def stored(usher: Assistant, talk: Sequence[str]) -> int:
    """Return the bytes of a conversation on disk."""
    with conversations() as saver:
        by_id(usher, talk, build(saver))
        rows = saver.conn.execute("SELECT length(checkpoint) FROM checkpoints UNION ALL SELECT 0 FROM writes")
        sizes = [size for (size,) in rows.fetchall()]
    assert len(sizes) == 1
    return sum(sizes)


def test_on_disk_a_long_conversation_is_no_larger_than_a_short_one(
    toy_usher: Assistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sizes = []
    for rounds in (2, 8):
        monkeypatch.setenv("USHER_HOME", str(tmp_path / str(rounds)))
        sizes.append(stored(toy_usher, LONG[:7] * rounds))
    assert sizes[1] <= 1.1 * sizes[0]


def test_a_conversation_on_disk_is_as_in_memory(toy_usher: Assistant) -> None:
    with conversations() as saver:
        assert by_id(toy_usher, LONG[:20], build(saver)) == in_memory(toy_usher, LONG[:20])


def test_other_conversations_on_disk_stay(toy_usher: Assistant) -> None:
    with conversations() as saver:
        graph = build(saver)
        Conversation(toy_usher, graph=graph, thread="other").say(ADA)
        by_id(toy_usher, TALK, graph)
        again = Conversation(toy_usher, graph=graph, thread="other").say("from before 1980")
    assert again.answer == by_id(toy_usher, [ADA, "from before 1980"])[1]


def test_ids_of_calls_stay_new_when_messages_are_gone(toy_usher: Assistant) -> None:
    graph = build(InMemorySaver())
    by_id(toy_usher, LONG[:20], graph)
    messages = state_of(graph)["messages"]
    used = {call["id"] for message in messages for call in getattr(message, "tool_calls", ())}
    assert f"call-{next_place(messages)}-0" not in used


# At once


@pytest.mark.parametrize("on_disk", [False, True])
def test_messages_at_once_lose_nothing(toy_usher: Assistant, on_disk: bool) -> None:
    with conversations() as saver:
        graph = build(saver if on_disk else InMemorySaver())
        texts = [f"films by Ada Quill before {year}" for year in range(1980, 1985)]
        threads = [threading.Thread(target=by_id, args=(toy_usher, [text], graph)) for text in texts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        asked = [turn[0].text for turn in turns(state_of(graph)["messages"])]
    assert sorted(asked) == texts


def test_messages_to_two_programs_at_once_lose_nothing(toy_usher: Assistant) -> None:
    def talk(text: str) -> None:
        with conversations() as saver:
            by_id(toy_usher, [text], build(saver))

    texts = [f"films by Ada Quill before {year}" for year in range(1980, 1984)]
    with conversations() as saver:
        threads = [threading.Thread(target=talk, args=(text,)) for text in texts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        asked = [turn[0].text for turn in turns(state_of(build(saver))["messages"])]
    assert sorted(asked) == texts


def test_conversations_are_not_waited_for_by_others(toy_usher: Assistant) -> None:
    graph = build(InMemorySaver())
    with conversation.one_turn_at_a_time(graph.checkpointer, "other"):
        assert by_id(toy_usher, [ADA], graph)


class Walked(list[str]):
    """A list that counts how often it is walked through."""

    walks = 0

    def __iter__(self) -> Iterator[str]:
        self.walks += 1
        return super().__iter__()


def test_a_long_list_is_compared_with_what_was_shown_in_few_walks() -> None:
    shown = Walked(str(number) for number in range(500))
    proposal = {"items": [str(number) for number in reversed(range(500))]}
    assert [message.type for message in as_shown(shown, proposal)] == ["ai", "tool"]
    assert shown.walks < 10
