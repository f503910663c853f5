"""How a title or a name may be called: without article or subtitle, by surname, initials, in the plural."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from kg import text
from kg.categories import HEAD_NOUNS, synonyms_of
from kg.places import demonyms_of
from kg.types import Entity, Item, Kind

_SUBTITLE = (":", " - ", " – ")


class Form(IntEnum):
    """How a spelling relates to the name it stands for; the lower, the more it says."""

    FULL = 0
    ALIAS = 1
    INITIALS = 2
    SHORT = 3
    PREFIX = 4
    SURNAME = 5


def item_forms(item: Item) -> Iterator[tuple[str, Form]]:
    """Yield the keys under which an item may be called."""
    for index, name in enumerate((item.title, *item.aliases)):
        parts = text.words(name)
        yield text.key(parts), Form.FULL if index == 0 else Form.ALIAS
        lean = text.strip_article(parts)
        yield text.key(lean), Form.ALIAS
        for mark in _SUBTITLE:
            head, _, tail = name.partition(mark)
            if tail and len(text.words(head)) >= 1:
                yield text.key(text.strip_article(text.words(head))), Form.SHORT
            if len(rest := text.words(tail)) >= 2:
                yield text.key(rest), Form.SHORT
                yield text.key(text.strip_article(rest)), Form.SHORT
        unnumbered = [word for word in parts if word not in ("part", "episode", "volume")]
        if len(unnumbered) < len(parts):
            yield text.key(unnumbered), Form.SHORT
        for length in (2, 3):
            if len(lean) >= length + 2:
                yield text.key(lean[:length]), Form.PREFIX


def entity_forms(entity: Entity, kinds: frozenset[Kind]) -> Iterator[tuple[str, Form]]:
    """Yield the keys under which an entity of these kinds may be called."""
    for index, name in enumerate((entity.label, *entity.aliases)):
        parts = text.words(name)
        yield text.key(parts), Form.FULL if index == 0 else Form.ALIAS
        if len(lean := text.strip_article(parts)) < len(parts):
            yield text.key(lean), Form.ALIAS
        if Kind.PERSON in kinds and len(parts) >= 2 and parts[0] not in text.ENGLISH_ARTICLES:
            yield from _person_forms(parts)
        if len(parts) > 1 and parts[-1] == "language":
            yield text.key(parts[:-1]), Form.ALIAS
        if Kind.CATEGORY in kinds:
            yield from _category_forms(parts)
        if Kind.PLACE in kinds:
            yield from ((text.name_key(said), Form.ALIAS) for said in demonyms_of(text.key(parts)))
        if Kind.ORGANISATION in kinds and len(lean) >= 2 and lean[-1] in _COMPANY:
            yield text.key(lean[:-1]), Form.SHORT
        if Kind.SERIES in kinds and len(lean) >= 2 and lean[-1] in _SEQUENCE:
            yield text.key(lean[:-1]), Form.SHORT
        if Kind.SERIES in kinds:
            yield from _series_forms(lean)


def _series_forms(lean: list[str]) -> Iterator[tuple[str, Form]]:
    """Yield how a series is called for short: 'Narnia' for its Chronicles, 'Poirot' for 'Hercule Poirot'."""
    if len(lean) == 3 and lean[0] in _SEQUENCE and lean[1] == "of":
        yield text.key(lean[2:]), Form.SHORT
    elif len(lean) == 2 and len(lean[1]) > 2 and lean[1] not in _SEQUENCE:
        yield lean[1], Form.SURNAME


def _category_forms(parts: list[str]) -> Iterator[tuple[str, Form]]:
    """Yield how a category is said: plural, synonyms, no head noun ('horror' for 'Horror fiction')."""
    for words, form in ((parts, Form.ALIAS), (_without_head(parts), Form.SHORT)):
        if words:
            yield from ((text.key(said), form) for said in _numbers(words))
            for synonym in synonyms_of(text.key(words)):
                yield from ((text.key(each), form) for each in _numbers(text.words(synonym)))
    bare = _without_head(parts)
    for said in (parts, bare, *map(text.words, synonyms_of(text.key(parts)))):
        yield from ((text.key([*said, noun]), Form.ALIAS) for noun in sorted(HEAD_NOUNS - set(said)) if said)


def _without_head(parts: list[str]) -> list[str]:
    return parts[:-1] if len(parts) > 1 and parts[-1] in HEAD_NOUNS else []


def _numbers(parts: list[str]) -> list[list[str]]:
    """Return the words as they are and with the last one in the other number."""
    *front, last = parts
    plain = [[*front, last + "s"]] if last.endswith("y") else []  # 'comedys' is meant well
    return [parts, [*front, other] if (other := _other_number(last)) else parts, *plain]


def _other_number(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


_COMPANY = frozenset(
    "press books publishing publishers publications pictures films film company co inc ltd group house "
    "corporation entertainment studios and sons verlag editions".split()
)
_SEQUENCE = frozenset("series trilogy saga cycle chronicles novels books quartet sequence quintet".split())
_SUFFIXES = frozenset(("jr", "sr", "2", "3", "4"))
_PARTICLES = frozenset("de di da du del della la le van von der den ten ter st el al bin ben mc".split())


def _person_forms(parts: list[str]) -> Iterator[tuple[str, Form]]:
    named = parts[:-1] if parts[-1] in _SUFFIXES and len(parts) > 2 else parts
    if named is not parts:
        yield text.key(named), Form.INITIALS
    first, *middle, last = named
    start = len(named) - 1
    while start > 1 and named[start - 1] in _PARTICLES:
        start -= 1
    surname = text.key(named[start:])
    if len(named) == 3 and len(named[1]) > 2:
        yield text.key(named[1:]), Form.SURNAME  # 'García Márquez'
        yield text.key((*named[1:], first)), Form.INITIALS  # 'Kar-wai Wong' for 'Wong Kar-wai'
    if middle and start > 1:
        yield text.key((first, surname)), Form.INITIALS
        if any(len(word) == 1 for word in middle):
            yield text.key(text.initials_joined(named)), Form.INITIALS
        yield text.key([word[0] for word in named[:start]]) + surname, Form.INITIALS
    if len(surname) > 2:
        yield surname, Form.SURNAME
        if start != len(named) - 1 and len(last) > 2:
            yield last, Form.SURNAME
