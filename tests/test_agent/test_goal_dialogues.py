"""Dialogues that look for one item under a policy: what is asked, offered and learned from a rejection."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from agent.assistant import Assistant
from agent.builtin.goal.labels import groups_in, labels_in
from agent.builtin.goal.state import KNOWN, PERSON, Constraint, Goal
from agent.conversation import Conversation
from agent.tracking import heard
from kg.policy import Policy
from kg.types import RelationName
from tests.tau_shop import under_policy

RATED = ("G", "PG", "PG-13", "R", "NC-17", "NR")
SERVICES = ("Kinoway", "Vidora", "Blue Lamp TV", "Mubble+")
SERVICE = RelationName("streaming_services")
POLICY = Policy(
    exclude_known=True,
    available=SERVICE,
    ask=(SERVICE,),
    confirm={RelationName("content_rating"): ("R", "NC-17")},
    one_at_a_time=True,
)
ASKED = {"pending": [PERSON, "streaming_services", "content_rating", "rating", "runtime", KNOWN]}
DARK = {"offered": "dark", "all_of": [{"relation": "genre", "op": "is", "value": "Drama", "source": "said"}]}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Six films under a policy."""
    with under_policy(tmp_path_factory.mktemp("shop"), POLICY) as opened:
        yield opened


def talk(shop: Assistant, *messages: str) -> list[dict[str, Any]]:
    """Return the answers to some messages."""
    conversation = Conversation(shop)
    return [conversation.say(each).answer for each in messages]


def after(shop: Assistant, message: str, state: dict[str, Any] | None = None) -> Goal:
    """Return the dialogue state after a message."""
    return Goal.of_data(heard(shop.context, state, message))


def stated(goal: Goal) -> set[tuple[str, str, str]]:
    """What must hold, as triples."""
    return {(each.relation, each.op, each.value) for each in goal.all_of}


def either(goal: Goal) -> list[set[str]]:
    """The values of each group of which one must hold."""
    return [{each.value for each in group} for group in goal.one_of]


# What is asked


def test_what_a_policy_demands_is_asked_first_and_several_slots_at_once(shop: Assistant) -> None:
    (answer,) = talk(shop, "I'd like a comedy")
    assert (answer["act"], answer["items"]) == ("ask", [])
    assert answer["question"]["slot"].split(", ")[0] == "streaming_services"
    assert answer["text"].startswith("Which streaming services do you have,")


def test_what_was_said_is_not_asked(shop: Assistant) -> None:
    (answer,) = talk(shop, "a drama under two hours, rated at least 6, on Vidora")
    slots = answer["question"]["slot"].split(", ")
    assert not {"runtime", "rating"} & set(slots)


def test_nothing_is_asked_where_nothing_fits_and_what_rules_it_out_is_said(shop: Assistant) -> None:
    (answer,) = talk(shop, "a comedy rated at least 9.5")
    assert (answer["act"], answer["question"]) == ("decline", None)
    assert "at least 9.5" in answer["text"]
    assert "Without a rating of at least 9.5 there would be 4." in answer["text"]


def test_one_item_is_offered_that_satisfies_what_was_said_over_two_turns(shop: Assistant) -> None:
    _, answer = talk(shop, "a comedy", "I have Vidora. Under two hours. Rated 6 or better.")
    assert [line["id"] for line in answer["items"]] in (["paid"], ["short"])
    held = {(c["relation"], c["value"]) for c in answer["conditions"]}
    assert {("genre", "Comedy"), ("streaming_services", "Vidora"), ("runtime", 120)} <= held


# What is read in answers


@pytest.mark.parametrize(
    ("said", "has"),
    [
        ("I have Vidora and Kinoway", ("Vidora", "Kinoway")),
        ("vidora", ("Vidora",)),
        ("i've got kinoway, about two hours", ("Kinoway",)),
        ("I have Elsewhere Max, Kinoway and Vidora", ("Kinoway", "Vidora")),
        ("none, I rent", ()),
        ("doesn't matter to me", ()),
        ("about two hours", None),
    ],
)
def test_what_the_person_has(shop: Assistant, said: str, has: tuple[str, ...] | None) -> None:
    assert after(shop, said, ASKED).owned("streaming_services") == has


