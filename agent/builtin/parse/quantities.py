"""Quantities: a number with its unit, and what it is compared by: 'under ninety minutes', '£5 or less'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from kg.text import NUMBER_WORDS

_UNITS = words("quantities", "units")
_CURRENCIES = ("$", "€", "£")
_BEFORE = words("quantities", "before")
_LED = words("quantities", "before, with another word")
_AFTER = words("quantities", "after")
_TAILS = words("quantities", "after, with another word")


def quantities(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Return where the words of compared or described quantities stand.

    Not of those in passing: 'a nine-hour ferry ride' compares nothing.
    """
    found: set[int] = set()
    for place, chunk in enumerate(chunks):
        end = _end(chunks, place)
        if end is None:
            continue
        first, last = _first(chunks, place), _last(chunks, end)
        describes = (
            chunk.text not in ("a", "an")
            and end < len(chunks)
            and (chunks[end].text in ITEM_NOUNS or chunks[end].kind == "category")
        )
        if first < place or last > end or describes or chunk.text[0] in _CURRENCIES:
            found |= {k for k in range(first, last) if chunks[k].kind != "mark"}
    return frozenset(found)


def _end(chunks: Sequence[Chunk], place: int) -> int | None:
    """Return where a number and its unit end; None if there is none."""
    chunk = chunks[place]
    if chunk.text in ("a", "an") and place + 1 < len(chunks) and chunks[place + 1].text in _UNITS:
        half = [a.text for a in chunks[place + 2 : place + 5]] == ["and", "a", "half"]
        return place + (5 if half else 2)
    if chunk.kind != "word" or not (chunk.text.strip("$€£").isdecimal() or chunk.text in NUMBER_WORDS):
        return None
    if chunk.text[0] in _CURRENCIES or chunk.text[-1] in _CURRENCIES:
        return place + 1
    unit = place + 1 < len(chunks) and chunks[place + 1].text in _UNITS
    return place + 2 if unit else None


def _first(chunks: Sequence[Chunk], place: int) -> int:
    """Return where what a quantity is compared by begins: 'UNDER 90 minutes', 'NO MORE THAN 300 pages'."""
    said = [chunk.text for chunk in chunks[max(0, place - 3) : place]]
    if said[-1:] == ["than"] or (len(said) > 1 and said[-1] in _LED and said[-2] in ("at", "up")):
        return max(0, place - 2 - (said[:-2] in (["no"], ["not"])))
    return place - 1 if said[-1:] != [] and said[-1] in _BEFORE else place


def _last(chunks: Sequence[Chunk], end: int) -> int:
    """Return where what follows a quantity ends: '2 hours TOPS', '4 stars AND ABOVE'."""
    said = [chunk.text for chunk in chunks[end : end + 2]]
    if len(said) == 2 and said[0] in ("and", "or", "at") and said[1] in _TAILS:
        return end + 2
    return end + 1 if said[:1] != [] and said[0] in _AFTER else end
