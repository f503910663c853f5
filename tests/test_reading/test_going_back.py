"""Turns that go back, lift a bound, take an end of an order, or ask beside one of those shown."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant
from agent.conversation import Conversation


def talk(usher: Assistant, *turns: str) -> list[dict[str, Any]]:
    conversation = Conversation(usher)
    return [conversation.say(turn).answer for turn in turns]


def stated(answer: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each["relation"], str(each["value"])) for each in answer["conditions"]}


def titles(answer: dict[str, Any]) -> list[str]:
    return [each["title"] for each in answer["items"]]


@pytest.mark.parametrize(
    "said", ["go back one", "undo that", "hm, undo that last bit", "the one from before"]
)
def test_the_list_before_is_shown_again(usher: Assistant, said: str) -> None:
    answers = talk(usher, "thrillers from the 90s", "only with Bruce Willis", said)
    assert titles(answers[2]) == titles(answers[0])
    assert stated(answers[2]) == stated(answers[0])


def test_what_follows_goes_on_from_the_list_gone_back_to(usher: Assistant) -> None:
    answers = talk(
        usher, "thrillers from the 90s", "only with Bruce Willis", "undo that", "who made the first?"
    )
    assert answers[3]["facts"][0]["title"] == titles(answers[0])[0]


def test_nothing_is_gone_back_to_after_one_list(usher: Assistant) -> None:
    answer = talk(usher, "thrillers from the 90s", "undo that")[-1]
    assert (answer["act"], answer["items"]) == ("decline", [])


def test_an_earlier_list_is_named_by_its_kind(usher: Assistant) -> None:
    turns = ("war movies", "films by Edward Berger", "back to the war ones, which is the oldest?")
    answer = talk(usher, *turns)[-1]
    assert stated(answer) == {("genre", "War")}
    assert answer["items"][0]["year"] <= 1930


def test_older_is_fine_lifts_the_earliest_year(usher: Assistant) -> None:
    answer = talk(usher, "comedies from the 90s", "older is fine")[-1]
    assert stated(answer) == {("genre", "Comedy"), ("year", "1999")}


def test_anyone_lifts_who_was_asked_for(usher: Assistant) -> None:
    answer = talk(usher, "comedies with Jim Carrey", "ok then anyone")[-1]
    assert stated(answer) == {("genre", "Comedy")}


def test_the_end_of_an_order_is_taken(usher: Assistant) -> None:
    answers = talk(usher, "sci-fi films from the 90s", "and the shortest?", "i'll take the shortest. bye")
    assert (answers[2]["act"], answers[2]["items"]) == ("acknowledge", [])
    assert titles(answers[1])[0] in answers[2]["text"]


def test_a_list_by_likeness_stays_one_under_a_length(usher: Assistant) -> None:
    turns = ("something like The Godfather", "two hours max", "something with fewer men lol")
    assert talk(usher, *turns)[-1]["basis"] == "taste"


def test_an_ordinary_word_names_nothing_that_was_shown(usher: Assistant) -> None:
    answers = talk(usher, "thrillers", "darker", "that's too dark")
    assert ("series", "The Dark Knight Trilogy") not in stated(answers[2])


@pytest.mark.parametrize(
    ("said", "relation"),
    [("number 3, who plays the lead", "actor"), ("the third one, year?", "year")],
)
def test_one_that_is_counted_is_asked_about(usher: Assistant, said: str, relation: str) -> None:
    answers = talk(usher, "westerns", said)
    facts = [(each["title"], each["relation"]) for each in answers[1]["facts"]]
    assert facts == [(titles(answers[0])[2], relation)]


def test_a_length_is_asked_behind_what_is_taken(usher: Assistant) -> None:
    answers = talk(usher, "westerns", "ok we'll take the first, how long does it go")
    assert [(each["title"], each["relation"]) for each in answers[1]["facts"]] == [
        (titles(answers[0])[0], "running_time")
    ]


def test_a_tag_asks_whether_it_is_so(usher: Assistant) -> None:
    answer = talk(usher, "animated films", "this one's not animated is it?")[-1]
    assert [(each["relation"], each["verdict"]) for each in answer["facts"]] == [("genre", "yes")]


def test_how_many_there_are_shows_the_list_with_its_number(usher: Assistant) -> None:
    answers = talk(usher, "westerns with john wayne", "how many are there?")
    assert titles(answers[1]) == titles(answers[0])


@pytest.mark.parametrize(
    "less", ["more like the first but less violent", "like the second one, less violence"]
)
def test_what_there_should_be_less_of_than_in_one_shown_is_left_out(usher: Assistant, less: str) -> None:
    answer = talk(usher, "something like Heat", less)[-1]
    assert "Left out what speaks of “violen" in answer["text"]
    assert answer["unused"] == []
