"""The parts of what is said of an item, and how far they are about words: tags tell, sentences mention."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.stems import raw, stem
from tools.theme_phrases import Stems, singulars

_SHORT = 7  # words of a tag, at most
_LIST = 4  # of so short phrases one after another, that they are tags
_APART = 2  # other words inside a phrase
MENTIONED = 0.5  # of what a sentence mentions
IN_TAG = 0.68  # of what is part of a tag: "social climbing" for "climbing"
_IN_SENTENCE = 0.5  # how central is what a sentence mentions
_LATER = 0.15  # the seventh tag is about half as central as the first
_OF_ITEMS = frozenset(map(stem, ("film", "movie", "classic", "favourite")))  # "cult film" is about no cult

_ENDS = re.compile(r"[.!?…][\"”’)]*\s+")
_MARKS = re.compile(r"[.,;:!?()\n–—]+")


class Clause(NamedTuple):
    """A part of a text between marks: its stems, its words without endings of plurals, how much it tells.

    How `central` it is, 0 to 1: the first of a list of tags is most.
    """

    stems: Stems
    words: Stems
    tells: float
    central: float = _IN_SENTENCE


Clauses = tuple[Clause, ...]


@lru_cache(maxsize=1 << 13)
def clauses(text: str) -> Clauses:
    """Return the parts of a text between marks.

    Tags are the parts of a last sentence that is nothing but a list of short ones.
    """
    found: list[Clause] = []
    parts: list[list[str]] = []
    for sentence in _ENDS.split(text.strip()):
        parts = [words for part in _MARKS.split(sentence) if (words := raw(part))]
        found += [Clause(tuple(map(stem, part)), singulars(part), MENTIONED) for part in parts]
    if len(parts) >= _LIST and max(map(len, parts)) <= _SHORT:
        tags = enumerate(found[-len(parts) :])
        found[-len(parts) :] = [each._replace(tells=1.0, central=1 / (1 + _LATER * n)) for n, each in tags]
    return tuple(found)


@lru_cache(maxsize=1 << 13)
def titled(title: str) -> Clause:
    """Return a title as a part of a text, which may only mention what the item is about."""
    words = raw(title)
    return Clause(tuple(map(stem, words)), singulars(words), MENTIONED)


def said(text: Clauses, sets: Sequence[set[str]]) -> float:
    """Return how far a text is about a phrase, of each of whose words there are several stems."""
    some = sets[0]  # which most parts of a text lack
    return max(
        (_tells(each.tells, each.stems, sets) for each in text if not some.isdisjoint(each.stems)),
        default=0.0,
    )


def in_words(text: Clauses, sets: Sequence[set[str]]) -> float:
    """Return how far a text is about a phrase, but for the endings of plurals as it was said."""
    some = sets[0]
    return max(
        (_tells(each.tells, each.words, sets) for each in text if not some.isdisjoint(each.words)),
        default=0.0,
    )


def central(text: Clauses, sets: Sequence[set[str]], *, spoken: bool = False) -> float:
    """Return how central to a text a phrase is: by its stems, or as it was `spoken` but for plurals."""
    some = sets[0]
    told = ((each, each.words if spoken else each.stems) for each in text)
    parts = [each for each, words in told if not some.isdisjoint(words) and _near(words, sets)]
    in_tags = max((each.central for each in parts if each.tells == 1), default=0.0)
    return in_tags + max((each.central for each in parts if each.tells < 1), default=0.0)


def without(text: Clauses, others: Sequence[Sequence[set[str]]]) -> Clauses:
    """Return the parts of a text that say none of some phrases."""
    return tuple(each for each in text if not any(_near(each.words, other) for other in others))


def _tells(told: float, clause: Stems, sets: Sequence[set[str]]) -> float:
    if not _near(clause, sets):
        return 0.0
    if len(clause) == len(sets) or told < 1:
        return told
    other = clause[-1] in _OF_ITEMS and clause[-1] not in sets[-1]
    return MENTIONED if len(sets) == 1 and other else IN_TAG


def _near(clause: Stems, sets: Sequence[set[str]]) -> bool:
    """Tell whether a clause has a word of each set, every one another, with few words between them."""
    for each in sets:  # no generator: most clauses end here
        if each.isdisjoint(clause):
            return False
    if len(sets) == 1:
        return True
    wide = len(sets) + _APART
    for start in range(max(1, len(clause) - wide + 1)):
        window = clause[start : start + wide]
        if all(not each.isdisjoint(window) for each in sets) and _apart(window, sets):
            return True
    return False


def _apart(window: Stems, sets: Sequence[set[str]]) -> bool:
    return any(
        all(not each.isdisjoint((*window[:at], *window[at + 1 :])) for each in sets[1:])
        for at, word in enumerate(window)
        if word in sets[0]
    )
