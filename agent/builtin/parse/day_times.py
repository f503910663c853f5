"""Times of the day as they are said: '18:00', '6.30 pm', 'noon', 'half past four', 'a quarter to nine'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from agent.builtin.parse.lexemes import Lexeme
from kg.text import NUMBER_WORDS

_NOON, _MIDNIGHT, _HOURS = 720, 1440, 24
_PARTS = {"half": 30, "quarter": 15, "twenty": 20, "ten": 10, "five": 5}
_LATE = frozenset("afternoon evening night".split())
_DAY_BEGINS = 7  # an hour said without its half of the day is one of the day: 'half past four'


class DayTime(NamedTuple):
    """A time of the day in minutes since midnight, and the lexemes that say it."""

    minutes: int
    span: range


class Half(NamedTuple):
    """A half of the day: `late` is the second one; `end` is where its words end."""

    late: bool
    end: int


def day_time_at(said: Sequence[Lexeme], i: int) -> DayTime | None:
    """Return the time of the day that stands at a lexeme; a bare hour is none."""
    if said[i].text in ("noon", "midday", "midnight") and not said[i].named:
        return DayTime(_MIDNIGHT if said[i].text == "midnight" else _NOON, range(i, i + 1))
    if (told := _told(said, i)) is not None:
        return told
    words = [each.text for each in said[i : i + 5]]
    spelt = NUMBER_WORDS.get(words[0], "") if not said[i].named and half_behind(said, i + 1) else ""
    hours, _, minutes = (spelt or words[0]).partition(".")
    if (
        not hours.isdecimal()
        or int(hours) > _HOURS
        or (minutes and not (len(minutes) == 2 and int(minutes) < 60))
    ):
        return None
    end = i + 1
    if not minutes and words[1:2] == [":"] and words[2:3] and words[2].isdecimal() and len(words[2]) == 2:
        minutes, end = words[2], i + 3
    half = half_behind(said, end)
    if half is not None and int(hours) <= _NOON // 60:
        return DayTime(60 * (int(hours) % 12 + 12 * half.late) + int(minutes or 0), range(i, half.end))
    hour = [each.text for each in said[end : end + 1]] == ["oclock"]
    told_so = end > i + 1 or hour
    return DayTime(60 * int(hours) + int(minutes or 0), range(i, end + hour)) if told_so else None


def hour_at(said: Sequence[Lexeme], i: int) -> int | None:
    """Return the hour, from 1 to 24, that stands at a lexeme, in figures or in words."""
    word = said[i].text if i < len(said) and not said[i].named else ""
    number = NUMBER_WORDS.get(word, word)
    return int(number) if number.isdecimal() and 1 <= int(number) <= _HOURS else None


def half_behind(said: Sequence[Lexeme], end: int) -> Half | None:
    """Return the half of the day that begins at a lexeme: 'pm', 'p.m.', 'in the evening'."""
    half = [each.text for each in said[end : end + 3]]
    if half[:1] in (["pm"], ["am"]):
        return Half(half[0] == "pm", end + 1)
    if half[:1] in (["p"], ["a"]):
        pointed = half[1:2] == ["."] and len(half) > 2 and half[2] == "m"
        glued = end > 0 and said[end].start == said[end - 1].end  # '6p', but '10 a night'
        return Half(half[0] == "p", end + (3 if pointed else 1)) if pointed or glued else None
    if half[:2] == ["in", "the"] and half[2:] and half[2] in {*_LATE, "morning"}:
        return Half(half[2] in _LATE, end + 3)
    return Half(late=True, end=end + 2) if half[:2] == ["at", "night"] else None


def _told(said: Sequence[Lexeme], i: int) -> DayTime | None:
    """Return the time that is told by an hour near: 'HALF PAST FOUR', 'A QUARTER TO NINE'."""
    at = i + (said[i].text == "a")
    words = [each.text for each in said[at : at + 2]]
    if words[:1] == ["half"] and (hour := hour_at(said, at + 1)) is not None and hour <= _NOON // 60:
        half = half_behind(said, at + 2)  # 'open till HALF SIX'
        late = half.late if half is not None else hour % 12 < _DAY_BEGINS
        return DayTime(60 * (hour % 12 + 12 * late) + 30, range(i, half.end if half is not None else at + 2))
    if len(words) < 2 or words[0] not in _PARTS or words[1] not in ("past", "to", "after"):
        return None
    hour = hour_at(said, at + 2)
    if hour is None or hour > _NOON // 60:
        return None
    half = half_behind(said, at + 3)
    late = half.late if half is not None else hour % 12 < _DAY_BEGINS
    minutes = 60 * (hour % 12 + 12 * late) + (-1 if words[1] == "to" else 1) * _PARTS[words[0]]
    return DayTime(minutes, range(i, half.end if half is not None else at + 3))
