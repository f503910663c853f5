"""Dates as they are said: 'June 2015', '2015-06-01', 'last spring', 'the last two years'."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from agent.builtin.lexicon.load import groups, tables
from agent.builtin.parse.centuries import century_at
from agent.builtin.parse.lexemes import Lexeme
from agent.builtin.parse.time_spans import amount_of_time, day_before
from kg.errors import UsageError
from kg.text import ORDINALS

_TODAY = "USHER_TODAY"
_LAST_CENTURY = 1900  # whose decades people speak of
_YEARS = range(1000, 2200)
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_YEARS_AWAY = {"this": 0, "last": -1, "next": 1}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first months, in the north
_OWN_TIMES = {"year": "year", "years": "year", "month": "month", "months": "month"}  # 'this YEAR'S models'
_PARTS = {
    "early": (1, 4),
    "mid": (5, 8),
    "late": (9, 12),
    "beginning": (1, 3),
    "start": (1, 3),
    "middle": (5, 8),
    "end": (11, 12),
}
ANY_YEAR = 1000  # stands for the year where none is said; the catalogue tells which
_LEADS_TO_MONTH = frozenset("in on from since after before until by during of early late mid and to".split())
_SMALL = frozenset(("of", "the", ",", "in"))


class Said(NamedTuple):
    """A time as it is said, from `first` to `last` as a catalogue writes dates; lexemes up to `end`.

    `open`: it goes on until now, as 'the last two years' do. `relative`: today decides what it is.
    """

    first: str
    last: str
    end: int
    open: bool = False
    relative: bool = False

    @property
    def is_read_elsewhere(self) -> bool:
        """Whether it is years as they are written, which are read as those of items."""
        return self.is_of_years and not self.relative

    @property
    def is_of_years(self) -> bool:
        """Whether it says nothing finer than years."""
        return "-" not in self.first + self.last


def today() -> date:
    """Return the day that relative dates start from: `USHER_TODAY` (YYYY-MM-DD), else the present one.

    Raises:
        UsageError: `USHER_TODAY` is no date.
    """
    said = os.environ.get(_TODAY, "")
    try:
        return date.fromisoformat(said) if said else date.today()
    except ValueError as error:
        raise UsageError(f"{_TODAY} is {said!r}; expected a day such as 2026-11-28.") from error


def time_at(said: Sequence[Lexeme], i: int) -> Said | None:
    """Return the time that begins at a lexeme; None if none does."""
    i = next((k for k in range(i, len(said)) if said[k].text != "the"), len(said))
    if i >= len(said):
        return None
    relative = _relative(said, i)
    if relative is None or [e.text for e in said[relative.end : relative.end + 1]] == ["of"]:
        return _date(said, i)  # 'the LAST WEEK of August'
    return relative._replace(relative=True)


def _date(said: Sequence[Lexeme], i: int) -> Said | None:
    words = [each.text for each in said[i : i + 6]]
    if _year(words[0]) and words[1:2] == ["-"] and words[2:3] and words[2].isdecimal():
        day = f"-{int(words[4]):02}" if words[3:4] == ["-"] and words[4:5] and words[4].isdecimal() else ""
        if 1 <= int(words[2]) <= 12:
            text = f"{words[0]}-{int(words[2]):02}{day}"
            return Said(text, text, i + (5 if day else 3))
    if (decade := _decade(said, i)) is not None:
        return decade
    if (century := century_at(said, i)) is not None:
        return Said(*century)
    if _year(words[0]):
        return Said(words[0], words[0], i + 1)
    if (part := _part_of_year(said, i)) is not None:
        return part
    if words[0] in _SEASONS:
        year, end = _year_behind(said, i + 1)
        return _season(words[0], year, end) if year else None
    return _days_of_month(said, i) or _of_month(said, i) or _named_day(said, i)


def _decade(said: Sequence[Lexeme], i: int) -> Said | None:
    """Return 'the 1960s', "the 60's", 'the sixties'."""
    glued = [each.text for each in said[i + 1 : i + 2]] == ["s"] and said[i + 1].start - said[i].end <= 1
    named = _decades().get(said[i].text)
    if named is None and glued and said[i].text.isdecimal() and said[i].text.endswith("0"):
        number = int(said[i].text)
        named = number if len(said[i].text) == 4 and number in _YEARS else None
        if named is None and len(said[i].text) == 2:
            named = number + (2000 if number <= 20 else 1900)
    if named is None:
        return None
    years = 100 if named % 100 == 0 and named < _LAST_CENTURY else 10  # 'the 1700s'
    return Said(str(named), str(named + years - 1), i + 1 + glued)


@cache
def _decades() -> Mapping[str, int]:
    """Return the decades that words name by their first years."""
    return {word: int(name) for name in tables("years") if name.isdecimal() for word in tables("years")[name]}


def _named_day(said: Sequence[Lexeme], i: int) -> Said | None:
    """Return 'Christmas 2025', 'New Year's Eve': a day that is the same every year."""
    for name, (month, day) in _named_days().items():
        words = name.split()
        if [each.text for each in said[i : i + len(words)]] == words:
            at = i + len(words)
            at += [each.text for each in said[at : at + 1]] == ["day"]
            year, end = _year_behind(said, at)
            text = f"{year or ANY_YEAR}-{month:02}-{day:02}"
            return Said(text, text, end if year else at)
    return None


