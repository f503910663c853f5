"""What a follow-up may point at: the last request and its answer, and the item that was talked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.ordinals import positions
from agent.builtin.plan.search import SearchFilters
from agent.builtin.plan.tool_session import Call, ToolSession

SHORT = 9  # words: a longer text stands by itself unless it opens like a follow-up


@dataclass(frozen=True, slots=True)
class SimilarityQuery:
    """A tool that goes by likeness or taste, as it was asked, and its answer: the items that were shown."""

    call: Call
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DialogueState:
    """The last request that found something: what it asked and what was answered.

    `hits` has title and year of every item that tools returned or linked; `named` are the items its text
    named; `focus` is an item that was asked about since. `likened`, if all shown items are from one tool that
    goes by likeness or taste.
    """

    conditions: tuple[dict[str, str], ...] = ()
    filters: SearchFilters = field(default_factory=lambda: SearchFilters(""))
    items: tuple[str, ...] = ()
    hits: dict[str, dict[str, Any]] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    focus: str | None = None
    similarity: SimilarityQuery | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text that may follow up, in the forms its rules look at."""

    chunks: Sequence[Chunk]
    reading: ParsedRequest
    state: DialogueState
    words: tuple[str, ...]
    session: ToolSession

    @property
    def text(self) -> str:
        """The words, joined."""
        return " ".join(self.words)

    def has(self, *phrases: str) -> bool:
        """Tell whether one of the phrases occurs."""
        return any(f" {phrase} " in f" {self.text} " for phrase in phrases)


def pointed_at(said: Utterance) -> str | None:
    """Return the item a text points at: named in it, counted ('the second'), or the one last talked about."""
    named = named_items(said)
    if named:
        return named[0]
    places = places_of(said)
    if places:
        return said.state.items[places[0]] if places[0] < len(said.state.items) else None
    if said.has("it", "that one", "this one", "that film", "that movie", "that book", "that", "its"):
        return focus_of(said.state)
    return None


def named_items(said: Utterance) -> list[str]:
    """Return the items that the one title named in a text may mean, the likeliest first."""
    titles = [title for title in said.reading.mentioned if title.choices]
    if len(titles) != 1:
        return []
    return [choice.id for choice in titles[0].choices if choice.match == titles[0].choices[0].match]


def focus_of(state: DialogueState) -> str | None:
    """Return the item last talked about: the only one named or shown, else the first shown."""
    if state.focus is not None:
        return state.focus
    if len(state.named) == 1:
        return state.named[0]
    return state.items[0] if state.items else None


def places_of(said: Utterance) -> list[int]:
    """Return the positions of the last answer that ordinals in a text point at."""
    return positions(said.words, len(said.state.items))


def title_of(said: Utterance, item: str) -> str:
    """Return the title of an item that was named or shown."""
    named = [c.label for t in said.reading.mentioned for c in t.choices if c.id == item]
    return named[0] if named else str(said.state.hits.get(item, {}).get("title", "It"))


def year_named(said: Utterance, item: str) -> int | None:
    """Return the year of an item that is named in the text."""
    return next((c.year for t in said.reading.mentioned for c in t.choices if c.id == item), None)
