"""Spans of time as they are said: 'two years', 'a couple of weeks'; and the day that lies so far back."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from agent.builtin.parse.lexemes import Lexeme
from kg.text import NUMBER_WORDS


def amount_of_time(said: Sequence[Lexeme], i: int) -> tuple[int, str, int] | None:
    """Return 'two years', 'few months', 'decade' as a count, a unit and where it ends."""
    at, count = i, 1
    words = [each.text for each in said[i : i + 4]]
    vague = {"few": 3, "couple": 2, "several": 5, "a": 1, "an": 1}
    if words and (number := NUMBER_WORDS.get(words[0], words[0])).isdecimal():
        count, at = int(number), i + 1
    elif words and words[0] in vague:
        count, at = vague[words[0]], i + 1
        if words[1:2] == ["couple"]:
            count, at = 2, at + 1
        at += [each.text for each in said[at : at + 1]] == ["of"]
    unit = said[at].text.removesuffix("s") if at < len(said) else ""
    return (count, unit, at + 1) if unit in ("day", "week", "month", "year", "decade") else None


def day_before(now: date, count: int, unit: str) -> date:
    """Return the day that lies so many units of time before another one."""
    if unit in ("day", "week"):
        return now - timedelta(days=count * (7 if unit == "week" else 1))
    months = count * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return date(year, month + 1, min(now.day, monthrange(year, month + 1)[1]))
