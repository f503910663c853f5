"""The loop, driven by a scripted chat model: what it forgives, what it bounds, what it never lets out."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.errors import GraphRecursionError
from pydantic import Field

from agent.assistant import turn_of
from agent.graph import build, without_memory
from agent.messages import REPAIR
from agent.state import MAX_STEPS, Context, new_turn
from kg.graph import KnowledgeGraph
from tools.knowledge import Knowledge
from tools.toolsets import TOOLS, Tool, as_json, toolset


class Script(BaseChatModel):
    """Says its lines one after the other, the last one for ever; keeps what it was shown."""

    lines: list[AIMessage]
    shown: list[list[BaseMessage]] = Field(default_factory=list)
    bound: list[list[str]] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "script"

    def bind_tools(self, tools: Sequence[Any], *, tool_choice: str | None = None, **kwargs: Any) -> Any:
        self.bound.append([tool["function"]["name"] for tool in tools])
        return self.bind(tools=list(tools), **kwargs)

    def _generate(self, messages: list[BaseMessage], *_: Any, **kwargs: Any) -> ChatResult:
        line = self.lines[min(len(self.shown), len(self.lines) - 1)]
        self.shown.append(list(messages))
        fresh = AIMessage(
            content=line.content,
            tool_calls=[dict(call) for call in line.tool_calls],
            invalid_tool_calls=line.invalid_tool_calls,
        )
        return ChatResult(generations=[ChatGeneration(message=fresh)])


_COUNTER = iter(range(10**6))


def calls(*wanted: tuple[str, dict[str, Any]]) -> AIMessage:
    """A message that calls tools."""
    listed = [
        {"name": name, "args": arguments, "id": f"id-{next(_COUNTER)}", "type": "tool_call"}
        for name, arguments in wanted
    ]
    return AIMessage(content="", tool_calls=listed)


def call(name: str, **arguments: Any) -> AIMessage:
    """A message that calls one tool."""
    return calls((name, arguments))


ADA = {"relation": "director", "op": "is", "value": "Ada Quill"}
FIND_ADA = {"conditions": [ADA]}


def recommend(*items: str, conditions: Sequence[dict[str, str]] = (), **rest: Any) -> AIMessage:
    return call("recommend", items=list(items), conditions=list(conditions), **rest)


def no_index() -> Any:
    raise AssertionError("the text index is not needed here")


@pytest.fixture
def play(toy: KnowledgeGraph) -> Callable[..., dict[str, Any]]:
    """Run a script to its end and return the state, with the model under `model`."""

    def run(*lines: AIMessage, tools: dict[str, Tool] | None = None, **rest: Any) -> dict[str, Any]:
        model = Script(lines=list(lines))
        context = Context(
            Knowledge(toy, no_index), toolset("full") if tools is None else tools, model, **rest
        )
        state = without_memory().invoke(new_turn("hello"), context=context, config={"recursion_limit": 64})
        return {**state, "model": model}

    return run


Play = Callable[..., dict[str, Any]]


def ids(state: dict[str, Any]) -> list[str]:
    return [line["id"] for line in state["answer"]["items"]]


def replies(state: dict[str, Any]) -> list[ToolMessage]:
    return [message for message in state["messages"] if isinstance(message, ToolMessage)]


def counted(name: str) -> tuple[dict[str, Tool], list[dict[str, Any]]]:
    """The full toolset with one tool that notes its calls."""
    made: list[dict[str, Any]] = []
    inner = TOOLS[name].function

    @functools.wraps(inner)
    def noting(*args: Any, **kwargs: Any) -> Any:
        made.append(kwargs)
        return inner(*args, **kwargs)

    return toolset("full") | {name: Tool(noting)}, made


# The straight way


def test_a_recommendation_ends_the_turn(play: Play) -> None:
    assert ids(play(recommend("1", "2", conditions=[ADA]))) == ["1", "2"]


def test_the_model_is_shown_what_a_tool_found(play: Play) -> None:
    state = play(call("find_items", **FIND_ADA), recommend("1"))
    assert [hit["id"] for hit in json.loads(state["model"].shown[1][-1].content)["items"]] == ["2", "1", "6"]


def test_the_model_is_bound_to_exactly_the_tools_that_are_on(play: Play) -> None:
    state = play(recommend("1"), tools=toolset("no-hops"))
    assert set(state["model"].bound[0]) == set(toolset("no-hops"))


def test_a_system_prompt_comes_first(play: Play) -> None:
    shown = play(recommend("1"), system="Be brief.")["model"].shown[0]
    assert (shown[0].type, shown[0].content) == ("system", "Be brief.")


def test_a_system_prompt_is_not_kept_in_the_conversation(play: Play) -> None:
    said = play(recommend("1"), system="Be brief.")["messages"]
    assert [m.type for m in said] == ["human", "ai", "tool", "ai"]


def test_the_last_message_is_the_text_of_the_answer(play: Play) -> None:
    state = play(recommend("1", "2", conditions=[ADA]))
    assert (state["messages"][-1].type, state["messages"][-1].text) == ("ai", state["answer"]["text"])


def test_a_turn_has_one_last_word_even_if_it_was_sent_back(play: Play) -> None:
    said = play(recommend("999"), recommend("1"))["messages"]
    assert [m.type for m in said if m.text and m.type == "ai"] == ["ai"]


def test_several_calls_of_one_message_are_answered_in_their_order(play: Play) -> None:
    two = calls(
        ("check_fact", {"item": "1", "relation": "director", "value": "Ada Quill"}),
        ("resolve_reference", {"items": ["1"], "relation": "director"}),
    )
    state = play(two, recommend("1"))
    assert [m.tool_call_id for m in replies(state)[:2]] == [c["id"] for c in two.tool_calls]


def test_the_turn_lists_its_steps(play: Play) -> None:
    turn = turn_of(play(call("find_items", **FIND_ADA), recommend("1")))
    assert [step.tool for step in turn.steps] == ["find_items", "recommend"]


def test_the_turn_counts_model_calls(play: Play) -> None:
    assert turn_of(play(call("find_items", **FIND_ADA), recommend("1"))).model_calls == 2


def test_the_same_script_twice_gives_equal_bytes(play: Play) -> None:
    lines = (call("find_items", **FIND_ADA), recommend("6", "1", conditions=[ADA], note="ok"))
    assert json.dumps(play(*lines)["answer"]) == json.dumps(play(*lines)["answer"])


# What the model gets wrong


def test_an_unknown_tool_is_said_to_the_model(play: Play) -> None:
    reply = replies(play(call("find_item", conditions=[ADA]), recommend("1")))[0]
    assert (reply.status, "there is no tool 'find_item'" in reply.content) == ("error", True)


def test_an_unknown_tool_is_answered_with_the_nearest(play: Play) -> None:
    assert "Nearest: 'find_items'" in replies(play(call("find_item"), recommend("1")))[0].content


def test_after_an_unknown_tool_the_model_can_go_on(play: Play) -> None:
    assert ids(play(call("find_item"), recommend("1"))) == ["1"]


def test_a_tool_that_is_off_does_not_exist(play: Play) -> None:
    state = play(call("find_items", **FIND_ADA), recommend("1"), tools=toolset("no-find"))
    assert "there is no tool 'find_items'" in replies(state)[0].content


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "conditions: Field required"),
        ({"conditions": "director"}, "conditions: Input should be a valid list"),
        ({"conditions": [{"relation": "director"}]}, "conditions.0"),
        ({"conditions": [ADA], "colour": "red"}, "colour"),
        ({"conditions": [ADA], "limit": "many"}, "limit"),
        ({"conditions": [{"relation": "composer", "value": "x"}]}, "no relation is called 'composer'"),
        ({"conditions": [{"relation": "director", "value": "Ada Quil"}]}, "Nearest: 'Ada Quill'"),
        ({"conditions": []}, "conditions is empty"),
    ],
    ids=["missing", "no-list", "half", "unknown-argument", "wrong-type", "no-relation", "no-value", "empty"],
)
def test_malformed_arguments_come_back_as_an_error(play: Play, arguments: dict[str, Any], said: str) -> None:
    reply = replies(play(call("find_items", **arguments), recommend("1")))[0]
    assert (reply.status, said in reply.content) == ("error", True)


def test_after_malformed_arguments_the_model_can_go_on(play: Play) -> None:
    assert ids(play(call("find_items"), recommend("1"))) == ["1"]


def test_a_refused_step_is_marked(play: Play) -> None:
    turn = turn_of(play(call("find_items"), recommend("1")))
    assert [step.refused for step in turn.steps] == [True, False]


def test_prose_instead_of_a_recommendation_recommends_nothing(play: Play) -> None:
    assert ids(play(AIMessage("You should watch Jaws!"))) == []


def test_prose_instead_of_a_recommendation_is_not_passed_on(play: Play) -> None:
    assert "Jaws" not in json.dumps(play(AIMessage("You should watch Jaws!"))["answer"])


def test_prose_instead_of_a_recommendation_says_why(play: Play) -> None:
    assert play(AIMessage("You should watch Jaws!"))["answer"]["removed"] == ["the model did not recommend"]


def test_prose_beside_a_tool_call_does_no_harm(play: Play) -> None:
    line = recommend("1")
    assert ids(play(AIMessage("I think so.", tool_calls=line.tool_calls))) == ["1"]


# Memory of calls


def test_an_identical_call_runs_once(play: Play) -> None:
    tools, made = counted("find_items")
    play(call("find_items", **FIND_ADA), call("find_items", **FIND_ADA), recommend("1"), tools=tools)
    assert len(made) == 1


def test_an_identical_call_gets_the_identical_answer(play: Play) -> None:
    state = play(call("find_items", **FIND_ADA), call("find_items", **FIND_ADA), recommend("1"))
    first, second = replies(state)[:2]
    assert first.content == second.content


def test_an_identical_refused_call_is_refused_from_memory(play: Play) -> None:
    state = play(call("find_items", conditions=[]), call("find_items", conditions=[]), recommend("1"))
    assert [message.status for message in replies(state)[:2]] == ["error", "error"]


def test_another_call_runs(play: Play) -> None:
    tools, made = counted("find_items")
    other = {"conditions": [{"relation": "director", "value": "Dov Eberhart"}]}
    play(call("find_items", **FIND_ADA), call("find_items", **other), recommend("1"), tools=tools)
    assert len(made) == 2


def test_equal_arguments_to_another_tool_are_another_call(play: Play) -> None:
    claim = {"item": "1", "relation": "director", "value": "Ada Quill"}
    state = play(call("find_items", **claim), call("check_fact", **claim), recommend("1"))
    assert [message.status for message in replies(state)[:2]] == ["error", "success"]


# Bounds


def test_an_endless_loop_stops_at_the_limit_of_steps(play: Play) -> None:
    assert play(call("find_items", **FIND_ADA), max_steps=4)["steps"] == 4


def test_an_endless_loop_ends_with_what_was_found_and_proved(play: Play) -> None:
    assert ids(play(call("find_items", **FIND_ADA), max_steps=4)) == ["2", "1", "6"]


def test_an_endless_loop_keeps_the_conditions_of_what_was_found(play: Play) -> None:
    assert play(call("find_items", **FIND_ADA), max_steps=4)["answer"]["conditions"] == [ADA]


def test_an_endless_loop_says_that_it_stopped(play: Play) -> None:
    assert "stopped" in play(call("find_items", **FIND_ADA), max_steps=4)["answer"]["note"]


def test_the_last_thing_found_is_the_best_one(play: Play) -> None:
    narrow = {"conditions": [ADA, {"relation": "genre", "value": "Drama"}]}
    state = play(call("find_items", **FIND_ADA), call("find_items", **narrow), call("nothing"), max_steps=5)
    assert ids(state) == ["1"]


def test_finding_nothing_does_not_replace_what_was_found(play: Play) -> None:
    empty = {"conditions": [ADA, {"relation": "genre", "value": "Western"}]}
    state = play(call("find_items", **FIND_ADA), call("find_items", **empty), call("nothing"), max_steps=5)
    assert ids(state) == ["2", "1", "6"]


def test_an_endless_loop_that_found_nothing_recommends_nothing(play: Play) -> None:
    assert ids(play(call("nothing"), max_steps=4)) == []


def test_an_endless_loop_of_refusals_makes_no_more_calls_than_the_default_limit(play: Play) -> None:
    assert len(play(call("nothing"))["model"].shown) == MAX_STEPS


def test_no_steps_at_all_is_an_honest_empty_answer(play: Play) -> None:
    assert ids(play(recommend("1"), max_steps=0)) == []


def test_the_default_limit_of_steps_fits_into_the_recursion_limit(play: Play) -> None:
    """Two nodes a step, the guard twice: the loop ends by its own limit and not by LangGraph's."""
    assert play(call("find_items", **FIND_ADA))["steps"] == MAX_STEPS


