"""Who asks, read from sentences that people might type: 182 that say it, 197 that say nothing of the kind.

Written for this project. On first sight the reader that these tests came with was right on 22 of 30 sayings
and then on 23 of 25; it was improved on what failed, so the floors are no test of what it has not seen.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.assistant import Assistant
from agent.builtin.interpret.profile import NOBODY, SaidProfile, is_bare_refusal, said_profile
from agent.builtin.lexicon.profiles import AGES, BRIDGES, GENDERS, OCCUPATIONS, OPENINGS, SELVES
from agent.builtin.parse.chunking import chunk_text
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.vocabulary import Vocabulary
from tools.link import link_entities
from tools.toolsets import as_json

ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).with_name("profiles.jsonl").read_text(encoding="utf-8").splitlines()
]
SAYINGS = [row for row in ROWS if len(row) > 1]
OTHERS = [row for row in ROWS if len(row) == 1]
LEAST_RIGHT = 0.95
MOST_FALSE = 0.02
Read = Callable[[str], SaidProfile]


def words(text: str) -> list[Chunk]:
    """Return plain words as chunks."""
    return [Chunk("word", word, 0, 0, 0) for word in text.split()]


@pytest.fixture(scope="module")
def read(usher: Assistant) -> Read:
    graph = usher.graph
    domains = tuple(graph.domains)
    vocabulary = Vocabulary.of([each.name for each in graph.relations], domains)

    def reader(text: str) -> SaidProfile:
        links = json.loads(as_json(link_entities(usher.knowledge, text)))
        return said_profile(chunk_text(text, links, vocabulary))

    return reader


def is_right(said: SaidProfile, row: dict[str, Any]) -> bool:
    """Tell whether a gender, an age in its range and all occupations were read, and nothing else."""
    low, high = row.get("age", (None, None))
    age = said.age is None if low is None else said.age is not None and low <= said.age <= high
    works = row.get("occupation", [])
    named = set(works) <= set(said.occupations) and list(said.occupations[:1]) == [
        work for work in said.occupations[:1] if work in works
    ]
    return said.gender == row.get("gender") and age and named


def test_there_are_enough_sentences_of_both_kinds() -> None:
    assert min(len(SAYINGS), len(OTHERS)) >= 120


def test_no_sentence_stands_twice() -> None:
    assert len({row["text"] for row in ROWS}) == len(ROWS)


def test_who_asks_is_read_right(read: Read, score: Callable[[str, int, int], None]) -> None:
    wrong = [row["text"] for row in SAYINGS if not is_right(read(row["text"]), row)]
    score("who asks", len(SAYINGS), len(SAYINGS) - len(wrong))
    assert 1 - len(wrong) / len(SAYINGS) >= LEAST_RIGHT, wrong


def test_a_profile_is_hardly_ever_read_where_none_is_said(
    read: Read, score: Callable[[str, int, int], None]
) -> None:
    false = [row["text"] for row in OTHERS if read(row["text"])]
    score("who does not say it", len(OTHERS), len(OTHERS) - len(false))
    assert len(false) / len(OTHERS) <= MOST_FALSE, false


# One by one


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("i am 34", 34),
        ("i am thirty four", 34),
        ("im a twenty one year old", 21),
        ("for my 8 year old", 8),
        ("im in my early thirties", 32),
        ("im in my 60s", 65),
        ("im a 20 something", 25),
        ("as a man aged 41", 41),
        ("im a man aged 25 to 34", 25),
        ("im a man between 18 and 24", 18),
        ("for a woman between forty five and forty nine", 45),
        ("as a man over 50", 50),
        ("as a teenager", 15),
    ],
)
def test_an_age_is_read_however_it_is_said(text: str, age: int) -> None:
    assert said_profile(words(text)).age == age


def test_all_that_was_said_to_do_is_kept_in_its_order() -> None:
    said = said_profile(words("as a retired teacher"))
    assert said.occupations == ("retired", "academic/educator", "teacher")


def test_who_asks_for_somebody_else_is_not_who_it_is_for() -> None:
    said = said_profile(words("im a 34 year old nurse looking for something for my son"))
    assert (said.gender, said.age, said.occupations) == ("M", None, ())


def test_what_a_relative_is_counts_if_it_is_asked_for_them() -> None:
    assert said_profile(words("my niece is 7 what can she watch")).age == 7


def test_what_a_relative_is_says_nothing_of_who_asks() -> None:
    assert said_profile(words("my niece is 7 and hated it")) == NOBODY


def test_a_title_says_nothing() -> None:
    assert said_profile([*words("as a"), Chunk("title", "Man for All Seasons", 0, 0, 0)]) == NOBODY


def test_a_word_in_small_letters_says_something_even_if_an_item_is_called_so() -> None:
    said = said_profile([*words("i am a"), Chunk("title", "salesman", 0, 0, 0)])
    assert said.occupations == ("sales/marketing", "salesman")


def test_the_age_of_items_is_nobodys() -> None:
    assert said_profile(words("for a 40 year old film")) == NOBODY


def test_a_farmers_daughter_is_no_farmer() -> None:
    assert said_profile(words("as a farmers daughter")).occupations == ()


def test_two_children_are_no_age() -> None:
    assert said_profile(words("as a father of two")).age is None


def test_a_refusal_leaves_everything_out() -> None:
    assert said_profile(words("as a teacher but not for people like me")) == SaidProfile(refused=True)


@pytest.mark.parametrize("text", ["Not for people like me!", "ignore my age", "Forget my profile, please."])
def test_a_refusal_alone_means_the_request_before(text: str) -> None:
    assert is_bare_refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "westerns",
        "I don't like people like me",
        "a film about an age",
        "westerns, not for people like me, from the nineties",
    ],
)
def test_a_request_is_no_bare_refusal(text: str) -> None:
    assert not is_bare_refusal(text)


PIECES = sorted(
    {*GENDERS, *AGES, *OCCUPATIONS, *BRIDGES, *OPENINGS, *SELVES, "for", "as", "my", "34", "27m", "s"}
)


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_words_are_read_without_a_fault(row: list[str]) -> None:
    said = said_profile(words(" ".join(row)))
    assert bool(said) == (said.gender is not None or said.age is not None or bool(said.occupations))
