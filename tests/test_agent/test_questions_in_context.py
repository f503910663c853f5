"""Questions of fact amid other words: doubts, topics, stories, what they take for granted; and no errands."""

from __future__ import annotations

from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agent.assistant import Assistant
from agent.graph import build

TRAM, ORCHARD = "Night Tram", "Cold Orchard"
QUILL, MURDER = ["Ada Quill"], ["A tram driver sees a murder."]


def told(answer: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    return [(fact["title"], fact["relation"], list(fact["values"])) for fact in answer["facts"]]


@pytest.mark.parametrize(
    "message",
    [
        "did Ada Quill direct Night Tram or am I mixing that up?",
        "was it Ada Quill who directed Night Tram, or not?",
        "Am I right that Ada Quill directed Night Tram?",
        "am i right in thinking ada quill directed night tram",
        "I could swear Ada Quill directed Night Tram. Am I right?",
        "correct me if I'm wrong but Ada Quill directed Night Tram",
    ],
)
def test_a_doubt_does_not_hide_a_question(toy_usher: Assistant, message: str) -> None:
    answer = toy_usher.ask(message).answer
    assert [(f["relation"], f["verdict"]) for f in answer["facts"]] == [("director", "yes")]


@pytest.mark.parametrize(
    "message",
    [
        "Night Tram or Cold Orchard: which was made first?",
        "Between Night Tram and Cold Orchard, which came out first?",
        "Which is the more recent of the two: Cold Orchard or Night Tram?",
        "was Night Tram made before Cold Orchard",
    ],
)
def test_two_titles_are_compared_wherever_they_stand(toy_usher: Assistant, message: str) -> None:
    facts = told(toy_usher.ask(message).answer)
    assert sorted(facts) == [(ORCHARD, "year", ["2001"]), (TRAM, "year", ["1981"])]


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("were Night Tram and The Glass Harbour made by the same director?", "yes"),
        ("Night Tram and The Glass Harbour, same director?", "yes"),
        ("do Night Tram and Salt Road have the same director?", "no"),
        ("is the director of Night Tram also the director of Salt Road?", "no"),
    ],
)
def test_whether_one_person_made_both_is_told(toy_usher: Assistant, message: str, verdict: str) -> None:
    answer = toy_usher.ask(message).answer
    assert [fact["relation"] for fact in answer["facts"]] == ["director", "director"]
    assert answer["facts"][-1]["verdict"] == verdict
    assert answer["items"] == []


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        (
            "The quiz asked who directed Night Tram. Nobody knew. Who was it?",
            (TRAM, "director", QUILL),
        ),
        ("my flatmate wonders who directed Night Tram", (TRAM, "director", QUILL)),
        ("I need the release date of Night Tram for a quiz.", (TRAM, "year", ["1981"])),
        ("in which year did Night Tram reach the cinemas?", (TRAM, "year", ["1981"])),
        ("so like what yr is Night Tram", (TRAM, "year", ["1981"])),
        ("what does Night Tram deal with, roughly?", (TRAM, "description", MURDER)),
        (
            "what's the plot of Night Tram, no spoilers",
            (TRAM, "description", ["A tram driver sees a murder."]),
        ),
    ],
)
def test_a_question_is_found_amid_other_words(
    toy_usher: Assistant, message: str, fact: tuple[str, str, list[str]]
) -> None:
    assert told(toy_usher.ask(message).answer) == [fact]


@pytest.mark.parametrize(
    "message",
    [
        "Why did Dov Eberhart make Night Tram?",
        "when did Dov Eberhart direct Night Tram?",
        "where did Dov Eberhart film Night Tram",
    ],
)
def test_what_a_question_wrongly_takes_for_granted_is_corrected(toy_usher: Assistant, message: str) -> None:
    answer = toy_usher.ask(message).answer
    assert [(each["relation"], each["true"]) for each in answer["corrections"]] == [("director", QUILL)]
    assert answer["items"] == []


def test_what_a_question_rightly_takes_for_granted_is_not_corrected(toy_usher: Assistant) -> None:
    answer = toy_usher.ask("When did Ada Quill direct Night Tram?").answer
    assert (told(answer), answer["corrections"]) == ([(TRAM, "year", ["1981"])], [])


def test_a_question_that_is_not_understood_tells_of_its_title_and_lists_nothing(toy_usher: Assistant) -> None:
    answer = toy_usher.ask("does Night Tram pass the mirror test?").answer
    assert (answer["items"], bool(answer["unused"])) == ([], True)
    assert (TRAM, "director", QUILL) in told(answer)


@pytest.mark.parametrize(
    "message",
    [
        "set a timer for ten minutes",
        "could you book a table for two on Friday?",
        "order me a pizza",
        "add eggs to my shopping list",
        "I need a recipe for banana bread",
        "please turn the lights off",
    ],
)
def test_an_errand_is_declined_and_nothing_is_listed(toy_usher: Assistant, message: str) -> None:
    answer = toy_usher.ask(message).answer
    assert (answer["act"], answer["items"]) == ("decline", [])


def test_who_then_asks_what_a_no_left_open(toy_usher: Assistant) -> None:
    graph = build(InMemorySaver())
    turns = ("did Dov Eberhart direct Night Tram?", "oh ok, who then?")
    answer = [toy_usher.chat(graph, "t", turn, lambda step: None).answer for turn in turns][-1]
    assert told(answer) == [(TRAM, "director", QUILL)]


# A part of a clause, and what is said around it


@pytest.mark.parametrize(
    "message",
    [
        "need for school: who directed Night Tram and whats it about (not the whole thing)",
        "Saw Night Tram. And remind me who directed it, I told her Besson but she won't believe me.",
        "Watched it on Monday but that can wait. Who directed Night Tram, for the programme sheet?",
    ],
)
def test_what_trails_after_a_question_does_not_hide_it(toy_usher: Assistant, message: str) -> None:
    assert (TRAM, "director", QUILL) in told(toy_usher.ask(message).answer)


def test_it_is_what_was_named_before_the_question(toy_usher: Assistant) -> None:
    answer = toy_usher.ask("I saw Night Tram. Who directed it? We did Salt Road last year.").answer
    assert told(answer) == [(TRAM, "director", QUILL)]


def test_the_same_is_asked_of_a_second_title(toy_usher: Assistant) -> None:
    answer = toy_usher.ask("who is the director of Night Tram and who of Salt Road?").answer
    assert told(answer) == [(TRAM, "director", QUILL), ("Salt Road", "director", ["Dov Eberhart"])]


@pytest.mark.parametrize(
    "message",
    [
        "I loved Night Tram. More films by the woman who directed it, please",
        "What else has the director who made Night Tram directed?",
    ],
)
def test_who_made_an_item_is_no_question_where_items_are_wanted(toy_usher: Assistant, message: str) -> None:
    assert toy_usher.ask(message).answer["facts"] == []
