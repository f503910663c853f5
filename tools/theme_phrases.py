"""Subjects that are said in several words, and the ways in which texts say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from kg.stems import one_of, raw, stem
from kg.text import fold, word_parts
from tools.theme_lines import lines, spoken_phrases
from tools.theme_wordings import worded_at

_LONGEST = 8  # words of a phrase

Stems = tuple[str, ...]


def phrases_in(said: Sequence[str], stems: Sequence[str]) -> Mapping[int, tuple[int, tuple[Stems, ...]]]:
    """Return the phrases for subjects in some words by place: how long each is, and how it may be said."""
    folded = [fold(word) for word in said]
    found: dict[int, tuple[int, tuple[Stems, ...]]] = {}
    place = 0
    while place < len(said):
        length, line = _phrase_at(folded, stems, place)
        if length:
            found[place] = length, _ways(line)
            place += length - 1
        place += 1
    return found


def _phrase_at(folded: Sequence[str], stems: Sequence[str], place: int) -> tuple[int, str]:
    """Return how many words from a place on name a subject, as many as possible, and its line."""
    known = _phrases()
    length, worded = worded_at(folded, place)
    for exact in range(min(_LONGEST, len(folded) - place), length - 1, -1):
        here = slice(place, place + exact)
        if line := known.get(tuple(folded[here])) or known.get(tuple(stems[here])):
            return exact, line
    return length, worded


def undivided(text: str) -> str:
    """Return a text in which 'and' joins nothing where it is part of a phrase: 'mother daughter'."""
    joined = _whole().sub(lambda found: re.sub(r"\band\b", " ", found[0]), text)
    return _undivided_wordings(joined) if " and " in joined else joined


def _undivided_wordings(text: str) -> str:
    """Return a text without each 'and' inside a subject that is worded otherwise: 'rich girl a poor boy'."""
    said = raw(text)
    inside = set[int]()
    for place in range(len(said)):
        inside.update(range(place, place + worded_at(said, place)[0]))
    dropped = {place for place in inside if said[place].casefold() == "and"}
    return " ".join(word for place, word in enumerate(said) if place not in dropped) if dropped else text


@cache
def _whole() -> re.Pattern[str]:
    """Return a pattern of the phrases for subjects that have an 'and', the longest first."""
    parted = sorted((said for said in spoken_phrases() if "and" in said[1:-1]), key=len, reverse=True)
    said = "|".join(r"\W+".join(map(re.escape, words)) for words in parted)
    return re.compile(rf"\b(?:{said})\b", re.IGNORECASE)


def names_subject(text: str) -> bool:
    """Tell whether some words name a subject that may be said in other words."""
    said = raw(undivided(text))
    return bool(phrases_in(said, [stem(word) for word in said]))


def singulars(words: Iterable[str]) -> Stems:
    """Return words folded, without the endings of their plurals."""
    return tuple(one_of(fold(word_parts(word)[0])) for word in words)


@cache
def _phrases() -> Mapping[tuple[str, ...], str]:
    """Return the line of what people say, by how it is said and by the stems of that."""
    spoken = spoken_phrases()
    found = dict(spoken)
    for said, line in spoken.items():
        for words in (said, tuple(word for word in said if word != "and")):
            if len(words) > 1:
                found.setdefault(words, line)
                found.setdefault(tuple(map(stem, words)), line)
    return MappingProxyType(found)


@cache
def _ways(line: str) -> tuple[Stems, ...]:
    """Return how texts may say what a line of phrases asks for."""
    asked, _, told = line.partition(":")
    phrases = (*asked.split("/"), *(each for each in told.split("/") if each.strip()[:1] not in ("", "-")))
    return tuple(dict.fromkeys(singulars(raw(phrase)) for phrase in phrases))


@cache
def own_ways(said: str) -> frozenset[Stems]:
    """Return how people say a subject, of all ways in which texts may say it or what is near it."""
    line = _phrases().get(tuple(map(fold, raw(said)))) or ""
    return frozenset(singulars(raw(phrase)) for phrase in line.partition(":")[0].split("/"))


@cache
def spoken_ways(said: str) -> tuple[str, ...]:
    """Return how texts say a subject of several words, folded: of 'found family' 'chosen family' too."""
    line = _phrases().get(tuple(map(fold, raw(said)))) if " " in said else None
    return tuple(" ".join(way) for way in _ways(line)) if line else ()


@cache
def unlike(said: str) -> tuple[Stems, ...]:
    """Return what texts say that has the words of a subject and is another: 'great depression'."""
    line = _phrases().get(tuple(map(fold, raw(said)))) or ""
    told = (each.strip() for each in line.partition(":")[2].split("/"))
    return tuple(singulars(raw(each)) for each in told if each.startswith("-"))


@cache
def subject_phrases() -> tuple[str, ...]:
    """Return the phrases of several words, folded, that name a subject: 'found family'."""
    return tuple(" ".join(said) for said in spoken_phrases() if len(said) > 1)


@cache
def fillers() -> frozenset[str]:
    """Return words that say nothing after a subject, folded: 'circus LIFE', 'the WORLD of chess'."""
    return frozenset(lines("fillers.txt")[0].split())


@cache
def qualities() -> frozenset[str]:
    """Return words that only say how a subject is, folded: 'a SMALL bookshop', 'a LONG marriage'."""
    return frozenset(lines("fillers.txt")[1].split())
