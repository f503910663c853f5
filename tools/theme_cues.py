"""Subjects told by what happens in them: 'reporters digging up what the powerful buried' is journalism.

A line of `cues.txt` names a subject and the groups of words of each of which one must be said, in any order
and near each other. So a subject is known however it is told, where no phrase for it is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from kg.stems import raw, stem
from kg.text import fold
from tools.theme_lines import lines

WITHOUT = "without "  # begins what is not wanted
_OWN = 2  # words of a subject that tell of no other for which more is said
_WIDE = 14  # words from the first to the last that tell a subject

Way = tuple[str, ...]


class Cued(NamedTuple):
    """A subject that some words tell, and their places, ascending: all that its line has."""

    subject: str
    places: tuple[int, ...]


class _Line(NamedTuple):
    subject: str
    groups: tuple[tuple[Way, ...], ...]


def cued_in(said: Sequence[str]) -> list[Cued]:
    """Return the subjects that the words of a sentence tell, by the place where each begins.

    Of two that the same words tell the one has them of which more is said.
    """
    stems = [stem(_plain(word)) for word in said]
    found: dict[str, Cued] = {}
    for line in dict.fromkeys(line for each in stems for line in _lines().get(each, ())):
        places = _places(stems, line)
        if places and line.subject not in found:
            found[line.subject] = Cued(line.subject, places)
    kept: list[Cued] = []
    taken = set[int]()
    for each in sorted(found.values(), key=lambda each: (-len(each.places), each.places, each.subject)):
        if len({*each.places} - taken) >= _OWN or each.subject.startswith(WITHOUT):
            kept.append(each)
            taken |= {*each.places}
    return sorted(kept, key=lambda each: (each.places, each.subject))


def _places(stems: Sequence[str], line: _Line) -> tuple[int, ...]:
    """Return the places of a word, or words, of each group of a line, near those of the first; or none."""
    for start in _starts(stems, line.groups[0]):
        taken = set(start)
        for group in line.groups[1:]:
            near = (each for each in _starts(stems, group) if not taken & set(each))
            here = min(near, key=lambda each: abs(each.start - start.start), default=None)
            if here is None or abs(here.start - start.start) > _WIDE:
                break
            taken |= set(here)
        else:
            return _all_of(stems, line.subject)
    return ()


def _all_of(stems: Sequence[str], subject: str) -> tuple[int, ...]:
    return tuple(sorted({place for here in _starts(stems, _ways(subject)) for place in here}))


@cache
def _ways(subject: str) -> tuple[Way, ...]:
    """Return the words of all lines of a subject."""
    every = dict.fromkeys(line for same in _lines().values() for line in same)
    return tuple(way for line in every if line.subject == subject for group in line.groups for way in group)


def _starts(stems: Sequence[str], group: Sequence[Way]) -> Iterator[range]:
    known = set(stems)
    possible = [way for way in group if known.issuperset(way)]
    for place in range(len(stems)) if possible else ():
        for way in possible:
            if tuple(stems[place : place + len(way)]) == way:
                yield range(place, place + len(way))


@cache
def _lines() -> Mapping[str, tuple[_Line, ...]]:
    """Return the lines of cues by the first stem of each way of their first group."""
    found: dict[str, list[_Line]] = {}
    for text in lines("cues.txt"):
        subject, _, told = text.partition(":")
        groups = tuple(tuple(map(_way, each.split("/"))) for each in told.split("&"))
        line = _Line(subject.strip(), groups)
        for way in groups[0]:
            found.setdefault(way[0], []).append(line)
    return MappingProxyType({first: tuple(each) for first, each in found.items()})


def _way(text: str) -> Way:
    return tuple(stem(_plain(word)) for word in raw(text))


def _plain(word: str) -> str:
    return fold(word).replace("'", "").replace("’", "")
