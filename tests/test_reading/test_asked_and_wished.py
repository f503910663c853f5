"""Questions beside requests, several likes, what is only told of, and places in a series."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from agent.assistant import Assistant
from agent.builtin.interpret.message import Message
from agent.conversation import Conversation


def last(usher: Assistant, *turns: str) -> dict[str, Any]:
    conversation = Conversation(usher)
    return [conversation.say(turn).answer for turn in turns][-1]


def values(answer: dict[str, Any], part: str = "conditions") -> set[str]:
    return {str(each["value"]) for each in answer[part]}


def test_a_question_beside_a_request_is_answered_too(usher: Assistant) -> None:
    answer = last(usher, "Who composed the music for Vertigo, and what other Hitchcock films did he score?")
    assert values(answer) == {"Alfred Hitchcock", "Bernard Herrmann"}
    assert [(each["title"], each["relation"]) for each in answer["facts"]] == [("Vertigo", "composer")]


def test_two_questions_are_both_answered(usher: Assistant) -> None:
    answer = last(usher, "What is Rear Window about, and is Grace Kelly in it?")
    assert {each["relation"] for each in answer["facts"]} == {"description", "actor"}
    assert "yes" in {each["verdict"] for each in answer["facts"]}


def test_what_is_compared_and_asked_of_each_is_told(usher: Assistant) -> None:
    answer = last(usher, "Amadeus or Out of Africa tonight: which is shorter, and who directed each?")
    told = {(each["title"], each["relation"]) for each in answer["facts"]}
    assert {("Amadeus", "director"), ("Out of Africa", "director")} <= told


def test_what_is_counted_is_compared(usher: Assistant) -> None:
    answer = last(usher, "How many films by Woody Allen do you know, and which is the oldest one?")
    assert (answer["act"], answer["items"]) == ("inform", [])
    assert [each["relation"] for each in answer["facts"]] == ["year"]


@pytest.mark.parametrize(
    ("text", "unused"),
    [("does meryl streep sing in mamma mia", "sing"), ("did tom hanks cook in apollo 13", "cook")],
)
def test_what_somebody_does_in_an_item_is_not_known(usher: Assistant, text: str, unused: str) -> None:
    answer = last(usher, text)
    assert (answer["items"], answer["unused"]) == ([], [unused])


def test_several_authors_are_alternatives(usher: Assistant) -> None:
    answer = last(
        usher, "My husband's a fan of Tolkien, I'm more of a Raymond Chandler person. A book for us?"
    )
    assert values(answer, "any_of") == {"J. R. R. Tolkien", "Raymond Chandler"}
    assert "some of each" in answer["text"]


def test_one_item_is_to_be_what_each_of_several_wants(usher: Assistant) -> None:
    both = "One of us wants a western, one wants a comedy. Is there something that does both?"
    assert values(last(usher, both)) == {"Western", "Comedy"}


def test_or_joins_two_requests_that_name_somebody(usher: Assistant) -> None:
    answer = last(usher, "films directed by Stanley Kubrick, or comedies with Bill Murray")
    assert values(answer, "any_of") == {"Stanley Kubrick", "Bill Murray"}


@pytest.mark.parametrize(
    ("text", "wanted", "not_wanted"),
    [
        ("I grew up on Disney cartoons. Where do I start with Hitchcock?", "Alfred Hitchcock", "Animation"),
        ("We used to love Hitchcock. Now we want comedies from the 90s", "Comedy", "Alfred Hitchcock"),
    ],
)
def test_what_was_watched_before_is_not_asked_for(
    usher: Assistant, text: str, wanted: str, not_wanted: str
) -> None:
    stated = values(last(usher, text))
    assert wanted in stated
    assert not_wanted not in stated


def test_all_of_a_list_of_exceptions_is_left_out(usher: Assistant) -> None:
    answer = last(usher, "Films from 1999, please, except The Matrix and American Beauty.")
    assert not {"The Matrix", "American Beauty"} & {each["title"] for each in answer["items"]}
    assert "goes best" not in answer["text"]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("What should I pick for 1963 and 1964?", (1963, 1964)),
        ("one a year of the 1960s, so what should I choose for 1963?", (1963, 1963)),
        ("films from the 60s or 70s", (1960, 1979)),
    ],
)
def test_years_that_something_is_picked_for(
    understand: Callable[[str], Message], text: str, bounds: tuple[int, int]
) -> None:
    assert understand(text).reading.years == bounds


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("I'm after the second book of the Foundation series.", "Foundation and Empire"),
        ("the first book in the Earthsea series please", "A Wizard of Earthsea"),
    ],
)
def test_an_item_is_asked_for_by_its_place_in_a_series(usher: Assistant, text: str, title: str) -> None:
    assert [each["title"] for each in last(usher, text)["items"]] == [title]


def test_children_that_are_told_of_are_for_whom_it_is(usher: Assistant) -> None:
    answer = last(usher, "My niece liked Star Wars. Now she wants something else. She's eight.")
    assert "Family" in values(answer, "any_of")


def test_what_somebody_forbids_is_left_out(usher: Assistant) -> None:
    answer = last(usher, "My son wants something with spaceships, but his mother says no guns. Any ideas?")
    assert "guns" in answer["text"]


@pytest.mark.parametrize(
    ("turns", "part", "value"),
    [
        (("something like Dune, the book", "by another author please"), "none_of", "Frank Herbert"),
        (("the best film of 1994?", "how about the year after?"), "conditions", "1995"),
        (("Can you suggest a mystery?", "she has read all the Sherlock Holmes"), "conditions", "Mystery"),
        (("westerns with Clint Eastwood", "no, I want only those he directed"), "conditions", "Western"),
    ],
)
def test_what_held_goes_on_to_hold(usher: Assistant, turns: tuple[str, ...], part: str, value: str) -> None:
    assert value in values(last(usher, *turns), part)


def test_the_first_of_those_shown_is_the_earliest(usher: Assistant) -> None:
    answer = last(usher, "books by Ursula Le Guin", "Which was the first?")
    assert [each["values"] for each in answer["facts"]] == [["1966"]]


def test_what_there_should_be_less_of_is_left_out_or_named(usher: Assistant) -> None:
    assert "“gloomy”" in last(usher, "Something like Blade Runner but less gloomy")["text"]


def test_whose_films_are_wanted_is_who_was_told_of(usher: Assistant) -> None:
    answer = last(usher, "who directed jaws", "show me his films from the eighties")
    assert "Steven Spielberg" in values(answer)


def test_each_name_of_a_question_is_asked_in_its_own_role(usher: Assistant) -> None:
    text = "Is it true that The Godfather was written by Mario Puzo and directed by Martin Scorsese?"
    told = [(each["relation"], each["verdict"]) for each in last(usher, text)["facts"]]
    assert told == [("writer", "yes"), ("director", "no")]


def test_all_that_was_read_of_a_list_is_left_out(usher: Assistant) -> None:
    text = "I've burned through all of Agatha Christie and most of Sherlock Holmes. A mystery, please?"
    assert {"Agatha Christie", "Sherlock Holmes"} <= values(last(usher, text), "none_of")


def test_the_month_before_a_title_bounds_no_years(understand: Callable[[str], Message]) -> None:
    assert understand("I saw it the month before Heat. Any thrillers?").reading.years == (None, None)


def test_items_come_in_the_order_they_were_published(usher: Assistant) -> None:
    years = [
        e["year"]
        for e in last(usher, "List the novels by Toni Morrison in the order they were published")["items"]
    ]
    assert years == sorted(years)