def test_what_the_person_has_and_what_must_be_are_two_things(shop: Assistant) -> None:
    goal = after(shop, "I've got Vidora and Kinoway, it has to be on Kinoway", ASKED)
    assert (goal.owned("streaming_services"), either(goal)) == (("Vidora", "Kinoway"), [{"Kinoway"}])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("PG-13 or R is fine", [{"PG-13", "R"}]),
        ("pg 13, r or unrated", [{"PG-13", "R", "NR"}]),
        ("no longer than 115 minutes stick to pg-13 or r", [{"PG-13", "R"}]),
    ],
)
def test_alternatives_of_a_scale(shop: Assistant, said: str, expected: list[set[str]]) -> None:
    assert either(after(shop, said, ASKED)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("nothing but PG-13", {("content_rating", "is", "PG-13")}),
        ("PG-13 at most", {("content_rating", "<=", "PG-13")}),
        ("the score is not important pg-13 only", {("content_rating", "is", "PG-13")}),
        ("the score is not important no r", set()),
        ("at least 6.5", {("rating", ">=", "6.5")}),
        ("6.5+", {("rating", ">=", "6.5")}),
        ("the score has to be six or better", {("rating", ">=", "6")}),
        ("no more than 110", {("runtime", "<=", "110")}),
        ("my cutoff is 6.5 out of 10", {("rating", ">=", "6.5")}),
        ("with 6+ out of 10", {("rating", ">=", "6")}),
        ("6+/10 please", {("rating", ">=", "6")}),
        ("6 or better out of ten", {("rating", ">=", "6")}),
        ("with 6+ out of 10 and rated R", {("rating", ">=", "6"), ("content_rating", "is", "R")}),
        ("pick one ratings don't matter to me", set()),
        ("long or short, whatever", set()),
        ("I haven't seen any of the new ones", set()),
        ("I don't want to sit there for more than 110 minutes", {("runtime", "<=", "110")}),
    ],
)
def test_answers_that_are_only_a_value(shop: Assistant, said: str, expected: set[Any]) -> None:
    assert stated(after(shop, said, ASKED)) == expected


def test_an_open_answer_closes_the_slots_that_were_asked(shop: Assistant) -> None:
    assert {"content_rating", "rating", "runtime"} <= set(after(shop, "no preference", ASKED).closed)


def test_what_was_seen_is_left_out(shop: Assistant) -> None:
    assert after(shop, "I have already seen The Long One", ASKED).gone == ("long",)


@pytest.mark.parametrize(
    "said",
    [
        "no drama please",
        "keep drama out of it",
        "I'm tired of dramas",
        "not quite i don't like drama so nothing with drama",
    ],
)
def test_kinds_that_are_not_wanted(shop: Assistant, said: str) -> None:
    goal = after(shop, said, ASKED)
    assert (goal.all_of, [each.value for each in goal.none_of]) == ((), ["Drama"])


def test_a_kind_that_is_only_liked_rules_out_nothing(shop: Assistant) -> None:
    goal = after(shop, "I'd like a comedy. I usually like crime films, if possible.")
    assert stated(goal) == {("genre", "is", "Comedy")}
    assert [each.value for each in goal.preferred] == ["Crime"]


# Changes of mind


def test_a_new_bound_takes_the_place_of_the_old_one_on_its_side(shop: Assistant) -> None:
    first = heard(shop.context, None, "a comedy from 60 to 90 minutes")
    assert stated(after(shop, "actually up to 120 minutes", first)) >= {
        ("runtime", ">=", "60"),
        ("runtime", "<=", "120"),
    }


def test_another_kind_instead_takes_the_place_of_the_first(shop: Assistant) -> None:
    first = heard(shop.context, None, "a comedy")
    assert stated(after(shop, "actually make it a drama", first)) == {("genre", "is", "Drama")}


