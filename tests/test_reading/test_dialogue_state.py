"""The dialogue state as it is read back from turns: what was found last, shown, named and talked about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from agent.builtin.dialogue.earlier import PEOPLE, SEEN, SHOWN, Answered, merged, settled
from agent.builtin.dialogue.state import DialogueState, Person, focus_of, state_of
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.search import SearchFilters
from agent.builtin.respond.sentences import STARTED_OVER

ADA = {"relation": "director", "value": "Ada Quill"}
DRAMA = {"relation": "genre", "value": "Drama"}
TITLES = {"1": ("The Glass Harbour", 1975), "2": ("Night Tram", 1981), "4": ("Salt Road", 1990)}


def recommended(
    items: Sequence[str] = (), conditions: Sequence[dict[str, str]] = (), **said: Any
) -> Answered:
    return "recommend", proposal(items, conditions, **said), {"items": list(items)}


def hit(item: str) -> dict[str, Any]:
    title, year = TITLES.get(item, (f"Film {item}", None))
    return {"id": item, "title": title, "year": year}


def finder(*items: str, tool: str = "find_items", **asked: Any) -> Answered:
    return tool, asked, {"items": [hit(item) for item in items]}


def linked(*candidates: dict[str, Any]) -> Answered:
    return "link_entities", {"text": ""}, {"mentions": [{"candidates": list(candidates)}]}


def title(item: str, score: float = 1.0, match: str = "full") -> dict[str, Any]:
    label, year = TITLES[item]
    return {
        "id": item,
        "label": label,
        "kind": "item",
        "roles": {},
        "match": match,
        "score": score,
        "year": year,
    }


def person(label: str, **roles: int) -> dict[str, Any]:
    return {"id": label, "label": label, "kind": "entity", "roles": roles, "match": "full", "score": 1.0}


def fact(item: str, relation: str, *values: str, **said: Any) -> dict[str, Any]:
    return {"item": item, "relation": relation, "values": list(values)} | said


def found(*items: str, conditions: Sequence[dict[str, str]] = (ADA,), **said: Any) -> list[Answered]:
    return [finder(*items), recommended(items, conditions, **said)]


def told(*facts: dict[str, Any]) -> list[Answered]:
    return [recommended(act="inform", facts=list(facts))]


def after(*turns: Sequence[Answered]) -> DialogueState:
    state = state_of(turns)
    assert state is not None
    return state


# What was found


def test_nothing_is_followed_up_before_anything_was_answered() -> None:
    assert state_of([]) is None


def test_a_turn_without_items_or_names_leaves_nothing_to_follow_up() -> None:
    assert state_of([[recommended(act="acknowledge", note="Hello!")]]) is None


def test_the_last_turn_that_found_something_counts() -> None:
    state = after(found("1"), found("2", "4", conditions=[DRAMA]), [recommended(act="decline")])
    assert (state.items, state.conditions) == (("2", "4"), (DRAMA,))


def test_what_nothing_satisfied_goes_on_to_hold() -> None:
    missed = [finder(conditions=[ADA, DRAMA], exclude_items=["1"]), recommended(act="decline")]
    state = after(found("1"), missed)
    assert (state.items, state.conditions, state.filters.exclude) == (("1",), (ADA, DRAMA), ("1",))


def test_items_that_no_tool_found_are_no_search() -> None:
    state = after(found("1"), [recommended(["2"])])
    assert (state.items, state.focus) == (("1",), "2")


def test_a_recommendation_that_was_refused_was_not_said() -> None:
    refused = ("recommend", proposal(["2"], [DRAMA]), None)
    assert after([finder("2"), refused, finder("1"), recommended(["1"], [ADA])]).items == ("1",)


def test_a_fresh_start_forgets_what_came_before() -> None:
    fresh = [recommended(act="acknowledge", note=STARTED_OVER)]
    assert state_of([found("1"), fresh]) is None
    assert after(found("1"), fresh, found("2")).seen == ("2",)


def test_years_are_bounds_of_the_search_and_no_conditions() -> None:
    years = SearchFilters("", years=(1980, 1989))
    state = after([finder("2", domain="movie"), recommended(["2"], [ADA], filters=years)])
    assert (state.conditions, state.filters.years, state.filters.domain) == ((ADA,), (1980, 1989), "movie")


def test_what_was_ruled_out_and_excluded_still_is() -> None:
    filters = SearchFilters("", none_of=(DRAMA,))
    state = after([finder("2", exclude_items=["1"]), recommended(["2"], [ADA], filters=filters)])
    assert (state.filters.none_of, state.filters.exclude) == ((DRAMA,), ("1",))


def test_only_so_many_items_of_a_list_are_seen() -> None:
    many = [str(n) for n in range(SHOWN + 5)]
    state = after(found(*many))
    assert (len(state.items), state.seen) == (SHOWN + 5, tuple(many[:SHOWN]))


def test_all_turns_add_to_what_was_seen_each_item_once() -> None:
    assert sorted(after(found("1", "2"), found("2", "4")).seen) == ["1", "2", "4"]


def test_years_of_what_is_shown_come_in_order_without_the_unknown() -> None:
    assert after(found("4", "9", "1")).years == (1975, 1990)


# What was likeness


@pytest.mark.parametrize(("offered", "asked_again"), [(("2", "4"), True), (("2",), False)])
def test_a_tool_of_likeness_is_asked_again_only_if_all_items_are_its_own(
    offered: tuple[str, ...], asked_again: bool
) -> None:
    near = finder(*offered, tool="similar_items", items=["1"])
    state = after([near, finder("4"), recommended(["2", "4"], basis="taste")])
    assert (state.similarity is not None) is asked_again


def test_a_tool_of_likeness_under_other_conditions_is_not_asked_again() -> None:
    near = finder("2", tool="similar_items", items=["1"], conditions=[DRAMA])
    assert after([near, recommended(["2"], [ADA])]).similarity is None


# What was named and talked about


def test_an_item_that_was_named_is_known_by_title() -> None:
    state = after([linked(title("4")), *found("1")])
    assert (state.named, state.hits["4"]["title"], state.one_named) == (("4",), "Salt Road", "4")


def test_a_faint_name_names_nothing() -> None:
    assert after([linked(title("4", score=0.4)), *found("1")]).named == ()


def test_of_two_titles_neither_is_the_one_that_was_named() -> None:
    assert after([linked(title("4")), linked(title("2")), *found("1")]).one_named is None


def test_people_are_remembered_the_last_first() -> None:
    state = after(found("1"), told(fact("4", "actor", "Mara Vance", asked="Theo Brandt", verdict="no")))
    assert state.people == (
        Person("actor", "Theo Brandt"),
        Person("actor", "Mara Vance"),
        Person("director", "Ada Quill"),
    )


def test_somebody_who_was_only_named_is_remembered_in_what_they_did_most() -> None:
    state = after([linked(person("Bo Lund", director=1, cinematographer=4)), recommended(act="decline")])
    assert state.people == (Person("cinematographer", "Bo Lund"),)


def test_kinds_and_years_are_nobody() -> None:
    assert after(found("1", conditions=[DRAMA]), told(fact("1", "year", "1975"))).people == ()


def test_what_a_fact_was_told_of_is_talked_about() -> None:
    state = after(found("1", "2"), told(fact("2", "director", "Ada Quill")))
    assert (state.items, state.focus, state.told, state.doubted) == (("1", "2"), "2", ("director",), ())


def test_the_last_fact_is_what_is_talked_about() -> None:
    facts = (told(fact(item, "year", "1975")) for item in "24")
    assert after(found("1"), *facts).focus == "4"


def test_a_question_for_yes_or_no_is_known_as_one() -> None:
    doubted = fact("2", "director", "Ada Quill", asked="Bo Lund", verdict="no")
    assert after(found("2"), told(doubted)).doubted == ("director",)


def test_what_was_told_before_the_last_answer_is_not_asked_again() -> None:
    assert after(told(fact("2", "director", "Ada Quill")), found("1")).told == ()


def test_what_was_found_after_a_fact_is_talked_about_instead() -> None:
    assert focus_of(after(told(fact("2", "year", "1981")), found("1"))) == "1"


@pytest.mark.parametrize(
    ("state", "item"),
    [
        (DialogueState(items=("1", "2"), named=("4",), focus="2"), "2"),
        (DialogueState(items=("1", "2"), named=("4",)), "4"),
        (DialogueState(items=("1", "2"), named=("4",), seen=("4",)), "1"),  # shown before and turned down
        (DialogueState(items=("1", "2"), named=("4", "2")), "1"),
        (DialogueState(), None),
    ],
)
def test_the_item_in_focus_is_told_of_then_named_then_shown(state: DialogueState, item: str | None) -> None:
    assert focus_of(state) == item


# What older turns settled


def _missed() -> list[Answered]:
    return [finder(conditions=[ADA, DRAMA]), recommended(act="decline")]


_FRESH = [recommended(act="acknowledge", note=STARTED_OVER)]
_TALKS = (
    (found("1"), told(fact("2", "director", "Bo Lund")), _missed(), found("2", "4"), _missed(), _missed()),
    (_missed(), [linked(person("Ada Quill", director=3))], told(fact("4", "year", "1990")), []),
    (found("1"), _FRESH, told(fact("2", "writer", "Cy Marr")), [linked(title("4"))], found("2")),
    (found("1"), found("2"), _FRESH, []),
)


@pytest.mark.parametrize("talk", _TALKS)
def test_what_older_turns_settled_stands_for_them(talk: Sequence[Sequence[Answered]]) -> None:
    for place in range(len(talk) - 1):
        older = json.loads(json.dumps(settled(talk[:place])))
        assert state_of(talk[place:], older) == state_of(talk)


def test_what_is_carried_of_a_long_conversation_is_bounded() -> None:
    older = None
    for turn in range(2 * SEEN):
        crew = told(fact("1", "director", f"{turn}-0", f"{turn}-1"))
        cast = told(fact("1", "actor", *(f"{turn}-{n}" for n in range(3))))
        older = merged(settled([found(f"{turn}"), crew, cast]), older)
    assert (len(older["seen"]), len(older["people"]), len(older["crowd"])) == (SEEN, PEOPLE, PEOPLE)


def test_of_what_is_carried_the_last_comes_first() -> None:
    older = settled([found(str(number)) for number in range(2 * SEEN)])
    assert older["seen"][0] == str(2 * SEEN - 1)
