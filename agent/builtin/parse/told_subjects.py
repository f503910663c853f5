"""What stands right behind 'films about': the subject of items, whatever its words mean elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import COMPANIES, ITEM_NOUNS
from agent.builtin.parse.chunks import Candidate, Chunk
from agent.builtin.parse.phrases import Phrases, places_said
from kg.text import fold
from tools.english import is_everyday

_ITEMS = ITEM_NOUNS - words("themes", "also no items") | {"something", "anything"}
_NAMED = frozenset(("title", "entity"))
_PLACES = frozenset(("country", "language"))
_WEAK = frozenset(("surname", "spelling", "short"))
_SERIES = re.compile(r"['’]?s?\s+(?:series|saga|trilogy|cycle|universe|books|films|novels)\b", re.IGNORECASE)
_NAMED_SERIES = re.compile(r"['’]?s?\s+(?:series|saga|trilogy|cycle|universe)\b", re.IGNORECASE)
_SETTING = re.compile(
    r"\b(?:books?|novels?|films?|movies?|story|stories) about (?:\w+ ){1,6}in $", re.IGNORECASE
)
_IDLE = words("asking", "nouns") | words("asking", "quality") | words("asking", "open") | ITEM_NOUNS
_STUDIED = Phrases(tables("themes")["studied"])
_MOST = 7  # chunks of a subject
_REACH = 90  # characters before a name
_SEVERAL = 2  # items of somebody who is meant where a subject may be, too
_BETWEEN = 3  # words between a noun for items and what leads to their subject


def is_subject_name(text: str, start: int, end: int, choices: Sequence[Candidate]) -> bool:
    """Tell whether a name is said as the subject of items: 'films about NAPOLEON', 'set at HALLOWEEN'.

    Somebody who is named in full stays a person, and a kind a kind.
    """
    if _SETTING.search(text[:start][-_REACH:]) and any(set(c.roles) <= _PLACES for c in choices if c.roles):
        return True
    of_series = bool(choices) and all(set(choice.roles) == {"series"} for choice in choices)
    common = text[start:end].islower() and is_everyday(text[start:end])
    if of_series and common and not _NAMED_SERIES.match(text, end):
        return True  # 'a ROBOT film'
    series = any("series" in choice.roles for choice in choices) and _SERIES.match(text, end)
    if series or any(map(_is_named_in_full, choices)) or not leads_to_subject(text[:start]):
        return False
    known = any(sum(choice.roles.values()) > _SEVERAL for choice in choices)
    return not (known and _studying().search(text[:start][-_REACH:]))  # 'a project on KUBRICK'


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
    near = before[-_REACH:]
    return not _first_leads().isdisjoint(near.casefold().split()) and _leads().search(near) is not None


@cache
def _first_leads() -> frozenset[str]:
    """Return the words of which one leads to a subject, wherever one is led to."""
    return frozenset(said.split()[0] for said in _telling() | words("themes", "also leads to subject")) | {
        "set"
    }


@cache
def _leads() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, _ITEMS), key=len, reverse=True))
    between = "|".join(sorted(_between()))
    telling = "|".join(sorted(_telling() | words("themes", "also leads to subject")))
    places = "|".join(sorted(words("themes", "set before")))
    small = "|".join(sorted(words("themes", "opens a subject") | words("places", "of countries")))
    return re.compile(
        rf"(?:^|\W)(?:(?:{nouns})(?:\s+(?:{between})){{0,{_BETWEEN}}}\s+(?:{telling}|set\s+(?:{places})))"
        rf"(?:\s+(?:{small}))*\s+[\"“']?$|{_studying().pattern}",
        re.IGNORECASE,
    )


@cache
def _studying() -> re.Pattern[str]:
    said = "|".join(sorted(tables("themes")["studied"], key=len, reverse=True))
    return re.compile(rf"(?:^|\W)(?:{said})(?:\s+(?:the|a|an))?\s+$", re.IGNORECASE)


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
    set_there = chunks[place - 1].text == "set" and said in words("themes", "set before")
    if not (set_there or said in _telling()):
        return False
    start = place - 1
    while start and place - start <= _BETWEEN and chunks[start].text in _between():
        start -= 1
    between = chunks[start:place]  # of which one is a noun for items: 'a FILM about', 'films that are about'
    return any(chunk.text in _ITEMS or chunk.kind == "category" for chunk in between)


@cache
def _telling() -> frozenset[str]:
    return words("themes", "leads to subject") - {"featuring"}  # somebody, more often


def _between() -> frozenset[str]:
    return words("themes", "between items and their subject")


def studies(chunks: Sequence[Chunk]) -> list[range]:
    """Return the places of the words by which somebody tells what they work on, where a wish follows.

    'my daughter is writing her THESIS ON exile. Which films would help?'
    """
    found: list[range] = []
    for start, length in places_said(chunks, _STUDIED):
        here = [chunk.text for chunk in chunks[:start] if chunk.sentence == chunks[start].sentence]
        told = length == 1 or not words("themes", "works on something").isdisjoint(here)
        if told and any(chunk.kind == "mark" for chunk in chunks[start + length :]):
            found.append(range(start, start + length))
    return found


def is_of_study(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a kind is what somebody works on, and none that is wanted: 'writing an ESSAY on exile'."""
    return any(i in study for study in studies(chunks))


def says_something(chunk: Chunk) -> bool:
    """Tell whether a word behind 'films about' is of their subject: 'a PHOTOGRAPHER', 'a treasure HUNT'."""
    return chunk.kind in ("word", "trigger") and chunk.text not in _IDLE