def test_the_recursion_limit_is_respected(toy: KnowledgeGraph) -> None:
    model = Script(lines=[call("nothing")])
    context = Context(Knowledge(toy, no_index), toolset("full"), model)
    with pytest.raises(GraphRecursionError):
        without_memory().invoke(new_turn("hello"), context=context, config={"recursion_limit": 5})


# The guard in the loop


def test_an_invented_id_is_refused_by_recommend(play: Play) -> None:
    reply = replies(play(recommend("999"), recommend("1")))[0]
    assert (reply.status, "no item has the id '999'" in reply.content) == ("error", True)


def test_an_invented_id_never_leaves(play: Play) -> None:
    assert ids(play(recommend("999"), max_steps=4)) == []


def test_unproved_items_are_stripped_where_others_hold(play: Play) -> None:
    assert ids(play(recommend("1", "3", conditions=[ADA]))) == ["1"]


def test_stripped_items_are_named(play: Play) -> None:
    removed = play(recommend("1", "3", conditions=[ADA]))["answer"]["removed"]
    assert list(removed) == ["Paper Moons (1983): not proved: director: Ada Quill"]


def test_some_unproved_items_are_not_sent_back(play: Play) -> None:
    assert len(play(recommend("1", "3", conditions=[ADA]))["model"].shown) == 1


