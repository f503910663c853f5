"""What stories rule out: titles that are refused, phrases as a whole, what others hate or have seen."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant
from agent.conversation import Conversation


def last(usher: Assistant, *turns: str) -> dict[str, Any]:
    conversation = Conversation(usher)
    return [conversation.say(turn).answer for turn in turns][-1]


def stated(answer: dict[str, Any], field: str = "conditions") -> set[tuple[str, str]]:
    return {(each["relation"], str(each["value"])) for each in answer[field]}


def titles(answer: dict[str, Any]) -> list[str]:
    return [each["title"] for each in answer["items"]]


def test_a_title_joined_to_one_that_is_ruled_out_is_too(usher: Assistant) -> None:
    answer = usher.ask("something from hitchcock but not psyco or the birds").answer
    assert not {"Psycho", "The Birds"} & set(titles(answer))
    assert stated(answer) == {("director", "Alfred Hitchcock")}


def test_nothing_like_that_is_said_of_the_title_before(usher: Assistant) -> None:
    answer = usher.ask(
        "We liked Brooklyn. Last pick was Lolita and it was awful, so nothing like that."
    ).answer
    assert "Lolita" not in answer["text"]


def test_what_somebody_else_says_and_is_refused_is_no_example(usher: Assistant) -> None:
    answer = usher.ask("a movie from the eighties, my sister says purple rain but no").answer
    assert stated(answer) == {("year", "1980"), ("year", "1989")}
    assert "Purple Rain" not in titles(answer)


def test_a_kind_that_is_only_not_so_for_something_is_wanted(usher: Assistant) -> None:
    answer = usher.ask("A comedy from before 1960, funny, not funny for its time.").answer
    assert (stated(answer), answer["none_of"]) == ({("genre", "Comedy"), ("year", "1959")}, [])


def test_who_knows_nothing_about_a_kind_rules_nothing_out(usher: Assistant) -> None:
    answer = usher.ask("I know nothing about anime. Which one would you show a child?").answer
    assert answer["none_of"] == []


def test_what_a_boss_hates_is_ruled_out(usher: Assistant) -> None:
    text = "My supervisor wants something pre-1970 and not in English, and hates Woody Allen."
    assert "Woody Allen" in {value for _, value in stated(usher.ask(text).answer, "none_of")}


def test_true_crime_is_no_crime_film(usher: Assistant) -> None:
    answer = usher.ask("Need a doco recommendation. Not nature, not true crime.").answer
    assert (stated(answer), answer["none_of"]) == ({("genre", "Documentary")}, [])
    assert "“true crime”" in answer["text"]


@pytest.mark.parametrize(
    ("said", "phrase"), [("Not set in New York.", "new york"), ("no time jumps", "time jumps")]
)
def test_a_phrase_is_ruled_out_as_a_whole(usher: Assistant, said: str, phrase: str) -> None:
    answer = last(usher, "crime films from the eighties", said)
    assert f"Left out what speaks of “{phrase}”" in answer["text"]


def test_titles_that_were_only_seen_are_no_examples_beside_a_theme(usher: Assistant) -> None:
    answer = usher.ask("movie with a twist ending, i've seen sixth sense and usual suspects").answer
    assert answer["basis"] == "text"
    assert not {"The Sixth Sense", "The Usual Suspects"} & set(titles(answer))


def test_somebody_the_conversation_told_of_is_averse_for_all(usher: Assistant) -> None:
    answer = last(usher, "i need a movie for a first date", "she says she hates animation")
    assert stated(answer, "none_of") == {("genre", "Animation")}


@pytest.mark.parametrize(
    ("asked", "known", "gone"),
    [
        ("a submarine film", "He's seen the German one", "Das Boot"),
        ("recommend a fantasy book", "she has read harry potter", "Harry Potter and the Chamber of Secrets"),
    ],
)
def test_what_somebody_else_knows_is_left_out(usher: Assistant, asked: str, known: str, gone: str) -> None:
    assert gone in titles(last(usher, asked))
    answer = last(usher, asked, known)
    assert gone not in titles(answer)
    assert stated(answer) == stated(last(usher, asked))


def test_what_was_ruled_out_is_allowed_again_by_its_adjective(usher: Assistant) -> None:
    answer = last(usher, "horror please", "not american either", "ok forget the american thing")
    assert (stated(answer), answer["none_of"]) == ({("genre", "Horror")}, [])
