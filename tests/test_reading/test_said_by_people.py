"""Kinds of turns as people write them: goodbyes, counts, things for two people, titles that are numbers."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant
from agent.builtin.dialogue.small_talk import small_talk, spoken
from agent.conversation import Conversation


def last(usher: Assistant, *turns: str) -> dict[str, Any]:
    conversation = Conversation(usher)
    return [conversation.say(turn).answer for turn in turns][-1]


def values(answer: dict[str, Any], part: str = "conditions") -> set[tuple[str, str]]:
    return {(each["relation"], str(each["value"])) for each in answer[part]}


@pytest.mark.parametrize("said", ["Who cut 1917?", "who cut 1917"])
def test_a_question_may_be_of_a_title_that_is_a_number(usher: Assistant, said: str) -> None:
    answer = last(usher, said)
    assert [(each["title"], each["values"]) for each in answer["facts"]] == [("1917", ["Lee Smith"])]


def test_whose_work_it_is_is_asked_of_a_title(usher: Assistant) -> None:
    answer = last(usher, "whose score is that in Gattaca?")
    assert [(each["relation"], each["values"]) for each in answer["facts"]] == [
        ("composer", ["Michael Nyman"])
    ]


@pytest.mark.parametrize(
    "said",
    [
        "cheers mate, that'll do me for tonight",
        "That was dead helpful. Night night",
        "Brilliant. I'll be back when I've finished these!",
    ],
)
def test_who_takes_leave_gets_no_list(usher: Assistant, said: str) -> None:
    answer = last(usher, "a horror novel", said)
    assert (answer["act"], answer["items"]) == ("acknowledge", [])


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("do you actually watch films yourself or what", True),
        ("are you paid to say that?", True),
        ("can you feel anything", True),
        ("do you prefer books or films?", True),
        ("have you got any with robots", False),
        ("do you like horror", False),
        ("do you have anything to read", False),
    ],
)
def test_usher_is_asked_of_itself(said: str, asked: bool) -> None:
    assert ("about" in small_talk(spoken(said)).kinds) is asked


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("sci-fi for him, romance for her", {"Sci-Fi", "Romance"}),
        ("a comedy for me and a thriller for my wife", {"Comedy", "Thriller"}),
        ("a comedy for us and, once they're asleep, a thriller", {"Comedy", "Thriller"}),
    ],
)
def test_two_kinds_for_two_are_two_requests(usher: Assistant, said: str, kinds: set[str]) -> None:
    answer = last(usher, said)
    assert (values(answer), values(answer, "any_of")) == (set(), {("genre", kind) for kind in kinds})


@pytest.mark.parametrize(
    ("said", "count"), [("just show me three", 3), ("three will do", 3), ("only five please", 5)]
)
def test_so_many_of_those_shown_are_enough(usher: Assistant, said: str, count: int) -> None:
    answer = last(usher, "a thriller", said)
    assert (values(answer), len(answer["items"])) == ({("genre", "Thriller")}, count)


def test_all_but_the_top_one(usher: Assistant) -> None:
    conversation = Conversation(usher)
    before, after = (
        conversation.say(turn).answer
        for turn in ("films directed by Robert Altman", "other than the top one")
    )
    assert [each["id"] for each in after["items"]] == [each["id"] for each in before["items"][1:]]


def test_up_to_and_including_ends_with_the_year(usher: Assistant) -> None:
    answer = last(usher, "dramas up to and including 1939")
    assert ("year", "1939") in values(answer)
    assert {each["op"] for each in answer["conditions"] if each["relation"] == "year"} == {"<="}


@pytest.mark.parametrize("said", ["what should I read on the train tomorrow?", "bored. entertain me"])
def test_an_occasion_decides_nothing(usher: Assistant, said: str) -> None:
    assert last(usher, said)["basis"] == "popular"


def test_a_bare_name_is_rather_a_director_than_a_writer(usher: Assistant) -> None:
    assert ("director", "Billy Wilder") in values(last(usher, "Billy Wilder comedies"))


def test_what_is_aimed_at_adults_is_not_for_children(usher: Assistant) -> None:
    answer = last(usher, "an animated film", "aimed at grown-ups though")
    assert ("genre", "Animation") in values(answer)
    assert ("genre", "Family") in values(answer, "none_of")


def test_a_film_is_made_a_book(usher: Assistant) -> None:
    answer = last(usher, "a science fiction film", "actually make that a book")
    assert values(answer) == {("genre", "Science fiction")}


@pytest.mark.parametrize(
    ("said", "unknown"),
    [
        ("Snow White and the Huntsman is on tonight", "Snow White and the Huntsman"),
        ("Beauty and the Geek is on", "Beauty and the Geek"),
        ("I'm halfway through Stranger Things at the moment", "Stranger Things"),
        ("we stuck Sharknado on last night lol", "Sharknado"),
        ("Sharknado rocked", "Sharknado"),
        ("has your library got anything from that danielle steel", "danielle steel"),
    ],
)
def test_what_is_not_here_is_named_whole(usher: Assistant, said: str, unknown: str) -> None:
    answer = last(usher, said)
    assert (answer["act"], answer["unknown"], answer["items"]) == ("decline", [unknown], [])


def test_a_role_that_is_pointed_at_names_nobody(usher: Assistant) -> None:
    answer = last(usher, "I saw Sabrina, another comedy by that scriptwriter")
    assert answer["unknown"] == []
    assert "writer" in {each["relation"] for each in answer["conditions"]}


@pytest.mark.parametrize("said", ["that movie was great", "that film ruled"])
def test_how_something_was_asks_for_nothing(usher: Assistant, said: str) -> None:
    assert (last(usher, said)["act"], last(usher, said)["items"]) == ("acknowledge", [])


def test_a_title_to_be_put_on_is_no_list(usher: Assistant) -> None:
    answer = last(usher, "put Goodfellas on for us would you")
    assert (answer["act"], answer["items"]) == ("inform", [])
