"""What a story around a request says and does not ask for: times, places, tastes, titles of others."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant


def said(usher: Assistant, text: str) -> dict[str, Any]:
    return usher.ask(text).answer


def stated(answer: dict[str, Any], part: str = "conditions") -> set[tuple[str, str, str]]:
    return {(each["relation"], each.get("op") or "is", str(each["value"])) for each in answer[part]}


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Nothing with aliens and nothing after about 1975, please. Dramas.", {("<=", "1975")}),
        ("I want dramas, anything from the first talkies to the sixties", {("<=", "1969")}),
        (
            "I was born in 1971 and I watch a film of the year I was born each May. Others from that year?",
            {("is", "1971")},
        ),
        ("Musicals, but not Grease please, too seventies", set()),
    ],
)
def test_times_that_are_told_bound_what_is_asked(usher: Assistant, text: str, bounds: set[Any]) -> None:
    answer = said(usher, text)
    assert {(op, value) for relation, op, value in stated(answer) if relation == "year"} == bounds


def test_who_dislikes_what_is_modern_wants_what_is_older(usher: Assistant) -> None:
    years = {
        op
        for relation, op, _ in stated(said(usher, "My uncle dislikes modern stuff. Thrillers?"))
        if relation == "year"
    }
    assert years == {"<="}


def test_who_cannot_be_borne_is_left_out_wherever_named(usher: Assistant) -> None:
    text = (
        "The thrillers I saw were all Cary Grant and I can't face Grant right now. Any thrillers with others?"
    )
    answer = said(usher, text)
    assert not any(value == "Cary Grant" for _, _, value in stated(answer))
    assert ("actor", "is", "Cary Grant") in stated(answer, "none_of")
    assert answer["unused"] == []


def test_what_is_only_acceptable_is_no_condition(usher: Assistant) -> None:
    answer = said(usher, "Horror is okay but I'd rather have a western")
    assert stated(answer) == {("genre", "is", "Western")}


@pytest.mark.parametrize(
    "text", ["Wasn't Chinatown directed by Sidney Lumet?", "Isn't Chinatown by Sidney Lumet?"]
)
def test_a_doubting_question_rules_nobody_out(usher: Assistant, text: str) -> None:
    answer = said(usher, text)
    assert (answer["act"], answer["none_of"]) == ("inform", [])
    assert "Roman Polanski" in answer["text"]


@pytest.mark.parametrize(
    "text",
    [
        "We are three: one is Danish, one is French and one is Polish. A western please",
        "I hate anything in black and white. A western please",
        "siri um no a western please",
    ],
)
def test_a_word_of_a_story_is_no_name(usher: Assistant, text: str) -> None:
    assert stated(said(usher, text)) == {("genre", "is", "Western")}


def test_a_given_name_that_owns_a_title_is_one_unknown_title(usher: Assistant) -> None:
    answer = said(usher, "I loved Jaws and Gregory's Teapot, what else is like those?")
    assert answer["unknown"] == ["Gregory's Teapot"]
    assert answer["conditions"] == []
