"""Small talk: greetings, thanks, goodbyes, reactions, questions to Usher; and a message without it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from agent.builtin.lexicon.load import tables

# In the order in which they decide what is answered, where a message has several.
KINDS = (
    "start over",
    "about",
    "help",
    "leave",
    "goodbye",
    "thanks",
    "greeting",
    "denial",
    "affirmation",
    "reaction",
)
_ALONE = frozenset(("help", "leave"))  # "help" inside a sentence asks for something else


class SmallTalk(NamedTuple):
    """The kinds of small talk in a message, the likeliest to be answered first, and its other words."""

    kinds: tuple[str, ...]
    rest: tuple[str, ...]


def small_talk(words: Sequence[str]) -> SmallTalk:
    """Take the small talk out of folded words, the longest phrase first."""
    kinds: set[str] = set()
    rest: list[str] = []
    phrases = _phrases()
    place = 0
    while place < len(words):
        for length in range(min(_longest(), len(words) - place), 0, -1):
            kind = phrases.get(tuple(words[place : place + length]))
            if kind is not None and not (kind in _ALONE and length < len(words)):
                kinds.add(kind)
                place += length
                break
        else:
            rest.append(words[place])
            place += 1
    return SmallTalk(tuple(kind for kind in KINDS if kind in kinds), tuple(rest))


def is_trimming(words: Sequence[str]) -> bool:
    """Tell whether words add nothing to small talk: 'thanks *so much for that*'."""
    return set(words) <= set(tables("dialogue")["trimmings"])


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    said = tables("dialogue")
    return {tuple(phrase.split()): kind for kind in reversed(KINDS) for phrase in said[kind]}


@cache
def _longest() -> int:
    return max(map(len, _phrases()))