@cache
def _named_days() -> Mapping[str, tuple[int, int]]:
    """Return days by their names, longer names first."""
    dated = {
        name: (int(when[:2]), int(when[2:]))
        for when, names in groups("calendar", "day").items()
        for name in names
    }
    return dict(sorted(dated.items(), key=lambda each: -len(each[0])))


def _part_of_year(said: Sequence[Lexeme], i: int) -> Said | None:
    """Return 'early 2019', 'the second half of 2023', 'the last quarter of 2020', 'Q3 2021'."""
    words = [each.text for each in said[i : i + 3]]
    months, at = _PARTS.get(words[0]), i + 1
    if words[0] in ("h", "q") and words[1:2] and words[1].isdecimal():
        months, at = _nth(int(words[1]), 6 if words[0] == "h" else 3), i + 2
    elif words[1:2] in (["half"], ["quarter"]):
        length = 6 if words[1] == "half" else 3
        place = 12 // length if words[0] == "last" else int(_day(words[0]))
        months, at = _nth(place, length), i + 2
    year, end = _year_behind(said, at) if months else (0, i)
    return Said(f"{year}-{months[0]:02}", f"{year}-{months[1]:02}", end) if year and months else None


def _nth(place: int, length: int) -> tuple[int, int] | None:
    """Return the first and last month of a part of a year, in parts of so many months."""
    return (length * (place - 1) + 1, length * place) if 1 <= place <= 12 // length else None


def _days_of_month(said: Sequence[Lexeme], i: int) -> Said | None:
    """Return '10 to 31 December 2026', 'between 3 AND 9 MAY': days of one month."""
    words = [each.text for each in said[i : i + 3]]
    between = i > 0 and said[i - 1].text == "between"
    joined = words[1:2] in (["to"], ["-"], ["until"], ["till"], ["through"]) or (
        between and words[1:2] == ["and"]
    )
    first = _day(words[0]) if joined and len(words) > 2 else 0
    last = _of_month(said, i + 2) if first and _day(words[2]) > first else None
    if last is None or last.first.count("-") < 2:
        return None
    return last._replace(first=f"{last.first[:-2]}{first:02}")


def _of_month(said: Sequence[Lexeme], i: int) -> Said | None:
    """Return 'June 2015', 'June 1, 2015', '1st of June 2015'."""
    day, at = _day(said[i].text), i
    if day:
        at = _past_ending(said, at + 1)
        while at < len(said) and said[at].text in _SMALL:
            at += 1
    month = _months().get(said[at].text, 0) if at < len(said) else 0
    if not month:
        return None
    at += 1
    if not day and at < len(said) and (day := _day(said[at].text)):
        at = _past_ending(said, at + 1)
    year, end = _year_behind(said, at)
    if not year:
        day_text = f"-{day:02}" if day else ""
        text = f"{ANY_YEAR}-{month:02}{day_text}"
        return Said(text, text, at) if _is_month(said, at - 1, day) else None
    text = f"{year}-{month:02}" + (f"-{day:02}" if day else "")
    return Said(text, text, end)


