"""Whether a message asks for items, and which of its titles it likes: on the toy catalogue."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.builtin.dialogue.intent import asks_for_items, liked_examples
from agent.builtin.interpret.message import Message

Understand = Callable[[str], Message]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("a film", True),
        ("something by Ada Quill", True),
        ("recommend me one", True),
        ("I saw Night Tram. Something else?", True),
        ("It was great, so I want another film", True),
        ("Night Tram", False),
        ("I saw a film last night", False),
        ("the first film was good", False),
        ("the weather is awful", False),
    ],
)
def test_items_are_asked_for_by_a_word_of_asking_or_a_noun_for_them(
    understand: Understand, text: str, asks: bool
) -> None:
    assert asks_for_items(understand(text).chunks) is asks


@pytest.mark.parametrize(
    ("text", "liked"),
    [
        ("Night Tram and Salt Road", ["Night Tram", "Salt Road"]),
        ("I loved Night Tram. Something else?", ["Night Tram"]),
        ("I hated Night Tram. I loved Salt Road", ["Salt Road"]),
        ("I saw Night Tram", []),
        ("not something like Night Tram", []),
    ],
)
def test_an_example_is_a_title_that_is_liked_or_stands_alone(
    understand: Understand, text: str, liked: list[str]
) -> None:
    read = understand(text)
    assert [title.text for title in liked_examples(read.chunks, read.reading)] == liked