def test_items_that_are_all_unproved_are_sent_back(play: Play) -> None:
    state = play(recommend("3", conditions=[ADA]), recommend("1", conditions=[ADA]))
    said = [m for m in state["messages"] if isinstance(m, HumanMessage) and m.name == REPAIR]
    assert "Paper Moons (1983): not proved: director: Ada Quill" in said[0].content


def test_a_recommendation_after_repair_is_the_answer(play: Play) -> None:
    assert ids(play(recommend("3", conditions=[ADA]), recommend("1", conditions=[ADA]))) == ["1"]


def test_a_repaired_answer_forgets_what_was_wrong_first(play: Play) -> None:
    state = play(recommend("3", conditions=[ADA]), recommend("1", conditions=[ADA]))
    assert list(state["answer"]["removed"]) == []


def test_a_recommendation_is_sent_back_once_and_then_stripped(play: Play) -> None:
    state = play(recommend("3", conditions=[ADA]), recommend("4", conditions=[ADA]), recommend("1"))
    assert (ids(state), len(state["model"].shown)) == ([], 2)


def test_a_model_that_insists_is_stripped(play: Play) -> None:
    assert ids(play(recommend("3", conditions=[ADA]))) == []


def test_a_false_correction_is_stripped_in_the_loop(play: Play) -> None:
    wrong = {"items": ["1"], "relation": "director", "claimed": "Ada Quill", "true": ["Ada Quill"]}
    assert play(recommend("1", corrections=[wrong]))["answer"]["corrections"] == []