def test_a_measure_that_does_not_matter_is_dropped(shop: Assistant) -> None:
    first = heard(shop.context, None, "a comedy under 100 minutes")
    assert stated(after(shop, "the length doesn't matter", first)) == {("genre", "is", "Comedy")}


# What a rejection says


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("that's longer than I can manage tonight", ("runtime", "<", "110")),
        ("That one runs too long.", ("runtime", "<", "110")),
        ("it's rather short, isn't it", ("runtime", ">", "110")),
        ("I want something I can sink into", ("runtime", ">", "110")),
        ("a bit too grown-up for us", ("content_rating", "<", "R")),
        ("I heard it isn't great", ("rating", ">", "7")),
    ],
)
def test_a_hint_is_a_guess_relative_to_what_was_turned_down(
    shop: Assistant, said: str, expected: tuple[str, str, str]
) -> None:
    goal = after(shop, said, DARK)
    guessed = {(each.relation, each.op, each.value) for each in goal.inferred}
    assert (goal.change, guessed, goal.gone) == ("rejected", {expected}, ("dark",))


def test_a_label_of_the_middle_of_an_age_scale_is_too_mature(shop: Assistant) -> None:
    offered = {**DARK, "offered": "paid"}
    guessed = after(shop, "That's too PG-13 for me.", offered).inferred
    assert [(each.relation, each.op, each.value) for each in guessed] == [("content_rating", "<", "PG-13")]


def test_guesses_that_leave_no_label_give_up_the_older_one(shop: Assistant) -> None:
    older = {"relation": "content_rating", "op": "<", "value": "PG-13", "source": "inferred"}
    offered = {**DARK, "offered": "short", "all_of": [*DARK["all_of"], older]}
    goal = after(shop, "That's too tame for me.", offered)
    assert [(each.relation, each.op, each.value) for each in goal.inferred if each in goal.all_of] == [
        ("content_rating", ">", "PG")
    ]
    assert ("content_rating", "PG-13") in {(each.relation, each.value) for each in goal.none_of}


BOTH = ASKED | {"confirming": [["content_rating", "R"], ["content_rating", "NC-17"]]}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("R or NC-17 would be fine.", []),
        ("Yes, R and NC-17 are OK", []),
        ("R or NC-17, either is fine", [{"R"}]),
        ("It should be rated R or NC-17", [{"R"}]),
        ("PG-13 or R is fine", [{"PG-13", "R"}]),
    ],
)
def test_what_was_asked_to_be_all_right_is_allowed_and_not_wanted(
    shop: Assistant, said: str, wanted: list[set[str]]
) -> None:
    assert either(after(shop, said, BOTH)) == wanted


@pytest.mark.parametrize("said", ["R is off the table", "R isn't for us", "R is out", "R is a no"])
def test_a_label_is_left_out_by_what_stands_behind_it(shop: Assistant, said: str) -> None:
    goal = after(shop, said, ASKED)
    assert ("content_rating", "R") in {(each.relation, each.value) for each in goal.none_of}
    assert ("content_rating", "is", "R") not in stated(goal)


@pytest.mark.parametrize("said", ["Crime's a no from me", "crime is out", "I can't be doing with crime"])
def test_a_kind_is_left_out_by_what_stands_beside_it(shop: Assistant, said: str) -> None:
    goal = after(shop, said, ASKED)
    assert ([each.value for each in goal.none_of], stated(goal)) == (["Crime"], set())


@pytest.mark.parametrize(
    ("said", "bound"),
    [
        ("Nothing scoring lower than 6", ("rating", ">=", "6")),
        ("120 minutes is my ceiling", ("runtime", "<=", "120")),
        ("Let's cap it at 130 minutes", ("runtime", "<=", "130")),
        ("I only have about 140 minutes, so not longer than that", ("runtime", "<=", "140")),
        ("about 2 hours, no longer than that", ("runtime", "<=", "120")),
        ("90 minutes is the floor", ("runtime", ">=", "90")),
    ],
)
def test_a_bound_is_read_on_its_side(shop: Assistant, said: str, bound: tuple[str, str, str]) -> None:
    assert stated(after(shop, said, ASKED)) == {bound}


