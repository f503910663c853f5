"""What is refused of items, and what goes with it, on the built-in catalogue."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant
from tools.theme_unwanted import neighbours, unwanted


def answered(usher: Assistant, request: str) -> dict[str, Any]:
    return dict(usher.ask(request).answer)


def titles(answer: dict[str, Any]) -> list[str]:
    return [item["title"] for item in answer["items"]]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("gory", {"gore", "slasher", "serial killer"}),
        ("sad endings", {"tearjerker", "doomed love"}),
        ("world war two", {"world war ii", "second world war"}),
        ("trains", {"railway"}),
    ],
)
def test_what_goes_with_what_is_refused_is_known(said: str, told: set[str]) -> None:
    assert told | {said} <= set(unwanted(said))


def test_of_most_things_nothing_else_goes_with_them() -> None:
    assert neighbours("submarines") == ()


@pytest.mark.parametrize(
    ("asked", "said", "out", "left"),
    [
        ("a scary film, not gory", "gory", "Alien", "Rosemary's Baby"),
        ("horror films without violence", "violence", "Saw", "Beetlejuice"),
        ("war films that are not about world war two", "world war two", "Schindler's List", "Glory"),
        ("a western, not in black and white", "black and white", "High Noon", "Unforgiven"),
        ("samurai film but not in black and white", "black and white", "Seven Samurai", "The Last Samurai"),
        ("a love story without a sad ending", "sad ending", "Titanic", "Amélie"),
        ("horror from the 2010s, not in black and white", "black and white", "Psycho", "Get Out"),
        ("superhero films but no Marvel", "marvel", "The Avengers", "The Incredibles"),
    ],
)
def test_what_speaks_of_it_or_of_its_like_is_left_out(
    usher: Assistant, asked: str, said: str, out: str, left: str
) -> None:
    answer = answered(usher, asked)
    assert f"Left out what speaks of “{said}”" in answer["text"]
    assert answer["unused"] == []
    assert left in titles(answer)
    assert out not in titles(answer)


def test_without_a_kind_those_that_are_described_so_come_last(usher: Assistant) -> None:
    answer = answered(usher, "comedies without romance")
    assert "“romance” all the same" in answer["text"]
    assert [each["value"] for each in answer["none_of"]] == ["Romance"]
    found = titles(answer)
    assert found.index("The Princess Bride") > found.index("Home Alone")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("coming of age", {"The Breakfast Club"}),
        ("set in a library", {"The Name of the Rose"}),
        ("something set on a train", {"Murder on the Orient Express"}),
        ("a summer in italy", {"Call Me by Your Name"}),
        ("first love, eighties", {"Say Anything..."}),
    ],
)
def test_a_phrase_of_small_words_is_a_theme(usher: Assistant, asked: str, expected: set[str]) -> None:
    assert expected <= set(titles(answered(usher, asked))[:10])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("movies about chess and espionage", "Only the first here is about “chess” and “espionage”"),
        ("nuns in the jungle", "Nothing here is about “nuns” and “jungle” together"),
    ],
)
def test_where_few_are_about_several_things_that_is_said(usher: Assistant, asked: str, said: str) -> None:
    answer = answered(usher, asked)
    assert said in answer["text"]
    assert 3 < len(answer["items"]) < 12


def test_what_is_not_too_much_of_something_is_no_refusal_of_what_it_stands_before(usher: Assistant) -> None:
    answer = answered(usher, "not too scary halloween films")
    assert "Left out" not in answer["text"]
    assert "Hocus Pocus" in titles(answer)[:10]