def test_a_true_correction_passes_the_loop(play: Play) -> None:
    right = {"items": ["3"], "relation": "director", "claimed": "Ada Quill", "true": ["Dov Eberhart"]}
    assert play(recommend("4", corrections=[right]))["answer"]["corrections"] == [right]


def test_an_empty_recommendation_with_a_note_is_an_answer(play: Play) -> None:
    state = play(recommend(note="There is nothing like that."))
    assert (ids(state), state["answer"]["note"]) == ([], "There is nothing like that.")


def test_prose_after_a_repair_is_an_honest_empty_answer(play: Play) -> None:
    assert ids(play(recommend("3", conditions=[ADA]), AIMessage("Sorry!"))) == []


def test_a_repair_at_the_limit_of_steps_still_ends(play: Play) -> None:
    assert ids(play(recommend("3", conditions=[ADA]), max_steps=1)) == []


# Conversations


@pytest.fixture
def talk(toy: KnowledgeGraph) -> Callable[..., list[dict[str, Any]]]:
    """Play one script over several turns of one thread; return the state after every turn."""

    def run(*turns: Sequence[AIMessage], tools: dict[str, Tool] | None = None) -> list[dict[str, Any]]:
        model = Script(lines=[line for turn in turns for line in turn])
        context = Context(Knowledge(toy, no_index), toolset("full") if tools is None else tools, model)
        graph = build(InMemorySaver())
        config: Any = {"configurable": {"thread_id": "t"}, "recursion_limit": 64}
        return [graph.invoke(new_turn(f"turn {n}"), config, context=context) for n, _ in enumerate(turns)]

    return run


Talk = Callable[..., list[dict[str, Any]]]


def test_messages_are_kept_over_turns(talk: Talk) -> None:
    _, second = talk([recommend("1")], [recommend("2")])
    assert [m.content for m in second["messages"] if m.type == "human"] == ["turn 0", "turn 1"]


def test_steps_are_counted_anew_every_turn(talk: Talk) -> None:
    first, second = talk([call("find_items", **FIND_ADA), recommend("1")], [recommend("2")])
    assert (first["steps"], second["steps"]) == (2, 1)


