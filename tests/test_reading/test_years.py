"""Years as people ask for them: `corpus_years.txt` has ranges and requests that mean them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from agent.assistant import Assistant
from agent.builtin.interpret.interpret import interpret
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.parse.ages import comparative
from agent.builtin.parse.catalogue_years import CatalogueYears
from agent.builtin.parse.chunking import chunk_text
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.parse.years import read_years
from corpora import each_of
from tools.link import link_entities

Years = tuple[int | None, int | None]
Read = Callable[[str], ParsedRequest]


def years_of(meaning: str, known: CatalogueYears) -> Years:
    special: dict[str, Years] = {
        "none": (None, None),
        "recent": (known.recent, None),
        "old": (None, known.old),
    }
    ends = meaning.split()
    return special.get(meaning) or tuple(None if end == "-" else int(end) for end in ends)  # type: ignore[return-value]


@pytest.fixture(scope="module")
def vocabulary(usher: Assistant) -> Vocabulary:
    return Vocabulary.of_graph(usher.graph)


@pytest.fixture(scope="module")
def chunks_of(usher: Assistant, vocabulary: Vocabulary) -> Callable[[str], list[Chunk]]:
    return lambda text: chunk_text(text, asdict(link_entities(usher.knowledge, text)), vocabulary)


@each_of(Path(__file__).with_name("corpus_years.txt"))
def test_years_are_read_however_they_are_said(
    meaning: str, text: str, vocabulary: Vocabulary, chunks_of: Callable[[str], list[Chunk]]
) -> None:
    assert vocabulary.years is not None
    read = interpret(text, chunks_of(text), vocabulary).years
    assert read == years_of(meaning, vocabulary.years)


def test_the_words_that_say_a_range_are_told(
    vocabulary: Vocabulary, chunks_of: Callable[[str], list[Chunk]]
) -> None:
    chunks = chunks_of("dramas released in 1985 or later, please")
    used = read_years(chunks, vocabulary.years).used
    assert [chunks[i].text for i in sorted(used)] == ["in", "1985", "or", "later"]


def test_where_no_item_has_a_year_a_time_is_no_condition(chunks_of: Callable[[str], list[Chunk]]) -> None:
    assert read_years(chunks_of("thrillers from the seventies"), None).years == (None, None)


@pytest.mark.parametrize(
    ("text", "wanted"), [("older please", "older"), ("too old", "newer"), ("got newer ones?", "newer")]
)
def test_a_comparison_with_what_was_shown_is_told(
    text: str, wanted: str, chunks_of: Callable[[str], list[Chunk]]
) -> None:
    assert comparative(chunks_of(text)) == wanted
