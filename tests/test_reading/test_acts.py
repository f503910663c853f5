"""What a message does to the last answer: `corpus_acts.txt` has acts and messages, after ten thrillers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from agent.assistant import Assistant
from agent.builtin.dialogue import acts
from agent.builtin.dialogue.earlier import SHOWN
from agent.builtin.dialogue.recognition import recognise, words_of_act
from agent.builtin.dialogue.small_talk import small_talk, spoken
from agent.builtin.dialogue.state import DialogueState, Person
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.message import understood
from agent.builtin.lexicon.load import tables
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.plan.search import SearchFilters
from agent.builtin.plan.tool_session import ToolSession
from corpora import each_of
from kg.types import Condition, RelationName
from tools.find import find_items
from tools.link import link_entities

THRILLERS = Condition(RelationName("genre"), "Thriller")

Do = Callable[[str], str]


@pytest.fixture(scope="module")
def state(usher: Assistant) -> DialogueState:
    found = find_items(usher.knowledge, [THRILLERS], domain="movie", limit=2 * SHOWN).items
    shown = tuple(hit.id for hit in found)
    return DialogueState(
        conditions=({"relation": THRILLERS.relation, "value": THRILLERS.value},),
        filters=SearchFilters("", domain="movie"),
        items=shown,
        hits={hit.id: asdict(hit) for hit in found},
        people=(Person("director", "David Fincher"),),
        basis="proved",
        seen=shown[:SHOWN],
    )


@pytest.fixture(scope="module")
def utterance(usher: Assistant, state: DialogueState) -> Callable[[str], Utterance]:
    vocabulary = Vocabulary.of_graph(usher.graph)

    def said(text: str) -> Utterance:
        chunks, reading, questions, *_ = understood(
            text, asdict(link_entities(usher.knowledge, text)), vocabulary
        )
        words = spoken(text)
        core = small_talk(words).core
        return Utterance(chunks, reading, state, core, ToolSession(frozenset()), words, questions)

    return said


def meaning_of(act: acts.Act | None, state: DialogueState) -> str:
    """Return an act as the corpus has it; items by their places."""

    def places(items: tuple[str, ...]) -> str:
        return "all" if items == state.shown else " ".join(str(state.items.index(i) + 1) for i in items)

    match act:
        case None:
            return "none"
        case acts.More(count):
            return f"more {count or ''}".strip()
        case acts.Reject(items, more):
            return f"reject {places(items)}{', more' if more else ''}"
        case acts.Accept(item):
            return f"accept {places((item,)) if item else ''}".strip()
        case acts.ShiftYears(newer):
            return "newer" if newer else "older"
        case acts.ShiftFame(lesser):
            return "lesser known" if lesser else "better known"
        case acts.MoreLike(items):
            return f"like {places(items)}"
        case acts.Drop(relations, years):
            return f"drop {' '.join([*sorted(relations), *(['years'] if years else [])])}"
        case acts.ChangeRole(roles):
            return f"role {' '.join(roles)}"
        case acts.SamePerson(roles):
            return f"person {' '.join(roles)}".strip()
        case acts.SwitchDomain(domain):
            return f"domain {domain}"
        case _:
            return type(act).__name__.casefold()


@each_of(Path(__file__).with_name("corpus_acts.txt"))
def test_what_a_message_does_to_the_last_answer(
    meaning: str, text: str, utterance: Callable[[str], Utterance], state: DialogueState
) -> None:
    assert meaning_of(recognise(utterance(text)), state) == meaning


def test_equal_links_are_read_once(usher: Assistant) -> None:
    text, vocabulary = "thrillers by David Fincher", Vocabulary.of_graph(usher.graph)
    once, again = (asdict(link_entities(usher.knowledge, text)) for _ in range(2))
    assert once is not again
    assert understood(text, once, vocabulary) is understood(text, again, vocabulary)
    assert understood(text, again | {"mentions": ()}, vocabulary) is not understood(text, once, vocabulary)


@each_of(Path(__file__).with_name("corpus_acts.txt"))
def test_words_of_an_act_are_those_of_every_phrase_that_was_said(
    meaning: str, text: str, utterance: Callable[[str], Utterance]
) -> None:
    said = utterance(text)
    every = {
        each for phrases in tables("acts").values() for each in phrases if f" {each} " in f" {said.text} "
    }
    words = frozenset(word for phrase in every for word in phrase.split())
    assert words_of_act(acts.More(), said) - {word for word in said.words if word.isdigit()} == words