@pytest.mark.parametrize("said", ["a drama rated R", "a drama whose age rating is R", "a drama, R"])
def test_a_restricted_label_that_is_asked_for_is_a_constraint(shop: Assistant, said: str) -> None:
    assert ("content_rating", "is", "R") in stated(after(shop, said))


@pytest.mark.parametrize(
    "said",
    [
        "a drama, R is fine",
        "a drama and I don't mind R",
        "a drama, R can be too",
        "R? No objections.",
        "I've no issue with R",
    ],
)
def test_a_restricted_label_that_may_be_is_none(shop: Assistant, said: str) -> None:
    assert ("content_rating", "is", "R") not in stated(after(shop, said))


@pytest.mark.parametrize(
    ("said", "op"),
    [
        ("a comedy and anything over 90 minutes is too long for me", "<="),
        ("a comedy, everything shorter than 90 minutes feels too short", ">="),
    ],
)
def test_what_lies_beyond_a_bound_is_too_much(shop: Assistant, said: str, op: str) -> None:
    assert ("runtime", op, "90") in stated(after(shop, said))


def test_the_bound_of_a_number_is_none_of_the_label_behind_it(shop: Assistant) -> None:
    goal = after(shop, "115 minutes max it should be pg 13 or r my only subscription is vidora", ASKED)
    assert (either(goal), ("runtime", "<=", "115") in stated(goal)) == ([{"PG-13", "R"}], True)


def test_what_is_had_is_not_left_out_with_what_stands_before_it(shop: Assistant) -> None:
    goal = after(shop, "a drama without any crime for streaming i have vidora")
    barred = {each.value for each in goal.none_of}
    assert (goal.owned("streaming_services"), barred) == (("Vidora",), {"Crime"})


def test_a_bound_of_a_number_leaves_a_permission_alone(shop: Assistant) -> None:
    goal = after(shop, "a drama of at least 85 minutes r is okay with me i have kinoway", ASKED)
    assert not any(each.relation == "content_rating" for each in goal.all_of)


def test_that_nothing_comes_to_mind_is_no_story(shop: Assistant) -> None:
    goal = after(shop, "so under an hour fifty-five please none that i remember", ASKED)
    assert ("runtime", "<", "115") in stated(goal)


def test_another_value_is_wished_for_by_name(shop: Assistant) -> None:
    goal = after(shop, "I'd like another content rating.", DARK)
    barred = {(each.relation, each.value) for each in goal.none_of}
    assert (barred, goal.all_of) == ({("content_rating", "R")}, after(shop, "a drama").all_of)


def test_another_value_than_none_is_any_on_the_scale() -> None:
    unrated = {"offered": "movie/rashomon-1950"}
    goal = after(Assistant("builtin", policy=POLICY), "I'd like another age rating.", unrated)
    assert (stated(goal), goal.change) == ({("age_rating", ">=", "G")}, "rejected")


def test_what_the_person_cannot_get_is_a_guess_about_where_it_is(shop: Assistant) -> None:
    goal = after(shop, "I can't get that one", DARK)
    assert {each.value for each in goal.none_of if each.source == "inferred"} == {"Vidora", "Kinoway"}


@pytest.mark.parametrize(
    ("said", "wanted", "barred"),
    [
        ("that's not comedy", {"Drama", "Comedy"}, set()),
        ("I was hoping for a crime film", {"Drama", "Crime"}, set()),
        ("no comedy either", {"Drama"}, {"Comedy"}),
        ("no not my mood comedy would be better", {"Drama", "Comedy"}, set()),
    ],
)
def test_what_is_said_of_the_kind_of_an_offer(
    shop: Assistant, said: str, wanted: set[str], barred: set[str]
) -> None:
    goal = after(shop, said, DARK)
    assert {each.value for each in goal.all_of} == wanted
    assert {each.value for each in goal.none_of} == barred