def _past_ending(said: Sequence[Lexeme], at: int) -> int:
    """Return where a day ends whose ending stands apart from its figures: '20' and 'th'."""
    glued = at < len(said) and said[at].start == said[at - 1].end
    return at + (glued and said[at].text in ("st", "nd", "rd", "th"))


def _is_month(said: Sequence[Lexeme], i: int, day: int) -> bool:
    """Tell whether a word is surely the name of a month: 'in May', '3 May', not 'you may'."""
    before = said[i - 1].text if i else ""
    return bool(day) or said[i].text not in ("may", "march") or before in _LEADS_TO_MONTH


def _year_behind(said: Sequence[Lexeme], i: int) -> tuple[int, int]:
    while i < len(said) and said[i].text in _SMALL:
        i += 1
    words = [each.text for each in said[i : i + 2]]
    if words[1:] == ["year"] and words[0] in _YEARS_AWAY:  # 'in March THIS YEAR'
        return today().year + _YEARS_AWAY[words[0]], i + 2
    return (int(words[0]), i + 1) if words and _year(words[0]) else (0, i)


def _year(word: str) -> bool:
    return word.isdecimal() and len(word) == 4 and int(word) in _YEARS


def _day(word: str) -> int:
    number = ORDINALS.get(word, word)
    number = number[:-2] if number[-2:] in ("st", "nd", "rd", "th") else number
    return int(number) if number.isdecimal() and 1 <= int(number) <= 31 else 0


@cache
def _months() -> Mapping[str, int]:
    rows = tables("years")["months"]
    return {name: place // 2 % 12 + 1 for place, name in enumerate(rows)} | {"sept": 9}


def _season(name: str, year: int, end: int) -> Said:
    first = _SEASONS[name]
    last = first + 2
    return Said(f"{year}-{first:02}", f"{year + (last > 12)}-{(last - 1) % 12 + 1:02}", end)


# Relative to today


def _relative(said: Sequence[Lexeme], i: int) -> Said | None:
    words = [each.text for each in said[i : i + 5]]
    now = today()
    if words[0] in _DAYS:
        day = (now + timedelta(days=_DAYS[words[0]])).isoformat()
        return Said(day, day, i + 1)
    if words[0] in ("last", "past", "previous") and words[1:2] and words[1] in _SEASONS:
        return _last_season(words[1], now, i + 2)
    if words[0] in ("this", "last", "previous", "next") and words[1:2] and words[1] in _OWN_TIMES:
        back = {"this": 0, "next": -1}.get(words[0], 1)
        return _calendar(_OWN_TIMES[words[1]], now, i + 2, back=back)
    if words[0] == "next" and words[1:2] == ["week"]:
        monday = now + timedelta(days=7 - now.weekday())
        return Said(monday.isoformat(), (monday + timedelta(days=6)).isoformat(), i + 2)
    if words[0] in ("last", "past"):
        return _span(said, i + 1, now)
    ago = amount_of_time(said, i)
    if ago is not None and [each.text for each in said[ago[2] : ago[2] + 1]] == ["ago"]:
        day = day_before(now, ago[0], ago[1]).isoformat()
        return Said(day, day, ago[2] + 1)
    return None


def _span(said: Sequence[Lexeme], i: int, now: date) -> Said | None:
    amount = amount_of_time(said, i)
    if amount is None:
        return None
    count, unit, end = amount
    return Said(day_before(now, count, unit).isoformat(), now.isoformat(), end, open=True)


def _calendar(unit: str, now: date, end: int, *, back: int) -> Said:
    if unit == "year":
        text = str(now.year - back)
        return Said(text, text, end)
    then = day_before(now.replace(day=1), back, "month")
    text = f"{then.year}-{then.month:02}"
    return Said(text, text, end)


def _last_season(name: str, now: date, end: int) -> Said:
    """Return the latest season of a name that is over."""
    for year in range(now.year, now.year - 3, -1):
        said = _season(name, year, end)
        last_year, last_month = map(int, said.last.split("-"))
        if (last_year, last_month) < (now.year, now.month):
            return said
    raise AssertionError("a season is over within three years")
