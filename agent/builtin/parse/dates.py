"""Dates as they are written: a year, a decade or part of it, a century, two of them joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.phrases import Phrases, said_after
from kg.text import fold, tokens

_TABLE = tables("years")
_DECADES = {word: int(name) for name in _TABLE if name.isdecimal() for word in _TABLE[name]}
_CENTURIES = {
    word: int(name.split()[1]) for name in _TABLE if name.startswith("century ") for word in _TABLE[name]
}
_YEARS_OF = {"early": (0, 3), "middle": (4, 6), "late": (7, 9), "first half": (0, 4), "second half": (5, 9)}
_PARTS = {name: Phrases(_TABLE[name]) for name in _YEARS_OF}
_DECADE = re.compile(r"(1[5-9]|20)?(\d)0s?")
_DECADE_SPAN = 9  # years between the first and the last of one
_PLAIN = re.compile(r"[\w\s'’-]+")
_JOINTS = frozenset("to until till through thru -".split())
EARLIEST, _LATEST = 1500, 2035
_OLDEST_SHORT = 20  # 'from 20 to 29'; smaller figures count
_BEFORE_AGES = 4  # chunks before figures that may say whose ages they are
_SPELT = 6  # words of a year: "two thousand and twenty one"
_CENTURY_WORDS = {"seventeen": 1700, "eighteen": 1800, "nineteen": 1900, "twenty": 2000}
_TENS = {word: 10 * n for n, word in enumerate(_TABLE["tens"], start=1)}
_TEENS = {word: n for n, word in enumerate(_TABLE["teens"], start=10)}
_UNITS = {word: n for n, word in enumerate(_TABLE["units"], start=1)}
_OPENING = (
    _DECADES.keys()
    | _CENTURIES.keys()
    | _CENTURY_WORDS.keys()
    | {"two"}.union(*(said.begun for said in _PARTS.values()))
)


class Date(NamedTuple):
    """A date by position: chunks from `start` to before `end`; years `first` to `last`.

    `exact` is a single year.
    """

    start: int
    end: int
    first: int
    last: int
    exact: bool

    @property
    def is_decade(self) -> bool:
        """Whether it is a whole decade."""
        return self.last - self.first == _DECADE_SPAN and self.first % 10 == 0


def years_of(text: str) -> tuple[int, int] | None:
    """Return the first and the last year of a text that is a date and no more, however written."""
    if not _PLAIN.fullmatch(text):
        return None
    chunks = [Chunk("word", fold(each.raw), each.start, each.end, 0) for each in tokens(text)]
    date = date_at(chunks, 0) if chunks else None
    return (date.first, date.last) if date and date.end == len(chunks) else None


def dates(chunks: Sequence[Chunk], earliest: int = EARLIEST) -> Iterator[Date]:
    """Yield every date of a request in order; 'between 1950 and 1960' and '1950–59' are one.

    A bare number is no year before the `earliest`.
    """
    i = 0
    while i < len(chunks):
        date = date_at(chunks, i, earliest)
        if date is None:
            i += 1
            continue
        yield date
        i = date.end


def date_at(chunks: Sequence[Chunk], i: int, earliest: int = EARLIEST) -> Date | None:
    """Return the date that begins at `i`, with one that is joined to it; None if none does."""
    date = _date(chunks, i, earliest) if _may_open(chunks[i].text) else None
    return None if date is None else _joined(chunks, date, earliest)


def _may_open(said: str) -> bool:
    """Tell whether a date may begin with a word; nearly none does."""
    return said in _OPENING or said[:1].isdigit() or ("-" in said and said.partition("-")[0] in _OPENING)


def _date(chunks: Sequence[Chunk], i: int, earliest: int) -> Date | None:
    if chunks[i].kind != "word" or (i and chunks[i - 1].kind == "title" and chunks[i].text.isdecimal()):
        return None
    for part, phrases in _PARTS.items():
        if not (length := said_after(chunks, i, phrases)):
            continue
        first, last = _YEARS_OF[part]
        if whole := _decade_or_century(chunks, _past_of(chunks, i + length)):
            unit = (whole.last - whole.first + 1) // 10
            years = (whole.first + first * unit, whole.first + (last + 1) * unit - 1)
            return Date(i, whole.end, *years, exact=False)
        if (later := _later_part(chunks, i + length, earliest)) is not None:
            start = later.first // 10 * 10 + first
            return Date(i, later.end, start, later.last, exact=False) if start < later.first else later
    if (whole := _decade_or_century(chunks, i)) is not None:
        return whole
    if (spelt := _spelt_year(chunks, i)) is not None:
        return spelt
    if (short := _short_range(chunks, i)) is not None:
        return short
    year = _year(chunks[i], earliest)
    return Date(i, i + 1, year, year, exact=True) if year is not None else None


def _later_part(chunks: Sequence[Chunk], i: int, earliest: int) -> Date | None:
    """Return the part of a decade that another is joined to: 'early TO MID NINETIES'."""
    parted = i + 1 < len(chunks) and chunks[i].text in (*_JOINTS, "and", "or", "/")
    ends = parted and any(said_after(chunks, i + 1, said) for said in _PARTS.values())
    return _date(chunks, i + 1, earliest) if ends else None


def _short_range(chunks: Sequence[Chunk], i: int) -> Date | None:
    """Return years of two figures each: 'from 78 to 86', not 'from 20 to 30 years old'."""
    said = [chunk.text for chunk in chunks[max(0, i - 1) : i + 4]]
    if i == 0 or len(said) < 4 or said[0] not in ("from", "between") or said[2] not in (*_JOINTS, "and"):
        return None
    first, last = said[1], said[3]
    if not all(each.isdecimal() and len(each) == 2 and int(each) >= _OLDEST_SHORT for each in (first, last)):
        return None
    near = {chunk.text for chunk in (*chunks[max(0, i - _BEFORE_AGES) : i], *chunks[i + 3 : i + 5])}
    if int(first) >= int(last) or near & words("years", "of ages and amounts"):
        return None
    return Date(i, i + 3, 1900 + int(first), 1900 + int(last), exact=False)


def _spelt_year(chunks: Sequence[Chunk], i: int) -> Date | None:
    """Return a year in words: 'nineteen eighty five', 'two thousand and one', 'nineteen oh six'."""
    said = [
        part
        for chunk in chunks[i : i + _SPELT]
        for part in (chunk.text.split("-") if chunk.kind == "word" else [""])
    ]
    millennium = said[:2] == ["two", "thousand"]
    base = 2000 if millennium else _CENTURY_WORDS.get(said[0])
    if base is None:
        return None
    rest = said[2:] if millennium else said[1:]
    number, length = _number(rest, joined=millennium)
    if not length and not millennium:
        return None
    parts = length + 1 + millennium
    taken, end = 0, i
    while taken < parts:
        taken += len(chunks[end].text.split("-"))
        end += 1
    return Date(i, end, base + number, base + number, exact=True)


def _number(said: Sequence[str], *, joined: bool) -> tuple[int, int]:
    """Return the number below 100 that words begin with, and how many they are; (0, 0) if none."""
    first, second = (*said[:2], "", "")[:2]
    if first == "and" and joined:
        number, length = _number(said[1:], joined=True)
        return number, length and length + 1
    if first in ("oh", "o") and second in _UNITS:
        return _UNITS[second], 2
    if first in _TENS:
        unit = _UNITS.get(second, 0)
        return _TENS[first] + unit, 1 + bool(unit)
    if first in _TEENS:
        return _TEENS[first], 1
    return (_UNITS[first], 1) if joined and first in _UNITS else (0, 0)


def _past_of(chunks: Sequence[Chunk], i: int) -> int:
    """Return the place past 'of the': 'the middle of the seventies'."""
    while i < len(chunks) and chunks[i].text in ("of", "the", "to", "part", "nineteen"):
        i += 1
    return i


def _decade_or_century(chunks: Sequence[Chunk], i: int) -> Date | None:
    if i >= len(chunks) or chunks[i].kind != "word":
        return None
    said = chunks[i].text
    beside = chunks[i + 1] if i + 1 < len(chunks) else None
    if (spelt := _spelt_span(chunks, i)) is not None:
        return spelt
    if said in _DECADES:
        return Date(i, i + 1, _DECADES[said], _DECADES[said] + 9, exact=False)
    if said in _CENTURIES and beside is not None and beside.text == "century":
        return Date(i, i + 2, (_CENTURIES[said] - 1) * 100, _CENTURIES[said] * 100 - 1, exact=False)
    owned = beside is not None and beside.text == "s" and beside.start == chunks[i].end  # "the 80's"
    if not (said.endswith("s") or owned) or not (match := _DECADE.fullmatch(said)):
        return None
    century = int(match[1] or ("20" if match[2] in "01" else "19"))
    whole = match[2] == "0" and century < 19  # "the 1800s"
    first = century * 100 + int(match[2]) * 10
    return Date(i, i + 1 + owned, first, first + (99 if whole else 9), exact=False)


def _spelt_span(chunks: Sequence[Chunk], i: int) -> Date | None:
    """Return 'the eighteen hundreds', 'nineteen sixties', 'the eighteen-nineties', 'the two thousands'."""
    said = [part for chunk in chunks[i : i + 2] for part in chunk.text.split("-")]
    if said[:2] == ["two", "thousands"]:
        return Date(i, i + 2 - ("-" in chunks[i].text), 2000, 2009, exact=False)
    base = _CENTURY_WORDS.get(said[0])
    if base is None or len(said) < 2 or chunks[i].kind != "word":
        return None
    end = i + 2 - ("-" in chunks[i].text)
    if said[1] == "hundreds":
        return Date(i, end, base, base + 99, exact=False)
    decade = _DECADES.get(said[1])
    first = base + decade % 100 if decade is not None else 0
    return Date(i, end, first, first + 9, exact=False) if decade is not None else None


def _joined(chunks: Sequence[Chunk], date: Date, earliest: int) -> Date:
    """Return the years between two dates where they stand for them: '2008–2014', 'the 50s to the 70s'."""
    i = date.end
    glued = i < len(chunks) and chunks[i].kind == "word" and 0 < chunks[i].start - chunks[i - 1].end <= 1
    if i < len(chunks) and (
        chunks[i].text in _JOINTS or (chunks[i].text == "and" and _between(chunks, date))
    ):
        i += 1
        while i < len(chunks) and chunks[i].text in ("the", "up", "to"):
            i += 1
    elif not (glued and chunks[i].text[:1].isdecimal()):
        return date
    other = _date(chunks, i, earliest) if i < len(chunks) else None
    if other is None and date.exact and i < len(chunks):
        other = _short(chunks, i, date)
    if other is None or other.last <= date.first:
        return date
    return Date(date.start, other.end, date.first, other.last, exact=False)


def _between(chunks: Sequence[Chunk], date: Date) -> bool:
    said = [a.text for a in chunks[max(0, date.start - 3) : date.start]]
    return "between" in said or said[-1:] == ["btw"]


def _short(chunks: Sequence[Chunk], i: int, date: Date) -> Date | None:
    """Return the second year of '1950-59'."""
    said = chunks[i].text
    if not (said.isdecimal() and len(said) == 2):
        return None
    year = date.first // 100 * 100 + int(said)
    return Date(i, i + 1, year, year, exact=True) if year > date.first else None


def _year(chunk: Chunk, earliest: int) -> int | None:
    fits = len(chunk.text) == 4 and chunk.text.isdecimal() and earliest <= int(chunk.text) <= _LATEST
    return int(chunk.text) if fits else None
