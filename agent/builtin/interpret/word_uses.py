"""The use of a word or a name by itself: by its class, or because an answer takes it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.spans import Use
from agent.builtin.interpret.subjects import is_mood
from agent.builtin.interpret.unknowable import unknowable
from agent.builtin.lexicon import opinions
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import DOMAIN_NOUNS, ITEM_NOUNS, PERSON_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.origins import is_place

_LONG_NUMBER = 3  # digits; a shorter number counts or is an age


def use_of(
    chunk: Chunk, named: Collection[str], *, dated: bool, asked: bool, profile: Collection[str]
) -> Use:
    """Return the use of a chunk, whatever stands around it; `named` are the names that are taken."""
    if chunk.kind == "trigger":
        return Use.PREDICATE
    if chunk.kind == "word":
        return _use_of_word(chunk.text, dated=dated, asked=asked, profile=profile)
    if not chunk.choices:
        return Use.UNKNOWN
    if chunk.text in named:
        return Use.MENTION
    said = chunk.text.casefold().split()
    if not asked and (chunk.kind == "category" or is_place(chunk)):
        return Use.REMARK
    return _closed(said[0]) or Use.UNUSED if len(said) == 1 else Use.UNUSED


def _use_of_word(word: str, *, dated: bool, asked: bool, profile: Collection[str]) -> Use:
    if word in profile:
        return Use.WHO_ASKS
    if word[:1].isdecimal() and not (asked and word in unknowable()):  # 'a film in 4K'
        return Use.CONSTRAINT if dated or len(word) < _LONG_NUMBER else _theme(asked)
    if dated and word in _time_words():
        return Use.CONSTRAINT
    if asked and (word in words("unknowable", "plot") or is_mood(word)):
        return Use.THEME
    if word in words("unknowable", "services") or (asked and word in unknowable()):
        return Use.UNUSED
    return _closed(word) or _theme(asked)


def _theme(asked: bool) -> Use:
    return Use.THEME if asked else Use.REMARK


def _closed(word: str) -> Use | None:
    """Return the use of a word that belongs to a class, whatever stands around it."""
    return _classes().get(word)


@cache
def _time_words() -> frozenset[str]:
    said = [*tables("uses")["time"], *(phrase for section in tables("years").values() for phrase in section)]
    small = {word for section in tables("function").values() for word in section}
    return frozenset(word for phrase in said for word in phrase.split() if word not in small)


@cache
def _classes() -> dict[str, Use]:
    found: dict[str, Use] = {}
    layers: tuple[tuple[str, Use], ...] = (
        ("dialogue", Use.SMALL_TALK),
        ("occasion", Use.WHO_ASKS),
        ("asking", Use.ASKING),
        ("function", Use.FUNCTION),
    )
    for name, use in layers:
        for phrases in tables(name).values():
            found |= {word: use for phrase in phrases if " " not in phrase for word in [phrase]}
    for said in opinions.TRIGGERS:
        found |= {word: found.get(word, Use.OPINION) for word in said}
    found |= {word: found.get(word, Use.PREDICATE) for word in tables("uses")["leads to theme"]}
    nouns = ITEM_NOUNS | PERSON_NOUNS | frozenset().union(*DOMAIN_NOUNS.values())
    return found | {word: found.get(word, Use.ASKING) for word in nouns}


def names_used(chunks: Sequence[Chunk], named: Collection[str]) -> set[str]:
    """Return names as written, with those that mean the same: 'all John Wayne, and I can't do WAYNE now'."""
    ids = {chunk.best_id for chunk in chunks if chunk.best_id and chunk.text in named}
    return {*named, *(chunk.text for chunk in chunks if chunk.best_id in ids)}


def names_of(reading: ParsedRequest) -> set[str]:
    """Return the names that a reading took, as written."""
    stated = (*reading.wanted, *reading.none_of, *reading.any_of, *reading.likes)
    described = [each for reference in reading.references for each in reference.described_by]
    found = {each.name.text for each in (*stated, *described)} | {name.text for name in reading.categories}
    together = (name for pair in reading.none_together for name in pair)
    found |= {name.text for name in (*(claim.name for claim in reading.claims), *together)}
    return found | {title.text for title in reading.mentioned}