def test_repairs_are_allowed_anew_every_turn(talk: Talk) -> None:
    wrong, right = recommend("3", conditions=[ADA]), recommend("1", conditions=[ADA])
    _, second = talk([wrong, right], [recommend("4", conditions=[ADA]), recommend("6", conditions=[ADA])])
    assert ids(second) == ["6"]


def test_an_answer_does_not_last_into_the_next_turn(talk: Talk) -> None:
    _, second = talk([recommend("1")], [AIMessage("Well.")])
    assert ids(second) == []


def test_the_last_answer_is_gone_while_the_next_is_worked_on(toy: KnowledgeGraph) -> None:
    model = Script(lines=[recommend("1"), recommend("2")])
    context = Context(Knowledge(toy, no_index), toolset("full"), model)
    graph, config = build(InMemorySaver()), {"configurable": {"thread_id": "t"}, "recursion_limit": 64}
    graph.invoke(new_turn("one"), config, context=context)
    first = next(iter(graph.stream(new_turn("two"), config, context=context, stream_mode="values")))
    assert first["answer"] is None


def test_corrections_do_not_last_into_the_next_turn(talk: Talk) -> None:
    right = {"items": ["3"], "relation": "director", "claimed": "Ada Quill", "true": ["Dov Eberhart"]}
    _, second = talk([recommend("4", corrections=[right])], [recommend("1")])
    assert second["answer"]["corrections"] == []


def test_what_an_earlier_turn_found_is_not_the_best_of_a_later_one(talk: Talk) -> None:
    """An endless second turn must not answer with items of the first."""
    _, second = talk([call("find_items", **FIND_ADA), recommend("1")], [call("nothing")])
    assert ids(second) == []


def test_the_steps_of_a_turn_are_its_own(talk: Talk) -> None:
    _, second = talk([call("find_items", **FIND_ADA), recommend("1")], [recommend("2")])
    assert [step.tool for step in turn_of(second).steps] == ["recommend"]


def test_a_call_of_an_earlier_turn_is_made_again_as_the_catalogue_may_have_changed(talk: Talk) -> None:
    tools, made = counted("find_items")
    find = FIND_ADA
    talk(
        [call("find_items", **find), recommend("1")],
        [call("find_items", **find), recommend("2")],
        tools=tools,
    )
    assert len(made) == 2


def test_the_guards_words_are_no_turn_of_the_person(talk: Talk) -> None:
    (only,) = talk([recommend("3", conditions=[ADA]), recommend("1", conditions=[ADA])])
    assert [step.tool for step in turn_of(only).steps] == ["recommend", "recommend"]


def test_the_state_of_a_thread_is_plain_data(talk: Talk) -> None:
    (only,) = talk([recommend("1", conditions=[ADA])])
    kept = {key: value for key, value in only.items() if key != "messages"}
    assert json.loads(as_json(kept))["answer"]["items"][0]["id"] == "1"


# Replies as local servers send them


OF_ADA = {"conditions": [{"relation": "director", "value": "Ada Quill"}]}
OF_DOV = {"conditions": [{"relation": "director", "value": "Dov Eberhart"}]}


def run_lines(toy: KnowledgeGraph, *lines: AIMessage, tools: Any = None) -> Any:
    context = Context(
        Knowledge(toy, no_index), tools or toolset("full"), Script(lines=list(lines)), max_steps=5
    )
    return without_memory().invoke(new_turn("x"), context=context, config={"recursion_limit": 64})


def test_identical_calls_of_one_message_run_once(toy: KnowledgeGraph) -> None:
    tools, made = counted("find_items")
    run_lines(toy, calls(("find_items", OF_ADA), ("find_items", OF_ADA)), recommend("1"), tools=tools)
    assert len(made) == 1


def test_call_ids_that_repeat_do_not_mix_up_what_was_found(toy: KnowledgeGraph) -> None:
    """Some local servers number the calls of every reply from 0."""

    def said(name: str, **arguments: Any) -> AIMessage:
        return AIMessage(
            "", tool_calls=[{"name": name, "args": arguments, "id": "call_0", "type": "tool_call"}]
        )

    state = run_lines(toy, said("find_items", **OF_ADA), said("find_items", **OF_DOV), said("nothing"))
    assert {line["id"] for line in state["answer"]["items"]} == {"3", "4"}


def test_a_call_whose_json_is_broken_is_said_to_the_model(toy: KnowledgeGraph) -> None:
    broken = {"name": "recommend", "args": '{"items": [', "id": "x", "error": "", "type": "invalid_tool_call"}
    state = run_lines(toy, AIMessage("", invalid_tool_calls=[broken]), recommend("1"))
    assert [line["id"] for line in state["answer"]["items"]] == ["1"]
