"""Times that have a name: 'from before the war', 'postwar dramas', 'made between the wars', 'silent-era'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.ages import Age
from agent.builtin.parse.chunks import Chunk

_TABLE = tables("years")
_ERAS: Mapping[tuple[str, ...], tuple[int, int]] = {
    tuple(phrase.split()): (int(name.split()[1]), int(name.split()[2]))
    for name in _TABLE
    if name.startswith(("era ", "event "))
    for phrase in _TABLE[name]
}
_EVENTS = {phrase for name in _TABLE if name.startswith("event ") for phrase in _TABLE[name]}
_PARTED = re.compile(r"-|(?<=^pre)(?=war)|(?<=^post)(?=war)")  # "pre-war", "postwar"
_SPELT = sorted({len(phrase) for phrase in _ERAS}, reverse=True)
_FIRST_WORDS = frozenset(phrase[0] for phrase in _ERAS)
_SIDES: Mapping[str, str] = {word: side for side in ("before", "after") for word in _TABLE[f"{side} an era"]}
_WITHIN = words("years", "within an era")
_MADE = words("years", "made")
_PREFIXES = frozenset(("pre", "post"))
_OF_ANOTHER = frozenset("of on in with against between".split())  # "after the war IN Vietnam"
_ELSEWHERE = words("years", "set") - {"during"}
_AROUND = 2  # years
_NEAR = 4  # words before a phrase that may say that it is where a story is set
_AFTER = 3  # words between an adjective and its noun: "postwar ITALIAN films"


class _Word(NamedTuple):
    said: str
    place: int  # of its chunk
    is_noun: bool  # for items


def eras(chunks: Sequence[Chunk]) -> Iterator[Age]:
    """Yield the bounds of times that have a name, where they say when items were made."""
    said = [
        _Word(word, i, chunk.kind == "category" or word in ITEM_NOUNS)
        for i, chunk in enumerate(chunks)
        for word in ([chunk.text] if chunk.kind == "title" else _parted(chunk.text.casefold()).split())
    ]
    i = 0
    while i < len(said):
        found = _at(said, i)
        if found is None:
            i += 1
            continue
        start, end, first, last = found
        yield Age(first, last, tuple(sorted({word.place for word in said[start:end]})))
        i = end


def _parted(text: str) -> str:
    return _PARTED.sub(" ", text) if "-" in text or "war" in text else text


def _at(said: Sequence[_Word], i: int) -> tuple[int, int, int | None, int | None] | None:
    """Return the words and the years of a named time whose name begins at `i`."""
    if said[i].said not in _FIRST_WORDS:
        return None
    length = next((n for n in _SPELT if i + n <= len(said) and _spelt(said, i, n) in _ERAS), 0)
    if not length or any(word.said in _ELSEWHERE for word in said[max(0, i - _NEAR) : i]):
        return None  # "SET in postwar Berlin"
    end = i + length
    first, last = _ERAS[_spelt(said, i, length)]
    start = i - (i > 0 and said[i - 1].said == "the")
    beside = said[start - 1].said if start else ""
    side = _SIDES.get(beside, "")
    if said[i].said == "war" and (
        not side
        or (start == i and beside not in _PREFIXES)
        or any(word.said in _OF_ANOTHER for word in said[end : end + 1])
    ):
        return None
    begin = start - bool(side)
    told = " ".join(_spelt(said, i, length)) in _EVENTS and not side  # 'WW2 films' are about it, of any year
    if not (_dates(said, begin, bool(side)) or (start == i and not told and _describes(said, end))):
        return None
    if side == "before":
        return begin, end, None, first - 1
    if first == last:
        century = said[end - 1].said == "century"  # may be an older one, but where it is past
        span = (first, None) if side else (first - _AROUND, last + _AROUND)
        return (begin, end, *span) if side or not century else None
    return begin, end, last + 1 if side else first, None if side else last


def _spelt(said: Sequence[_Word], i: int, length: int) -> tuple[str, ...]:
    return tuple(word.said for word in said[i : i + length])


def _dates(said: Sequence[_Word], end: int, sided: bool) -> bool:
    """Tell whether what stands before `end` dates items: 'from', 'made in', and 'films' before a side."""
    led = end > 0 and said[end - 1].said in _WITHIN | _MADE
    return led or (sided and end > 0 and said[end - 1].is_noun)


def _describes(said: Sequence[_Word], end: int) -> bool:
    """Tell whether an adjective stands before a noun for items, or ends what is said."""
    return end == len(said) or any(word.is_noun for word in said[end : end + _AFTER])
