"""Clauses of a message, and which of them ask: read off messages on the toy catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.builtin.interpret.message import Message
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import asked_clauses, clauses, is_told_of, tells

Understand = Callable[[str], Message]
NAMES = ("GORDON",)


def chunks(text: str) -> list[Chunk]:
    """Return the words and marks of a text that has them parted by spaces."""
    kinds = {True: "mark", False: "word"}
    return [
        Chunk("entity" if word in NAMES else kinds[word in ",.?!"], word, place, place + 1, 0)  # type: ignore[arg-type]
        for place, word in enumerate(text.split())
    ]


def said(given: Sequence[Chunk]) -> list[str]:
    return [" ".join(chunk.text for chunk in given[c.start : c.stop]) for c in clauses(given)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("it was fun . any westerns", ["it was fun .", "any westerns"]),
        ("it was fun , so i want more", ["it was fun , so", "i want more"]),
        ("it was fun , what else is there", ["it was fun ,", "what else is there"]),
        ("dark , short and odd", ["dark , short and odd"]),
        ("a lot but my son wants more", ["a lot but", "my son wants more"]),
        ("fish and chips", ["fish and chips"]),
        ("", []),
    ],
)
def test_a_clause_ends_at_a_mark_or_before_who_goes_on(text: str, parts: list[str]) -> None:
    assert said(chunks(text)) == parts


@given(st.lists(st.sampled_from("i my and but so , . ? what film saw dark".split())))
def test_every_chunk_is_in_one_clause_in_order(words: list[str]) -> None:
    given_chunks = chunks(" ".join(words))
    assert [place for clause in clauses(given_chunks) for place in clause] == list(range(len(words)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("i saw a film last night", True),
        ("that was great", True),
        ("GORDON liked it", True),
        ("i saw it and want another", False),  # it wishes too
        ("seen anything good", False),  # nobody tells
        ("a short film", False),
    ],
)
def test_who_tells_wishes_for_nothing(text: str, told: bool) -> None:
    assert tells(chunks(text)) is told


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("I saw Night Tram. Any westerns?", ["any", "westerns"]),
        ("I saw Night Tram, another short film please", ["another", "short", "film", "please"]),
        ("My dad saw Salt Road, what else is there?", ["what", "else", "is", "there"]),
        ("dark and gritty, not too long", ["dark", "and", "gritty", ",", "not", "too", "long"]),
        ("the weather is nice", []),
        ("I want films by Bo Lund", ["i", "want", "films", "by", "Bo Lund"]),
    ],
)
def test_what_is_asked_is_told_from_the_story_around_it(
    understand: Understand, text: str, asked: list[str]
) -> None:
    read = understand(text).chunks
    assert [c.text for c, asks in zip(read, asked_clauses(read), strict=True) if asks] == asked


@pytest.mark.parametrize(
    ("text", "told"), [("GORDON cried", True), ("films GORDON cried", False), ("GORDON films", False)]
)
def test_a_name_that_did_something_is_of_a_story(text: str, told: bool) -> None:
    given_chunks = chunks(text)
    assert is_told_of(given_chunks, next(i for i, c in enumerate(given_chunks) if c.text in NAMES)) is told
