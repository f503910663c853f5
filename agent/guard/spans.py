"""Stretches of time and of pages in words of a language model: 'under two hours', 'ten years after Jaws'."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.text import NUMBER_WORDS, fold

_NUMBER = rf"\d+|an?|one|{'|'.join(NUMBER_WORDS)}"
_BOUND = (
    r"(?:(?:well|just|a\s+little|a\s+bit|only|far|slightly|comfortably)\s+)?"
    r"(?P<bound>under|below|less\s+than|at\s+most|up\s+to|over|above|more\s+than|at\s+least"
    r"|about|around|roughly|nearly|almost|close\s+to)\s+"
)
_HOURS = (
    r"(?P<half>half\s+an\s+hour)|(?P<quarter>(?:a\s+)?quarter\s+of\s+an\s+hour)|(?P<one>an\s+hour\s+and\s+a\s+half)"
    rf"|(?P<halves>{_NUMBER})\s+and\s+a\s+half\s+hours"
    rf"|(?P<hours>{_NUMBER})\s+hours?\s+(?:and\s+)?(?P<rest>{_NUMBER})\s+min(?:ute)?s?"
)
_SPAN = re.compile(
    rf"\b(?:{_BOUND})?(?:{_HOURS}|(?P<many>{_NUMBER})[\s-]+(?P<unit>year|hour|minute|min|page)s?)\b"
    r"(?:\s+(?P<how>later|earlier|older|newer|younger|longer|shorter|after|before|long|apart))?",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:about\s+|nearly\s+|almost\s+|roughly\s+)?"
    r"(?P<times>twice|three\s+times|four\s+times|several\s+times|half)\s+as\s+(?:long|short)\b",
    re.IGNORECASE,
)
_RATIOS = {
    "twice": (1.7, 2.4),
    "three times": (2.6, 3.4),
    "four times": (3.6, 4.4),
    "several times": (2.5, 20.0),
    "half": (0.4, 0.6),
}
_MOST = ("under", "below", "less than", "at most", "up to")
_LEAST = ("over", "above", "more than", "at least")
_ROUGH = 0.12  # of a value that is told roughly
_HOUR = 60


class Span(NamedTuple):
    """A stretch in `text[start:end]`: in years, minutes (min) or pages, from `low` to `high`.

    `how` is the word that compares it with another item, or "": then it is told of an item by itself.
    """

    start: int
    end: int
    unit: str
    low: float
    high: float
    how: str


def spans(text: str) -> list[Span]:
    """Return the stretches that a text tells, in order."""
    return [each for match in _SPAN.finditer(text) if (each := _span(match)) is not None]


def ratios(text: str) -> list[Span]:
    """Return how many times as long a text calls something as something else, in order."""
    found = []
    for match in _TIMES.finditer(text):
        low, high = _RATIOS[" ".join(match["times"].casefold().split())]
        found.append(Span(match.start(), match.end(), "times", low, high, "longer"))
    return found


def _span(match: re.Match[str]) -> Span | None:
    how = (match["how"] or "").casefold().replace("long", "") if match["how"] != "longer" else "longer"
    unit = {"hour": "min", "minute": "min"}.get((match["unit"] or "hour").casefold(), match["unit"] or "min")
    if unit == "year" and not how:
        return None
    value = _value(match)
    bound = " ".join((match["bound"] or "").casefold().split())
    low, high = value, value
    if bound in _MOST:
        low = 0.0
    elif bound in _LEAST:
        high = float("inf")
    elif bound:
        low, high = value * (1 - _ROUGH), value * (1 + _ROUGH)
    return Span(match.start(), match.end(), unit.casefold(), low, high, how)


def _value(match: re.Match[str]) -> float:
    if match["half"]:
        return _HOUR / 2
    if match["quarter"]:
        return _HOUR / 4
    if match["one"]:
        return 1.5 * _HOUR
    if match["halves"]:
        return (_count(match["halves"]) + 0.5) * _HOUR
    if match["hours"]:
        return _count(match["hours"]) * _HOUR + _count(match["rest"])
    return _count(match["many"]) * (_HOUR if (match["unit"] or "").casefold() == "hour" else 1)


def _count(said: str) -> float:
    plain = fold(said)
    return float(NUMBER_WORDS.get(plain, "1" if plain in ("a", "an") else plain))
