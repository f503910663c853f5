"""The account of a message on the toy catalogue: every word has one use; what decided nothing is known."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.builtin.interpret.message import Message
from agent.builtin.interpret.spans import MAX_RUN, Span, Use, runs
from agent.builtin.interpret.theme import Theme
from agent.builtin.interpret.themes_said import theme_of
from agent.builtin.interpret.uses import account
from kg.text import tokens

Understand = Callable[[str], Message]
PIECES = (
    "films by|Ada Quill|Night Tram|the glass harbour|Zork Blandish|a|western|about trains|set on a ship|not"
    "|I loved|my son|for|from the 80s|directed by|and|or|,|.|?|(1983)|heist|-|please|thanks|good"
).split("|")
texts = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)
many = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@many
@given(texts)
def test_every_word_of_a_message_is_in_exactly_one_span(understand: Understand, text: str) -> None:
    spans = understand(text).spans
    words = [w for w in tokens(text) if w.raw.isalnum()]
    assert [sum(s.start <= w.start and w.end <= s.end for s in spans) for w in words] == [1] * len(words)


@many
@given(texts)
def test_spans_come_in_order_and_share_nothing(understand: Understand, text: str) -> None:
    spans = understand(text).spans
    assert all(one.end <= other.start for one, other in pairwise(spans))


@many
@given(texts)
def test_a_span_is_a_part_of_its_message(understand: Understand, text: str) -> None:
    folded = [text[span.start : span.end].casefold() for span in understand(text).spans]
    assert [span.text.casefold() for span in understand(text).spans] == folded


def uses(message: Message) -> dict[str, str]:
    return {span.text: span.use.value for span in message.spans}


@pytest.mark.parametrize(
    ("text", "word", "use"),
    [
        ("films by Ada Quill", "Ada Quill", "mention"),
        ("films by Zork Blandish", "Zork Blandish", "unknown"),
        ("films directed by Ada Quill", "directed", "predicate"),
        ("films by Ada Quill", "films", "asking"),
        ("films by Ada Quill", "by", "function"),
        ("westerns from the 80s", "80s", "constraint"),
        ("heist films", "heist", "theme"),
        ("We went to a heist. Any films?", "heist", "remark"),
        ("a film for my son", "son", "who asks"),
        ("a film about trains", "trains", "theme"),
        ("a film set on a train", "train", "theme"),
        ("a film for the train", "train", "who asks"),
        ("a film about a lonely son", "son", "theme"),
        ("I'm a farmer of 45, a western", "45", "who asks"),
        ("films like Night Tram (1981)", "1981", "mention"),
        ("a feel-good film", "feel", "theme"),
        ("a long film", "long", "unused"),
        ("hello, a western", "hello", "small talk"),
        ("I hated Night Tram", "hated", "opinion"),
    ],
)
def test_a_word_has_its_use(understand: Understand, text: str, word: str, use: str) -> None:
    assert uses(understand(text))[word] == use


def test_a_name_that_the_answer_did_not_take_is_unused(understand: Understand) -> None:
    read = understand("films by Ada Quill")
    spans = account(read.chunks, read.reading, taken=())
    assert {span.text: span.use for span in spans}["Ada Quill"] == Use.UNUSED


@pytest.mark.parametrize(
    ("text", "subjects", "rest"),
    [
        ("heist films", ("heist",), ()),
        ("heist films, heist films", ("heist",), ()),
        ("a film about trains", ("trains",), ()),
        ("a film set on a ship", (), ("ship",)),
        ("a gizmo, a western", (), ("gizmo",)),
        ("a surreal film about trains", ("trains",), ("surreal",)),
        ("a feel-good film", (), ("feel-good",)),
        ("coming of age films", (), ("age",)),
        ("teen comedies", ("teen",), ()),
        ("a western for my uncle, who loves trains", (), ("trains",)),
        ("westerns about oscars", ("oscars",), ()),
    ],
)
def test_the_theme_is_what_is_left_of_a_request(
    understand: Understand, text: str, subjects: tuple[str, ...], rest: tuple[str, ...]
) -> None:
    read = understand(text)
    theme = theme_of(read.spans, read.chunks)
    assert (Theme(theme.wanted).words, theme.rest) == (subjects, rest)


def spans(said: str) -> list[Span]:
    """Return a span a letter: those in capitals are unused."""
    return [
        Span(i, i + 1, each, Use.UNUSED if each.isupper() else Use.FUNCTION) for i, each in enumerate(said)
    ]


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("ABcD", ["A B", "D"]),
        ("AcAcB", ["A", "B"]),
        ("abc", []),
        ("ABCDEF", ["A B C D", "E F"]),
    ],
)
def test_neighbours_of_one_use_are_one_part_and_each_part_comes_once(said: str, parts: list[str]) -> None:
    assert list(runs(spans(said), Use.UNUSED)) == parts


def test_a_part_is_no_longer_than_a_phrase() -> None:
    assert max(len(part.split()) for part in runs(spans("A" * 10), Use.UNUSED)) == MAX_RUN


def test_what_was_used_otherwise_is_left_out() -> None:
    assert list(runs(spans("ABC"), Use.UNUSED, without=["B"])) == ["A", "C"]
