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


def test_two_names_that_are_not_here_are_two(usher: Assistant) -> None:
    assert last(usher, "We wore out Newsies and the Trolls soundtrack")["unknown"] == ["Newsies", "Trolls"]


@pytest.mark.parametrize("said", ["that movie was great", "that film ruled"])
def test_how_something_was_asks_for_nothing(usher: Assistant, said: str) -> None:
    assert (last(usher, said)["act"], last(usher, said)["items"]) == ("acknowledge", [])


def test_a_title_to_be_put_on_is_no_list(usher: Assistant) -> None:
    answer = last(usher, "put Goodfellas on for us would you")
    assert (answer["act"], answer["items"]) == ("inform", [])


@pytest.mark.parametrize(
    "told",
    [
        "She said it was well made but too grim.",
        "It made us cry for an hour, honestly, and it made me call home.",
    ],
)
def test_a_verb_of_a_story_asks_for_no_maker(usher: Assistant, told: str) -> None:
    said = f"We had a long week and my wife picked Prisoners on Friday. {told} I love a mystery. Any ideas?"
    answer = last(usher, said)
    assert {each["relation"] for each in answer["conditions"]} == {"genre"}


def test_a_series_among_titles_that_are_known_is_left_out(usher: Assistant) -> None:
    answer = last(
        usher, "I want a romcom. Notting Hill, Bridget Jones, You've Got Mail, those I know by heart."
    )
    assert "series" not in {each["relation"] for each in answer["conditions"]}
    assert ("series", "Bridget Jones") in values(answer, "none_of")


def test_only_what_was_seen_is_left_out(usher: Assistant) -> None:
    answer = last(usher, "Which James Bond should I watch if I've only ever seen the Daniel Craig ones?")
    assert values(answer) == {("series", "James Bond")}
    assert ("actor", "Daniel Craig") in values(answer, "none_of")


def test_a_kind_that_is_taken_back_is_not_asked_for(usher: Assistant) -> None:
    answer = last(usher, "i feel like a war movie no actually not a war movie like a spy movie")
    assert (values(answer), values(answer, "none_of")) == (set(), {("genre", "War")})


def test_what_is_hardly_a_kind_does_not_ask_for_it(usher: Assistant) -> None:
    answer = last(
        usher, "I can't stand musicals. Whiplash I liked, although that's hardly a musical. What next?"
    )
    assert values(answer, "none_of") == {("genre", "Musical")}


def test_a_date_counts_and_not_what_is_said_of_age_elsewhere(usher: Assistant) -> None:
    said = "He doesn't care for most of the new ones. Any western from after 1980?"
    assert ("year", "1981") in values(last(usher, said)) or ("year", "1980") in values(last(usher, said))


def test_an_age_that_is_welcome_bounds_nothing(usher: Assistant) -> None:
    answer = last(usher, "a heist movie. Older ones are welcome too")
    assert "year" not in {each["relation"] for each in answer["conditions"]}


def test_a_length_in_a_story_is_no_condition(usher: Assistant) -> None:
    said = "We saw The Wolf of Wall Street, three hours, and fell asleep. A comedy under 95 minutes?"
    stated = [each for each in last(usher, said)["conditions"] if each["relation"] == "running_time"]
    assert [(each["op"], float(each["value"])) for each in stated] in ([("<", 95.0)], [("<=", 95.0)])


def test_what_a_title_is_told_to_be_is_not_asked_for(usher: Assistant) -> None:
    said = "I read Crime and Punishment, it's basically a thriller. Are there any short Russian novels?"
    assert {each["relation"] for each in last(usher, said)["conditions"]} == {"country", "pages"}


def test_what_something_else_is_to_be_is_asked_for(usher: Assistant) -> None:
    said = "The Apartment was a treat. Something else that is a comedy and is directed by Billy Wilder"
    assert ("genre", "Comedy") in values(last(usher, said))


@pytest.mark.parametrize(
    "said", ["a scary movie for somebody who doesnt like blood", "a horror film, I have had enough of boxing"]
)
def test_what_somebody_does_not_like_is_left_out(usher: Assistant, said: str) -> None:
    answer = last(usher, said)
    assert "Left out what speaks of" in answer["text"]


def test_a_subject_is_asked_for_all_the_same(usher: Assistant) -> None:
    answer = last(usher, "recommend me a sports movie for people who don't like sports")
    assert "Left out" not in answer["text"]


@pytest.mark.parametrize(
    "said", ["who's going to win best picture next year", "How many times do they fight in Rocky?"]
)
def test_what_no_catalogue_tells_is_no_list(usher: Assistant, said: str) -> None:
    assert last(usher, said)["items"] == []


def test_titles_in_small_letters_are_left_out_behind_besides(usher: Assistant) -> None:
    titles = {each["title"] for each in last(usher, "films by kubrick besides the shining and 2001")["items"]}
    assert titles.isdisjoint({"The Shining", "2001: A Space Odyssey"})
    assert titles


def test_a_well_known_author_is_ruled_out_and_no_word(usher: Assistant) -> None:
    answer = last(usher, "classic novels", "not Dickens")
    assert values(answer, "none_of") == {("author", "Charles Dickens")}


def test_a_question_beside_small_talk_is_answered(usher: Assistant) -> None:
    assert last(usher, "a horror comedy", "okay is it very bloody?")["act"] == "inform"


def test_who_only_looks_around_gets_no_list(usher: Assistant) -> None:
    assert last(usher, "Good evening! Just looking around for now, thanks.")["items"] == []
