"""What a message corrects in itself: only what was meant in the end is asked for."""

from __future__ import annotations

from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agent.assistant import Assistant
from agent.graph import build

WESTERN = ("genre", "is", "Western")


def stated(answer: dict[str, Any]) -> set[tuple[str, str, Any]]:
    return {(each["relation"], each["op"], each["value"]) for each in answer["conditions"]}


@pytest.mark.parametrize(
    ("message", "conditions"),
    [
        ("films by Kubrick. Sorry, I meant Coppola", {("director", "is", "Francis Ford Coppola")}),
        (
            "westerns from the 60s, sorry, I meant the 70s",
            {WESTERN, ("year", ">=", 1970), ("year", "<=", 1979)},
        ),
        (
            "westerns from the fifties, no, the sixties",
            {WESTERN, ("year", ">=", 1960), ("year", "<=", 1969)},
        ),
        (
            "westerns from 1950 to 1959, sorry, I meant 1960 to 1965",
            {WESTERN, ("year", ">=", 1960), ("year", "<=", 1965)},
        ),
        (
            "westerns from the nineteen fifties, I mean the late sixties",
            {WESTERN, ("year", ">=", 1967), ("year", "<=", 1969)},
        ),
        ("westerns, I mean war films", {("genre", "is", "War")}),
        (
            "comedies with Tom Hanks, no, I mean Bill Murray",
            {("genre", "is", "Comedy"), ("actor", "is", "Bill Murray")},
        ),
        (
            "comedies by Billy Wilder, sorry, dramas",
            {("genre", "is", "Drama"), ("director", "is", "Billy Wilder")},
        ),
        (
            "dramas under 100 minutes, no wait, 120 minutes",
            {("genre", "is", "Drama"), ("running_time", "<", 120)},
        ),
        ("books by Agatha Christie or rather Dorothy Sayers", {("author", "is", "Dorothy L. Sayers")}),
    ],
)
def test_what_is_corrected_is_replaced_and_the_rest_stays(
    usher: Assistant, message: str, conditions: set[tuple[str, str, Any]]
) -> None:
    answer = usher.ask(message).answer
    assert (stated(answer), answer["any_of"], answer["unused"]) == (conditions, [], [])


def test_a_number_is_corrected_in_its_unit(usher: Assistant) -> None:
    graph = build(InMemorySaver())
    turns = ("dramas", "Make that two hours at most. Or rather two and a half")
    answer = [usher.chat(graph, "t", turn, lambda step: None).answer for turn in turns][-1]
    assert stated(answer) == {("genre", "is", "Drama"), ("running_time", "<=", 150)}


def test_a_question_is_of_the_title_that_was_meant(usher: Assistant) -> None:
    facts = usher.ask("Who directed Jaws? Sorry, I meant Alien.").answer["facts"]
    assert [(fact["item"], fact["relation"]) for fact in facts] == [("movie/alien-1979", "director")]


def test_what_is_dropped_is_not_what_is_corrected(usher: Assistant) -> None:
    graph = build(InMemorySaver())
    turns = ("horror films before 1960", "Hm, forget horror. Make it a comedy, same years.")
    answer = [usher.chat(graph, "t", turn, lambda step: None).answer for turn in turns][-1]
    assert ("genre", "is", "Comedy") in stated(answer)


@pytest.mark.parametrize("message", ["comedies, no westerns", "comedies, but sorry, no westerns"])
def test_a_denial_is_no_correction(usher: Assistant, message: str) -> None:
    answer = usher.ask(message).answer
    assert ("genre", "is", "Comedy") in stated(answer)
    assert [each["value"] for each in answer["none_of"]] == ["Western"]
