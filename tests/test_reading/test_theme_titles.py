"""Titles that are ordinary words as well: what is a theme, and what a title, by where it stands."""

from __future__ import annotations

import pytest

from agent.builtin.parse.theme_titles import is_theme


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ghost stories", "ghost"),
        ("Ghost stories, please", "Ghost"),
        ("films about road trips", "road trips"),
        ("a film set in a war zone", "war zone"),
        ("best road trip movies", "road trip"),
        ("something with the big house in it", "big house"),
        ("a good beach party movie", "beach party"),
        ("trains and murder", "murder"),
        ("vampires", "vampires"),
        ("any godzilla films?", "godzilla"),
        ("scary films set in the woods", "in the woods"),
        ("a book about loneliness in a big city", "big city"),
        ("comedies about the Cold War", "Cold War"),
        ("Cold War thrillers", "Cold War"),
    ],
)
def test_words_in_the_place_of_a_subject_are_no_title(text: str, said: str) -> None:
    start = text.index(said)
    assert is_theme(text, start, start + len(said))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('films about "road trip"', "road trip"),
        ("films about ghost (1990)", "ghost"),
        ("movies like road trip", "road trip"),
        ("i loved road trip", "road trip"),
        ("tell me about beach party", "beach party"),
        ("who directed ghost", "ghost"),
        ("the cast of war zone", "war zone"),
        ("the speed movie", "speed"),
        ("films about Road Trip", "Road Trip"),
        ("films like Cold War", "Cold War"),
        ("road trip", "road trip"),
        ("something shorter than road trip", "road trip"),
    ],
)
def test_quoted_capitalised_and_led_to_it_is_a_title(text: str, said: str) -> None:
    start = text.index(said)
    assert not is_theme(text, start, start + len(said))