def test_kinds_of_two_sentences_are_both_wanted(shop: Assistant) -> None:
    goal = after(shop, "A crime film, please. I'd like some comedy. PG-13 or R, either is fine.", ASKED)
    assert {each.value for each in goal.all_of} == {"Crime", "Comedy"}


def test_a_measure_by_its_name_is_too_high(shop: Assistant) -> None:
    goal = after(shop, "the rating is too low for me", DARK)
    assert [(e.relation, e.op, e.value) for e in goal.inferred] == [("rating", ">", "7")]


def test_nothing_is_offered_twice(shop: Assistant) -> None:
    answers = talk(
        shop, "a comedy", "Vidora, no preference", "hm, blue socks", "blue socks again", "and again?"
    )
    offered = [line["id"] for answer in answers for line in answer["items"]]
    assert len(offered) == len(set(offered)) > 1


def test_what_a_rejection_says_beside_is_not_dropped(shop: Assistant) -> None:
    *_, answer = talk(shop, "a comedy", "Vidora, no preference", "too long, I'd rather have submarines")
    assert (answer["act"], answer["unused"]) == ("recommend", ["submarines"])


@pytest.mark.parametrize(
    ("said", "unused", "unknown"),
    [
        ("a drama about music", ["music"], []),
        ("a comedy about commitment", ["commitment"], []),
        ("a comedy like No Country Manners", [], ["No Country Manners"]),
    ],
)
def test_what_no_answer_and_no_rejection_says_is_named(
    shop: Assistant, said: str, unused: list[str], unknown: list[str]
) -> None:
    (answer,) = talk(shop, said)
    assert [each for each in unused if each not in answer["unused"]] == []
    assert answer["unknown"] == unknown


def test_to_start_over_forgets_what_was_asked_for_and_not_what_the_person_has(shop: Assistant) -> None:
    first = heard(shop.context, ASKED, "a comedy under 100 minutes. I have Vidora. I've seen The Long One.")
    goal = after(shop, "start over", first)
    assert (goal.all_of, goal.owned("streaming_services"), goal.gone) == ((), ("Vidora",), ("long",))


def test_a_message_that_is_too_long_changes_nothing(shop: Assistant) -> None:
    goal = after(shop, "word " * 5000, DARK | {"change": "accepted", "accepted": "dark"})
    assert (goal.change, goal.offered) == ("nothing", "dark")


def test_a_rung_that_no_item_has_bounds_a_scale(shop: Assistant) -> None:
    _, answer = talk(shop, "a drama", "Kinoway. NC-17 at most. Yes, R is fine.")
    assert [line["id"] for line in answer["items"]] == ["dark"]


def test_that_nothing_is_left_names_what_was_asked_and_that_others_were_there(shop: Assistant) -> None:
    *_, answer = talk(shop, "a drama", "Vidora. R is fine, no crime.", "seen it")
    assert answer["act"] == "decline"
    assert answer["note"].startswith("Nothing else here satisfies all of that: ")
    assert "Vidora" in answer["note"]
    assert "not Crime" in answer["note"]


def test_a_kind_out_of_a_decade_is_wanted(shop: Assistant) -> None:
    assert stated(after(shop, "a drama out of the fifties")) >= {("genre", "is", "Drama")}


def test_a_guess_is_said(shop: Assistant) -> None:
    *_, answer = talk(shop, "a comedy", "I have Vidora, no preference otherwise", "too long for me")
    assert "I took it that you want a runtime under" in answer["text"]


@pytest.mark.parametrize("said", ["who directed it?", "is it on Kinoway?", "what is it about?"])
def test_a_question_about_the_offer_changes_nothing(shop: Assistant, said: str) -> None:
    goal = after(shop, said, DARK)
    assert (goal.change, goal.offered, goal.one_of) == ("nothing", "dark", ())


