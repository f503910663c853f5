"""What a message corrects in itself: 'films by Kubrick. Sorry, I meant Coppola' asks for Coppola's.

What is said anew stands in the place of the last value of its sort; all else stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.units import units
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.dates import date_at
from kg.text import NUMBER_WORDS

_NEAR = 4  # small words between what corrects and the value
_AND_A_HALF = ("and", "a", "half")
_GREAT = frozenset(("hundred", "thousand"))
_LONGEST = 6  # chunks of a value: 'the late seventies to the early nineties'


class _Value(NamedTuple):
    """A value in a message: chunks `first` to before `end`, up to `number` those that say how many."""

    sort: str
    first: int
    end: int
    number: int = 0


def may_correct(text: str) -> bool:
    """Tell whether a text may have a correction in it, by its words alone."""
    said = f" {' '.join(re.findall(r'[a-z]+', text.casefold()))} "
    return any(f" {phrase} " in said for phrase in (*_OUTRIGHT, *_BEFORE_MARK))


def corrected(text: str, chunks: Sequence[Chunk]) -> str:
    """Return a text without what it takes back, and with what was meant in its place."""
    for first, end in _marks(chunks):
        new = _led_value(chunks, end)
        old = new and _last_like(chunks, first, new)
        if new and old:
            return _spliced(text, chunks, first, new, old)
    return text


_DENYING = words("negation", "denying") | words("acts", "ruling out") | {"forget", "drop", "not", "no"}
_OUTRIGHT = tables("dialogue")["corrects"]
_BEFORE_MARK = tables("dialogue")["corrects before a mark"]


def _marks(chunks: Sequence[Chunk]) -> Iterator[tuple[int, int]]:
    """Yield where words that correct what stands before them begin and end, with the mark before them."""
    for i in range(1, len(chunks)):
        outright = _length(chunks, i, _BEFORE_MARK) > 1  # 'red NO WAIT pink'
        if _is_of_numbers(chunks, i):
            yield i, i + 1
        if chunks[i - 1].kind != "mark" and chunks[i].text != "or" and not outright:
            continue
        end = _phrase_end(chunks, i)
        if end > i and i > (chunks[i - 1].kind == "mark"):
            yield i - (chunks[i - 1].kind == "mark"), end


def _is_of_numbers(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a word of correction stands between two amounts: 'over 100 grams NO 150 grams'."""
    if chunks[i].text not in _BEFORE_MARK or (new := _led_value(chunks, i + 1)) is None:
        return False
    old = _last_like(chunks, i, new)
    united = old is not None and old.end > old.number and new.end > new.number
    return united and old is not None and old.end == i and new.sort == "number"


def _phrase_end(chunks: Sequence[Chunk], i: int) -> int:
    """Return where a phrase that corrects ends, past others like it: 'SORRY, I MEANT'; `i` if none begins."""
    end = i
    while end < len(chunks):
        outright = _length(chunks, end, _OUTRIGHT)
        small = 0 if outright else _length(chunks, end, _BEFORE_MARK)
        after = chunks[end + small] if end + small < len(chunks) else None
        if outright:
            end += outright
        elif (
            small
            and after is not None
            and (small > 1 or after.kind == "mark" or _length(chunks, end + small, _OUTRIGHT))
        ):
            end += small + (after.kind == "mark")
        else:
            break
        end += end < len(chunks) and chunks[end].text == ","
    return end


def _length(chunks: Sequence[Chunk], i: int, phrases: Sequence[str]) -> int:
    said = [chunk.text for chunk in chunks[i : i + 4]]
    found = (len(parts) for phrase in phrases if said[: len(parts := phrase.split())] == parts)
    return max(found, default=0)


def _led_value(chunks: Sequence[Chunk], i: int) -> _Value | None:
    """Return the value that small words lead to: 'BY Coppola', 'THE 70s'."""
    for place in range(i, min(len(chunks), i + _NEAR)):
        if (value := _value_at(chunks, place)) is not None:
            return value
        if chunks[place].text not in words("dialogue", "leads to what was meant"):
            return None
    return None


def _value_at(chunks: Sequence[Chunk], i: int) -> _Value | None:
    readers: tuple[Callable[[Sequence[Chunk], int], _Value | None], ...] = (_named, _dated, _counted)
    return next((found for read in readers if (found := read(chunks, i)) is not None), None)


def _named(chunks: Sequence[Chunk], i: int) -> _Value | None:
    kind = chunks[i].kind
    return _Value(kind, i, i + 1) if kind in ("entity", "title", "category") else None


def _dated(chunks: Sequence[Chunk], i: int) -> _Value | None:
    date = date_at(chunks, i)
    return None if date is None else _Value("year", i, date.end)


def _counted(chunks: Sequence[Chunk], i: int) -> _Value | None:
    """Return a number, with the unit behind it if there is one: 'two hours', 'two and a half'."""
    end = i
    while end < len(chunks) and (
        chunks[end].text in NUMBER_WORDS.keys() | _GREAT
        or chunks[end].text.isdecimal()
        or (end > i and chunks[end].text == "and" and chunks[end - 1].text in _GREAT)
    ):
        end += 1
    if end == i:
        return None
    end += 3 * (tuple(chunk.text for chunk in chunks[end : end + 3]) == _AND_A_HALF)
    united = end < len(chunks) and chunks[end].text in units()
    return _Value("number", i, end + united, end)


def _last_like(chunks: Sequence[Chunk], before: int, new: _Value) -> _Value | None:
    """Return the last value before a correction that may be what is corrected."""
    for i in range(before - 1, -1, -1):
        old = _value_at(chunks, i)
        if old is None or old.sort != new.sort or old.end > before:
            continue
        old = _whole(chunks, old)
        if {chunk.text for chunk in chunks[max(0, old.first - 2) : old.first]} & _DENYING:
            return None  # 'FORGET horror. Make it a comedy'
        one, other = chunks[old.first], chunks[new.first]
        return None if old.sort == "entity" and one.differs_from(other) else old
    return None


def _whole(chunks: Sequence[Chunk], value: _Value) -> _Value:
    """Return a value with what stands before its last part: 'the EARLY 60s', '1950 TO 1960'."""
    starts = range(max(0, value.end - _LONGEST), value.first)
    longer = (each for i in starts if (each := _value_at(chunks, i)) is not None)
    return next((each for each in longer if each.sort == value.sort and each.end == value.end), value)


def _spliced(text: str, chunks: Sequence[Chunk], first: int, new: _Value, old: _Value) -> str:
    keeps_unit = new.sort == "number" and new.end == new.number
    old_end = chunks[(old.number if keeps_unit else old.end) - 1].end
    said = text[chunks[new.first].start : chunks[new.end - 1].end]
    between = text[old_end : chunks[first].start].rstrip(" ,;-–—")
    after = text[chunks[new.end - 1].end :]
    return text[: chunks[old.first].start] + said + between + after
