"""Subjects of several words however they are worded: 'a priest who is LOSING all HIS FAITH'."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from agent.builtin.interpret.spans import Use
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.identity import Same
from tools.theme_wordings import key_of, worded_at

_KEPT = 6  # rows of chunks; a message is read in a few forms, one after the other
_KINDS = frozenset(("word", "trigger", "category"))
_SPEAKERS = frozenset("i im ive we weve".split())
_BEFORE = 2  # words between who speaks and what they did
_STORY = 3  # words that tell, of a subject in which nobody is who asks
_GIVEN = (Use.MENTION, Use.WHO_ASKS, Use.UNUSED)


def places_of_wordings(chunks: Sequence[Chunk], least: int = 0) -> frozenset[int]:
    """Return the places of subjects, of each of which at `least` so many words tell."""
    return _places(Same(chunks), least)


@lru_cache(maxsize=_KEPT)
def _places(message: Same, least: int) -> frozenset[int]:
    chunks = message.value
    said = [chunk.text for chunk in chunks]
    found: set[int] = set()
    for place in range(len(said)):
        here = range(place, place + worded_at(said, place)[0])
        if not here or sum(bool(key_of(said[each])) for each in here) < least:
            continue
        spoken = _SPEAKERS & set(said[max(0, place - _BEFORE) : place])  # 'I just BROKE UP'
        if not spoken and all(chunks[each].kind in _KINDS for each in here):
            found.update(here)
    return frozenset(found)


def worded(chunks: Sequence[Chunk]) -> frozenset[str]:
    """Return the words of subjects: 'neighbours who HATE each other' says what nobody here hates."""
    return frozenset(chunks[place].text for place in places_of_wordings(chunks))


def start_of_wording(chunks: Sequence[Chunk], place: int) -> int:
    """Return where the subject begins that a word is of: its own place, if it is of none."""
    worded = places_of_wordings(chunks)
    while {place - 1, place} <= worded:
        place -= 1
    return place


def use_in_wording(chunks: Sequence[Chunk], place: int, use: Use) -> Use | None:
    """Return the use of a word of a subject, or of what counts it: 'ABOUT TWO VERY DIFFERENT PEOPLE'."""
    worded = places_of_wordings(chunks, _STORY if use in _GIVEN else 0)
    if place in worded:
        return Use.THEME if key_of(chunks[place].text) else Use.FUNCTION
    return Use.FUNCTION if chunks[place].text == "about" and place + 1 in worded else None
