"""What a language model finds done before it is asked: links, claim checks, references."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from agent.assistant import Assistant, turn_of
from agent.head_start import head_start
from agent.messages import REPAIR
from agent.nodes import _call
from agent.state import Context
from kg.graph import KnowledgeGraph
from kg.types import ItemId
from llm_server import Builtin, Script, Server, calls
from tools.knowledge import Asker, Knowledge
from tools.toolsets import TOOLSETS, toolset

FALSE = "I loved Paper Moons, which Ada Quill directed. What else did she direct?"
REFERENCE = "films with the same cinematographer as The Glass Harbour"
PLAIN = "films directed by Ada Quill"
FOUND = {"conditions": [{"relation": "director", "value": "Ada Quill"}]}


def no_index() -> Any:
    raise AssertionError("the text index is not needed here")


@pytest.fixture
def begin(toy: KnowledgeGraph) -> Callable[..., list[Any]]:
    """Return what is put before the first model call."""

    def start(request: str | list[Any], tools: str = "full", *, language_model: bool = True) -> list[Any]:
        messages = [HumanMessage(request)] if isinstance(request, str) else request
        context = Context(Knowledge(toy, no_index), toolset(tools), language_model=language_model)
        return head_start(context, messages, _call)

    return start


Begin = Callable[..., list[Any]]


def called(messages: Sequence[Any]) -> list[str]:
    return [call["name"] for m in messages if isinstance(m, AIMessage) for call in m.tool_calls]


def test_names_are_linked(begin: Begin) -> None:
    assert called(begin(PLAIN)) == ["link_entities"]


def test_the_text_that_is_linked_is_the_persons(begin: Begin) -> None:
    assert begin(PLAIN)[0].tool_calls[0]["args"] == {"text": PLAIN}


def test_a_claim_is_checked(begin: Begin) -> None:
    assert called(begin(FALSE)) == ["link_entities", "check_fact"]


def test_the_check_of_a_claim_comes_with_its_verdict(begin: Begin) -> None:
    assert json.loads(begin(FALSE)[-1].content)["verdict"] == "contradicted"


def test_a_reference_is_resolved(begin: Begin) -> None:
    assert called(begin(REFERENCE)) == ["link_entities", "resolve_reference"]


def test_the_built_in_model_gets_no_head_start(begin: Begin) -> None:
    assert begin(FALSE, language_model=False) == []


def test_the_guards_words_are_no_request(begin: Begin) -> None:
    assert begin([HumanMessage(FALSE), HumanMessage("Again.", name=REPAIR)]) == []


def test_what_is_begun_is_not_begun_again(begin: Begin) -> None:
    assert begin([HumanMessage(FALSE), *begin(FALSE)]) == []


@pytest.mark.parametrize("tools", sorted(TOOLSETS))
def test_only_tools_that_are_on_are_called(begin: Begin, tools: str) -> None:
    assert set(called([*begin(FALSE, tools), *begin(REFERENCE, tools)])) <= TOOLSETS[tools]


def test_a_text_too_long_to_link_is_refused_and_left_to_the_model(begin: Begin) -> None:
    asked, told = begin("Ada Quill " * 3000)
    assert (called([asked]), told.status) == (["link_entities"], "error")


def test_every_call_is_answered(begin: Begin) -> None:
    messages = begin(FALSE)
    asked = [call["id"] for m in messages if isinstance(m, AIMessage) for call in m.tool_calls]
    assert asked == [m.tool_call_id for m in messages if isinstance(m, ToolMessage)]


def test_ids_of_later_turns_are_others(begin: Begin) -> None:
    first = [HumanMessage(FALSE), *begin(FALSE)]
    second = begin([*first, HumanMessage(FALSE)])
    ids = [call["id"] for m in [*first, *second] if isinstance(m, AIMessage) for call in m.tool_calls]
    assert len(set(ids)) == len(ids)


def test_a_request_of_many_readings_has_a_bounded_start(begin: Begin) -> None:
    many = " ".join(f"{title} was directed by Ada Quill." for title in ("Paper Moons", "Salt Road") * 20)
    assert len(called(begin(many))) <= 13


# Over HTTP


@pytest.fixture
def over_http(toy: KnowledgeGraph, toy_assistant: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Ask a request of a model on a server; return the turn and what the server was sent."""

    def ask(request: str, brain: Any) -> tuple[Any, list[dict[str, Any]]]:
        with Server(brain) as server:
            monkeypatch.setenv("USHER_BASE_URL", server.url)
            turn = toy_assistant(model="openai:local").ask(request)
        return turn, server.bodies

    return ask


