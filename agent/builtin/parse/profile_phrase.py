"""A phrase that says who somebody is: "a retired teacher of 61", "female, 29, between jobs"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal, NamedTuple

from agent.builtin.lexicon.profiles import (
    AGES,
    BREAKS,
    BRIDGES,
    DECADES,
    DETERMINERS,
    FOLLOWS,
    GENDERED_WORK,
    GENDERS,
    GOING_ON,
    HEDGES,
    NUMBERS,
    OCCUPATIONS,
    OF_MANY,
    PARTS,
    PERSONS,
)
from agent.builtin.lexicon.triggers import ITEM_NOUNS

_TABLES = (("gender", GENDERS), ("occupation", OCCUPATIONS), ("age", AGES))
_MOST_ADJECTIVES = 3
_TEN = 10  # "a father of two"
_FIGURES = re.compile(r"(\d{1,2})(?:yo|yr|yrs)?")
_SHORT = re.compile(r"(\d{2})([mf])")


class Piece(NamedTuple):
    """What so many `words` say."""

    kind: Literal["gender", "age", "occupation"]
    value: str
    words: int


@dataclass
class Phrase:
    """What a phrase says; the first gender and age count, and every occupation. `words` say it."""

    pieces: list[Piece] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    works: list[str] = field(default_factory=list)

    @property
    def kinds(self) -> set[str]:
        """Of which kinds anything was said."""
        return {piece.kind for piece in self.pieces}

    def first(self, kind: str) -> str | None:
        """Return what was said first of a kind."""
        return next((piece.value for piece in self.pieces if piece.kind == kind), None)


def phrase_at(words: Sequence[str], start: int, *, bare_age: bool = False) -> tuple[Phrase, int]:
    """Return what the words from `start` on say of somebody, and where that ends.

    The words are folded, "," stands for any mark and any title. With `bare_age` a number alone is an age.
    """
    said, at = Phrase(), _article(words, start + (bare_age and words[start : start + 1] == ["the"]))
    adjectives = _MOST_ADJECTIVES if at > start else 0
    while at < len(words):
        found = _pieces(words, at, bare=bare_age)
        bare_age = False
        if found:
            at += _noted(said, found, words[at:])
            continue
        after = _bridge(words, at) if said.pieces else at
        if after > at and _pieces(words, after, bare=True):
            at, bare_age = after, True
        elif words[at] in HEDGES:
            at, bare_age = at + 1, True
        elif adjectives and words[at] not in BREAKS and words[at] not in FOLLOWS:
            at, adjectives = at + 1, adjectives - 1
        else:
            break
    return said, at


def _article(words: Sequence[str], at: int) -> int:
    """Return where a noun phrase goes on after "a", "two", "a couple of", "somebody"."""
    start = at
    while at < len(words) and words[at] in DETERMINERS:
        at += 1
    if words[at + 1 : at + 2] == ["of"] and words[at] in OF_MANY:
        at += 2
    if at < len(words) and words[at] in PERSONS:
        at += 1
    return max(at, start)


def _noted(said: Phrase, found: Sequence[Piece], words: Sequence[str]) -> int:
    """Add pieces to a phrase; return of how many words they are."""
    length = max(piece.words for piece in found)
    text = " ".join(words[:length])
    said.pieces += found
    said.words.append(text)
    said.works += [name for piece in found if piece.kind == "occupation" for name in (piece.value, text)]
    return length


def _bridge(words: Sequence[str], at: int) -> int:
    """Return where the next piece may stand after a comma, "and", "who is", "he is", "of"."""
    start = at
    while at < len(words) and (words[at] in BRIDGES or words[at] in HEDGES):
        at += 1
    return _article(words, at) if at > start else at


def _pieces(words: Sequence[str], at: int, *, bare: bool) -> list[Piece]:
    """Return what is said from here on: nothing, a piece, or two in one word ("27f", "housewife")."""
    short = _SHORT.fullmatch(words[at]) if at < len(words) else None
    if short:
        return [Piece("age", short[1], 1), Piece("gender", short[2].upper(), 1)]
    aged = age_at(words, at, bare=bare)
    if aged is not None:
        of = [Piece("gender", "MF"["her" in words[at : at + 2]], aged.words)]
        third = {"his", "her"} & set(words[at : at + 2])
        return [] if _is_of_items(words[at + aged.words :]) else [aged, *(of if third else [])]
    for end in range(min(len(words), at + 4), at, -1):
        text = " ".join(words[at:end])
        found = [Piece(kind, table[text], end - at) for kind, table in _TABLES if text in table]  # type: ignore[arg-type]
        if found and (text in GOING_ON or _ends_there(words[end - 1], words[end:])):
            gender = GENDERED_WORK.get(text)
            return found + ([Piece("gender", gender, end - at)] if gender else [])
    return []


def age_at(words: Sequence[str], at: int, *, bare: bool) -> Piece | None:
    """Return an age that is said from here on, in figures or words or as a decade of life."""
    decade = _decade_at(words, at)
    if decade is not None:
        return decade
    lead = 2 if words[at : at + 2] == ["age", "of"] else 1 if words[at : at + 1] in (["aged"], ["age"]) else 0
    lead = lead or (1 if words[at : at + 1] in (["over"], ["past"], ["between"]) else 0)
    number, length = _number_at(words, at + lead)
    if number is None:
        return None
    end = at + lead + length
    last = _last_of_range(words, end)
    if words[at] == "between" and not last:
        return None
    if lead and last:
        return Piece("age", str(number), lead + length + last)
    rest = list(words[end : end + 3])
    if rest[:1] == ["and"] and (other := age_at(words, end + 1, bare=False)) and other.words > 1:
        return Piece("age", str(min(number, int(other.value))), lead + length + 1 + other.words)
    for unit in (["years", "of", "age"], ["years", "old"], ["year", "old"], ["year", "olds"], ["yr", "old"]):
        if rest[: len(unit)] == unit:
            return Piece("age", str(number), lead + length + len(unit))
    if rest[:1] in (["yo"], ["something"], ["somethings"]):
        return Piece("age", str(number + 5 * (rest[0] != "yo")), lead + length + 1)
    glued = not words[end - 1].isdecimal() and words[end - 1] not in NUMBERS
    if lead or glued:
        return Piece("age", str(number), lead + length)
    fits = bare and (number > _TEN or words[at - 1] != "of") and (not rest or rest[0] in _AFTER_NUMBER)
    return Piece("age", str(number), length) if fits else None


def _last_of_range(words: Sequence[str], at: int) -> int:
    """Return how many words say the end of a range of ages: 'aged 25 TO 34', 'between 25 AND 34'."""
    number, length = _number_at(words, at + 1) if words[at : at + 1] in (["to"], ["and"]) else (None, 0)
    return 0 if number is None else length + 1


_AFTER_NUMBER = FOLLOWS | GENDERS.keys() | {",", "today", "tomorrow", "next", "this", "last", "living"}


def _decade_at(words: Sequence[str], at: int) -> Piece | None:
    """Return what "in my late thirties", "in their 20s" say: the middle of it."""
    start = at
    if words[at : at + 1] in (["in"], ["into"]):
        at += 2 if words[at + 1 : at + 2] and words[at + 1] in ("my", "our", "her", "his", "their") else 1
    part = next((n for n in (2, 1) if " ".join(words[at : at + n]) in PARTS), 0)
    if at < start + 2 and not part:
        return None  # "in the fifties"
    named = words[at + part] if at + part < len(words) else ""
    if not (named in DECADES or named.endswith("0s")):
        return None
    middle = PARTS[" ".join(words[at : at + part]) if part else "mid"]
    at += part
    if re.fullmatch(r"[1-9]0s", named):
        return Piece("age", str(int(named[:2]) + middle), at + 1 - start)
    return Piece("age", str(DECADES[named] + middle), at + 1 - start) if named in DECADES else None


def _number_at(words: Sequence[str], at: int) -> tuple[int | None, int]:
    """Return a number up to 99 in figures or words, and of how many words."""
    if at >= len(words):
        return None, 0
    figures = _FIGURES.fullmatch(words[at])
    if figures:
        return int(figures[1]), 1
    value = NUMBERS.get(words[at])
    follows = words[at + 1] if at + 1 < len(words) else ""
    unit = 1 if follows == "one" else NUMBERS.get(follows, 0)
    if value is not None and value % 10 == 0 and value > _TEN and 0 < unit < _TEN:
        return value + unit, 2
    return value, 1


def _is_of_items(after: Sequence[str]) -> bool:
    """Tell whether an age is that of items: "40 year old films"."""
    return bool(ITEM_NOUNS & set(after[:2]))


def _ends_there(last: str, after: Sequence[str]) -> bool:
    """Tell whether a noun phrase ends before these words, or goes on to another noun for a person.

    Not in "a woman director", "a farmer's daughter".
    """
    if after and after[0] == "s":
        return _number_at(after, 1)[0] is not None
    if not after or after[0] in FOLLOWS or after[0].endswith(("ing", "ed")):
        return True
    if age_at(after, 0, bare=True) is not None or after[0] in HEDGES:
        return True
    going = list(takewhile(lambda word: word not in BREAKS and word != ",", after))
    people = GENDERS.keys() | AGES.keys() | OCCUPATIONS.keys()
    if last.endswith("s") and going and going[0] in people:
        return False
    return any(" ".join(going[: end + 1][start:]) in people for end in range(len(going)) for start in (0, 1))
