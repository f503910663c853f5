"""One-call mode: the built-in reading is a draft, and a model decides only what the words leave open."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from agent.assistant import Assistant, Turn
from agent.llm.spending import rough_tokens
from agent.messages import Answered
from agent.one_call.ask import described, read, schema
from agent.one_call.choices import MOST, open_choices
from agent.one_call.draft import draft_of
from agent.one_call.edit import after
from agent.one_call.types import Choice, Draft, Edit, Option
from kg.graph import KnowledgeGraph
from kg.text import name_key
from llm_server import Script, Server, calls, fails
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.toolsets import TOOLS, as_json

CLOSED = "films directed by Ada Quill"
ASIDE = "Films directed by Ada Quill. My aunt met Theo Brandt once."
NEVER = "a reply that no choice has"


class Asked:
    """A turn in one-call mode, and what the server was sent."""

    def __init__(self, turn: Turn, bodies: list[dict[str, Any]]):
        self.turn = turn
        self.bodies = bodies
        self.ids = [line["id"] for line in turn.answer["items"]]

    @property
    def values(self) -> dict[str, list[str]]:
        """The values of the schema, by key."""
        schema = self.bodies[0]["response_format"]["json_schema"]["schema"]
        return {key: each["enum"] for key, each in schema["properties"].items()}


AskOnce = Callable[..., Asked]


def taking(place: int) -> Callable[[dict[str, Any]], Any]:
    """Return a brain that takes the value at a place of every choice."""

    def brain(body: dict[str, Any]) -> Any:
        values = body["response_format"]["json_schema"]["schema"]["properties"]
        text = json.dumps({key: each["enum"][place] for key, each in values.items()})
        return {"role": "assistant", "content": text}

    return brain


@pytest.fixture
def once(toy_assistant: Any, monkeypatch: pytest.MonkeyPatch) -> AskOnce:
    """Ask the toy catalogue with a model on a server that only decides."""
    monkeypatch.setenv("USHER_MODE", "one-call")
    monkeypatch.setenv("USHER_RETRIES", "0")

    def ask_once(request: str, brain: Any, **settings: Any) -> Asked:
        with Server(brain) as server:
            monkeypatch.setenv("USHER_BASE_URL", server.url)
            assistant = toy_assistant(model="openai:local")
            for name, value in settings.items():
                setattr(assistant, name, value)
            turn = assistant.ask(request)
        return Asked(turn, server.bodies)

    return ask_once


# When a model is asked


def test_what_the_words_settle_takes_no_call(once: AskOnce) -> None:
    asked = once(CLOSED, Script(NEVER))
    assert (asked.bodies, asked.turn.model_calls) == ([], 0)


@pytest.mark.parametrize("request_", [CLOSED, "a story of snow", "", "who shot Night Tram?", "thanks!"])
def test_what_is_closed_is_answered_as_by_the_built_in_model(
    once: AskOnce, toy_usher: Assistant, request_: str
) -> None:
    assert once(request_, Script(NEVER)).turn.answer == toy_usher.ask(request_).answer


def test_what_is_open_takes_one_call(once: AskOnce) -> None:
    asked = once(ASIDE, taking(0))
    assert (len(asked.bodies), asked.turn.model_calls) == (1, 1)


def test_the_model_is_offered_no_tools(once: AskOnce) -> None:
    assert "tools" not in once(ASIDE, taking(0)).bodies[0]


def test_the_schema_admits_only_values_of_this_message(once: AskOnce) -> None:
    assert once(ASIDE, taking(0)).values == {"Theo Brandt": ["only actor Theo Brandt", "leave it out"]}


def test_every_key_of_the_schema_is_required_and_no_other_allowed(once: AskOnce) -> None:
    schema = once(ASIDE, taking(0)).bodies[0]["response_format"]["json_schema"]["schema"]
    assert (schema["required"], schema["additionalProperties"]) == (["Theo Brandt"], False)


def test_a_name_that_the_question_points_back_to_is_closed(once: AskOnce) -> None:
    pointed = "She adores Theo Brandt. Films by Ada Quill that he is in?"
    assert once(pointed, Script(NEVER)).bodies == []


@pytest.mark.parametrize(
    "one_sentence",
    [
        "Films directed by Ada Quill, my aunt met Theo Brandt once.",
        "Theo Brandt was so good in Night Tram, now give me a film with him by Ada Quill.",
    ],
)
def test_a_name_in_the_sentence_that_asks_is_closed(once: AskOnce, one_sentence: str) -> None:
    assert once(one_sentence, Script(NEVER)).bodies == []


# What a decision changes


def test_the_first_value_of_every_choice_is_the_draft(once: AskOnce, toy_usher: Assistant) -> None:
    assert once(ASIDE, taking(0)).turn.answer == toy_usher.ask(ASIDE).answer


def test_a_name_told_by_the_way_can_be_left_out(once: AskOnce, toy_usher: Assistant) -> None:
    draft = [line["id"] for line in toy_usher.ask(ASIDE).answer["items"]]
    assert (draft, sorted(once(ASIDE, taking(-1)).ids)) == (["6"], ["1", "2", "6"])


def test_a_name_that_is_left_out_is_said_to_be_unused(once: AskOnce) -> None:
    assert once(ASIDE, taking(-1)).turn.answer["unused"] == ["Theo Brandt"]


def test_what_the_words_settle_is_kept_beside_a_decision(once: AskOnce) -> None:
    (condition,) = once(ASIDE, taking(-1)).turn.answer["conditions"]
    assert (condition["relation"], condition["value"]) == ("director", "Ada Quill")


def test_the_tokens_of_a_decision_are_those_of_the_turn(once: AskOnce) -> None:
    assert once(ASIDE, taking(-1)).turn.tokens > 0


# Replies that do not fit


@pytest.mark.parametrize(
    "reply",
    [NEVER, "[]", "{", '{"Theo Brandt": "only actor Mara Vance"}', '{"Mara Vance": "leave it out"}', "{}"],
)
def test_a_reply_that_does_not_fit_is_asked_for_once_more_and_then_the_draft_stands(
    once: AskOnce, toy_usher: Assistant, reply: str
) -> None:
    asked = once(ASIDE, Script(reply))
    assert (len(asked.bodies), asked.turn.answer) == (2, toy_usher.ask(ASIDE).answer)


def test_the_second_reply_counts_where_the_first_does_not_fit(once: AskOnce) -> None:
    asked = once(ASIDE, Script(NEVER, '{"Theo Brandt": "leave it out"}'))
    assert sorted(asked.ids) == ["1", "2", "6"]


def test_a_reply_is_found_in_a_fence(once: AskOnce) -> None:
    asked = once(ASIDE, Script('```json\n{"Theo Brandt": "leave it out"}\n```'))
    assert len(asked.bodies) == 1


def test_tool_calls_decide_nothing(once: AskOnce, toy_usher: Assistant) -> None:
    asked = once(ASIDE, Script(calls(("recommend", {"items": ["3"], "conditions": []}))))
    assert asked.turn.answer == toy_usher.ask(ASIDE).answer


def test_a_server_that_fails_leaves_the_draft(once: AskOnce, toy_usher: Assistant) -> None:
    answer, own = once(ASIDE, Script(fails(500))).turn.answer, toy_usher.ask(ASIDE).answer
    assert answer["text"].endswith(own["text"])
    assert {**answer, "text": ""} == {**own, "text": "", "fallback": answer["fallback"]}


def test_a_server_that_fails_is_said(once: AskOnce) -> None:
    answer = once(ASIDE, Script(fails(500, "no memory"))).turn.answer
    assert answer["fallback"]["why"] == "unanswered"
    assert "no memory); this is the built-in model's answer." in answer["text"].splitlines()[0]


def test_a_server_that_fails_is_an_error_where_it_is_strict(once: AskOnce) -> None:
    from agent.llm.errors import Unanswered

    with pytest.raises(Unanswered):
        once(ASIDE, Script(fails(500)), strict=True)


# A conversation


def test_a_later_turn_follows_up_on_the_decided_answer(
    toy_assistant: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USHER_MODE", "one-call")
    with Server(taking(-1)) as server:
        monkeypatch.setenv("USHER_BASE_URL", server.url)
        assistant = toy_assistant(model="openai:local")
        state = assistant.after({}, ASIDE)
        later = assistant.after(state, "only thrillers")
    assert sorted(line["id"] for line in later["answer"]["items"]) == ["2", "6"]


# What is open of a draft


QUILL = {"relation": "director", "op": "is", "value": "Ada Quill"}
LUND = {"relation": "cinematographer", "op": "is", "value": "Bo Lund"}
Run = Callable[[str, dict[str, Any]], Any]


@pytest.fixture
def run(toy_knowledge: Knowledge) -> Run:
    """Run a tool on the toy catalogue."""

    def run_tool(name: str, arguments: dict[str, Any]) -> Any:
        try:
            return json.loads(as_json(TOOLS[name].call(toy_knowledge, arguments)))
        except ToolError:
            return None

    return run_tool


def draft(run: Run, text: str, items: list[str], **said: Any) -> Draft:
    """Return a draft of a message; what is not said of it is empty."""
    proposal: dict[str, Any] = {"items": items, "conditions": [], "note": "", "also": None, **said}
    return Draft(proposal, [], run("link_entities", {"text": text}), kinds=frozenset(("genre",)))


def offered(found: Draft, run: Run) -> dict[str, list[str]]:
    return {each.key: [option.value for option in each.options] for each in open_choices(found, run)}


ALSO = {"label": "If you mean B", "items": ["3"], "conditions": [LUND], "choices": ["A", "B"]}


def test_two_readings_that_nothing_decides_between_are_open(run: Run) -> None:
    found = draft(run, "a film", ["1"], conditions=[QUILL], also=ALSO | {"question": "A or B?"})
    assert offered(found, run) == {"A or B?": ["A", "B"]}


def test_a_second_reading_that_the_words_rule_out_is_closed(run: Run) -> None:
    assert offered(draft(run, "a film", ["1"], also=ALSO | {"question": ""}), run) == {}


def test_a_name_that_decided_nothing_can_be_wanted(run: Run) -> None:
    found = draft(run, "films, Bo Lund", ["1", "2"], unused=["Bo Lund"])
    assert offered(found, run)["Bo Lund"] == ["leave it out", "only cinematographer Bo Lund"]


def test_a_name_that_the_words_deny_can_only_be_ruled_out(run: Run) -> None:
    found = draft(run, "films, not Bo Lund", ["1", "2"], unused=["Bo Lund"])
    denied = replace(found, ruled_out=frozenset((name_key("Bo Lund"),)))
    assert offered(denied, run)["Bo Lund"] == ["leave it out", "no cinematographer Bo Lund"]


def test_a_kind_that_decided_nothing_only_orders(run: Run) -> None:
    found = draft(run, "a dark comedy", ["1", "3"], unused=["comedy"])
    assert offered(found, run)["comedy"] == ["leave it out", "rather genre Comedy"]


def test_a_kind_that_the_words_deny_only_comes_last(run: Run) -> None:
    found = draft(run, "no comedy", ["3", "1"], unused=["comedy"])
    denied = replace(found, ruled_out=frozenset((name_key("comedy"),)))
    assert offered(denied, run)["comedy"] == ["leave it out", "rather no genre Comedy"]


def test_a_name_beside_what_is_proved_only_orders(run: Run) -> None:
    found = draft(run, "films, Bo Lund", ["2", "1"], conditions=[QUILL], unused=["Bo Lund"])
    assert offered(found, run)["Bo Lund"] == ["leave it out", "rather cinematographer Bo Lund"]


@pytest.mark.parametrize("unused", ["Bo Lund", "comedy", "ships"])
def test_an_order_that_the_reading_has_reasons_for_is_closed(run: Run, unused: str) -> None:
    found = draft(run, f"films, {unused}", ["2", "1", "3"], unused=[unused])
    assert offered(found, run)
    assert offered(replace(found, ordered=True), run) == {}


def test_what_would_leave_nothing_is_not_offered(run: Run) -> None:
    found = draft(
        run, "films, Bo Lund", ["2"], conditions=[{**QUILL, "value": "Ines Okafor"}], unused=["Bo Lund"]
    )
    assert "no cinematographer Bo Lund" not in offered(found, run).get("Bo Lund", [])


def test_words_are_open_only_where_a_description_has_them(run: Run) -> None:
    told = draft(run, "a ship story", ["2", "1"], unused=["ships", "purple"])
    assert list(offered(told, run)) == ["ships"]


def test_words_beside_conditions_are_closed(run: Run) -> None:
    assert offered(draft(run, "ships", ["1"], conditions=[QUILL], unused=["ships"]), run) == {}


def answered(run: Run, name: str, **arguments: Any) -> Answered:
    return Answered(name, arguments, as_json(run(name, arguments)), refused=False)


@pytest.mark.parametrize(
    ("said", "denied"), [("films, no comedies please", True), ("a story with some comedies in it", False)]
)
def test_a_draft_tells_what_the_words_deny(run: Run, toy: KnowledgeGraph, said: str, denied: bool) -> None:
    found = draft_of({"items": []}, [answered(run, "link_entities", text=said)], toy)
    assert (name_key("comedies") in found.ruled_out) == denied


@pytest.mark.parametrize(("items", "ordered"), [(["6"], True), (["2"], False), ([], False)])
def test_a_draft_is_ordered_by_the_search_that_found_its_items(
    run: Run, toy: KnowledgeGraph, items: list[str], ordered: bool
) -> None:
    liked = answered(run, "similar_items", items=["2"])
    assert draft_of({"items": items}, [liked], toy).ordered == ordered


def test_a_draft_is_ordered_by_what_suits_the_person(run: Run, toy: KnowledgeGraph) -> None:
    suited = answered(run, "rank_for_user", items=["1", "2"])
    assert draft_of({"items": ["2", "1"]}, [suited], toy).ordered


def test_a_draft_with_an_order_is_ordered(toy: KnowledgeGraph) -> None:
    assert draft_of({"items": ["1"], "order": [{"relation": "year"}]}, [], toy).ordered


# What an edit makes of a draft


def test_the_second_reading_and_the_first_change_places(run: Run) -> None:
    found = draft(run, "", ["1"], conditions=[QUILL], also=ALSO | {"question": "A or B?"})
    swapped = after(found.proposal, found, Edit(second=True), run)
    assert swapped is not None
    assert (swapped["items"], swapped["also"]["items"]) == (["3"], ["1"])


def test_a_condition_more_keeps_the_order_of_the_draft(run: Run) -> None:
    found = draft(run, "", ["6", "2", "1"], conditions=[QUILL])
    narrowed = after(found.proposal, found, Edit(all_of=(LUND,)), run)
    assert narrowed is not None
    assert narrowed["items"] == ["6", "1"]


def test_items_with_looked_for_words_come_first(run: Run) -> None:
    found = draft(run, "", ["2", "1"], unused=["ships"])
    ordered = after(found.proposal, found, Edit(words=("ships",), used="ships"), run)
    assert ordered is not None
    assert (ordered["items"], ordered["unused"]) == (["1", "2"], [])


def test_what_is_proved_stays_in_front_where_a_condition_is_dropped(run: Run) -> None:
    found = draft(run, "", ["6", "1"], conditions=[QUILL, LUND])
    widened = after(found.proposal, found, Edit(dropped=(LUND,)), run)
    assert widened is not None
    assert (widened["items"][:2], sorted(widened["items"])) == (["6", "1"], ["1", "2", "6"])


def test_an_edit_that_nothing_satisfies_is_none(run: Run) -> None:
    found = draft(run, "", ["1"], conditions=[QUILL])
    assert after(found.proposal, found, Edit(all_of=({**QUILL, "value": "Ines Okafor"},)), run) is None


def test_words_in_the_middle_of_an_unused_phrase_leave_two(run: Run) -> None:
    found = draft(run, "", ["2", "1"], unused=["loud ships tonight"])
    ordered = after(found.proposal, found, Edit(words=("ships",), used="ships"), run)
    assert ordered is not None
    assert ordered["unused"] == ["loud", "tonight"]


# The prompt


def test_a_prompt_of_many_choices_and_a_long_request_is_short() -> None:
    options = tuple(Option(f"only cinematographer Somebody Longname {number}") for number in range(4))
    many = [Choice(f"Somebody Longname {number}", options) for number in range(MOST)]
    assert rough_tokens(described("word " * 2000, "films " * 200, many)) < 600


def test_a_value_is_read_by_its_key() -> None:
    choice = Choice("A or B?", (Option("A"), Option("B", Edit(second=True))))
    assert read('{"A or B?": "B"}', [choice]) == {"A or B?": choice.options[1]}


def test_a_key_with_quotes_stands_in_the_schema() -> None:
    choice = Choice('the "Rose"', (Option("A"), Option("B")))
    assert list(schema([choice])["json_schema"]["schema"]["properties"]) == ['the "Rose"']
