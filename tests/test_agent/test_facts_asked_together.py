"""Questions of fact in one message, and of what was shown: each is answered by what that item has."""

from __future__ import annotations

from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agent.assistant import Assistant
from agent.graph import build


def after(usher: Assistant, *turns: str) -> dict[str, Any]:
    """Return the answer to the last of several turns of one conversation."""
    graph = build(InMemorySaver())
    return [usher.chat(graph, "t", turn, lambda step: None).answer for turn in turns][-1]


def values(answer: dict[str, Any]) -> dict[tuple[str, str], list[str]]:
    return {(fact["item"], fact["relation"]): list(fact["values"]) for fact in answer["facts"]}


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        (
            "In what year did Dune come out, and how many pages does it have?",
            {("book/dune-1965", "year"): ["1965"], ("book/dune-1965", "pages"): ["600"]},
        ),
        (
            "When was The Hobbit published and how many pages does it have?",
            {("book/the-hobbit-1937", "year"): ["1937"], ("book/the-hobbit-1937", "pages"): ["310"]},
        ),
        (
            "how long is The Godfather part 2?",
            {("movie/the-godfather-part-ii-1974", "running_time"): ["202"]},
        ),
        (
            "Who directed Blade Runner, and while you're at it how long is it? I need to catch a bus.",
            {
                ("movie/blade-runner-1982", "running_time"): ["117"],
                ("movie/blade-runner-1982", "director"): ["Ridley Scott"],
            },
        ),
        ("how long is Toy Story part 3?", {("movie/toy-story-3-2010", "running_time"): ["103"]}),
    ],
)
def test_each_question_is_answered(usher: Assistant, message: str, facts: dict[Any, list[str]]) -> None:
    answer = usher.ask(message).answer
    assert values(answer) == facts
    assert answer["unused"] == []


def test_a_fact_of_what_was_named_before_is_told_beside_a_wish(usher: Assistant) -> None:
    answer = usher.ask("I watched Heat yesterday. who directed it? and more like it please").answer
    assert values(answer) == {("movie/heat-1995", "director"): ["Michael Mann"]}
    assert answer["items"]


def test_pages_are_sought_in_the_book_of_a_title(usher: Assistant) -> None:
    answer = after(usher, "The Godfather novel", "how many pages is it and who is the publisher")
    book = "book/the-godfather-1969"
    assert values(answer) == {(book, "pages"): ["450"], (book, "publisher"): ["G. P. Putnam's Sons"]}


def test_who_made_a_book_is_its_author(usher: Assistant) -> None:
    answer = after(usher, "books about the sea", "the second one, who made it")
    assert [fact["relation"] for fact in answer["facts"]] == ["author"]


def test_a_book_that_was_shown_has_no_cast_of_a_film(usher: Assistant) -> None:
    shown = after(usher, "books written by Mario Puzo")
    answer = after(usher, "books written by Mario Puzo", "ok the first, who is in it and how long is it?")
    assert shown["items"][0]["id"] == "book/the-godfather-1969"
    assert {fact["item"] for fact in answer["facts"]} == {"book/the-godfather-1969"}
    assert values(answer)["book/the-godfather-1969", "pages"] == ["450"]


# Scores


@pytest.mark.parametrize(
    "message",
    [
        "What's the IMDb rating of Titanic?",
        "What's the rating of Titanic?",
        "Titanic's box office and rating?",
    ],
)
def test_a_score_is_no_age_rating(usher: Assistant, message: str) -> None:
    answer = usher.ask(message).answer
    assert "age rating of Titanic is" not in answer["text"].partition(".")[0]
    assert answer["act"] == "inform"


def test_all_that_is_not_known_of_a_title_is_named(usher: Assistant) -> None:
    answer = usher.ask("What's the box office and IMDb rating of Titanic?").answer
    assert set(answer["unused"]) == {"box office", "IMDb", "rating"}


@pytest.mark.parametrize("message", ["What's the age rating of Titanic?", "what is Titanic rated?"])
def test_an_age_rating_is_told(usher: Assistant, message: str) -> None:
    assert values(usher.ask(message).answer) == {("movie/titanic-1997", "age_rating"): ["PG-13"]}


def test_the_age_rating_is_told_of_whom_an_item_is_for(usher: Assistant) -> None:
    assert values(usher.ask("Is Alien suitable for kids?").answer)["movie/alien-1979", "age_rating"] == ["R"]


# Several claims


@pytest.mark.parametrize(
    ("message", "verdicts"),
    [
        (
            "Did Kubrick direct The Shining in 1980 with Jack Nicholson?",
            {"director": "yes", "actor": "yes", "year": "yes"},
        ),
        ("Alien from 1982 was directed by James Cameron, right?", {"director": "no", "year": "no"}),
        ("Did Kubrick direct The Shining with Tom Hanks?", {"director": "yes", "actor": "no"}),
        ("Did Ridley Scott direct Alien in 1979?", {"director": "yes", "year": "yes"}),
    ],
)
def test_each_claim_is_checked_in_its_own_role(
    usher: Assistant, message: str, verdicts: dict[str, str]
) -> None:
    facts = usher.ask(message).answer["facts"]
    assert {fact["relation"]: fact["verdict"] for fact in facts} == verdicts


# Wording


def test_pages_and_series_are_said_plainly(usher: Assistant) -> None:
    assert "Dune has 600 pages." in usher.ask("How many pages does Dune have?").answer["text"]
    assert "part of the Godfather series" in usher.ask("Which series is The Godfather in?").answer["text"]
