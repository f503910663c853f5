"""A cell as a date: yyyymmdd, with zeros where month or day is not told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import date as Date  # noqa: N812

_MONTHS = {
    name[: len(name) if whole else 3]: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
    for whole in (True, False)
} | {"sept": 9}
MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_CLOCK = r"(?:[t ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?: ?(?:z|utc|gmt|[-+]\d{2}:?\d{2}))?)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_PLACE = r"(?: \([^()]*\))?"  # 12 June 1998 (USA)
_FORMS = tuple(
    re.compile(form + _CLOCK + _PLACE)
    for form in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?:(?P=mark)(?P<day>\d{1,2}))?",
        r"(?P<month>\d{1,2})[-/](?P<year>\d{4})",
        r"(?P<year>\d{4})(?:\.0*)?",
        rf"{_WEEKDAY}{_MONTH}[- ]{_DAY},?[- ]{_YEAR}",
        rf"{_WEEKDAY}{_DAY}[- ](?:of )?{_MONTH},?[- ]{_YEAR}",
        rf"{_MONTH},?[- ](?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})[- ]{_MONTH}(?:[- ]{_DAY})?",
    )
)
_ABOUT = re.compile(
    r"^(?:c\.|ca\.?|circa|about|approx\.?|around|~|since|est\.?|due|expected|built|from|until|by|on|in)"
    r" ?(?:in |on )?(?=[\w'])"
)
_NUMBERS = re.compile(
    rf"(?P<one>\d{{1,2}})(?P<mark>[-/.]) ?(?P<two>\d{{1,2}})(?P=mark) ?{_YEAR}{_CLOCK}{_PLACE}"
)
_WHOLE = re.compile(r"(?P<year>[12]\d{3})(?P<month>\d{2})(?P<day>\d{2})(?:\.0*)?")
_SINCE_1970 = re.compile(r"\d{9,13}(?:\.\d+)?")
_INTEGER = re.compile(r"[-+]?\d{1,40}")
_MILLISECONDS = 12  # digits of them since 1970
_LAST_OF_2000 = 68  # as POSIX has it: 69 is 1969
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DateForm:
    """How a column writes its dates where cells alone do not tell.

    `day_first`: 02/03/1998 is 2 March, as 02.03.1998 always is; `per_second`: how many of a number since 1970
    are a second, 0 where numbers are years or yyyymmdd; `format`: as of `strptime`, and no other is read.
    """

    day_first: bool = False
    per_second: int = 0
    format: str = ""


def date_form(cells: Iterable[str], format_: str = "") -> DateForm:
    """Return the form of a column: the day stands first where one first number is no month."""
    if format_:
        return DateForm(format=format_)
    first = 0
    digits: set[int] = set()
    for cell in cells:
        digits.add(len(cell.partition(".")[0]) if _SINCE_1970.fullmatch(cell) else 0)
        if match := _NUMBERS.fullmatch(cell.casefold()):
            first = max(first, int(match["one"]))
    least, most = min(digits, default=0), max(digits, default=0)
    per_second = 1000 if least >= _MILLISECONDS else 1 if least > 0 and most < _MILLISECONDS - 1 else 0
    return DateForm(first > _MONTHS["december"], per_second)


def date(cell: str, form: DateForm = DateForm()) -> int | None:
    """Return a cell as yyyymmdd; None where it is no date.

    A year alone is yyyy0000, a month yyyymm00. Times of day are left out, in the zone that the cell has.
    """
    if form.format:
        try:
            return _number(datetime.strptime(cell.strip(), form.format).date())
        except ValueError:
            return None
    said = _ABOUT.sub("", " ".join(cell.casefold().split()))
    if form.per_second and _SINCE_1970.fullmatch(said):
        return _number((_EPOCH + timedelta(seconds=float(said) / form.per_second)).date())
    if match := _WHOLE.fullmatch(said):
        return _checked(match["year"], match["month"], match["day"])
    if match := _NUMBERS.fullmatch(said):
        one, two = match["one"], match["two"]
        day, month = (one, two) if form.day_first or match["mark"] == "." else (two, one)
        return _checked(match["year"], month, day) or _checked(match["year"], day, month)
    for each in _FORMS:
        if match := each.fullmatch(said):
            parts = match.groupdict()
            return _checked(parts["year"], parts.get("month") or "", parts.get("day") or "")
    return None


def year_of(day: int) -> int:
    """Return the year of a date."""
    return day // 10_000


def moment(cell: str) -> float | None:
    """Return a number, or a date as seconds since 1970, in UTC where it names no zone; else None."""
    if _INTEGER.fullmatch(cell):
        return int(cell)
    try:
        number = float(cell)
        return number if number - number == 0 else None
    except ValueError:
        pass
    try:
        told = datetime.fromisoformat(cell)
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _checked(year: str, month: str, day: str) -> int | None:
    number = int(year.lstrip("'"))
    if len(year) <= len("'69") and number < 100:
        number += 2000 if number <= _LAST_OF_2000 else 1900
    at = _MONTHS.get(month) or int(month or 0)
    on = int(day or 0)
    try:
        Date(number, at or 1, on or 1)
    except ValueError:
        return None
    return number * 10_000 + at * 100 + on


def _number(day: Date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