def recommend(*items: str, **rest: Any) -> Any:
    return calls(("recommend", {"items": list(items), "conditions": [], **rest}))


def test_the_first_request_to_the_server_holds_the_links(over_http: Any) -> None:
    _, bodies = over_http(PLAIN, Script(calls(("find_items", FOUND)), recommend("1")))
    assert [m["role"] for m in bodies[0]["messages"]] == ["system", "user"]
    looked_up = '# Looked up\n"Ada Quill": director Ada Quill'
    assert bodies[0]["messages"][1]["content"] == f"{PLAIN}\n\n{looked_up}"


def test_what_was_looked_up_is_no_call_of_the_model(over_http: Any) -> None:
    _, bodies = over_http(FALSE, Script(calls(("find_items", FOUND)), recommend("1")))
    made = [c["function"]["name"] for b in bodies for m in b["messages"] for c in m.get("tool_calls") or ()]
    assert made == ["find_items"]


def test_a_contradicted_claim_stands_with_its_true_value(over_http: Any) -> None:
    _, bodies = over_http(FALSE, Script(recommend("1")))
    said = bodies[0]["messages"][1]["content"]
    assert "claim, director of item 3 is Ada Quill: contradicted, true: Dov Eberhart" in said


def test_a_resolved_reference_stands_with_its_values(over_http: Any) -> None:
    _, bodies = over_http(REFERENCE, Script(recommend("1")))
    assert "cinematographer of item 1: Bo Lund" in bodies[0]["messages"][1]["content"]


def test_a_name_that_nothing_here_has_is_told(over_http: Any) -> None:
    _, bodies = over_http("films by Zorbulon Pratt", Script(recommend("1")))
    assert '"Zorbulon Pratt": nothing here' in bodies[0]["messages"][1]["content"]


def test_a_request_without_names_says_so(over_http: Any) -> None:
    _, bodies = over_http("a story of snow", Script(recommend("1")))
    assert bodies[0]["messages"][1]["content"].endswith("# Looked up\nno names")


def test_results_are_sent_without_evidence(over_http: Any) -> None:
    _, bodies = over_http(PLAIN, Script(calls(("find_items", FOUND)), recommend("1")))
    told = next(m["content"] for m in bodies[1]["messages"] if m["role"] == "tool")
    assert set(json.loads(told)["items"][0]) == {"id", "title", "year"}
    assert "evidence" not in json.loads(told)


def test_who_asks_stands_behind_what_is_the_same_for_all(toy_assistant: Any, monkeypatch: Any) -> None:
    with Server(Script(recommend("1"))) as server:
        monkeypatch.setenv("USHER_BASE_URL", server.url)
        assistant = toy_assistant(model="openai:local")
        assistant.ask(PLAIN)
        assistant.ask(PLAIN, asker=Asker((ItemId("3"),)))
    first, *_, second = [body["messages"] for body in server.bodies]
    assert first[0] == second[0]
    assert second[1]["content"].partition("\n\n# Who asks\n")[2]


# The tools that are offered


@pytest.mark.parametrize(
    ("request_", "beside"),
    [
        (PLAIN, set()),
        (REFERENCE, set()),
        (FALSE, {"resolve_reference"}),
        ("more like Night Tram", {"similar_items"}),
        ("dark thrillers like Night Tram", {"similar_items"}),
        ("who shot Night Tram?", {"describe_item", "find_connection"}),
        ("films by Zorbulon Pratt", {"link_entities", "check_fact"}),
        ("something for my 8-year-old", {"group_favourites"}),
        ("more like Night Tram, with the crew of the Zorbulon Pratt", {"similar_items"}),
    ],
)
def test_tools_that_are_still_of_use_are_offered(over_http: Any, request_: str, beside: set[str]) -> None:
    _, bodies = over_http(request_, Script(recommend("1")))
    offered = {tool["function"]["name"] for tool in bodies[0]["tools"]}
    assert offered - {"find_items", "search_items", "recommend"} == beside


