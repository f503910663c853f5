"""What stands beside a wish: time that is left, ages of children, verdicts, and one of another sort."""

from __future__ import annotations

from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agent.assistant import Assistant
from agent.graph import build


def stated(answer: dict[str, Any]) -> set[tuple[str, str, Any]]:
    return {(each["relation"], each["op"], each["value"]) for each in answer["conditions"]}


def after(usher: Assistant, *turns: str) -> dict[str, Any]:
    """Return the answer to the last of several turns of one conversation."""
    graph = build(InMemorySaver())
    return [usher.chat(graph, "t", turn, lambda step: None).answer for turn in turns][-1]


# Another sort


def test_one_of_another_domain_is_asked_for_anew(usher: Assistant) -> None:
    answer = after(usher, "comedies by Billy Wilder", "and a picture book for bedtime")
    assert answer["items"]
    assert {item["id"].partition("/")[0] for item in answer["items"]} == {"book"}


def test_what_films_have_is_not_denied_of_them_where_books_were_sought(usher: Assistant) -> None:
    answer = after(usher, "comedies by Billy Wilder", "and books?")
    assert answer["note"] == "I found none with Billy Wilder among the books here."


# Ages


@pytest.mark.parametrize(
    "message", ["films suitable for children of 5 and 9", "films for children aged 5 and 9"]
)
def test_ages_of_children_are_no_profile(usher: Assistant, message: str) -> None:
    answer = usher.ask(message).answer
    assert "people like that" not in answer["text"]
    assert (stated(answer), answer["unused"]) == ({("genre", "is", "Family")}, [])


# How long


@pytest.mark.parametrize(
    ("message", "condition"),
    [
        ("a thriller film. Not too long.", ("running_time", "<", 123)),
        ("a book I can finish in an evening", ("pages", "<=", 250)),
        ("I've 90 minutes before my train leaves, what film can I watch", ("running_time", "<=", 90)),
    ],
)
def test_a_length_bounds_what_is_found(
    usher: Assistant, message: str, condition: tuple[str, str, int]
) -> None:
    answer = usher.ask(message).answer
    assert condition in stated(answer)
    assert answer["unused"] == []


# What cannot be known, and what is no name


@pytest.mark.parametrize(
    ("message", "unused"),
    [
        ("what will win best picture next year?", ["win"]),
        ("who is older, Al Pacino or Robert De Niro?", ["older"]),
    ],
)
def test_what_cannot_be_known_is_not_listed(usher: Assistant, message: str, unused: list[str]) -> None:
    answer = usher.ask(message).answer
    assert (answer["items"], answer["unused"]) == ([], unused)


def test_a_verdict_is_no_title(usher: Assistant) -> None:
    answer = usher.ask("this film sucks, got any good thrillers?").answer
    assert (stated(answer), answer["unknown"]) == ({("genre", "is", "Thriller")}, [])


def test_you_may_be_short(usher: Assistant) -> None:
    assert len(after(usher, "comedies", "u choose")["items"]) == 1


def test_a_certificate_is_what_an_item_is_rated(usher: Assistant) -> None:
    assert "Family films rated G: " in usher.ask("family films rated G").answer["text"]
