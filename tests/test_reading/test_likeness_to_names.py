"""What is like somebody or a series and not by them, and all items that go with a title."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from agent.assistant import Assistant


def asked(usher: Assistant, said: str) -> tuple[dict[str, Any], list[str]]:
    answer = usher.ask(said).answer
    return answer, [str(each["title"]) for each in answer["items"]]


@pytest.mark.parametrize(
    ("said", "near", "left_out"),
    [
        ("something like Agatha Christie but not by her", "Magpie Murders", "Death on the Nile"),
        ("I've read everything by Agatha Christie, what next?", "Magpie Murders", "Death on the Nile"),
        ("authors like Stephen King", "The Haunting of Hill House", "The Shining"),
        ("books similar to Jane Austen's", "Vanity Fair", "Emma"),
        ("a thriller in the style of Hitchcock", "Dressed to Kill", "Psycho"),
        (
            "I've seen all the Harry Potter films. What else is like that?",
            "Labyrinth",
            "Harry Potter and the Philosopher's Stone",
        ),
        ("we watched every James Bond film, anything similar?", "Mission: Impossible III", "Goldfinger"),
    ],
)
def test_what_is_like_a_name_is_near_its_items_and_none_of_them(
    usher: Assistant, said: str, near: str, left_out: str
) -> None:
    _, titles = asked(usher, said)
    assert near in titles[:20]
    assert left_out not in titles


def test_whose_books_all_were_read_are_liked(usher: Assistant) -> None:
    answer, _ = asked(usher, "I have read all of Tolkien. What now?")
    assert answer["text"].startswith("What goes best with The Hobbit")


@pytest.mark.parametrize(
    "said", ["all the Godfather films", "which of the Godfather films is the best", "the best Godfather film"]
)
def test_films_of_a_title_are_those_of_its_series(usher: Assistant, said: str) -> None:
    answer, titles = asked(usher, said)
    assert titles == ["The Godfather", "The Godfather Part II", "The Godfather Part III"]
    assert ("Which is best" in answer["text"]) == ("best" in said)


@pytest.mark.parametrize(
    "said", ["films like the Alien films", "I loved the Alien films, something similar?"]
)
def test_what_is_like_the_films_of_a_title_is_no_series(usher: Assistant, said: str) -> None:
    answer, titles = asked(usher, said)
    assert answer["basis"] == "taste"
    assert "The Thing" in titles


def test_a_catalogue_of_one_domain_has_what_is_like_somebody(
    assistants: Callable[[str], Assistant],
) -> None:
    answer, titles = asked(
        assistants("librarything"), "something like Terry Pratchett but not Terry Pratchett"
    )
    assert "The Hitchhiker's Guide to the Galaxy" in titles[:10]
    assert [each["value"] for each in answer["none_of"]] == ["Terry Pratchett"]


@pytest.mark.parametrize("said", ["the second Twilight book", "the second book of the Twilight series"])
def test_no_place_in_a_series_is_told_without_years(
    assistants: Callable[[str], Assistant], said: str
) -> None:
    answer, titles = asked(assistants("librarything"), said)
    assert "by year" not in answer["text"]
    assert len(titles) > 1
