"""What a follow-up may point at: the last request and its answer, and the item that was talked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.builtin.atoms import Atom
from agent.builtin.desk import Call, Desk
from agent.builtin.finding import Frame
from agent.builtin.request import Reading

_ORDINALS = {
    word: index
    for index, words in enumerate(
        (
            "first 1st",
            "second 2nd",
            "third 3rd",
            "fourth 4th",
            "fifth 5th",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
        )
    )
    for word in words.split()
}
SHORT = 9  # words: a longer text stands by itself unless it opens like a follow-up


@dataclass(frozen=True, slots=True)
class Likened:
    """A tool that goes by likeness or taste, as it was asked, and its answer: the items that were shown."""

    call: Call
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Past:
    """The last request that found something: what it asked and what was answered.

    `hits` has title and year of every item that tools returned or linked; `named` are the items its text
    named; `focus` is an item that was asked about since. `likened`, if all shown items are from one tool that
    goes by likeness or taste.
    """

    conditions: tuple[dict[str, str], ...] = ()
    frame: Frame = field(default_factory=lambda: Frame(""))
    items: tuple[str, ...] = ()
    hits: dict[str, dict[str, Any]] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    focus: str | None = None
    likened: Likened | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A text that may follow up, in the forms its rules look at."""

    atoms: Sequence[Atom]
    reading: Reading
    past: Past
    words: tuple[str, ...]
    desk: Desk

    @property
    def text(self) -> str:
        """The words, joined."""
        return " ".join(self.words)

    def has(self, *phrases: str) -> bool:
        """Tell whether one of the phrases occurs."""
        return any(f" {phrase} " in f" {self.text} " for phrase in phrases)


def pointed_at(said: Said) -> str | None:
    """Return the item a text points at: named in it, counted ('the second'), or the one last talked about."""
    named = named_items(said)
    if named:
        return named[0]
    places = places_of(said)
    if places:
        return said.past.items[places[0]] if places[0] < len(said.past.items) else None
    if said.has("it", "that one", "this one", "that film", "that movie", "that book", "that", "its"):
        return focus_of(said.past)
    return None


def named_items(said: Said) -> list[str]:
    """Return the items that the one title named in a text may mean, the likeliest first."""
    titles = [title for title in said.reading.mentioned if title.choices]
    if len(titles) != 1:
        return []
    return [choice.id for choice in titles[0].choices if choice.match == titles[0].choices[0].match]


def focus_of(past: Past) -> str | None:
    """Return the item last talked about: the only one named or shown, else the first shown."""
    if past.focus is not None:
        return past.focus
    if len(past.named) == 1:
        return past.named[0]
    return past.items[0] if past.items else None


def places_of(said: Said) -> list[int]:
    """Return the positions that ordinals point at: 'the second', 'the first two', 'number 3', 'the last'."""
    for i, word in enumerate(said.words):
        if word == "number" and i + 1 < len(said.words) and said.words[i + 1].isdigit():
            return [int(said.words[i + 1]) - 1]
        if word == "last" and said.past.items and said.has("the last one", "the last"):
            return [len(said.past.items) - 1]
        if word == "first" and i + 1 < len(said.words) and said.words[i + 1] in ("two", "three", "2", "3"):
            return list(range({"two": 2, "2": 2, "three": 3, "3": 3}[said.words[i + 1]]))
    return [_ORDINALS[word] for word in said.words if word in _ORDINALS]


def title_of(said: Said, item: str) -> str:
    """Return the title of an item that was named or shown."""
    named = [c.label for t in said.reading.mentioned for c in t.choices if c.id == item]
    return named[0] if named else str(said.past.hits.get(item, {}).get("title", "It"))


def year_named(said: Said, item: str) -> int | None:
    """Return the year of an item that is named in the text."""
    return next((c.year for t in said.reading.mentioned for c in t.choices if c.id == item), None)