def test_a_tool_that_is_not_offered_is_run(over_http: Any) -> None:
    turn, _ = over_http(PLAIN, Script(calls(("describe_item", {"item": "1"})), recommend("1")))
    assert [step.refused for step in turn.steps if step.tool == "describe_item"] == [False]


def test_two_calls_answer_a_request(over_http: Any) -> None:
    turn, bodies = over_http(PLAIN, Script(calls(("find_items", FOUND)), recommend("1", "2", "6")))
    assert (len(bodies), turn.model_calls, len(turn.answer["items"])) == (2, 2, 3)


@pytest.mark.parametrize("request_", [PLAIN, FALSE, REFERENCE])
def test_the_built_in_model_behind_a_server_takes_two_calls(
    over_http: Any, toy: KnowledgeGraph, request_: str
) -> None:
    _, bodies = over_http(request_, Builtin(toy))
    assert len(bodies) == 2


@pytest.mark.parametrize("request_", [PLAIN, FALSE, REFERENCE, "a story of snow", "", "who shot Night Tram?"])
def test_the_built_in_model_behind_a_server_answers_as_without(
    over_http: Any, toy_usher: Assistant, toy: KnowledgeGraph, request_: str
) -> None:
    assert over_http(request_, Builtin(toy))[0].answer == toy_usher.ask(request_).answer


def test_what_was_looked_up_is_among_the_steps(over_http: Any, toy: KnowledgeGraph) -> None:
    turn, _ = over_http(FALSE, Builtin(toy))
    assert [step.tool for step in turn.steps][:2] == ["link_entities", "check_fact"]


def test_a_call_that_is_made_again_is_answered_from_memory(toy_assistant: Any, toy: KnowledgeGraph) -> None:
    again = calls(("link_entities", {"text": PLAIN}))
    script = Script(again, calls(("find_items", FOUND)), recommend("1"))
    with Server(script) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_BASE_URL", server.url)
        turn = toy_assistant(model="openai:local").ask(PLAIN)
    first, second = [step.result for step in turn.steps if step.tool == "link_entities"]
    assert first == second


# In a conversation


def in_turn(assistant: Assistant, *texts: str) -> list[Any]:
    """Return the states after every turn of a conversation."""
    state: Any = {}
    return [state := assistant.after(state, text) for text in texts]


def test_every_turn_of_a_conversation_has_its_own(
    toy: KnowledgeGraph, toy_assistant: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server(Builtin(toy)) as server:
        monkeypatch.setenv("USHER_BASE_URL", server.url)
        states = in_turn(toy_assistant(model="openai:local"), PLAIN, REFERENCE)
    assert [turn_of(state).steps[0].tool for state in states] == ["link_entities", "link_entities"]


@pytest.mark.parametrize("follow_up", ["not the second one", "with Bo Lund", "who shot the first one?"])
def test_a_follow_up_is_answered_as_without(
    toy: KnowledgeGraph, toy_assistant: Any, monkeypatch: pytest.MonkeyPatch, follow_up: str
) -> None:
    with Server(Builtin(toy)) as server:
        monkeypatch.setenv("USHER_BASE_URL", server.url)
        _, led = in_turn(toy_assistant(model="openai:local"), PLAIN, follow_up)
    _, alone = in_turn(toy_assistant(), PLAIN, follow_up)
    assert led["answer"] == alone["answer"]


def test_an_earlier_request_keeps_what_was_looked_up_for_it(
    toy_assistant: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server(Script(recommend("1"))) as server:
        monkeypatch.setenv("USHER_BASE_URL", server.url)
        in_turn(toy_assistant(model="openai:local"), PLAIN, REFERENCE)
    first, last = server.bodies[0]["messages"], server.bodies[-1]["messages"]
    assert last[: len(first)] == first


def test_a_turn_without_memory_begins_once(over_http: Any) -> None:
    turn, _ = over_http(PLAIN, Script(calls(("find_items", FOUND)), recommend("1")))
    assert [step.tool for step in turn.steps].count("link_entities") == 1
