"""A message as understood: read once a turn, however often tools must answer in between."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from agent.builtin.interpret.fact_questions import FactQuestion, fact_questions, question_in
from agent.builtin.interpret.interpret import interpret
from agent.builtin.interpret.parts import interpret_all
from agent.builtin.interpret.questions.apart import Apart, questions_apart
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.spans import Span
from agent.builtin.interpret.tellings import without_tellings
from agent.builtin.interpret.uses import account
from agent.builtin.parse.appositions import with_kinds_of_titles
from agent.builtin.parse.chunking import chunk_text
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.cinema import with_cinema_of_countries
from agent.builtin.parse.denying_labels import with_denying_labels
from agent.builtin.parse.header_words import with_header_words
from agent.builtin.parse.identity import Same
from agent.builtin.parse.idioms import without_names_in_idioms
from agent.builtin.parse.kinds import with_kinds
from agent.builtin.parse.label_parts import with_label_parts
from agent.builtin.parse.label_words import with_alike_labels, with_label_words, with_shared_lists
from agent.builtin.parse.misspelt import with_spelling
from agent.builtin.parse.namesakes import without_namesakes
from agent.builtin.parse.own_labels import with_own_labels
from agent.builtin.parse.own_unlinked import without_names_of_items
from agent.builtin.parse.regions import with_regions
from agent.builtin.parse.story_names import with_story_names
from agent.builtin.parse.title_names import with_title_names
from agent.builtin.parse.vocabulary import Vocabulary

_KEPT = 256  # messages; follow-ups are much alike


class Message(NamedTuple):
    """A message in the forms that the policy looks at; `parts` are its requests, nearly always one.

    What stands `apart` from its request, and what only tells (`told`), is in none of the others.
    """

    chunks: list[Chunk]
    reading: ParsedRequest
    questions: tuple[FactQuestion, ...]
    spans: list[Span]
    parts: tuple[ParsedRequest, ...]
    apart: Apart = Apart()
    told: tuple[Span, ...] = ()


def understood(text: str, links: dict[str, Any], vocabulary: Vocabulary) -> Message:
    """Read a message with what `link_entities` said of it; the same links are read once."""
    return _understood(text, _Links(links), Same(vocabulary))


class _Links:
    """Links that are equal where they say the same: whoever else asked for them, too."""

    __slots__ = ("value",)

    def __init__(self, value: dict[str, Any]):
        self.value = value

    def __hash__(self) -> int:
        return len(self.value["mentions"])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Links) and other.value == self.value


@lru_cache(maxsize=_KEPT)
def _understood(text: str, links: _Links, vocabulary: Same) -> Message:
    said = without_names_of_items(chunk_text(text, links.value, vocabulary.value), vocabulary.value)
    said = with_spelling(said, vocabulary.value)
    linked = with_cinema_of_countries(with_regions(said, vocabulary.value))
    kinds = with_label_parts(with_kinds(linked, vocabulary.value), vocabulary.value.label_parts)
    kinds = with_label_words(
        with_denying_labels(with_own_labels(kinds, vocabulary.value), vocabulary.value), vocabulary.value
    )
    kinds = with_alike_labels(kinds, vocabulary.value)
    kinds = with_shared_lists(kinds, vocabulary.value.measures)
    named = with_title_names(with_header_words(kinds, vocabulary.value), vocabulary.value)
    named = without_namesakes(named, vocabulary.value)
    named = with_kinds_of_titles(named)
    chunks = named if vocabulary.value.measures.own else with_story_names(without_names_in_idioms(named))
    told: tuple[Span, ...] = ()
    if not vocabulary.value.measures.own:
        text, chunks, told = without_tellings(text, chunks)
    chunks, apart = questions_apart(chunks, text, question_in)
    reading = interpret(text, chunks, vocabulary.value)
    parts = interpret_all(text, chunks, vocabulary.value, reading)
    spans = account(chunks, reading)
    return Message(chunks, reading, fact_questions(chunks, reading), spans, parts, apart, told)
