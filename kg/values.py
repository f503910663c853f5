"""Literals as text: what a text means as a value, and a value as shown.

A date is an int `yyyymmdd`, zeros where the month or the day is not known; a flag is 0 or 1.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from kg.types import Kind

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?", re.ASCII | re.IGNORECASE)
_DATE = re.compile(r"(\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_FLAGS = {"yes": 1, "no": 0}
UNLIMITED = "unlimited"  # a number that is more than any other


def interval(kind: Kind, text: str) -> tuple[float, float] | None:
    """Return the lowest and highest value that a text means; None if it is none of this kind.

    '2015' as a date is the whole year, '2015-06' a month.
    """
    text = text.strip()
    if kind is Kind.FLAG:
        flag = _FLAGS.get(text.casefold())
        return None if flag is None else (flag, flag)
    if kind is Kind.DATE:
        return _days(text)
    if text == UNLIMITED:
        return np.inf, np.inf
    if not _NUMBER.fullmatch(text) or not np.isfinite(number := float(text)):
        return None
    return number, number


def shown(kind: Kind, value: float) -> str:
    """Return a value as text that `interval` reads: '96', '7.5', '2015-06-01', 'yes'."""
    if kind is Kind.FLAG:
        return "yes" if value else "no"
    if kind is Kind.DATE:
        year, rest = divmod(int(value), 10_000)
        month, day = divmod(rest, 100)
        return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
    if value == np.inf:
        return UNLIMITED
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def _days(text: str) -> tuple[int, int] | None:
    said = _DATE.fullmatch(text)
    if said is None:
        return None
    year, month, day = (int(part) if part else 0 for part in said.groups())
    if month > 12 or day > 31:
        return None
    first = year * 10_000 + month * 100 + day
    return first, int(latest(first))


def latest(values: Any) -> Any:
    """Return the last day that a date with unknown parts may be."""
    no_month, no_day = values % 10_000 == 0, values % 100 == 0
    return values + no_month * 9_900 + no_day * 99