def test_what_is_taken_ends_the_search(shop: Assistant) -> None:
    *_, answer = talk(shop, "a drama", "Kinoway. R is fine.", "sounds perfect, thanks")
    assert (answer["act"], answer["items"]) == ("acknowledge", [])


# Confirmation


@pytest.mark.parametrize("said", ["yes", "R is fine", "no problem with R", "sure, about two hours"])
def test_what_is_restricted_is_confirmed(shop: Assistant, said: str) -> None:
    asked = ASKED | {"confirming": [["content_rating", "R"]]}
    assert after(shop, said, asked).confirmed == (("content_rating", "R"),)


@pytest.mark.parametrize("said", ["no R please", "nothing R-rated", "only PG-13"])
def test_what_is_restricted_is_refused(shop: Assistant, said: str) -> None:
    asked = ASKED | {"confirming": [["content_rating", "R"]]}
    goal = after(shop, said, asked)
    assert (goal.confirmed, goal.refused) == ((), (("content_rating", "R"),))


CONFIRMING = {"pending": ["content_rating"], "confirming": [["content_rating", "R"]]}


@pytest.mark.parametrize("said", ["I don't mind", "no preference", "I don't care how it's rated"])
def test_who_minds_nothing_consents_to_what_is_asked_alone(shop: Assistant, said: str) -> None:
    assert after(shop, said, CONFIRMING).confirmed == (("content_rating", "R"),)


@pytest.mark.parametrize(
    "said",
    [
        "Is Long Night any good?",
        "Surprise me.",
        "I don't care if I've seen it.",
        "It doesn't matter where I can get it.",
    ],
)
def test_not_to_mind_something_else_is_no_consent(shop: Assistant, said: str) -> None:
    assert after(shop, said, CONFIRMING).confirmed == ()


def test_a_yes_to_another_label_is_no_consent(shop: Assistant) -> None:
    assert after(shop, "Yes to all. Now NC-17.", CONFIRMING).confirmed == ()


# Labels


@pytest.mark.parametrize(
    ("text", "labels", "asked", "expected"),
    [
        ("pg-13 or r", RATED, False, ["PG-13", "R"]),
        ("r we there yet", RATED, False, []),
        ("R rated", RATED, False, ["R"]),
        ("unrated is fine", RATED, False, ["NR"]),
        ("blue lamp and mubble plus", SERVICES, True, ["Blue Lamp TV", "Mubble+"]),
        ("blue skies", SERVICES, False, []),
        ("mubble and quix", ("Mubble+", "quixTV"), True, ["Mubble+", "quixTV"]),
    ],
)
def test_labels_as_they_are_said(
    text: str, labels: tuple[str, ...], asked: bool, expected: list[str]
) -> None:
    assert [each.label for each in labels_in(text, labels, asked=asked)] == expected


def test_labels_stand_in_groups_with_the_words_beside_them() -> None:
    first, second = groups_in("no R, but PG or PG-13 is fine", RATED)
    assert (first.labels, first.before) == (("R",), "no")
    assert (second.labels, second.behind) == (("PG", "PG-13"), "is fine")


# The state


def test_the_state_survives_json() -> None:
    goal = Goal(
        all_of=(Constraint("runtime", "<=", "120"),),
        one_of=((Constraint("genre", "is", "Drama"),),),
        has=(("streaming_services", ("Vidora",)),),
        confirmed=(("content_rating", "R"),),
        gone=("short",),
    )
    assert Goal.of_data(json.loads(json.dumps(goal.as_data()))) == goal


def test_a_wish_over_requests_turns_down_what_was_offered_and_asks_for_nothing(shop: Assistant) -> None:
    *_, offered, again = talk(
        shop, "a comedy on Vidora", "any rating is fine, the rest doesn't matter", "stop suggesting this"
    )
    assert offered["items"]
    assert again["wishes"][0]["state"] == "noted"
    assert {each["id"] for each in again["items"]}.isdisjoint(each["id"] for each in offered["items"])
    [noted] = talk(shop, "stop suggesting dramas")
    assert noted["act"] == "acknowledge"
