"""What stands right behind 'films about': the subject of items, whatever its words mean elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import COMPANIES, ITEM_NOUNS
from agent.builtin.parse.chunks import Candidate, Chunk
from kg.text import fold

_OPEN = frozenset(("something", "anything", "stuff"))
_NAMED = frozenset(("title", "entity"))
_PLACES = frozenset(("country", "language"))
_WEAK = frozenset(("surname", "spelling", "short"))
_MOST = 7  # chunks of a subject
_REACH = 90  # characters before a name
_BETWEEN = 3  # words between a noun for items and what leads to their subject


def is_subject_name(text: str, start: int, choices: Sequence[Candidate]) -> bool:
    """Tell whether a name is said as the subject of items: 'films about NAPOLEON', 'set at HALLOWEEN'.

    Somebody who is named in full stays a person, and a kind a kind.
    """
    return not any(map(_is_named_in_full, choices)) and leads_to_subject(text[:start])


def _is_named_in_full(choice: Candidate) -> bool:
    """Tell whether a name is surely of a kind, or of somebody or a series: not 'MARS', a word of a title."""
    held = set(choice.roles)
    if not held or held <= COMPANIES:
        return False
    if "genre" in held or held <= _PLACES:
        return True
    return (
        choice.match not in _WEAK
        and " " in choice.label
        and fold(choice.label) not in words("uses", "holidays")
    )


def leads_to_subject(before: str) -> bool:
    """Tell whether a text ends where a subject of items follows: 'some good films about the'."""
    return _leads().search(before[-_REACH:]) is not None


@cache
def _leads() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, ITEM_NOUNS | _OPEN), key=len, reverse=True))
    telling = "|".join(sorted(words("themes", "leads to subject") | words("themes", "also leads to subject")))
    places = "|".join(sorted(words("themes", "set before")))
    small = "|".join(sorted(words("themes", "opens a subject") | words("places", "of countries")))
    return re.compile(
        rf"(?:^|\W)(?:{nouns})(?:\s+\w+){{0,{_BETWEEN}}}?\s+(?:{telling}|set\s+(?:{places}))"
        rf"(?:\s+(?:{small}))*\s+[\"“']?$",
        re.IGNORECASE,
    )


def subject_places(chunks: Sequence[Chunk]) -> set[int]:
    """Return the places of what items are said to be about, up to what says something else of them.

    Where somebody is named there, words may belong to the name: 'about the DIRECTOR of Jaws'.
    """
    found: set[int] = set()
    for place in range(1, len(chunks)):
        if not _leads_on(chunks, place):
            continue
        run = []
        for after in range(place + 1, min(len(chunks), place + 1 + _MOST)):
            if chunks[after].kind == "mark" or chunks[after].text in words("themes", "ends a subject"):
                break
            run.append(after)
        if not any(chunks[each].kind in _NAMED for each in run):
            found.update(run)
    return found


def _leads_on(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a chunk leads to what items are about, with a noun for items right before it."""
    said = chunks[place].text
    led = said in words("themes", "leads to subject")
    led |= chunks[place - 1].text == "set" and said in words("themes", "set before")
    before = chunks[max(0, place - 1 - _BETWEEN) : place]
    items = (c.text in ITEM_NOUNS | _OPEN or c.kind == "category" for c in before)
    return led and any(items) and not any(c.kind == "mark" for c in before[-2:])


def says_something(chunk: Chunk) -> bool:
    """Tell whether a word behind 'films about' is of their subject: 'a PHOTOGRAPHER', 'a treasure HUNT'."""
    idle = words("asking", "nouns") | words("asking", "quality") | words("asking", "open") | ITEM_NOUNS
    return chunk.kind in ("word", "trigger") and chunk.text not in idle
