"""What is other than in a title that is named, however the turn is worded."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant


@pytest.fixture(scope="module")
def usher() -> Assistant:
    """Return the assistant over the built-in catalogue."""
    return Assistant("builtin")


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("Is there basically Alien under the sea?", None),
        ("Is there basically Jaws in space?", "something like Jaws but in space"),
        ("a film like Notting Hill only sadder", "a film like Notting Hill but sadder"),
        ("speed except on a train", "something like Speed but on a train"),
        ("a western version of Seven Samurai", "something like Seven Samurai but a western"),
        ("The Godfather but make it funny", "something like The Godfather but funny"),
        ("I loved Heat last week. Same vibe but with women?", "something like Heat but with women"),
        ("Harry Potter but for grown-ups", "something like Harry Potter but for grown-ups"),
        ("i liked inception. like that but i can follow it", "something like Inception but straightforward"),
    ],
)
def test_a_turn_is_read_however_it_is_worded(usher: Assistant, asked: str, plain: str | None) -> None:
    answer = usher.ask(asked).answer
    assert answer["items"]
    if plain is not None:
        assert answer["items"][:5] == usher.ask(plain).answer["items"][:5]


@pytest.mark.parametrize("asked", ["is Parasite on Netflix?", "is Jaws set on an island?"])
def test_a_question_of_a_title_is_no_turn(usher: Assistant, asked: str) -> None:
    assert not usher.ask(asked).answer["items"]


@pytest.mark.parametrize(
    "asked", ["funny but sad", "comedies but no slapstick", "something but not too long"]
)
def test_ordinary_words_before_a_turn_are_no_title(usher: Assistant, asked: str) -> None:
    answer = usher.ask(asked).answer
    assert answer["items"]
    assert answer["basis"] != "taste"
