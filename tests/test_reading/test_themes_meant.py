"""Requests for a theme as people say them: what is refused beside it, told of people, how a story is told."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant


@pytest.fixture(scope="module")
def usher() -> Assistant:
    return Assistant()


def answered(usher: Assistant, text: str) -> tuple[dict[str, Any], list[str]]:
    answer = usher.ask(text).answer
    return answer, [item["title"] for item in answer["items"][:8]]


@pytest.mark.parametrize(
    "text", ["a dystopian novel, but not for teenagers", "dystopian books, nothing for kids"]
)
def test_what_is_not_for_the_young_is_for_adults(usher: Assistant, text: str) -> None:
    answer, titles = answered(usher, text)
    assert {each["value"] for each in answer["none_of"]} >= {"Young adult", "Children's literature"}
    assert "The Hunger Games" not in titles


def test_not_for_children_says_nothing_of_who_asks(usher: Assistant) -> None:
    answer, _ = answered(usher, "christmas films that are not for children")
    assert "aged" not in answer["note"]


def test_what_is_asked_for_is_not_left_out_with_what_goes_with_a_refusal(usher: Assistant) -> None:
    _, titles = answered(usher, "serial killer films, nothing too gory")
    assert len({"Memories of Murder", "M", "Monster", "Zodiac"} & set(titles)) > 1


def test_to_whom_something_refused_is_done_is_not_wanted(usher: Assistant) -> None:
    answer, titles = answered(usher, "a thriller without violence against women")
    assert (answer["unused"], answer["basis"]) == ([], "proved")
    assert "Promising Young Woman" not in titles


def test_what_a_story_is_set_in_may_be_what_it_is_not_about(usher: Assistant) -> None:
    _, titles = answered(usher, "movies set at christmas but not christmas movies")
    assert "Die Hard" in titles


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("movies about the Spanish Civil War", "Pan's Labyrinth"),
        ("films about estranged families", "The Royal Tenenbaums"),
        ("films about being lonely in a big city", "Chungking Express"),
        ("movies that take place over one day", "Dog Day Afternoon"),
        ("movies where nobody is who they say they are", "The Maltese Falcon"),
        ("books where the house is basically a character", "The Haunting of Hill House"),
        ("movies about coming out", "Milk"),
        ("something where the robots turn on us", "The Terminator"),
        ("film about people who look exactly alike", "Us"),
        ("films about corrupt politicians", "Chinatown"),
        ("a book set during the war, told by a child", "The Diary of a Young Girl"),
        ("a circus book or film, either is fine", "The Night Circus"),
    ],
)
def test_a_theme_is_what_was_said(usher: Assistant, text: str, title: str) -> None:
    answer, titles = answered(usher, text)
    assert (answer["act"], answer["unused"]) == ("recommend", [])
    assert title in titles


def test_what_is_like_somebody_but_for_something_is_by_others(usher: Assistant) -> None:
    _, titles = answered(usher, "books like Agatha Christie but funnier")
    assert "The Thursday Murder Club" in titles
    assert "Death on the Nile" not in titles


@pytest.mark.parametrize("text", ["books by Agatha Christie", "books like Agatha Christie"])
def test_whose_books_are_wanted_is_who_wrote_them(usher: Assistant, text: str) -> None:
    answer, _ = answered(usher, text)
    assert [each["value"] for each in answer["conditions"]] == ["Agatha Christie"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("like Rocky but about a woman", "Million Dollar Baby"),
        ("like Toy Story but scary", "The Nightmare Before Christmas"),
        ("like Jaws but in space", "Alien"),
    ],
)
def test_a_turn_is_looked_for_as_it_was_said(usher: Assistant, text: str, title: str) -> None:
    assert title in answered(usher, text)[1]


def test_an_occasion_behind_but_not_is_of_the_story(usher: Assistant) -> None:
    answer, titles = answered(usher, "like Home Alone but not Christmas")
    assert "less of “christmas”" in answer["note"]
    assert "Home Alone 2: Lost in New York" not in titles


def test_a_turn_that_nothing_tells_of_is_said(usher: Assistant) -> None:
    answer, _ = answered(usher, "like Harry Potter but better written")
    assert " ".join(answer["unused"]) == "better written"


def test_less_of_something_is_still_like_it(usher: Assistant) -> None:
    _, titles = answered(usher, "like The Shining but less scary")
    assert "Young Frankenstein" not in titles


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("a film about a genius", "Good Will Hunting"),
        ("films where two strangers meet on a train", "Strangers on a Train"),
        ("movies about being a parent", "Parenthood"),
        ("something about sisters who fall out", "What Ever Happened to Baby Jane?"),
    ],
)
def test_words_of_praise_and_of_family_are_themes_too(usher: Assistant, text: str, title: str) -> None:
    answer, titles = answered(usher, text)
    assert answer["unused"] == []
    assert title in titles


def test_a_kind_may_lack_what_it_mostly_has(usher: Assistant) -> None:
    _, titles = answered(usher, "a war film without battles")
    assert "Saving Private Ryan" not in titles
    assert "Casablanca" in titles


def test_a_word_that_is_two_letters_longer_is_no_slip(usher: Assistant) -> None:
    answer, _ = answered(usher, "a film about the man who invented the zip fastener")
    assert "faster" not in answer["text"]
    assert answer["unused"] == ["zip fastener"]


def test_where_half_of_a_theme_is_unknown_three_are_shown(usher: Assistant) -> None:
    answer, titles = answered(usher, "a novel about bouncy castle hire")
    assert "bouncy" in answer["unused"]
    assert len(titles) <= 3


def test_what_a_story_tells_in_small_words_is_not_dropped(usher: Assistant) -> None:
    answer, _ = answered(usher, "can you recommend films where they all have what they have not")
    assert answer["unused"]


def test_where_nothing_has_a_turn_what_is_like_it_is_shown(usher: Assistant) -> None:
    answer, titles = answered(usher, "like Casablanca but with vampires")
    assert "Nothing here is much like Casablanca" in answer["note"]
    assert "To Have and Have Not" in titles


def test_a_word_for_how_films_are_made_may_be_what_is_not_wanted(usher: Assistant) -> None:
    answer, titles = answered(usher, "a western without any shooting")
    assert "Left out what speaks of “shooting”" in answer["note"]
    assert "The Good, the Bad and the Ugly" not in titles
    assert "Roman Holiday" in answered(usher, "films shot in Rome")[1]


def test_a_counted_subject_is_no_title(usher: Assistant) -> None:
    answer, titles = answered(usher, "a film about three generations of women")
    assert (answer["basis"], "Volver" in titles) == ("text", True)


def test_how_a_subject_is_done_is_no_subject(usher: Assistant) -> None:
    assert "On Golden Pond" in answered(usher, "stories about growing old gracefully")[1]


def test_a_small_phrase_behind_but_is_a_turn(usher: Assistant) -> None:
    assert "with more of “set today”" in answered(usher, "like Little Women but set today")[0]["note"]
