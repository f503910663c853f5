"""What texts say of items that have something people do not want: of violence 'massacre', 'gunfight' ….

A wish for something is met by what is surely about it; a refusal is met by leaving out its neighbours too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from kg.stems import raw, singular, stem
from kg.text import fold
from tools.theme_lines import lines
from tools.theme_phrases import phrases_in
from tools.theme_words import related


def unwanted(said: str) -> tuple[str, ...]:
    """Return how texts speak of what is not wanted: the words themselves, their like, what goes with it."""
    words = [fold(word) for word in raw(said)]
    ways = [" ".join(words), *neighbours(said)]
    if len(words) == 1:
        ways += related(words[0])
    for length, others in phrases_in(words, [stem(word) for word in words]).values():
        ways += [" ".join(way) for way in others if length == len(words)]
    return tuple(dict.fromkeys(ways))


def neighbours(said: str) -> tuple[str, ...]:
    """Return what goes with something that people do not want; nothing where none is known."""
    return _aversions().get(_key(raw(said)), ())


@cache
def aversion_phrases() -> tuple[str, ...]:
    """Return what people do not want that is said in several words: 'sad ending'."""
    return tuple(each for line in lines("aversions.txt") for each in _said(line) if " " in each)


@cache
def aversion_words() -> frozenset[str]:
    """Return what people do not want that is said in one word: 'gore'."""
    return frozenset(each for line in lines("aversions.txt") for each in _said(line) if " " not in each)


@cache
def _aversions() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in lines("aversions.txt"):
        ways = [" ".join(raw(way)) for way in line.split(":")[1].split("/")]
        for said in _said(line):
            found.setdefault(_key(said.split()), []).extend(ways)
    return MappingProxyType({said: tuple(dict.fromkeys(map(fold, ways))) for said, ways in found.items()})


def _said(line: str) -> list[str]:
    return [" ".join(map(fold, raw(said))) for said in line.split(":")[0].split("/")]


def _key(words: Sequence[str]) -> str:
    return " ".join(singular(fold(word)) for word in words)
